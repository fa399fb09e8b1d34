//! What changes from one definition to another, and for whom.
//!
//! The classes are what a server does, pair by pair, in `tests/diff`. They reckon with validation that is ratcheted (on since Kubernetes 1.30): an update
//! may keep a value that a new schema no longer takes, as long as the value itself and what stands around it in the same list stay as they are.

mod conversion;
mod limits;
mod names;
mod schema;
mod version;

use std::fmt;

use serde_json::{Value, json};

use super::tree::{at, fields, items, text, truth};

/// One change from one definition to another.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// Where it is: a field of the definition, such as `spec.scope`, or a version and a field of its objects, such as `v1: .spec.replicas`.
    pub path: String,
    /// What changes, and what comes of it.
    pub text: String,
    /// For whom it is too much.
    pub class: Class,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.path, self.class, self.text)
    }
}

/// For whom a change is too much; each class includes the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Class {
    /// Whatever worked works as before.
    Safe,
    /// A request that the server answered is refused, or does something else. Stored objects stay as they are, and can be changed.
    Clients,
    /// Stored objects lose something, cannot be read, or are refused when something else in them is changed.
    Stored,
    /// The server refuses the new definition.
    Refused,
}

impl Class {
    /// Tells whether somebody has to act before the change.
    pub fn is_breaking(self) -> bool {
        self != Self::Safe
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Safe => "safe",
            Self::Clients => "breaking for clients",
            Self::Stored => "breaking for stored objects",
            Self::Refused => "refused",
        })
    }
}

/// What was found so far.
#[derive(Default)]
struct Changes(Vec<Change>);

impl Changes {
    fn add(&mut self, class: Class, path: impl Into<String>, text: impl Into<String>) {
        self.0.push(Change { path: path.into(), text: text.into(), class });
    }
}

/// Returns what changes from one definition to another, in the order of the definition.
///
/// Both as a server has them: with singular name, list kind and conversion. Annotations and labels of the old one that the new one does not
/// name are no change.
pub fn diff(old: &Value, new: &Value) -> Vec<Change> {
    let mut changes = Changes::default();
    refusals(old, new, &mut changes);
    for place in ["metadata.labels", "metadata.annotations"] {
        for (key, value) in fields(at(new, place)) {
            let known = at(old, place).and_then(|known| known.get(key));
            if known != Some(value) {
                let what = if known.is_some() { "is another" } else { "is added" };
                changes.add(Class::Safe, place, format!("`{key}` {what}"));
            }
        }
    }
    names::diff(at(old, "spec.names"), at(new, "spec.names"), &mut changes);
    version::diff(old, new, &mut changes);
    conversion::diff(old, new, &mut changes);
    changes.0
}

/// What the server says to the new definition in the place of the old.
fn refusals(old: &Value, new: &Value, changes: &mut Changes) {
    let storage = |crd: &Value| -> Vec<Value> {
        let versions = items(at(crd, "spec.versions"));
        versions.iter().filter(|version| truth(version.get("storage"))).map(|version| version["name"].clone()).collect()
    };
    let mut stored = items(at(old, "status.storedVersions")).to_vec();
    for name in storage(old).into_iter().chain(storage(new)) {
        if !stored.contains(&name) {
            stored.push(name);
        }
    }
    let (mut before, mut after) = (old.clone(), new.clone());
    // Whoever compares definitions means one that is in use.
    let established = json!({ "conditions": [{ "type": "Established", "status": "True" }] });
    for (crd, status) in [(&mut before, established), (&mut after, json!({ "storedVersions": stored }))] {
        if let Some(fields) = crd.as_object_mut() {
            fields.insert("status".to_owned(), status);
        }
    }
    for cause in super::check(&after, Some(&before), &|_, _| true) {
        changes.add(Class::Refused, &*cause.field, &*cause.message);
    }
}

/// The version of this name.
fn named<'a>(versions: &'a [Value], name: &str) -> Option<&'a Value> {
    versions.iter().find(|version| text(version.get("name")) == name)
}

#[cfg(test)]
mod tests;
