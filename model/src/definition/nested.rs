//! What stands under `allOf`, `anyOf`, `oneOf` and `not`: conditions, never structure.

use serde_json::Value;

use super::structural::is_int_or_string;
use super::tree::{fields, items, text, truth};
use crate::status::StatusCause;

/// The two places in which the pattern of `x-kubernetes-int-or-string` may stand.
#[derive(Clone, Copy, Default)]
pub(super) struct Skips {
    any_of: bool,
    first_all_of: bool,
}

pub(super) fn skips(schema: &Value) -> Skips {
    let first = items(schema.get("allOf")).first();
    Skips {
        any_of: is_int_or_string(schema.get("anyOf")),
        first_all_of: is_int_or_string(first.and_then(|first| first.get("anyOf"))),
    }
}

/// Checks the conditions of a schema, and its own pattern.
pub(super) fn conditions(schema: &Value, place: &str, skips: Skips, causes: &mut Vec<StatusCause>) {
    if !skips.any_of {
        for (index, condition) in items(schema.get("anyOf")).iter().enumerate() {
            check(condition, &format!("{place}.anyOf[{index}]"), Skips::default(), causes);
        }
    }
    for (index, condition) in items(schema.get("allOf")).iter().enumerate() {
        let skips = Skips { any_of: skips.first_all_of && index == 0, first_all_of: false };
        check(condition, &format!("{place}.allOf[{index}]"), skips, causes);
    }
    for (index, condition) in items(schema.get("oneOf")).iter().enumerate() {
        check(condition, &format!("{place}.oneOf[{index}]"), Skips::default(), causes);
    }
    if let Some(condition) = schema.get("not") {
        check(condition, &format!("{place}.not"), Skips::default(), causes);
    }
    let pattern = text(schema.get("pattern"));
    if let Err(error) = kubist_regexp::check(pattern) {
        let detail = format!("must be a valid regular expression, but isn't: {error}");
        causes.push(StatusCause::invalid(&format!("{place}.pattern"), &pattern.into(), &detail));
    }
}

fn check(condition: &Value, place: &str, skips: Skips, causes: &mut Vec<StatusCause>) {
    const EMPTY: &str = "must be empty to be structural";
    const FALSE: &str = "must be false to be structural";
    const UNDEFINED: &str = "must be undefined to be structural";
    conditions(condition, place, skips, causes);
    if let Some(items) = condition.get("items").filter(|items| items.is_object()) {
        check(items, &format!("{place}.items"), Skips::default(), causes);
    }
    for (name, field) in fields(condition.get("properties")) {
        check(field, &format!("{place}.properties[{name}]"), Skips::default(), causes);
    }
    let mut forbid = |name: &str, is_set: bool, detail: &str| {
        if is_set {
            causes.push(StatusCause::forbidden(&format!("{place}.{name}"), detail));
        }
    };
    let has = |name: &str| condition.get(name).is_some_and(|value| !value.is_null());
    let has_text = |name: &str| !text(condition.get(name)).is_empty();
    let has_items = |name: &str| !items(condition.get(name)).is_empty();
    let flag = |name: &str| truth(condition.get(name));
    forbid("type", has_text("type"), EMPTY);
    forbid("additionalProperties", has("additionalProperties"), UNDEFINED);
    forbid("default", has("default"), UNDEFINED);
    forbid("title", has_text("title"), EMPTY);
    forbid("description", has_text("description"), EMPTY);
    forbid("nullable", flag("nullable"), FALSE);
    for name in ["x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource", "x-kubernetes-int-or-string"]
    {
        forbid(name, flag(name), FALSE);
    }
    forbid("x-kubernetes-list-map-keys", has_items("x-kubernetes-list-map-keys"), EMPTY);
    forbid("x-kubernetes-list-type", has("x-kubernetes-list-type"), UNDEFINED);
    forbid("x-kubernetes-map-type", has("x-kubernetes-map-type"), UNDEFINED);
    forbid("x-kubernetes-validations", has_items("x-kubernetes-validations"), EMPTY);
    if condition.get("properties").is_some_and(|properties| properties.get("metadata").is_some()) {
        let field = format!("{place}.properties[metadata]");
        causes.push(StatusCause::forbidden(&field, "must not be specified in a nested context"));
    }
}

/// Checks that every field that a condition names has a structure, at `structure`.
pub(super) fn complete(
    condition: &Value,
    structure: Option<&Value>,
    structure_place: &str,
    place: &str,
    causes: &mut Vec<StatusCause>,
) {
    let mut below = |nested: &Value, place: &str| one(nested, structure, structure_place, place, causes);
    if let Some(nested) = condition.get("not") {
        below(nested, &format!("{place}.not"));
    }
    for name in ["allOf", "anyOf", "oneOf"] {
        for (index, nested) in items(condition.get(name)).iter().enumerate() {
            below(nested, &format!("{place}.{name}[{index}]"));
        }
    }
}

fn one(
    condition: &Value,
    structure: Option<&Value>,
    structure_place: &str,
    place: &str,
    causes: &mut Vec<StatusCause>,
) {
    let Some(found) = structure else {
        causes.push(StatusCause::required(structure_place, &format!("because it is defined in {place}")));
        return;
    };
    complete(condition, structure, structure_place, place, causes);
    if let Some(items) = condition.get("items").filter(|items| items.is_object()) {
        let structure = found.get("items").filter(|items| items.is_object());
        one(items, structure, &format!("{structure_place}.items"), &format!("{place}.items"), causes);
    }
    for (name, field) in fields(condition.get("properties")) {
        let step = format!("properties[{name}]");
        let (structure_place, place) = (format!("{structure_place}.{step}"), format!("{place}.{step}"));
        let structure = found.get("properties").and_then(|properties| properties.get(name));
        one(field, structure, &structure_place, &place, causes);
    }
}
