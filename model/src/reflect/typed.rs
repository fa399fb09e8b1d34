//! What a field is, as a constant: so that the compiler can hold the field of a view against that of its kind.

use serde_json::Value;

use super::{Bytes, Reflect, Table};
use crate::int_or_string::IntOrString;
use crate::map::Map;
use crate::meta::FieldsV1;
use crate::quantity::Quantity;
use crate::resource_version::ResourceVersion;
use crate::str::Str;
use crate::time::{MicroTime, Time};

/// A field whose type is known when the program is compiled.
pub trait Typed: Reflect {
    /// The type.
    const TYPE: Type;
}

/// The type of a field. Whether it may be absent and whether it is boxed is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Type {
    /// A string.
    Str,
    /// A truth value.
    Bool,
    /// An integer of 32 bits.
    Int32,
    /// An integer of 64 bits.
    Int64,
    /// A number.
    Float,
    /// A time in seconds.
    Time,
    /// A time in microseconds.
    MicroTime,
    /// A quantity.
    Quantity,
    /// An integer or a string.
    IntOrString,
    /// Bytes.
    Bytes,
    /// JSON of any shape.
    Json,
    /// A set of fields.
    Fields,
    /// A string with known values: the module and the name of the enumeration.
    Enum(&'static str, &'static str),
    /// A value of one of several shapes, by its name.
    Choice(&'static str),
    /// A struct.
    Message(&'static Table),
    /// A list.
    List(&'static Self),
    /// A map from strings.
    Map(&'static Self),
    /// That of an item that does not compile.
    Unknown,
}

impl Type {
    /// Returns the table of a struct.
    ///
    /// # Panics
    ///
    /// If it is no struct.
    pub const fn table(self) -> &'static Table {
        match self {
            Self::Message(table) => table,
            _ => panic!("only structs have tables"),
        }
    }
}

macro_rules! typed {
    ($($type:ty => $name:ident,)*) => {$(
        impl Typed for $type {
            const TYPE: Type = Type::$name;
        }
    )*};
}

typed! {
    Str => Str,
    String => Str,
    ResourceVersion => Str,
    bool => Bool,
    i32 => Int32,
    i64 => Int64,
    f64 => Float,
    Time => Time,
    MicroTime => MicroTime,
    Quantity => Quantity,
    IntOrString => IntOrString,
    Bytes => Bytes,
    Value => Json,
    FieldsV1 => Fields,
}

impl<T: Typed> Typed for Vec<T> {
    const TYPE: Type = Type::List(&T::TYPE);
}

impl<T: Typed> Typed for Map<T> {
    const TYPE: Type = Type::Map(&T::TYPE);
}

impl<T: Typed> Typed for Option<T> {
    const TYPE: Type = T::TYPE;
}

impl<T: Typed> Typed for Box<T> {
    const TYPE: Type = T::TYPE;
}
