//! Removing what the schema does not know.

use serde_json::Value;

use super::{ALWAYS, below, flag, property};

/// Removes unknown fields from an object and returns their paths.
pub(crate) fn prune(schema: &Value, object: &mut Value) -> Vec<String> {
    let mut removed = Vec::new();
    walk(schema, object, "", true, &mut removed);
    removed
}

fn walk(schema: &Value, value: &mut Value, path: &str, is_object: bool, removed: &mut Vec<String>) {
    let keeps_unknown = flag(schema, "x-kubernetes-preserve-unknown-fields");
    match value {
        Value::Object(fields) => {
            let additional = schema.get("additionalProperties");
            fields.retain(|name, field| {
                if is_object && ALWAYS.contains(&name.as_str()) {
                    return true;
                }
                let place = below(path, name);
                let known = property(schema, name).or_else(|| additional.filter(|schema| schema.is_object()));
                match known {
                    Some(schema) => {
                        walk(schema, field, &place, flag(schema, "x-kubernetes-embedded-resource"), removed);
                        true
                    }
                    None if keeps_unknown || additional.is_some_and(|all| *all == Value::Bool(true)) => true,
                    None => {
                        removed.push(place);
                        false
                    }
                }
            });
        }
        Value::Array(items) => {
            let schema = schema.get("items").unwrap_or(&Value::Null);
            for (index, item) in items.iter_mut().enumerate() {
                let place = format!("{path}[{index}]");
                walk(schema, item, &place, flag(schema, "x-kubernetes-embedded-resource"), removed);
            }
        }
        _ => {}
    }
}
