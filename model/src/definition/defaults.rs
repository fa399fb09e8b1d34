//! Whether defaults fit the schema that they stand in.

use serde_json::Value;

use super::tree::{fields, text, truth};
use crate::schema::type_of_value;
use crate::status::StatusCause;

/// Checks the defaults below a schema. Those inside of metadata are left to the server.
pub(super) fn check(schema: &Value, place: &str, causes: &mut Vec<StatusCause>) {
    if let Some(default) = schema.get("default").filter(|default| !default.is_null()) {
        let field = format!("{place}.default");
        if has_unknown(schema, default) {
            causes.push(StatusCause::invalid(&field, default, "must not have unknown fields"));
        }
        mistyped(schema, default, &field, causes);
    }
    if let Some(items) = schema.get("items").filter(|items| items.is_object()) {
        check(items, &format!("{place}.items"), causes);
    }
    for (name, child) in fields(schema.get("properties")) {
        let is_meta = truth(schema.get("x-kubernetes-embedded-resource"))
            && matches!(name.as_str(), "metadata" | "kind" | "apiVersion");
        if !is_meta {
            check(child, &format!("{place}.properties[{name}]"), causes);
        }
    }
}

fn has_unknown(schema: &Value, value: &Value) -> bool {
    if truth(schema.get("x-kubernetes-preserve-unknown-fields")) {
        return false;
    }
    let additional = schema.get("additionalProperties");
    match value {
        Value::Object(entries) => entries.iter().any(|(name, entry)| {
            let known = schema.get("properties").and_then(|properties| properties.get(name));
            match known.or_else(|| additional.filter(|additional| additional.is_object())) {
                Some(schema) => has_unknown(schema, entry),
                None => additional != Some(&Value::Bool(true)),
            }
        }),
        Value::Array(list) => {
            let schema = schema.get("items").unwrap_or(&Value::Null);
            list.iter().any(|item| has_unknown(schema, item))
        }
        _ => false,
    }
}

/// Types only: the rest of what a value must be is checked where values are.
fn mistyped(schema: &Value, value: &Value, field: &str, causes: &mut Vec<StatusCause>) {
    if value.is_null() {
        return;
    }
    let found = type_of_value(value);
    let expected = text(schema.get("type"));
    if expected.is_empty() || expected == found || (expected == "number" && found == "integer") {
        return;
    }
    // The path within the default is empty, and the server prints it all the same.
    let message = format!("Invalid value: {found:?}:  in body must be of type {expected}: {found:?}");
    let (reason, field) = ("FieldValueTypeInvalid".into(), field.into());
    causes.push(StatusCause { reason, message: message.into(), field });
}
