//! The one versioned store: every object of every kind, one revision counter, and a history to watch and page from.

mod cursor;
mod list;
mod table;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use serde_json::Value;

pub(crate) use cursor::{Cursor, CursorEnd};
pub(crate) use list::Snapshot;
use table::Table;
pub(crate) use table::at_revision;

/// The first revision handed out is one more: real servers have written a good deal before the first user comes, and
/// clients treat small versions such as `0` specially.
const FIRST_REVISION: u64 = 100;

/// Objects as JSON trees, found by storage name (`deployments.apps`) and path (`namespace/name`, or `name`).
#[derive(Debug)]
pub(crate) struct Store {
    inner: Mutex<Inner>,
}

#[derive(Debug)]
pub(super) struct Inner {
    revision: u64,
    /// How many changes a table remembers.
    history: usize,
    tables: HashMap<Arc<str>, Table>,
    waiters: HashMap<u64, Waiter>,
    next_waiter: u64,
}

#[derive(Debug)]
struct Waiter {
    /// The storage it waits for; none waits for any change.
    storage: Option<Arc<str>>,
    waker: Waker,
}

/// An object and the revision of its last write.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    /// The object, with `metadata.resourceVersion` set.
    pub(crate) object: Arc<Value>,
    /// The revision of the last write.
    pub(crate) revision: u64,
}

/// One write, as history keeps it.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// `namespace/name`, or `name` for cluster-scoped kinds.
    pub(crate) path: Arc<str>,
    /// The revision of this write.
    pub(crate) revision: u64,
    /// The object after the write; absent after a delete.
    pub(crate) object: Option<Arc<Value>>,
    /// The object before the write; absent at create.
    pub(crate) previous: Option<Arc<Value>>,
}

/// A write found the object in another state than it was told to expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moved;

impl Store {
    /// Makes an empty store that remembers `history` changes of each kind.
    pub(crate) fn new(history: usize) -> Store {
        let inner = Inner {
            revision: FIRST_REVISION,
            history,
            tables: HashMap::new(),
            waiters: HashMap::new(),
            next_waiter: 0,
        };
        Store { inner: Mutex::new(inner) }
    }

    /// Returns the revision of the last write.
    pub(crate) fn revision(&self) -> u64 {
        self.lock().revision
    }

    /// Returns an object as it is now.
    pub(crate) fn get(&self, storage: &str, path: &str) -> Option<Stored> {
        self.lock().tables.get(storage)?.objects.get(path).cloned()
    }

    /// Stores a new object.
    ///
    /// # Errors
    ///
    /// `Moved` if there is one already.
    pub(crate) fn insert(&self, storage: &Arc<str>, path: &str, object: Value) -> Result<Change, Moved> {
        self.write(storage, path, None, Some(object))
    }

    /// Replaces an object whose last write was `expected`.
    ///
    /// # Errors
    ///
    /// `Moved` if it was written since, or is gone.
    pub(crate) fn replace(
        &self,
        storage: &Arc<str>,
        path: &str,
        expected: u64,
        object: Value,
    ) -> Result<Change, Moved> {
        self.write(storage, path, Some(expected), Some(object))
    }

    /// Removes an object whose last write was `expected`.
    ///
    /// # Errors
    ///
    /// `Moved` if it was written since, or is gone.
    pub(crate) fn remove(&self, storage: &Arc<str>, path: &str, expected: u64) -> Result<Change, Moved> {
        self.write(storage, path, Some(expected), None)
    }

    /// Removes an object whose last write was `expected`, in a last state that the event of the removal shows.
    ///
    /// # Errors
    ///
    /// `Moved` if it was written since, or is gone.
    pub(crate) fn replace_and_remove(
        &self,
        storage: &Arc<str>,
        path: &str,
        expected: u64,
        last: Value,
    ) -> Result<Change, Moved> {
        let mut inner = self.lock();
        let Inner { revision, history, tables, .. } = &mut *inner;
        let table = tables.entry(Arc::clone(storage)).or_default();
        if table.objects.get(path).map(|stored| stored.revision) != Some(expected) {
            return Err(Moved);
        }
        *revision += 1;
        let change = table.apply(path, *revision, None, *history, Some(last));
        inner.wake(storage);
        Ok(change)
    }

    /// Forgets history up to and including `revision`: lists and watches from before it answer 410.
    pub(crate) fn compact(&self, revision: u64) {
        let mut inner = self.lock();
        let revision = revision.min(inner.revision);
        for table in inner.tables.values_mut() {
            table.forget_to(revision);
        }
    }

    /// Ends every watch of a storage, because it is no longer served.
    pub(crate) fn end_watches(&self, storage: &str) {
        let mut inner = self.lock();
        if let Some(table) = inner.tables.get_mut(storage) {
            table.epoch += 1;
        }
        inner.wake(storage);
    }

    fn write(
        &self,
        storage: &Arc<str>,
        path: &str,
        expected: Option<u64>,
        object: Option<Value>,
    ) -> Result<Change, Moved> {
        let mut inner = self.lock();
        let Inner { revision, history, tables, .. } = &mut *inner;
        let table = tables.entry(Arc::clone(storage)).or_default();
        if table.objects.get(path).map(|stored| stored.revision) != expected {
            return Err(Moved);
        }
        *revision += 1;
        let change = table.apply(path, *revision, object, *history, None);
        inner.wake(storage);
        Ok(change)
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic while the lock was held cannot leave a half-written table: each write is one insert and one push.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// Wakes those who wait for this storage, or for anything. They come back to wait again.
    fn wake(&mut self, storage: &str) {
        self.waiters.retain(|_, waiter| {
            let other = waiter.storage.as_deref().is_some_and(|wanted| wanted != storage);
            if !other {
                waiter.waker.wake_by_ref();
            }
            other
        });
    }
}
