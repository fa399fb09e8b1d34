//! From structs to every format of serde.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use super::{ListField, MapField, Message, Ref, shown};

/// Hands a message to a serializer. Generic over the format, not over the type, so that it is compiled once a format.
///
/// # Errors
///
/// Those of the format.
pub fn serialize<S: Serializer>(message: &dyn Message, serializer: S) -> Result<S::Ok, S::Error> {
    Shown(Ref::Message(message)).serialize(serializer)
}

/// Hands a value of which fields are made to a serializer, as [`serialize`] does with a message.
///
/// # Errors
///
/// Those of the format.
pub fn serialize_value<S: Serializer>(value: Ref<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    Shown(value).serialize(serializer)
}

struct Shown<'a>(Ref<'a>);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Ref::Null => serializer.serialize_unit(),
            Ref::Str(text) => serializer.serialize_str(text),
            Ref::Bool(truth) => serializer.serialize_bool(*truth),
            Ref::Int(value) => serializer.serialize_i64(*value),
            Ref::Float(value) => match whole(*value) {
                Some(value) => serializer.serialize_i64(value),
                None => serializer.serialize_f64(*value),
            },
            Ref::Text(value) => serializer.collect_str(value),
            Ref::IntOrString(value) => value.serialize(serializer),
            Ref::Choice(choice) => Shown(choice.current().1).serialize(serializer),
            Ref::Bytes(bytes) => serializer.serialize_str(&STANDARD.encode(bytes)),
            Ref::Json(value) => value.serialize(serializer),
            Ref::Fields(fields) => fields.serialize(serializer),
            Ref::Message(message) => fields_of(*message, serializer),
            Ref::List(list) => items_of(*list, serializer),
            Ref::Map(map) => entries_of(*map, serializer),
        }
    }
}

/// Returns a number without a fraction as the integer that Go writes it as: `1`, not `1.0`.
pub(super) fn whole(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "below 2^53 nothing is cut off")]
    let whole = (value.abs() < EXACT).then_some(value as i64)?;
    #[expect(clippy::cast_precision_loss, clippy::float_cmp, reason = "below 2^53 every integer is exact")]
    let exact = whole as f64 == value && (whole != 0 || value.is_sign_positive());
    exact.then_some(whole)
}

fn fields_of<S: Serializer>(message: &dyn Message, serializer: S) -> Result<S::Ok, S::Error> {
    let table = message.table();
    let mut out = serializer.serialize_map(None)?;
    if let Some((api_version, kind)) = table.kind {
        out.serialize_entry("apiVersion", api_version)?;
        out.serialize_entry("kind", kind)?;
    }
    for (field, value) in shown(message) {
        out.serialize_entry(field.name, &Shown(value))?;
    }
    out.end()
}

fn items_of<S: Serializer>(list: &dyn ListField, serializer: S) -> Result<S::Ok, S::Error> {
    let mut out = serializer.serialize_seq(Some(list.len()))?;
    for index in 0..list.len() {
        out.serialize_element(&Shown(list.item(index)))?;
    }
    out.end()
}

fn entries_of<S: Serializer>(map: &dyn MapField, serializer: S) -> Result<S::Ok, S::Error> {
    let mut out = serializer.serialize_map(Some(map.len()))?;
    let mut result = Ok(());
    map.each(&mut |key, value| {
        result = out.serialize_entry(key, &Shown(value));
        result.is_ok()
    });
    result?;
    out.end()
}
