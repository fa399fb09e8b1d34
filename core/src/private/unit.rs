//! A field of the type `()` at the root: an empty object.
//!
//! serde writes `null`, which no server keeps.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serializer};

/// An object without fields.
#[derive(Debug, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "it has no fields")]
pub struct Empty {}

impl JsonSchema for Empty {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Empty".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object" })
    }
}

/// Writes `{}`.
///
/// # Errors
///
/// What the serializer says.
pub fn serialize<S: Serializer>((): &(), serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_map(Some(0))?.end()
}

/// Reads an object, or `null`.
///
/// # Errors
///
/// Anything else.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    Option::<Empty>::deserialize(deserializer).map(drop)
}
