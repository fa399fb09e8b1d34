//! Keywords whose values are of the right type. What a user adds to a schema by hand may hold anything, and a definition may not.

use serde_json::Value;

use super::walk::{Node, Walk};

impl Walk<'_> {
    /// Leaves out keywords whose values no definition can hold, and notes them.
    pub(super) fn drop_ill_typed(&mut self, node: &mut Node) {
        node.retain(|key, value| {
            let Some(expected) = expected(key, value) else { return true };
            self.problem(format!("`{key}` must be {expected}, and is {value}"));
            false
        });
    }
}

/// Returns what a keyword must be, where it is something else.
fn expected(key: &str, value: &Value) -> Option<&'static str> {
    let (is_right, expected) = match key {
        "type" => (value.is_string() || is_texts(value), "a text or a list of texts"),
        "pattern" | "description" | "format" => (value.is_string(), "a text"),
        "minimum" | "maximum" | "multipleOf" => (value.is_number(), "a number"),
        "exclusiveMinimum" | "exclusiveMaximum" => (value.is_number() || value.is_boolean(), "a number"),
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
            (value.as_i64().is_some_and(|count| count >= 0), "a count")
        }
        "required" => (is_texts(value), "a list of texts"),
        "uniqueItems" | "nullable" => (value.is_boolean(), "true or false"),
        "enum" | "oneOf" | "anyOf" | "allOf" | "prefixItems" => (value.is_array(), "a list"),
        "properties" | "patternProperties" => (value.is_object(), "an object"),
        "items" | "additionalProperties" | "not" => (value.is_object() || value.is_boolean(), "a schema"),
        _ => return None,
    };
    (!is_right).then_some(expected)
}

fn is_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|all| all.iter().all(Value::is_string))
}
