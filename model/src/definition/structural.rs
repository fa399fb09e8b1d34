//! Whether a schema is structural: every value has its type where it stands, and conditions hold no structure.
//!
//! Source: `validation.go` and `complete.go` in `pkg/apiserver/schema`.

use serde_json::{Value, json};

use super::nested;
use super::tree::{fields, items, text, truth};
use crate::status::StatusCause;

/// Where a schema stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Root,
    Item,
    Field,
}

pub(super) fn check(schema: &Value, place: &str) -> Vec<StatusCause> {
    let mut causes = Vec::new();
    invariants(schema, Level::Root, place, &mut causes);
    nested::complete(schema, Some(schema), place, place, &mut causes);
    // The server sorts what it finds here, by the whole of each sentence.
    causes.sort_by_key(|cause| format!("{}: {}", cause.field, cause.message));
    causes
}

fn invariants(schema: &Value, level: Level, place: &str, causes: &mut Vec<StatusCause>) {
    let flag = |name: &str| truth(schema.get(name));
    let kind = text(schema.get("type"));
    if kind == "array" && schema.get("items").is_none() {
        causes.push(StatusCause::required(&format!("{place}.items"), "must be specified"));
    }
    if let Some(items) = schema.get("items").filter(|items| items.is_object()) {
        invariants(items, Level::Item, &format!("{place}.items"), causes);
    }
    for (name, field) in fields(schema.get("properties")) {
        invariants(field, Level::Field, &format!("{place}.properties[{name}]"), causes);
    }
    let additional = schema.get("additionalProperties").filter(|additional| !additional.is_null());
    let additional_place = format!("{place}.additionalProperties");
    if let Some(additional) = additional {
        if level == Level::Root {
            causes.push(StatusCause::forbidden(&additional_place, "must not be used at the root"));
        }
        if additional.is_object() {
            invariants(additional, Level::Field, &additional_place, causes);
        }
    }

    let (is_int_or_string, preserves) =
        (flag("x-kubernetes-int-or-string"), flag("x-kubernetes-preserve-unknown-fields"));
    let is_embedded = flag("x-kubernetes-embedded-resource");
    for (name, is_set) in
        [("x-kubernetes-preserve-unknown-fields", preserves), ("x-kubernetes-embedded-resource", is_embedded)]
    {
        if is_int_or_string && is_set {
            let detail = "must be false if x-kubernetes-int-or-string is true";
            causes.push(StatusCause::invalid(&format!("{place}.{name}"), &true.into(), detail));
        }
    }
    nested::conditions(schema, place, nested::skips(schema), causes);

    let type_place = format!("{place}.type");
    if is_embedded && kind != "object" {
        let detail = "must be object if x-kubernetes-embedded-resource is true";
        causes.push(match kind {
            "" => StatusCause::required(&type_place, detail),
            other => StatusCause::invalid(&type_place, &other.into(), detail),
        });
    } else if kind.is_empty() && !is_int_or_string && !preserves {
        let detail = match level {
            Level::Root => "must not be empty at the root",
            Level::Item => "must not be empty for specified array items",
            Level::Field => "must not be empty for specified object fields",
        };
        causes.push(StatusCause::required(&type_place, detail));
    }
    if is_embedded && additional.is_some() {
        let detail = "must not be used if x-kubernetes-embedded-resource is set";
        causes.push(StatusCause::forbidden(&additional_place, detail));
    }
    if level == Level::Root && !kind.is_empty() && kind != "object" {
        causes.push(StatusCause::invalid(&type_place, &kind.into(), "must be object at the root"));
    }
    meta(schema, level, is_embedded, place, causes);
    if is_embedded && !preserves && fields(schema.get("properties")).next().is_none() {
        let detail =
            "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields";
        causes.push(StatusCause::required(&format!("{place}.properties"), detail));
    }
}

/// `apiVersion`, `kind` and `metadata` are the server's, at the root and in embedded objects.
fn meta(schema: &Value, level: Level, is_embedded: bool, place: &str, causes: &mut Vec<StatusCause>) {
    let is_object = level == Level::Root || is_embedded;
    let property = |name: &str| schema.get("properties").and_then(|properties| properties.get(name));
    for name in ["kind", "apiVersion"] {
        let kind = property(name).map(|property| text(property.get("type")));
        if let Some(kind) = kind.filter(|kind| is_object && *kind != "string") {
            let field = format!("{place}.properties[{name}].type");
            causes.push(StatusCause::invalid(&field, &kind.into(), "must be string"));
        }
    }
    let Some(metadata) = property("metadata") else { return };
    let field = format!("{place}.properties[metadata]");
    let kind = text(metadata.get("type"));
    if is_object && kind != "object" {
        causes.push(StatusCause::invalid(&format!("{field}.type"), &kind.into(), "must be object"));
    }
    if level == Level::Root && !names_only(metadata) {
        let detail = "must not specify anything other than name and generateName, but metadata is implicitly specified";
        causes.push(StatusCause::forbidden(&field, detail));
    }
}

/// Whether a schema of metadata restricts nothing but the name.
fn names_only(metadata: &Value) -> bool {
    let mut rest = metadata.as_object().cloned().unwrap_or_default();
    rest.remove("type");
    rest.remove("default");
    let properties = rest.get("properties").cloned().unwrap_or_else(|| json!({}));
    if fields(Some(&properties)).all(|(name, _)| name == "name" || name == "generateName") {
        rest.remove("properties");
    }
    rest.is_empty()
}

/// Whether a list of conditions is the one that stands for `x-kubernetes-int-or-string`.
pub(super) fn is_int_or_string(conditions: Option<&Value>) -> bool {
    items(conditions) == [json!({"type": "integer"}), json!({"type": "string"})]
}
