//! Values of objects, as rules see them.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kubist_cel::{self as cel, ListKind, Value as Cel};
use serde_json::{Value, json};

use super::flag;

/// A schema in which an object has the kind and the name that every resource has.
pub(super) fn with_metadata(schema: &Value) -> Value {
    let mut schema = schema.clone();
    let text = json!({"type": "string"});
    let declared = |field: &str| schema["properties"]["metadata"]["properties"][field]["type"] == "string";
    let is_complete = declared("name")
        && declared("generateName")
        && schema["properties"]["kind"]["type"] == "string"
        && schema["properties"]["apiVersion"]["type"] == "string";
    if !is_complete {
        schema["properties"]["kind"] = text.clone();
        schema["properties"]["apiVersion"] = text.clone();
        schema["properties"]["metadata"] =
            json!({"type": "object", "properties": {"name": text, "generateName": text}});
    }
    schema
}

/// A value by its schema.
pub(super) fn value(schema: &Value, value: &Value) -> Cel {
    if value.is_null() {
        return if flag(schema, "nullable") {
            Cel::Null
        } else {
            Cel::bad("invalid data, got null for schema with nullable=false")
        };
    }
    if flag(schema, "x-kubernetes-int-or-string") {
        return match value {
            Value::String(text) => Cel::string(text),
            _ => value.as_i64().map_or_else(
                || Cel::bad("invalid data, expected XIntOrString value to be either a string or integer"),
                Cel::Int,
            ),
        };
    }
    match (schema.get("type").and_then(Value::as_str).unwrap_or_default(), value) {
        ("object", Value::Object(fields)) => object(schema, fields),
        ("array", Value::Array(items)) => array(schema, items),
        ("string", Value::String(text)) => string(schema, text),
        ("number", Value::Number(number)) => Cel::Double(number.as_f64().unwrap_or_default()),
        ("integer", Value::Number(number)) => {
            number.as_i64().map_or_else(|| Cel::bad("invalid data, expected int, got float64"), Cel::Int)
        }
        ("boolean", Value::Bool(truth)) => Cel::Bool(*truth),
        (kind, _) => Cel::bad(format!("invalid data, expected {kind}")),
    }
}

fn object(schema: &Value, fields: &serde_json::Map<String, Value>) -> Cel {
    let resource = flag(schema, "x-kubernetes-embedded-resource").then(|| with_metadata(schema));
    let schema = resource.as_ref().unwrap_or(schema);
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        let known = fields.iter().filter_map(|(name, field)| {
            let declared = properties.get(name)?;
            Some((Cel::string(cel::escape(name).unwrap_or_else(|| name.clone())), value(declared, field)))
        });
        return Cel::map(known.collect());
    }
    match schema.get("additionalProperties").filter(|values| values.is_object()) {
        Some(values) => {
            Cel::map(fields.iter().map(|(name, field)| (Cel::string(name), value(values, field))).collect())
        }
        None => Cel::map(Vec::new()),
    }
}

fn array(schema: &Value, items: &[Value]) -> Cel {
    let Some(of_items) = schema.get("items") else {
        return Cel::bad("invalid array type, expected Items with a non-empty Schema");
    };
    let kind = match schema.get("x-kubernetes-list-type").and_then(Value::as_str) {
        Some("set") => ListKind::Set,
        Some("map") => {
            let keys = schema.get("x-kubernetes-list-map-keys").and_then(Value::as_array);
            let keys = keys.into_iter().flatten().filter_map(Value::as_str);
            ListKind::Keyed(keys.map(|key| cel::escape(key).unwrap_or_else(|| key.to_owned())).collect())
        }
        _ => ListKind::Atomic,
    };
    Cel::list_of(items.iter().map(|item| value(of_items, item)).collect(), kind)
}

fn string(schema: &Value, text: &str) -> Cel {
    match schema.get("format").and_then(Value::as_str) {
        Some("duration") => cel::duration(text)
            .map_or_else(|| Cel::bad(format!("Invalid duration {text}: unable to parse")), Cel::Duration),
        Some("date") => timestamp(&format!("{text}T00:00:00Z"), "date", text),
        Some("date-time") => timestamp(text, "date-time", text),
        Some("byte") => match BASE64_STANDARD.decode(text) {
            Ok(bytes) => Cel::Bytes(bytes.into()),
            Err(error) => Cel::bad(format!("Invalid byte formatted string {text}: {error}")),
        },
        _ => Cel::string(text),
    }
}

fn timestamp(written: &str, format: &str, text: &str) -> Cel {
    match cel::timestamp(written) {
        Some((seconds, nanoseconds)) => Cel::Timestamp(seconds, nanoseconds),
        None => Cel::bad(format!("Invalid {format} formatted string {text}: cannot parse")),
    }
}
