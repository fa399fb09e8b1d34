//! Time between two questions.

use std::time::Duration;

use tokio::time::sleep;

/// Pauses between two questions, each twice as long as the one before.
pub(crate) struct Pause(Duration);

impl Pause {
    const LONGEST: Duration = Duration::from_secs(1);

    pub(crate) fn new() -> Self {
        Self(Duration::from_millis(20))
    }

    pub(crate) async fn wait(&mut self) {
        sleep(self.0).await;
        self.0 = (self.0 * 2).min(Self::LONGEST);
    }
}
