//! Reading many objects at one revision.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use serde_json::Value;

use super::{Store, Stored};

/// The objects under a prefix at one revision, in order.
#[derive(Debug)]
pub(crate) struct Snapshot {
    /// Path and object, ordered by path.
    pub(crate) items: Vec<(Arc<str>, Arc<Value>)>,
    /// The revision at which this was the state.
    pub(crate) revision: u64,
}

/// The state of that revision cannot be told any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Expired {
    /// The oldest revision whose state can still be told.
    pub(crate) oldest: u64,
}

impl Store {
    /// Returns the objects under `prefix` (`namespace/`, or empty for all) whose path is not before `start`, as they
    /// are now, or as they were at revision `at`.
    ///
    /// # Errors
    ///
    /// [`Expired`] if history does not reach back to `at`.
    pub(crate) fn list(&self, storage: &str, prefix: &str, start: &str, at: Option<u64>) -> Result<Snapshot, Expired> {
        let inner = self.lock();
        let revision = at.unwrap_or(inner.revision);
        let Some(table) = inner.tables.get(storage) else { return Ok(Snapshot { items: Vec::new(), revision }) };
        if revision < table.floor {
            return Err(Expired { oldest: table.floor });
        }
        let from = if start > prefix { start } else { prefix };
        let range = (Bound::Included(from), Bound::Unbounded);
        let mut items: BTreeMap<Arc<str>, Arc<Value>> = table
            .objects
            .range::<str, _>(range)
            .take_while(|(path, _)| path.starts_with(prefix))
            .map(|(path, stored): (&Arc<str>, &Stored)| (Arc::clone(path), Arc::clone(&stored.object)))
            .collect();
        for change in table.since(revision).rev() {
            if !change.path.starts_with(prefix) || *change.path < *from {
                continue;
            }
            match &change.previous {
                Some(previous) => items.insert(Arc::clone(&change.path), Arc::clone(previous)),
                None => items.remove(&change.path),
            };
        }
        Ok(Snapshot { items: items.into_iter().collect(), revision })
    }
}
