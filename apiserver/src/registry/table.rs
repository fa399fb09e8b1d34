//! The rows, found by group, version and plural.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::ResourceDef;

type Key = (String, String, String);
type Rows = BTreeMap<Key, Arc<ResourceDef>>;

/// All served resources: built-in ones, and custom ones that come and go.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    rows: RwLock<Arc<Rows>>,
}

impl Registry {
    /// Finds the row that serves a resource at a version.
    pub(crate) fn lookup(&self, group: &str, version: &str, plural: &str) -> Option<Arc<ResourceDef>> {
        let key = (group.to_owned(), version.to_owned(), plural.to_owned());
        self.snapshot().get(&key).map(Arc::clone)
    }

    /// Returns all rows, ordered by group, version and plural.
    pub(crate) fn all(&self) -> Vec<Arc<ResourceDef>> {
        self.snapshot().values().map(Arc::clone).collect()
    }

    /// Returns the rows of a group in all its versions.
    pub(crate) fn in_group(&self, group: &str) -> Vec<Arc<ResourceDef>> {
        self.snapshot().iter().filter(|((g, _, _), _)| g == group).map(|(_, row)| Arc::clone(row)).collect()
    }

    /// Tells whether anything is served at this group and version.
    pub(crate) fn serves(&self, group: &str, version: &str) -> bool {
        self.snapshot().keys().any(|(g, v, _)| g == group && v == version)
    }

    /// Adds rows, or replaces those of the same group, version and plural, all in one step.
    pub(crate) fn install(&self, rows: impl IntoIterator<Item = ResourceDef>) {
        self.change(|table| insert_all(table, rows));
    }

    /// Serves a resource at exactly the versions of these rows, in one step; other versions of it go away.
    pub(crate) fn replace(&self, group: &str, plural: &str, rows: impl IntoIterator<Item = ResourceDef>) {
        self.change(|table| {
            table.retain(|(g, _, p), _| g != group || p != plural);
            insert_all(table, rows);
        });
    }

    /// Removes a resource in all its versions.
    pub(crate) fn remove(&self, group: &str, plural: &str) {
        self.replace(group, plural, []);
    }

    fn change(&self, change: impl FnOnce(&mut Rows)) {
        let mut guard = self.rows.write().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut guard));
    }

    fn snapshot(&self) -> Arc<Rows> {
        Arc::clone(&self.rows.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn insert_all(table: &mut Rows, rows: impl IntoIterator<Item = ResourceDef>) {
    for row in rows {
        let info = &row.info;
        let key = (info.group.to_string(), info.version.to_string(), info.plural.to_string());
        table.insert(key, Arc::new(row));
    }
}
