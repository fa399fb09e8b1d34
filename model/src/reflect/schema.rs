//! The schema of a message, as `schemars` would write it.

use schemars::Schema;
use serde_json::{Map, Value, json};

use super::{ListType, Message, Slot, Table};

/// What the markers of Go's types say in every definition that `controller-gen` writes, beside what the tables know: struct, field, keywords.
///
/// Source: `type Condition` in `meta/v1/types.go`, `type LocalObjectReference` in `core/v1/types.go` and the structs that embed it, v1.37.
const MARKERS: &[(&str, &str, &str)] = &[
    (
        "Condition",
        "type",
        r#"{"maxLength": 316, "pattern": "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$"}"#,
    ),
    ("Condition", "status", r#"{"enum": ["True", "False", "Unknown"]}"#),
    ("Condition", "observedGeneration", r#"{"minimum": 0}"#),
    (
        "Condition",
        "reason",
        r#"{"minLength": 1, "maxLength": 1024, "pattern": "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$"}"#,
    ),
    ("Condition", "message", r#"{"maxLength": 32768}"#),
    ("ConfigMapEnvSource", "name", r#"{"default": ""}"#),
    ("ConfigMapKeySelector", "name", r#"{"default": ""}"#),
    ("ConfigMapProjection", "name", r#"{"default": ""}"#),
    ("ConfigMapVolumeSource", "name", r#"{"default": ""}"#),
    ("LocalObjectReference", "name", r#"{"default": ""}"#),
    ("SecretEnvSource", "name", r#"{"default": ""}"#),
    ("SecretKeySelector", "name", r#"{"default": ""}"#),
    ("SecretProjection", "name", r#"{"default": ""}"#),
];

/// Returns the schema of a message, with all that is in it.
///
/// Writes into the message to find out what its fields are: give it an empty one.
pub fn json_schema(message: &mut dyn Message) -> Schema {
    Writer { inside: Vec::new() }.message(message).into()
}

struct Writer {
    /// The structs that the writer is inside of.
    inside: Vec<&'static Table>,
}

impl Writer {
    fn message(&mut self, message: &mut dyn Message) -> Map<String, Value> {
        let table = message.table();
        if self.inside.iter().any(|outer| std::ptr::eq(*outer, table)) {
            return object(json!({ "$ref": format!("#/$defs/{}", table.name) }));
        }
        self.inside.push(table);
        let mut properties = Map::new();
        if table.kind.is_some() {
            properties.insert("apiVersion".to_owned(), json!({ "type": "string" }));
            properties.insert("kind".to_owned(), json!({ "type": "string" }));
        }
        let mut required = Vec::new();
        for (index, field) in table.fields.iter().enumerate() {
            let mut schema = self.slot(message.slot(index));
            match field.list {
                ListType::Unsaid => {}
                ListType::Atomic => drop(schema.insert("x-kubernetes-list-type".to_owned(), "atomic".into())),
                ListType::Set => drop(schema.insert("x-kubernetes-list-type".to_owned(), "set".into())),
                ListType::Map(keys) => keyed(&mut schema, keys),
            }
            if field.atomic_map {
                schema.insert("x-kubernetes-map-type".to_owned(), "atomic".into());
            }
            if let Some(default) = field.default.and_then(|json| serde_json::from_str::<Value>(json).ok()) {
                schema.insert("default".to_owned(), default);
            }
            for (_, _, said) in MARKERS.iter().filter(|row| row.0 == table.name && row.1 == field.name) {
                schema.extend(serde_json::from_str::<Map<String, Value>>(said).unwrap_or_default());
            }
            properties.insert(field.name.to_owned(), schema.into());
            if field.required {
                required.push(field.name.into());
            }
        }
        self.inside.pop();
        let mut schema = object(json!({ "type": "object", "properties": properties }));
        if table.atomic {
            schema.insert("x-kubernetes-map-type".to_owned(), "atomic".into());
        }
        if !required.is_empty() {
            schema.insert("required".to_owned(), Value::Array(required));
        }
        schema
    }

    fn slot(&mut self, slot: Slot<'_>) -> Map<String, Value> {
        object(match slot {
            Slot::Str(_) => json!({ "type": "string" }),
            Slot::Bool(_) => json!({ "type": "boolean" }),
            Slot::Int32(_) => json!({ "type": "integer", "format": "int32" }),
            Slot::Int64(_) => json!({ "type": "integer", "format": "int64" }),
            Slot::Float(_) => json!({ "type": "number", "format": "double" }),
            Slot::Text(text) => text.schema(),
            Slot::IntOrString(_) => crate::int_or_string::schema(),
            Slot::Bytes(_) => json!({ "type": "string", "format": "byte" }),
            Slot::Json(_) | Slot::Choice(_) => json!({ "x-kubernetes-preserve-unknown-fields": true }),
            Slot::Fields(_) => json!({ "type": "object", "x-kubernetes-preserve-unknown-fields": true }),
            Slot::Message(message) => return self.message(message),
            Slot::List(list) => {
                let items = self.slot(list.push());
                list.clear();
                json!({ "type": "array", "items": items })
            }
            Slot::Map(map) => json!({ "type": "object", "additionalProperties": self.slot(map.entry("")) }),
            Slot::Option(option) => {
                let schema = self.slot(option.make());
                option.clear();
                return schema;
            }
        })
    }
}

/// Makes a list one whose items are told apart by fields. The server wants these to be required or to have a default.
fn keyed(schema: &mut Map<String, Value>, keys: &[&str]) {
    schema.insert("x-kubernetes-list-type".to_owned(), "map".into());
    schema.insert("x-kubernetes-list-map-keys".to_owned(), keys.into());
    let Some(Value::Object(item)) = schema.get_mut("items") else { return };
    for key in keys {
        let is_required =
            item.get("required").and_then(Value::as_array).is_some_and(|all| all.contains(&(*key).into()));
        let Some(Value::Object(field)) = item.get_mut("properties").and_then(|fields| fields.get_mut(*key)) else {
            continue;
        };
        if !is_required && !field.contains_key("default") && field.get("type") == Some(&"string".into()) {
            field.insert("default".to_owned(), "".into());
        }
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
