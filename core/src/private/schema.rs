//! Schemas of items that say nothing special to serde and schemars, from a table: what schemars' own derive would write.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::{Value, json};

use super::fields::Probe;

/// A field of an item.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the derive writes it as a constant")]
pub struct Property {
    /// The name in JSON.
    pub name: &'static str,
    /// What its documentation says.
    pub description: &'static str,
    /// Makes the schema of its values.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
    /// Whether it must be there.
    pub required: bool,
    /// Makes the value that it has where it is absent.
    pub default: fn() -> Option<Value>,
}

impl Property {
    /// The default of a field that has none.
    pub const NO_DEFAULT: fn() -> Option<Value> = || None;
}

impl<T> Probe<Option<T>> {
    /// Whether it may be absent.
    pub const IS_OPTION: bool = true;
}

impl<T> Probe<Box<Option<T>>> {
    /// Whether it may be absent.
    pub const IS_OPTION: bool = true;
}

impl<T: Default + Serialize> Probe<T> {
    /// Makes the value of a type that has one of its own.
    pub const DEFAULT: fn() -> Option<Value> = || serde_json::to_value(T::default()).ok();
}

/// Returns the schema of a struct.
pub fn object_schema(generator: &mut SchemaGenerator, description: &str, properties: &[Property]) -> Schema {
    let mut object = json_schema!({ "type": "object" });
    for property in properties {
        let mut schema = (property.schema)(generator);
        if !property.description.is_empty() {
            schema.insert("description".to_owned(), property.description.into());
        }
        if let Some(default) = (property.default)() {
            schema.insert("default".to_owned(), default);
        }
        let object = object.ensure_object();
        if let Some(all) = object.entry("properties").or_insert_with(|| json!({})).as_object_mut() {
            all.insert(property.name.to_owned(), schema.into());
        }
        if property.required
            && let Some(all) = object.entry("required").or_insert_with(|| json!([])).as_array_mut()
        {
            all.push(property.name.into());
        }
    }
    described(object, description)
}

/// Returns the schema of an enum whose variants are names alone.
pub fn enum_schema(description: &str, names: &[&str]) -> Schema {
    described(json_schema!({ "type": "string", "enum": names }), description)
}

fn described(mut schema: Schema, description: &str) -> Schema {
    if !description.is_empty() {
        schema.insert("description".to_owned(), description.into());
    }
    schema
}
