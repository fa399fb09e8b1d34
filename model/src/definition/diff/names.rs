//! The names by which people and programs ask for a kind.

use serde_json::Value;

use super::super::tree::{items, text};
use super::{Changes, Class};

pub(super) fn diff(old: Option<&Value>, new: Option<&Value>, changes: &mut Changes) {
    let field = |names: Option<&Value>, name: &str| text(names.and_then(|names| names.get(name))).to_owned();
    // Plural and kind never change.
    for (name, what) in [
        ("singular", "kubectl no longer knows the kind by it"),
        ("listKind", "clients that check the kind of a list do not take it"),
    ] {
        let (before, after) = (field(old, name), field(new, name));
        if before != after {
            let text = format!("changes from `{before}` to `{after}`: {what}");
            changes.add(Class::Clients, format!("spec.names.{name}"), text);
        }
    }
    for (name, what) in [
        ("shortNames", "nobody can ask for the kind by it"),
        ("categories", "who asks for the category does not get the kind"),
    ] {
        let list = |names: Option<&Value>| items(names.and_then(|names| names.get(name))).to_vec();
        let (before, after) = (list(old), list(new));
        let path = || format!("spec.names.{name}");
        for gone in before.iter().filter(|name| !after.contains(name)) {
            changes.add(Class::Clients, path(), format!("`{}` is removed: {what}", text(Some(gone))));
        }
        for added in after.iter().filter(|name| !before.contains(name)) {
            changes.add(Class::Safe, path(), format!("`{}` is added", text(Some(added))));
        }
    }
}
