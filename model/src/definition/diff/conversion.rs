//! How objects get from one version into another.

use serde_json::Value;

use super::super::tree::{at, items, text};
use super::{Changes, Class};

pub(super) fn diff(old: &Value, new: &Value, changes: &mut Changes) {
    let of = |crd: &Value| text(at(crd, "spec.conversion.strategy")).to_owned();
    let (before, after) = (of(old), of(new));
    // With a single version nothing is ever converted.
    let class = if items(at(new, "spec.versions")).len() > 1 { Class::Stored } else { Class::Safe };
    let path = "spec.conversion";
    match (&*before, &*after) {
        (_, "Webhook") if before != after => {
            changes.add(
                class,
                path,
                "a webhook converts objects: while it does not answer, objects stored in another version cannot be read",
            );
        }
        ("Webhook", _) if before != after => {
            changes.add(
                class,
                path,
                "no webhook converts objects any more: fields that another version has in another place are lost",
            );
        }
        ("Webhook", _) if at(old, path) != at(new, path) => {
            changes.add(
                class,
                "spec.conversion.webhook",
                "another webhook converts objects: while it does not answer, objects stored in another version cannot be read",
            );
        }
        _ => {}
    }
}
