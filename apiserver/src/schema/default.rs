//! Filling in defaults.

use serde_json::Value;

use super::flag;

/// Fills absent fields that have a default; `null` counts as absent where the field is not nullable.
pub(crate) fn default(schema: &Value, value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let properties = schema.get("properties").and_then(Value::as_object);
            for (name, schema) in properties.into_iter().flatten() {
                let is_absent = match fields.get(name) {
                    None => true,
                    Some(Value::Null) => !flag(schema, "nullable"),
                    Some(_) => false,
                };
                match schema.get("default") {
                    Some(default) if is_absent => drop(fields.insert(name.clone(), default.clone())),
                    // A field that may not be null and has no default is as if it were not there.
                    None if is_absent => drop(fields.remove(name)),
                    _ => {}
                }
                if let Some(field) = fields.get_mut(name) {
                    default(schema, field);
                }
            }
            if let Some(schema) = schema.get("additionalProperties").filter(|schema| schema.is_object()) {
                let named = |name: &String| properties.is_some_and(|properties| properties.contains_key(name));
                for (_, field) in fields.iter_mut().filter(|(name, _)| !named(name)) {
                    default(schema, field);
                }
            }
        }
        Value::Array(items) => {
            if let Some(schema) = schema.get("items") {
                for item in items {
                    default(schema, item);
                }
            }
        }
        _ => {}
    }
}
