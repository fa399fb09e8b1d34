//! Derived objects whose fields say nothing to serde: their fields are read and written one by one.
//!
//! What is the same for all is compiled once for each format, not once for each kind: a program may have a hundred kinds.

use std::any::Any;
use std::fmt;

use kubist_model::{ManagedFields, ObjectMeta, ResourceInfo, reflect, root};
use serde::de::value::Error as Missing;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::root::{Checked, Types};

/// The fields of an object that have been read so far.
pub trait ReadField {
    /// Reads the value of a field, by its number.
    ///
    /// # Errors
    ///
    /// A value that does not decode.
    fn read<'de, A: MapAccess<'de>>(&mut self, field: usize, map: &mut A) -> Result<(), A::Error>;

    /// Reads the value of a field that a text in JSON begins with, and returns how long it is; `None` if that is not plainly possible.
    fn read_text(&mut self, field: usize, text: &str, managed_fields: ManagedFields) -> Option<usize>;
}

/// Reads the fields of an object by their names, of which there are at most 64, and checks its types.
///
/// # Errors
///
/// Another type, or a field that does not decode.
pub fn read_fields<'de, D: Deserializer<'de>>(
    deserializer: D,
    expected: &'static ResourceInfo,
    types: Types,
    names: &'static [&'static str],
    fields: &mut impl ReadField,
) -> Result<(), D::Error> {
    deserializer.deserialize_map(ObjectVisitor { expected, types, names, fields })
}

/// Reads the fields of the object that a text in JSON begins with, and returns how long it is; `None` if that is not plainly possible.
pub fn read_text(
    text: &str,
    expected: &'static ResourceInfo,
    types: Types,
    managed_fields: ManagedFields,
    names: &'static [&'static str],
    fields: &mut impl ReadField,
) -> Option<usize> {
    let mut read = |field, text: &str| fields.read_text(field, text, managed_fields);
    root::read_fields(text, expected, types == Types::Implied, names, &mut read)
}

struct ObjectVisitor<'a, F> {
    expected: &'static ResourceInfo,
    types: Types,
    names: &'static [&'static str],
    fields: &'a mut F,
}

impl<'de, F: ReadField> Visitor<'de> for ObjectVisitor<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object of the kind {}", self.expected.kind)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let checked = Checked::new(map, self.expected, self.types);
        each(checked, self.names, &mut |field, map| self.fields.read(field, map))
    }
}

/// Reads the value of a field from a map.
type ReadValue<'a, 'de, A> = &'a mut (dyn FnMut(usize, &mut A) -> Result<(), <A as MapAccess<'de>>::Error> + 'a);

/// Calls a function for each field that is known.
fn each<'de, A: MapAccess<'de>>(
    mut checked: Checked<'de, A>,
    names: &[&'static str],
    read: ReadValue<'_, 'de, A>,
) -> Result<(), A::Error> {
    let mut seen = 0_u64;
    while let Some(key) = checked.next()? {
        match names.iter().position(|name| *name == key) {
            Some(field) if seen & (1 << field) != 0 => return Err(A::Error::duplicate_field(names[field])),
            Some(field) => {
                seen |= 1 << field;
                read(field, &mut checked.map)?;
            }
            None => drop(checked.map.next_value::<IgnoredAny>()?),
        }
    }
    Ok(())
}

/// Reads the value of a field into its place.
///
/// # Errors
///
/// A value that does not decode.
pub fn put<'de, T: Deserialize<'de>, A: MapAccess<'de>>(place: &mut Option<T>, map: &mut A) -> Result<(), A::Error> {
    *place = Some(map.next_value()?);
    Ok(())
}

/// Reads the value that a text in JSON begins with into its place, and returns how long it is; `None` if that is not plainly possible.
pub fn put_text<T: DeserializeOwned + 'static>(
    place: &mut Option<T>,
    text: &str,
    managed_fields: ManagedFields,
) -> Option<usize> {
    // Metadata has tables, which are faster than what serde would make of them.
    if let Some(metadata) = (place as &mut dyn Any).downcast_mut::<Option<ObjectMeta>>() {
        return reflect::read_json_metadata(metadata.get_or_insert_default(), text, managed_fields);
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<T>();
    *place = Some(values.next()?.ok()?);
    Some(values.byte_offset())
}

/// Returns the value of a field that must be there, unless its type has a value for what is absent.
///
/// # Errors
///
/// The field is not there.
pub fn required<'de, T: Deserialize<'de>, E: Error>(value: Option<T>, name: &'static str) -> Result<T, E> {
    value.map_or_else(|| T::deserialize(Absent).map_err(|_| E::missing_field(name)), Ok)
}

/// Returns the object if no field is missing.
pub fn complete<T>(object: Result<T, Missing>) -> Option<T> {
    object.ok()
}

/// A field that is not there: `None` to options, also to those by another name.
struct Absent;

impl<'de> Deserializer<'de> for Absent {
    type Error = Missing;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Missing> {
        Err(Missing::custom("nothing is there"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Missing> {
        visitor.visit_none()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Begins to write an object of so many fields.
///
/// # Errors
///
/// Those of the format.
pub fn begin<S: Serializer>(
    serializer: S,
    kind: &'static str,
    api_version: &'static str,
    fields: usize,
) -> Result<S::SerializeStruct, S::Error> {
    let mut object = serializer.serialize_struct(kind, fields + 2)?;
    object.serialize_field("apiVersion", api_version)?;
    object.serialize_field("kind", kind)?;
    Ok(object)
}

/// Writes a field that may be absent.
///
/// # Errors
///
/// Those of the format.
pub fn show<O: SerializeStruct, T: Serialize>(
    object: &mut O,
    name: &'static str,
    value: &Option<T>,
) -> Result<(), O::Error> {
    if value.is_some() { object.serialize_field(name, value) } else { object.skip_field(name) }
}
