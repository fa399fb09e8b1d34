//! The schema of a message, as `schemars` would write it.

use schemars::Schema;
use serde_json::{Map, Value, json};

use super::{
    Bytes, ChoiceField, ListField, ListType, MapField, Merged, Message, OptionField, Source, Table, TextField,
};
use crate::int_or_string::IntOrString;
use crate::meta::FieldsV1;
use crate::str::Str;
use crate::wire::DecodeError;

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
    Describer::default().fields(message).into()
}

#[derive(Default)]
struct Describer {
    /// The structs that it is inside of.
    inside: Vec<&'static Table>,
    /// The schema of the last value.
    schema: Map<String, Value>,
}

impl Describer {
    fn fields(&mut self, message: &mut dyn Message) -> Map<String, Value> {
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
            let mut schema = self.of(|describer| message.read(index, describer));
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

    /// Returns the schema of a value that is read from here.
    fn of(&mut self, read: impl FnOnce(&mut Self) -> Merged) -> Map<String, Value> {
        // Nothing here can fail.
        let _done = read(self);
        std::mem::take(&mut self.schema)
    }

    #[expect(clippy::unnecessary_wraps, reason = "it ends functions that could fail")]
    fn is(&mut self, schema: Value) -> Merged {
        self.schema = object(schema);
        Ok(())
    }
}

impl Source for Describer {
    fn str(&mut self, _: &mut Str) -> Merged {
        self.is(json!({ "type": "string" }))
    }

    fn bool(&mut self, _: &mut bool) -> Merged {
        self.is(json!({ "type": "boolean" }))
    }

    fn int32(&mut self, _: &mut i32) -> Merged {
        self.is(json!({ "type": "integer", "format": "int32" }))
    }

    fn int64(&mut self, _: &mut i64) -> Merged {
        self.is(json!({ "type": "integer", "format": "int64" }))
    }

    fn float(&mut self, _: &mut f64) -> Merged {
        self.is(json!({ "type": "number", "format": "double" }))
    }

    fn text(&mut self, field: &mut dyn TextField) -> Merged {
        self.is(field.schema())
    }

    fn int_or_string(&mut self, _: &mut IntOrString) -> Merged {
        self.is(crate::int_or_string::schema())
    }

    fn bytes(&mut self, _: &mut Bytes) -> Merged {
        self.is(json!({ "type": "string", "format": "byte" }))
    }

    fn json(&mut self, _: &mut Value) -> Merged {
        self.is(json!({ "x-kubernetes-preserve-unknown-fields": true }))
    }

    fn fields_v1(&mut self, _: &mut FieldsV1) -> Merged {
        self.is(json!({ "type": "object", "x-kubernetes-preserve-unknown-fields": true }))
    }

    fn message(&mut self, message: &mut dyn Message) -> Merged {
        self.schema = self.fields(message);
        Ok(())
    }

    fn list(&mut self, list: &mut dyn ListField) -> Merged {
        let items = self.of(|describer| list.read_item(describer));
        list.clear();
        self.is(json!({ "type": "array", "items": items }))
    }

    fn map(&mut self, map: &mut dyn MapField) -> Merged {
        let values = self.of(|describer| map.read_entry(describer));
        self.is(json!({ "type": "object", "additionalProperties": values }))
    }

    fn key(&mut self) -> Result<&str, DecodeError> {
        Ok("")
    }

    fn option(&mut self, option: &mut dyn OptionField) -> Merged {
        option.read_some(self)?;
        option.clear();
        Ok(())
    }

    fn choice(&mut self, _: &mut dyn ChoiceField) -> Merged {
        self.is(json!({ "x-kubernetes-preserve-unknown-fields": true }))
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
