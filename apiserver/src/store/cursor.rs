//! Following the changes of one kind.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::{Change, Store, Waiter};

/// A place in the history of one kind; the changes after it come out in order, each once.
#[derive(Debug)]
pub(crate) struct Cursor {
    store: Arc<Store>,
    storage: Arc<str>,
    revision: u64,
    epoch: u64,
    waiter: u64,
}

/// Why no further change will come out of a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CursorEnd {
    /// History was forgotten before it was read; holds the oldest revision to start from.
    Expired(u64),
    /// The kind is no longer served.
    Closed,
}

impl Cursor {
    /// Starts after `revision`, which may lie in the future.
    ///
    /// # Errors
    ///
    /// [`CursorEnd::Expired`] if history does not reach back to it.
    pub(crate) fn new(store: Arc<Store>, storage: &Arc<str>, revision: u64) -> Result<Cursor, CursorEnd> {
        let (epoch, waiter) = {
            let mut inner = store.lock();
            inner.next_waiter += 1;
            let waiter = inner.next_waiter;
            let table = inner.tables.entry(Arc::clone(storage)).or_default();
            if revision < table.floor {
                return Err(CursorEnd::Expired(table.floor));
            }
            (table.epoch, waiter)
        };
        Ok(Cursor { store, storage: Arc::clone(storage), revision, epoch, waiter })
    }

    /// Returns the revision up to which everything of this kind came out.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    /// Appends all changes that happened since, or waits for one.
    ///
    /// # Errors
    ///
    /// The reason why nothing more will come.
    pub(crate) fn poll_changes(
        &mut self,
        cx: &mut Context<'_>,
        changes: &mut Vec<Change>,
    ) -> Poll<Result<(), CursorEnd>> {
        let mut inner = self.store.lock();
        let now = inner.revision;
        let table = inner.tables.entry(Arc::clone(&self.storage)).or_default();
        if table.epoch != self.epoch {
            return Poll::Ready(Err(CursorEnd::Closed));
        }
        if self.revision < table.lost {
            return Poll::Ready(Err(CursorEnd::Expired(table.floor)));
        }
        changes.extend(table.since(self.revision).cloned());
        // A start in the future hides what happens before it, so the cursor never goes back.
        self.revision = self.revision.max(now);
        if !changes.is_empty() {
            return Poll::Ready(Ok(()));
        }
        let waiter = Waiter { storage: Some(Arc::clone(&self.storage)), waker: cx.waker().clone() };
        inner.waiters.insert(self.waiter, waiter);
        Poll::Pending
    }
}

impl Drop for Cursor {
    fn drop(&mut self) {
        self.store.lock().waiters.remove(&self.waiter);
    }
}

impl Store {
    /// Waits until the store has reached a revision.
    pub(crate) async fn reached(&self, revision: u64) {
        let mut id = None;
        poll_fn(|cx| {
            let mut inner = self.lock();
            if inner.revision >= revision {
                return Poll::Ready(());
            }
            let id = *id.get_or_insert_with(|| {
                inner.next_waiter += 1;
                inner.next_waiter
            });
            inner.waiters.insert(id, Waiter { storage: None, waker: cx.waker().clone() });
            Poll::Pending
        })
        .await;
    }
}
