//! The versions of a kind, and what is said of each.

use serde_json::Value;

use super::super::tree::{at, items, text, truth};
use super::{Changes, Class, named, schema};

pub(super) fn diff(old: &Value, new: &Value, changes: &mut Changes) {
    let (before, after) = (items(at(old, "spec.versions")), items(at(new, "spec.versions")));
    let is_served = |version: &Value| truth(version.get("served"));
    let none_is_left = !after.iter().any(is_served);
    let path = |version: &Value| format!("spec.versions[{}]", text(version.get("name")));
    for version in before {
        let Some(now) = named(after, text(version.get("name"))) else {
            if is_served(version) {
                changes.add(Class::Clients, path(version), "the version is removed: requests in it are not found");
            } else {
                changes.add(Class::Safe, path(version), "the version is removed; it was not served");
            }
            continue;
        };
        match (is_served(version), is_served(now)) {
            (true, false) if none_is_left => {
                let text = "the version is no longer served, and no other is: objects cannot be read";
                changes.add(Class::Stored, path(version), text);
            }
            (true, false) => {
                changes.add(
                    Class::Clients,
                    path(version),
                    "the version is no longer served: requests in it are not found",
                );
            }
            (false, true) => changes.add(Class::Safe, path(version), "the version is served"),
            _ => {}
        }
        let mut found = Changes::default();
        one(version, now, &mut found);
        let is_used = is_served(version) && is_served(now);
        let is_stored = truth(version.get("storage")) || truth(now.get("storage"));
        for mut change in found.0 {
            if !is_used {
                // Nobody writes in it; what is stored in it is read through its schema.
                let loses = is_stored && change.class == Class::Stored;
                change.class = if loses { Class::Stored } else { Class::Safe };
            }
            changes.0.push(change);
        }
    }
    for version in after.iter().filter(|version| named(before, text(version.get("name"))).is_none()) {
        changes.add(Class::Safe, path(version), "the version is added");
    }
    storage(old, new, changes);
}

/// Whether objects are stored in another version.
fn storage(old: &Value, new: &Value, changes: &mut Changes) {
    fn stored(crd: &Value) -> Option<&Value> {
        items(at(crd, "spec.versions")).iter().find(|version| truth(version.get("storage")))
    }
    let (Some(before), Some(after)) = (stored(old), stored(new)) else { return };
    let (from, to) = (text(before.get("name")), text(after.get("name")));
    if from == to {
        return;
    }
    let path = format!("spec.versions[{to}].storage");
    let moved = format!("objects are stored in `{to}` from now on, not in `{from}`");
    // What the new version has no place for goes with the next write.
    let lost = (text(at(new, "spec.conversion.strategy")) != "Webhook")
        .then(|| {
            schema::lost(schema_of(before), schema_of(named(items(at(new, "spec.versions")), to).unwrap_or(after)))
        })
        .flatten();
    match lost {
        Some(field) => changes.add(Class::Stored, path, format!("{moved}, which drops `{field}`")),
        None => changes.add(Class::Safe, path, moved),
    }
}

fn schema_of(version: &Value) -> &Value {
    at(version, "schema.openAPIV3Schema").unwrap_or(&Value::Null)
}

/// What is said of one version.
fn one(old: &Value, new: &Value, changes: &mut Changes) {
    let name = text(old.get("name"));
    let path = |field: &str| format!("spec.versions[{name}].{field}");
    match (truth(old.get("deprecated")), truth(new.get("deprecated"))) {
        (false, true) => changes.add(Class::Safe, path("deprecated"), "clients of the version are warned"),
        (true, false) => changes.add(Class::Safe, path("deprecated"), "clients of the version are no longer warned"),
        (true, true) if old.get("deprecationWarning") != new.get("deprecationWarning") => {
            changes.add(Class::Safe, path("deprecationWarning"), "clients are warned in other words");
        }
        _ => {}
    }
    if old.get("additionalPrinterColumns") != new.get("additionalPrinterColumns") {
        changes.add(Class::Safe, path("additionalPrinterColumns"), columns(old, new));
    }
    selectable(old, new, &path("selectableFields"), changes);
    subresources(old, new, &path("subresources"), changes);
    schema::diff(schema_of(old), schema_of(new), name, changes);
}

fn columns(old: &Value, new: &Value) -> String {
    let names = |version: &Value| -> Vec<String> {
        let columns = items(version.get("additionalPrinterColumns")).iter();
        columns.map(|column| format!("`{}`", text(column.get("name")))).collect()
    };
    let (before, after) = (names(old), names(new));
    let missing = |list: &[String], from: &[String]| -> Vec<String> {
        list.iter().filter(|name| !from.contains(name)).cloned().collect()
    };
    let (added, removed) = (missing(&after, &before), missing(&before, &after));
    match (added.is_empty(), removed.is_empty()) {
        (false, true) => format!("kubectl also shows {}", added.join(", ")),
        (true, false) => format!("kubectl no longer shows {}", removed.join(", ")),
        (false, false) => format!("kubectl shows {} instead of {}", added.join(", "), removed.join(", ")),
        (true, true) => "kubectl shows the columns in another way".to_owned(),
    }
}

fn selectable(old: &Value, new: &Value, path: &str, changes: &mut Changes) {
    let paths = |version: &Value| -> Vec<String> {
        let fields = items(version.get("selectableFields")).iter();
        fields.map(|field| text(field.get("jsonPath")).to_owned()).collect()
    };
    let (before, after) = (paths(old), paths(new));
    for gone in before.iter().filter(|field| !after.contains(field)) {
        changes.add(Class::Clients, path, format!("`{gone}` is removed: field selectors that name it are refused"));
    }
    for added in after.iter().filter(|field| !before.contains(field)) {
        changes.add(Class::Safe, path, format!("`{added}` is added"));
    }
}

fn subresources(old: &Value, new: &Value, path: &str, changes: &mut Changes) {
    let of = |version: &Value, name: &str| at(version, &format!("subresources.{name}")).cloned();
    let path = |name: &str| format!("{path}.{name}");
    match (of(old, "status").is_some(), of(new, "status").is_some()) {
        (false, true) => {
            let text = "`status` is a subresource: other writes no longer change it";
            changes.add(Class::Clients, path("status"), text);
        }
        (true, false) => changes.add(Class::Clients, path("status"), "writes to `/status` are not found"),
        _ => {}
    }
    match (of(old, "scale"), of(new, "scale")) {
        (None, Some(_)) => changes.add(Class::Safe, path("scale"), "objects can be scaled"),
        (Some(_), None) => changes.add(Class::Clients, path("scale"), "objects can no longer be scaled"),
        (Some(before), Some(after)) if before != after => {
            changes.add(Class::Clients, path("scale"), "scale reads and writes other fields");
        }
        _ => {}
    }
}
