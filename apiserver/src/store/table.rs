//! The objects of one kind and the changes that led to them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Change, Stored};

/// Objects by path, and their last changes, oldest first.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Sorted as etcd sorts keys, so that lists come in the same order.
    pub(super) objects: BTreeMap<Arc<str>, Stored>,
    pub(super) log: VecDeque<Change>,
    /// The revision of the newest change that was forgotten: states before it cannot be told any more.
    pub(super) floor: u64,
    /// The revision of the newest change that fell out of the log: who has not read it has lost it.
    pub(super) lost: u64,
    /// Grows when all watches have to end.
    pub(super) epoch: u64,
}

impl Table {
    /// Writes an object, or removes it with `None`, and remembers how it was; `last` is how it went, if not as it was stored.
    pub(super) fn apply(
        &mut self,
        path: &str,
        revision: u64,
        object: Option<Value>,
        history: usize,
        last: Option<Value>,
    ) -> Change {
        let previous = self.objects.get(path).map(|stored| Arc::clone(&stored.object));
        let previous = last.map(Arc::new).or(previous);
        let path: Arc<str> = self.objects.get_key_value(path).map_or_else(|| path.into(), |(k, _)| Arc::clone(k));
        let object = object.map(|mut object| {
            stamp(&mut object, revision);
            Arc::new(object)
        });
        match &object {
            Some(object) => {
                let stored = Stored { object: Arc::clone(object), revision };
                self.objects.insert(Arc::clone(&path), stored);
            }
            None => {
                self.objects.remove(&path);
            }
        }
        let change = Change { path, revision, object, previous };
        self.log.push_back(change.clone());
        while self.log.len() > history {
            self.forget_oldest();
        }
        change
    }

    /// Forgets changes up to and including `revision`.
    pub(super) fn forget_to(&mut self, revision: u64) {
        while self.log.front().is_some_and(|change| change.revision <= revision) {
            self.forget_oldest();
        }
        self.floor = self.floor.max(revision);
    }

    fn forget_oldest(&mut self) {
        if let Some(change) = self.log.pop_front() {
            self.floor = self.floor.max(change.revision);
            self.lost = change.revision;
        }
    }

    /// Returns the changes after `revision`, oldest first.
    pub(super) fn since(&self, revision: u64) -> impl DoubleEndedIterator<Item = &Change> {
        let first = self.log.partition_point(|change| change.revision <= revision);
        self.log.range(first..)
    }
}

/// Writes `metadata.resourceVersion`.
pub(super) fn stamp(object: &mut Value, revision: u64) {
    let Some(object) = object.as_object_mut() else { return };
    let metadata = object.entry("metadata").or_insert_with(|| Value::Object(Map::new()));
    if let Some(metadata) = metadata.as_object_mut() {
        metadata.insert("resourceVersion".to_owned(), Value::String(revision.to_string()));
    }
}

/// Returns the object as a DELETED event shows it: its last state, at the revision of the delete.
pub(crate) fn at_revision(object: &Value, revision: u64) -> Value {
    let mut object = object.clone();
    stamp(&mut object, revision);
    object
}
