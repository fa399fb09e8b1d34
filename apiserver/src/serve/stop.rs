//! The end of a server, announced to all its tasks.

use tokio::sync::watch;

/// Announces the end by being dropped.
pub(super) struct Stopper(#[expect(dead_code, reason = "held for its drop")] watch::Sender<()>);

/// Knows when the end was announced.
#[derive(Clone, Debug)]
pub(super) struct Stop(watch::Receiver<()>);

pub(super) fn channel() -> (Stopper, Stop) {
    let (sender, receiver) = watch::channel(());
    (Stopper(sender), Stop(receiver))
}

impl Stop {
    /// Waits for the end.
    pub(super) async fn announced(&mut self) {
        // Nothing is ever sent: this returns when the sender is gone.
        while self.0.changed().await.is_ok() {}
    }
}
