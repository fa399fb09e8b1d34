//! Whether defaults fit the schema that they stand in.

use serde_json::Value;

use super::tree::{fields, truth};
use crate::status::StatusCause;
use crate::validation::{self, Matches};

/// Checks the defaults below a schema. Those inside of metadata are left to the server.
pub(super) fn check(schema: &Value, place: &str, matches: Matches<'_>, causes: &mut Vec<StatusCause>) {
    if let Some(default) = schema.get("default").filter(|default| !default.is_null()) {
        let field = format!("{place}.default");
        if has_unknown(schema, default) {
            causes.push(StatusCause::invalid(&field, default, "must not have unknown fields"));
        }
        for mut cause in validation::values(schema, default, None, matches) {
            cause.field = match cause.field.as_str() {
                "<nil>" => field.as_str().into(),
                below => format!("{field}.{below}").into(),
            };
            causes.push(cause);
        }
    }
    if let Some(items) = schema.get("items").filter(|items| items.is_object()) {
        check(items, &format!("{place}.items"), matches, causes);
    }
    for (name, child) in fields(schema.get("properties")) {
        let is_meta = truth(schema.get("x-kubernetes-embedded-resource"))
            && matches!(name.as_str(), "metadata" | "kind" | "apiVersion");
        if !is_meta {
            check(child, &format!("{place}.properties[{name}]"), matches, causes);
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
