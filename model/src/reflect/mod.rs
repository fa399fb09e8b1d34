//! Structs that can be looked into at run time: one static table a struct, and its fields by number.
//!
//! The generated kinds and the metadata structs implement [`Message`]. What can be done with all of them is written once, over the trait, and compiled once:
//! reading and writing JSON, the bridge to serde, and later paths, differences and merges.

mod debug;
mod document;
mod field;
mod fill;
mod json_read;
mod open_enum;
mod proto_read;
mod proto_write;
mod read;
mod schema;
mod source;
mod texts;
mod trail;
mod typed;
mod write;
mod write_json;

#[doc(hidden)]
pub use schemars;

pub use self::debug::debug;
pub use self::document::{decode, decode_unmanaged, encode};
pub use self::field::{Bytes, ChoiceField, ListField, MapField, OptionField, Ref, Reflect, Shape, TextField};
pub use self::fill::fill;
pub use self::json_read::{read_json, read_json_metadata};
pub use self::proto_read::{decode_proto, decode_proto_part};
pub use self::proto_write::{encode_proto, encode_proto_part};
pub use self::read::{decode_json, deserialize, deserialize_value};
pub use self::schema::json_schema;
pub use self::source::{Merged, Source};
pub use self::typed::{Type, Typed};
pub use self::write::{serialize, serialize_value};
pub use self::write_json::encode_json;
use crate::json::Start;

/// A struct whose fields can be shown and read by number.
pub trait Message {
    /// Returns what the struct is and the names of its fields.
    fn table(&self) -> &'static Table;

    /// Returns the first field from a number on that is not left out, and goes behind it; [`Ref::Null`] if there is none.
    ///
    /// Unless `always` is set, fields are left out that are empty and always written.
    fn show(&self, index: &mut usize, always: bool) -> Ref<'_>;

    /// Reads a field.
    ///
    /// # Errors
    ///
    /// The path and what stood there.
    ///
    /// # Panics
    ///
    /// If there is no field of this number.
    fn read(&mut self, index: usize, from: &mut dyn Source) -> Merged;
}

/// Returns the fields of a struct that are not left out, in their order.
pub fn shown(message: &dyn Message) -> impl Iterator<Item = (&'static Field, Ref<'_>)> {
    let (fields, mut index) = (message.table().fields, 0);
    std::iter::from_fn(move || match message.show(&mut index, true) {
        Ref::Null => None,
        value => Some((&fields[index - 1], value)),
    })
}

/// Tells whether all fields of a struct are absent.
pub fn is_absent(message: &dyn Message) -> bool {
    message.show(&mut 0, false).is_null()
}

/// What a struct is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the generator writes it as a constant")]
pub struct Table {
    /// The module that the struct stands in.
    pub module: &'static str,
    /// The name of the struct.
    pub name: &'static str,
    /// The `apiVersion` and `kind` that stand before its fields on the wire; `None` for parts of objects.
    pub kind: Option<(&'static str, &'static str)>,
    /// Whether the server takes it as one value when two writers change it.
    pub atomic: bool,
    /// The fields in their order.
    pub fields: &'static [Field],
    /// For each number in protobuf one more than the place of its field; 0 where there is none.
    pub places: &'static [u8],
}

/// What a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name in JSON.
    pub(crate) name: &'static str,
    /// The name as it stands in JSON, with quotes and colon.
    pub(crate) key: &'static str,
    /// How that begins, behind the first quote.
    pub(crate) start: Start,
    /// Whether it is written even if it is empty.
    pub(crate) always: bool,
    /// Its numbers in protobuf, eight bits each: more than one where it stands in a part that is embedded in the struct, the outermost first. 0 if it has none.
    pub(crate) proto: u32,
    /// Whether the server requires it.
    pub(crate) required: bool,
    /// What the server puts where it is absent, as JSON.
    pub(crate) default: Option<&'static str>,
    /// How the items of a list are told apart.
    pub(crate) list: ListType,
    /// Whether a map is one value.
    pub(crate) atomic_map: bool,
}

/// How the server tells the items of a list apart when two writers change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListType {
    /// Nothing is said; the list is one value.
    Unsaid,
    /// The list is one value.
    Atomic,
    /// By their values.
    Set,
    /// By these fields.
    Map(&'static [&'static str]),
}

impl Field {
    /// A field that is left out where it is empty.
    ///
    /// Its name is given a second time as it stands in JSON: `"name":`.
    pub const fn new(name: &'static str, key: &'static str, numbers: &[u8]) -> Self {
        Self {
            name,
            key,
            start: Start::of(key),
            always: false,
            proto: joined(numbers),
            required: false,
            default: None,
            list: ListType::Unsaid,
            atomic_map: false,
        }
    }

    /// A field that is written even if it is empty.
    pub const fn always(name: &'static str, key: &'static str, numbers: &[u8]) -> Self {
        Self { always: true, ..Self::new(name, key, numbers) }
    }

    /// The server requires it.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Where it is absent, the server puts this JSON.
    #[must_use]
    pub const fn default(self, json: &'static str) -> Self {
        Self { default: Some(json), ..self }
    }

    /// A list that is one value.
    #[must_use]
    pub const fn atomic(self) -> Self {
        Self { list: ListType::Atomic, ..self }
    }

    /// A list in which each value stands once.
    #[must_use]
    pub const fn set(self) -> Self {
        Self { list: ListType::Set, ..self }
    }

    /// A list whose items are told apart by these fields.
    #[must_use]
    pub const fn keyed(self, keys: &'static [&'static str]) -> Self {
        Self { list: ListType::Map(keys), ..self }
    }

    /// A map that is one value.
    #[must_use]
    pub const fn atomic_map(self) -> Self {
        Self { atomic_map: true, ..self }
    }

    /// Tells whether the server requires it.
    pub const fn is_required(&self) -> bool {
        self.required
    }

    /// Returns how the items of a list are told apart.
    pub const fn list_type(&self) -> ListType {
        self.list
    }

    /// Returns the name in JSON.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Tells whether it is written even if it is empty.
    pub const fn is_always_written(&self) -> bool {
        self.always
    }
}

/// Puts up to three numbers into one.
const fn joined(numbers: &[u8]) -> u32 {
    assert!(numbers.len() <= 3, "parts are embedded no deeper");
    let (mut joined, mut index) = (0, 0);
    while index < numbers.len() {
        joined = joined << 8 | numbers[index] as u32;
        index += 1;
    }
    joined
}

impl Table {
    /// Finds a field by its number in protobuf.
    #[inline]
    pub(crate) fn place(&self, number: u32) -> Option<usize> {
        let place = *self.places.get(usize::try_from(number).ok()?)?;
        usize::from(place).checked_sub(1)
    }
}

/// Returns how long the places of a table are: one more than the greatest number of its fields.
#[doc(hidden)]
pub const fn count_places(fields: &[Field]) -> usize {
    let (mut count, mut index) = (0, 0);
    while index < fields.len() {
        // Fields of embedded parts are not found by one number.
        if fields[index].proto < 0x100 && fields[index].proto as usize >= count {
            count = fields[index].proto as usize + 1;
        }
        index += 1;
    }
    count
}

/// Returns the places of a table.
#[doc(hidden)]
#[expect(clippy::cast_possible_truncation, reason = "no struct has that many fields")]
pub const fn places<const N: usize>(fields: &[Field]) -> [u8; N] {
    assert!(fields.len() < 0xff, "a place is one byte");
    let (mut places, mut index) = ([0; N], 0);
    while index < fields.len() {
        let proto = fields[index].proto as usize;
        if proto > 0 && proto < N {
            places[proto] = index as u8 + 1;
        }
        index += 1;
    }
    places
}

/// Ends a match over the numbers of fields.
///
/// # Panics
///
/// Always: a table and the match beside it are generated together.
#[cold]
#[track_caller]
pub fn no_such_field(message: &str, index: usize) -> ! {
    panic!("{message} has no field {index}")
}

/// Implements [`Message`] for a struct, and serde and `JsonSchema` through it.
#[macro_export]
macro_rules! message {
    ($name:ident $(, kind = ($api_version:literal, $kind:literal))? $(as $atomic:ident)?; $($index:literal => $field:ident: $make:ident($json:literal $(, $number:literal)*) $(.$fact:ident($($said:expr),*))*,)*) => {
        impl $crate::reflect::Typed for $name {
            const TYPE: $crate::reflect::Type = {
                const FIELDS: &[$crate::reflect::Field] =
                    &[$($crate::reflect::Field::$make($json, concat!("\"", $json, "\":"), &[$($number),*])$(.$fact($($said),*))*),*];
                $crate::reflect::Type::Message(&$crate::reflect::Table {
                    module: module_path!(),
                    name: stringify!($name),
                    kind: $crate::__kind!($(($api_version, $kind))?),
                    atomic: $crate::__atomic!($($atomic)?),
                    fields: FIELDS,
                    places: &$crate::reflect::places::<{ $crate::reflect::count_places(FIELDS) }>(FIELDS),
                })
            };
        }

        impl $crate::reflect::Message for $name {
            fn table(&self) -> &'static $crate::reflect::Table {
                const TABLE: &$crate::reflect::Table = <$name as $crate::reflect::Typed>::TYPE.table();
                TABLE
            }

            fn show(&self, index: &mut usize, always: bool) -> $crate::reflect::Ref<'_> {
                loop {
                    let value: Option<$crate::reflect::Ref<'_>> = match *index {
                        $($index => Some($crate::reflect::Reflect::show(&self.$field, always && $crate::__always!($make))),)*
                        _ => None,
                    };
                    let Some(value) = value else { return $crate::reflect::Ref::Null };
                    *index += 1;
                    if !value.is_null() {
                        return value;
                    }
                }
            }

            fn read(&mut self, index: usize, from: &mut dyn $crate::reflect::Source) -> $crate::reflect::Merged {
                match index {
                    $($index => $crate::reflect::Reflect::read(&mut self.$field, from),)*
                    _ => $crate::reflect::no_such_field(stringify!($name), index),
                }
            }
        }

        impl $crate::reflect::Reflect for $name {
            fn is_absent(&self) -> bool {
                // An object says what it is.
                !$crate::__is_object!($($kind)?) && $crate::reflect::is_absent(self)
            }

            fn view(&self) -> $crate::reflect::Ref<'_> {
                $crate::reflect::Ref::Message(self)
            }

            #[inline]
            fn empty() -> Self {
                Self::default()
            }

            #[inline]
            fn read(&mut self, from: &mut dyn $crate::reflect::Source) -> $crate::reflect::Merged {
                from.message(self)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::reflect::debug(self, f)
            }
        }

        // Compiled where schemas are made of it, which is for few kinds.
        impl $crate::reflect::schemars::JsonSchema for $name {
            #[inline]
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            #[inline]
            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($name)).into()
            }

            #[inline]
            fn json_schema(_: &mut $crate::reflect::schemars::SchemaGenerator) -> $crate::reflect::schemars::Schema {
                $crate::reflect::json_schema(&mut Self::default())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::reflect::serialize(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut message = Self::default();
                $crate::reflect::deserialize(&mut message, deserializer)?;
                Ok(message)
            }
        }
    };
}

/// The `kind` of a [`Table`].
#[doc(hidden)]
#[macro_export]
macro_rules! __kind {
    () => {
        None
    };
    (($api_version:literal, $kind:literal)) => {
        Some(($api_version, $kind))
    };
}

/// Whether a struct says what it is.
#[doc(hidden)]
#[macro_export]
macro_rules! __is_object {
    () => {
        false
    };
    ($kind:literal) => {
        true
    };
}

/// Whether a field is written even if it is empty.
#[doc(hidden)]
#[macro_export]
macro_rules! __always {
    (always) => {
        true
    };
    (new) => {
        false
    };
}

/// The `atomic` of a [`Table`].
#[doc(hidden)]
#[macro_export]
macro_rules! __atomic {
    () => {
        false
    };
    (atomic) => {
        true
    };
}

#[cfg(test)]
#[expect(unreachable_pub, reason = "the macro declares public types")]
mod tests;
