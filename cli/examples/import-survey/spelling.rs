//! Whether what came back is what went in.

use kubist::{MicroTime, Quantity, Time};
use serde_json::{Map, Value};

/// How two values go together; the later ones are worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    Same,
    /// In the spelling that Go's typed clients give it, too: `1000m` became `1`, or an empty list is left out.
    Respelled,
    Different,
}

/// Compares what was read with what was written, under the schema of their kind; `1` is `1.0`.
pub(crate) fn likeness(schema: &Value, read: &Value, written: &Value) -> Likeness {
    match (read, written) {
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => Likeness::Same,
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            worst(a.iter().zip(b).map(|(a, b)| likeness(&schema["items"], a, b)))
        }
        (Value::Object(a), Value::Object(b)) => of_fields(schema, a, b),
        (a, b) if a == b => Likeness::Same,
        (_, Value::String(b)) if is_respelled(schema, read, b) => Likeness::Respelled,
        _ => Likeness::Different,
    }
}

fn of_fields(schema: &Value, read: &Map<String, Value>, written: &Map<String, Value>) -> Likeness {
    if written.keys().any(|name| !read.contains_key(name)) {
        return Likeness::Different;
    }
    worst(read.iter().map(|(name, value)| {
        let field = &schema["properties"][name];
        let below = if field.is_null() { &schema["additionalProperties"] } else { field };
        match written.get(name) {
            Some(written) => likeness(below, value, written),
            // As `omitempty` has it in Go; an object without fields is another matter.
            None if is_empty_collection(below, value) => Likeness::Respelled,
            // The server fills it in.
            None if *value == below["default"] => Likeness::Respelled,
            // Where there is a default, `null` keeps it away.
            None if value.is_null() && below["default"].is_null() => Likeness::Respelled,
            None => Likeness::Different,
        }
    }))
}

fn worst(all: impl Iterator<Item = Likeness>) -> Likeness {
    all.max().unwrap_or(Likeness::Same)
}

fn is_empty_collection(schema: &Value, value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty() && schema["additionalProperties"].is_object(),
        _ => false,
    }
}

/// Only the usual spelling is written, so anything else in its place is a loss.
fn is_respelled(schema: &Value, read: &Value, written: &str) -> bool {
    let text = match read {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return false,
    };
    if schema["x-kubernetes-int-or-string"] == true {
        let parsed = (text.parse::<Quantity>(), written.parse::<Quantity>());
        return matches!(parsed, (Ok(a), Ok(b)) if a == b && b.to_string() == written);
    }
    // A fraction that is gone is a loss.
    let parsed = (text.parse::<MicroTime>(), written.parse::<MicroTime>());
    schema["format"] == "date-time"
        && matches!(parsed, (Ok(a), Ok(b)) if a == b && Time::from(b).to_string() == written)
}

#[cfg(test)]
mod tests {
    use kubist::json;

    use super::*;

    #[test]
    fn only_what_go_spells_anew_may_be_spelled_anew() {
        let schema = json!({ "type": "object", "properties": {
            "size": { "x-kubernetes-int-or-string": true },
            "when": { "type": "string", "format": "date-time" },
            "text": { "type": "string" },
            "list": { "type": "array", "items": { "x-kubernetes-int-or-string": true } },
            "map": { "type": "object", "additionalProperties": { "type": "string" } },
            "none": { "type": "object" },
            "null": { "type": "string", "nullable": true },
            "filled": { "type": "string", "nullable": true, "default": "a" },
        } });
        for (read, written, expected) in [
            (json!({ "list": [1] }), json!({ "list": [1.0] }), Likeness::Same),
            (json!({ "size": "1000m" }), json!({ "size": "1" }), Likeness::Respelled),
            (json!({ "list": [2, "1"] }), json!({ "list": ["2", "1"] }), Likeness::Respelled),
            (
                json!({ "when": "2026-01-01T01:00:00+01:00" }),
                json!({ "when": "2026-01-01T00:00:00Z" }),
                Likeness::Respelled,
            ),
            (json!({ "map": {}, "list": [] }), json!({}), Likeness::Respelled),
            (
                json!({ "when": "2026-01-01T00:00:00.5Z" }),
                json!({ "when": "2026-01-01T00:00:00Z" }),
                Likeness::Different,
            ),
            (json!({ "size": "1" }), json!({ "size": "1000m" }), Likeness::Different),
            (json!({ "text": "1000m" }), json!({ "text": "1" }), Likeness::Different),
            (json!({ "null": null }), json!({}), Likeness::Respelled),
            (json!({ "filled": "a" }), json!({}), Likeness::Respelled),
            (json!({ "filled": null }), json!({}), Likeness::Different),
            (json!({ "none": {} }), json!({}), Likeness::Different),
            (json!({ "size": "1" }), json!({}), Likeness::Different),
            (json!({}), json!({ "list": [] }), Likeness::Different),
            (json!({ "list": ["1"] }), json!({ "list": [] }), Likeness::Different),
        ] {
            assert_eq!(likeness(&schema, &read, &written), expected, "{read} {written}");
        }
    }
}
