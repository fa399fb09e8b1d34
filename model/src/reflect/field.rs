//! What a field can be.

use std::fmt;
use std::io::Write as _;
use std::str::FromStr;

use serde_json::Value;

use super::{Merged, Message, Source};
use crate::int_or_string::IntOrString;
use crate::map::Map;
use crate::meta::FieldsV1;
use crate::proto::{self, Fields, Payload};
use crate::quantity::Quantity;
use crate::resource_version::ResourceVersion;
use crate::str::Str;
use crate::time::{MicroTime, Time};

/// A field of a [`Message`].
pub trait Reflect {
    /// Whether there may be something that stands for no value, as a time of zero does in protobuf.
    const MAY_BE_NOTHING: bool = false;

    /// Tells whether the field is left out of JSON: an empty plain one, or an `Option` that is `None`.
    fn is_absent(&self) -> bool;
    /// Returns the value.
    fn view(&self) -> Ref<'_>;
    /// Returns the value; [`Ref::Null`] where it is left out, unless it is always written.
    #[inline]
    fn show(&self, always: bool) -> Ref<'_> {
        if always || !self.is_absent() { self.view() } else { Ref::Null }
    }
    /// Makes an empty value.
    fn empty() -> Self
    where
        Self: Sized;
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// The path and what stood there.
    fn read(&mut self, from: &mut dyn Source) -> Merged;
    /// Reads the value from the entry of a map.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    fn read_in_map(&mut self, from: &mut dyn Source) -> Merged {
        self.read(from)
    }
}

/// The value of a field.
#[non_exhaustive]
#[expect(missing_debug_implementations, reason = "a message has no Debug of its own; its struct has")]
pub enum Ref<'a> {
    /// Nothing.
    Null,
    /// A string.
    Str(&'a str),
    /// A truth value.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A number.
    Float(f64),
    /// A value that is a string in JSON: a time, a quantity.
    Text(&'a dyn TextField),
    /// An integer or a string.
    IntOrString(&'a IntOrString),
    /// Bytes, base64 in JSON.
    Bytes(&'a [u8]),
    /// JSON of any shape.
    Json(&'a Value),
    /// A set of fields, as the server wrote it.
    Fields(&'a FieldsV1),
    /// A struct.
    Message(&'a dyn Message),
    /// A list.
    List(&'a dyn ListField),
    /// A map.
    Map(&'a dyn MapField),
    /// A value of one of several shapes.
    Choice(&'a dyn ChoiceField),
}

impl Ref<'_> {
    /// Tells whether it is nothing.
    #[inline]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

/// A value that is read from a string.
pub trait TextField: fmt::Display {
    /// Reads the value; the error says what is wrong.
    ///
    /// # Errors
    ///
    /// What the text should have been.
    fn set_text(&mut self, text: &str) -> Result<(), String>;
    /// Tells whether a number is taken for its text, as quantities do.
    fn takes_numbers(&self) -> bool {
        false
    }
    /// Tells whether it is a text in protobuf too.
    fn is_text_in_proto(&self) -> bool {
        true
    }
    /// Reads the value from protobuf, where it is no text.
    ///
    /// # Errors
    ///
    /// What is wrong.
    fn read_proto(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.set_text(proto::text(bytes)?)
    }
    /// Appends the text.
    fn put(&self, out: &mut Vec<u8>) {
        write!(out, "{self}").expect("a Vec takes everything");
    }
    /// Writes the value as protobuf has it.
    fn write_proto(&self, out: &mut Vec<u8>) {
        self.put(out);
    }
    /// Returns the schema of the value.
    fn schema(&self) -> Value {
        serde_json::json!({ "type": "string" })
    }
    /// Returns texts that it takes, for tests.
    fn examples(&self) -> &'static [&'static str];
}

/// A list of fields.
pub trait ListField {
    /// Returns the number of items.
    fn len(&self) -> usize;
    /// Tells whether there is no item.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Returns an item.
    fn item(&self, index: usize) -> Ref<'_>;
    /// Makes room for so many items more, and for no others.
    fn reserve(&mut self, additional: usize);
    /// Appends an item, and reads it.
    ///
    /// # Errors
    ///
    /// As for [`Reflect::read`].
    fn read_item(&mut self, from: &mut dyn Source) -> Merged;
    /// Removes all items.
    fn clear(&mut self);
    /// Gives back memory that no item uses.
    fn trim(&mut self);
}

/// A map of fields.
pub trait MapField {
    /// Returns the number of entries.
    fn len(&self) -> usize;
    /// Tells whether there is no entry.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Calls a function for each entry, sorted by key, until it returns false.
    fn each(&self, visit: &mut dyn FnMut(&str, Ref<'_>) -> bool);
    /// Makes room for so many entries more, and for no others.
    fn reserve(&mut self, additional: usize);
    /// Makes an entry with an empty value, if there is none of this key.
    fn add(&mut self, key: &str);
    /// Reads an entry: its key, then its value.
    ///
    /// # Errors
    ///
    /// As for [`Reflect::read`].
    fn read_entry(&mut self, from: &mut dyn Source) -> Merged;
    /// Gives back memory that no entry uses.
    fn trim(&mut self);
}

/// A field that may be absent.
pub trait OptionField {
    /// Reads the value; into an empty one if it was absent.
    ///
    /// # Errors
    ///
    /// As for [`Reflect::read`].
    fn read_some(&mut self, from: &mut dyn Source) -> Merged;
    /// Makes it absent.
    fn clear(&mut self);
    /// Tells whether there may be something that stands for no value.
    fn may_be_nothing(&self) -> bool;
}

/// A field of one of several shapes, as schemas have them: a schema or a boolean.
pub trait ChoiceField {
    /// Empties the field for a value of this shape; false if it has no such shape.
    fn choose(&mut self, shape: Shape) -> bool;
    /// Reads the value in the shape that it has.
    ///
    /// # Errors
    ///
    /// As for [`Reflect::read`].
    fn read_chosen(&mut self, from: &mut dyn Source) -> Merged;
    /// Returns the number in protobuf of the shape that it has, and the value.
    fn current(&self) -> (u32, Ref<'_>);
    /// Returns the number of each shape in protobuf; where several are sent, the first counts.
    fn proto_numbers(&self) -> &'static [(u32, Shape)];
    /// Returns what it takes, for errors: `an object or a list`.
    fn shapes(&self) -> &'static str;
}

/// The shape of a value in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// A truth value.
    Bool,
    /// An object.
    Object,
    /// A list.
    List,
}

/// Bytes, base64 in JSON.
///
/// `Debug` tells their number only: most of them are secret.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Bytes(Box<[u8]>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({})", self.0.len())
    }
}

impl std::ops::Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }
}

impl<const N: usize> From<&[u8; N]> for Bytes {
    fn from(bytes: &[u8; N]) -> Self {
        bytes.as_slice().into()
    }
}

impl From<&str> for Bytes {
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}

macro_rules! plain {
    ($($type:ty, |$value:ident| $absent:expr, $view:expr, $read:ident $(, nothing = $nothing:literal)?;)*) => {$(
        impl Reflect for $type {
            $(const MAY_BE_NOTHING: bool = $nothing;)?

            #[inline]
            fn is_absent(&self) -> bool {
                let $value = self;
                $absent
            }
            #[inline]
            fn view(&self) -> Ref<'_> {
                let $value = self;
                $view
            }
            fn empty() -> Self {
                Self::default()
            }
            #[inline]
            fn read(&mut self, from: &mut dyn Source) -> Merged {
                from.$read(self)
            }
        }
    )*};
}

plain! {
    Str, |value| value.is_empty(), Ref::Str(value), str;
    String, |value| value.is_empty(), Ref::Str(value), text;
    bool, |value| !*value, Ref::Bool(*value), bool;
    i32, |value| *value == 0, Ref::Int((*value).into()), int32;
    i64, |value| *value == 0, Ref::Int(*value), int64;
    f64, |value| *value == 0.0, Ref::Float(*value), float;
    Bytes, |value| value.is_empty(), Ref::Bytes(value), bytes;
    Value, |value| value.is_null(), Ref::Json(value), json;
    FieldsV1, |value| value.as_json() == "null", Ref::Fields(value), fields_v1;
    IntOrString, |_value| false, Ref::IntOrString(_value), int_or_string;
    Time, |_value| false, Ref::Text(_value), text, nothing = true;
    MicroTime, |_value| false, Ref::Text(_value), text, nothing = true;
    // Go writes a quantity of zero as "0", so that it is never left out.
    Quantity, |_value| false, Ref::Text(_value), text;
    ResourceVersion, |value| value.is_empty(), Ref::Str(value.as_str()), text;
}

macro_rules! parsed {
    ($($type:ty, $numbers:literal, $schema:expr, $examples:expr, $read:ident, $write:ident;)*) => {$(
        impl TextField for $type {
            fn set_text(&mut self, text: &str) -> Result<(), String> {
                *self = <$type>::from_str(text).map_err(|error| error.to_string())?;
                Ok(())
            }
            fn takes_numbers(&self) -> bool {
                $numbers
            }
            fn is_text_in_proto(&self) -> bool {
                false
            }
            fn read_proto(&mut self, bytes: &[u8]) -> Result<(), String> {
                $read(self, bytes)
            }
            fn put(&self, out: &mut Vec<u8>) {
                self.append_to(out);
            }
            fn write_proto(&self, out: &mut Vec<u8>) {
                $write(self, out);
            }
            fn schema(&self) -> Value {
                $schema
            }
            fn examples(&self) -> &'static [&'static str] {
                &$examples
            }
        }
    )*};
}

parsed! {
    Time, false, crate::time::schema(), ["2026-11-24T09:00:00Z", "1999-12-31T23:59:59Z"], read_time, write_time;
    MicroTime, false, crate::time::schema(), ["2026-11-24T09:00:00.000001Z", "1999-12-31T23:59:59.999999Z"], read_micro_time, write_micro_time;
    Quantity, true, crate::quantity::schema(), ["1500m", "2Gi", "3"], read_quantity, write_quantity;
}

/// Reads `Timestamp`: seconds and nanoseconds.
fn timestamp(message: &[u8]) -> Result<(i64, i64), String> {
    let (mut seconds, mut nanos) = (0, 0);
    let mut fields = Fields::of(message);
    while let Some(field) = fields.next()? {
        match field {
            (1, Payload::Varint(value)) => seconds = value.cast_signed(),
            (2, Payload::Varint(value)) => nanos = value.cast_signed(),
            _ => {}
        }
    }
    Ok((seconds, nanos))
}

fn put_timestamp(out: &mut Vec<u8>, seconds: i64, nanos: i64) {
    proto::varint_field(out, 1, seconds.cast_unsigned());
    proto::varint_field(out, 2, nanos.cast_unsigned());
}

fn read_time(time: &mut Time, message: &[u8]) -> Result<(), String> {
    *time = Time::from_unix_seconds(timestamp(message)?.0);
    Ok(())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the macro calls all of them alike")]
fn write_time(time: &Time, out: &mut Vec<u8>) {
    put_timestamp(out, time.unix_seconds(), 0);
}

fn read_micro_time(time: &mut MicroTime, message: &[u8]) -> Result<(), String> {
    let (seconds, nanos) = timestamp(message)?;
    *time = MicroTime::from_unix_microseconds(seconds.saturating_mul(1_000_000).saturating_add(nanos / 1000));
    Ok(())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the macro calls all of them alike")]
fn write_micro_time(time: &MicroTime, out: &mut Vec<u8>) {
    let micros = time.unix_microseconds();
    put_timestamp(out, micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000) * 1000);
}

/// A quantity is a message around its text; without one it is zero.
fn read_quantity(quantity: &mut Quantity, message: &[u8]) -> Result<(), String> {
    let text = proto::text(super::proto_read::raw(message)?)?;
    if text.is_empty() {
        *quantity = Quantity::default();
        return Ok(());
    }
    quantity.set_text(text)
}

fn write_quantity(quantity: &Quantity, out: &mut Vec<u8>) {
    proto::length_delimited(out, 1, |out| quantity.append_to(out));
}

impl TextField for String {
    fn set_text(&mut self, text: &str) -> Result<(), String> {
        text.clone_into(self);
        Ok(())
    }

    fn examples(&self) -> &'static [&'static str] {
        &["text"]
    }
}

impl TextField for ResourceVersion {
    fn set_text(&mut self, text: &str) -> Result<(), String> {
        *self = text.into();
        Ok(())
    }

    fn examples(&self) -> &'static [&'static str] {
        &["4711"]
    }
}

impl<T: Reflect> Reflect for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn view(&self) -> Ref<'_> {
        Ref::List(self)
    }

    fn empty() -> Self {
        Self::new()
    }

    #[inline]
    fn read(&mut self, from: &mut dyn Source) -> Merged {
        from.list(self)
    }

    fn read_in_map(&mut self, from: &mut dyn Source) -> Merged {
        from.list_in_map(self)
    }
}

impl<T: Reflect> ListField for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Ref<'_> {
        self[index].view()
    }

    fn reserve(&mut self, additional: usize) {
        self.reserve_exact(additional);
    }

    fn read_item(&mut self, from: &mut dyn Source) -> Merged {
        // One at first, then doubled: most lists of objects have one or two items.
        if self.len() == self.capacity() {
            self.reserve_exact(self.len().max(1));
        }
        self.push(T::empty());
        self.last_mut().expect("it was pushed a line ago").read(from)
    }

    fn clear(&mut self) {
        self.clear();
    }

    fn trim(&mut self) {
        // To shrink in place would leave a piece that fits nothing; the whole block fits the next list of these.
        if self.len() < self.capacity() {
            let mut exact = Self::with_capacity(self.len());
            exact.append(self);
            *self = exact;
        }
    }
}

impl<T: Reflect> Reflect for Map<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn view(&self) -> Ref<'_> {
        Ref::Map(self)
    }

    fn empty() -> Self {
        Self::new()
    }

    #[inline]
    fn read(&mut self, from: &mut dyn Source) -> Merged {
        from.map(self)
    }
}

impl<T: Reflect> MapField for Map<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn each(&self, visit: &mut dyn FnMut(&str, Ref<'_>) -> bool) {
        for (key, value) in self {
            if !visit(key, value.view()) {
                return;
            }
        }
    }

    fn reserve(&mut self, additional: usize) {
        self.reserve_exact(additional);
    }

    fn add(&mut self, key: &str) {
        self.entry_or(key, T::empty);
    }

    fn read_entry(&mut self, from: &mut dyn Source) -> Merged {
        self.entry_or(from.key()?, T::empty).read_in_map(from)
    }

    fn trim(&mut self) {
        self.shrink_to_fit();
    }
}

impl<T: Reflect> Reflect for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn view(&self) -> Ref<'_> {
        self.as_ref().map_or(Ref::Null, Reflect::view)
    }

    fn empty() -> Self {
        None
    }

    #[inline]
    fn read(&mut self, from: &mut dyn Source) -> Merged {
        from.option(self)
    }
}

impl<T: Reflect> OptionField for Option<T> {
    fn read_some(&mut self, from: &mut dyn Source) -> Merged {
        self.get_or_insert_with(T::empty).read(from)
    }

    fn clear(&mut self) {
        *self = None;
    }

    fn may_be_nothing(&self) -> bool {
        T::MAY_BE_NOTHING
    }
}

impl<T: Reflect> Reflect for Box<T> {
    const MAY_BE_NOTHING: bool = T::MAY_BE_NOTHING;

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn view(&self) -> Ref<'_> {
        (**self).view()
    }

    fn empty() -> Self {
        Self::new(T::empty())
    }

    #[inline]
    fn read(&mut self, from: &mut dyn Source) -> Merged {
        (**self).read(from)
    }
}
