//! The names that a definition gives, and those that were accepted.

use kubist_naming as naming;
use serde_json::Value;

use super::tree::{items, text};
use crate::status::StatusCause;

pub(super) fn check(names: Option<&Value>, place: &str, causes: &mut Vec<StatusCause>) {
    let Some(names) = names else { return };
    let problem = |name: &str| naming::dns1035_label(name).err().map(|error| error.server_messages().join(","));
    let name = |field: &str| text(names.get(field));
    for field in ["plural", "singular"] {
        let name = name(field);
        if let Some(problem) = problem(name).filter(|_| !name.is_empty()) {
            causes.push(StatusCause::invalid(&format!("{place}.{field}"), &name.into(), &problem));
        }
    }
    for field in ["kind", "listKind"] {
        let name = name(field);
        if let Some(problem) = problem(&name.to_lowercase()).filter(|_| !name.is_empty()) {
            let detail = format!("may have mixed case, but should otherwise match: {problem}");
            causes.push(StatusCause::invalid(&format!("{place}.{field}"), &name.into(), &detail));
        }
    }
    let mut each = |field: &str| {
        for (index, name) in items(names.get(field)).iter().enumerate() {
            if let Some(problem) = problem(text(Some(name))) {
                causes.push(StatusCause::invalid(&format!("{place}.{field}[{index}]"), name, &problem));
            }
        }
    };
    each("shortNames");
    each("categories");
    let kind = name("kind");
    if !kind.is_empty() && kind == name("listKind") {
        let detail = "kind and listKind may not be the same";
        causes.push(StatusCause::invalid(&format!("{place}.listKind"), &kind.into(), detail));
    }
}
