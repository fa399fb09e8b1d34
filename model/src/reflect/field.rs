//! What a field can be.

use std::fmt;
use std::io::Write as _;
use std::str::FromStr;

use serde_json::Value;

use super::{Merged, Message, ProtoReader};
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
    /// Tells whether the field is left out of JSON: an empty plain one, or an `Option` that is `None`.
    fn is_absent(&self) -> bool;
    /// Returns the value.
    fn view(&self) -> Ref<'_>;
    /// Returns the place to write the value to.
    fn slot(&mut self) -> Slot<'_>;
    /// Makes an empty value.
    fn empty() -> Self
    where
        Self: Sized;
    /// Reads the value from protobuf: what [`slot`](Self::slot) leads to as well, without the way around.
    ///
    /// # Errors
    ///
    /// The path and what stood there.
    fn merge(&mut self, reader: &mut ProtoReader<'_>) -> Merged
    where
        // Nobody calls it through `dyn`: no struct has to bring it along in a table of functions.
        Self: Sized,
    {
        reader.slot(self.slot())
    }
    /// Reads the value from the entry of a map.
    ///
    /// # Errors
    ///
    /// As for [`merge`](Self::merge).
    fn merge_value(&mut self, reader: &mut ProtoReader<'_>) -> Merged
    where
        Self: Sized,
    {
        self.merge(reader)
    }
    /// Tells whether what stands here is not there, as a time of zero is not.
    fn is_nothing(_: &ProtoReader<'_>) -> bool
    where
        Self: Sized,
    {
        false
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

/// The place of a field's value.
#[non_exhaustive]
#[expect(missing_debug_implementations, reason = "a message has no Debug of its own; its struct has")]
pub enum Slot<'a> {
    /// A string.
    Str(&'a mut Str),
    /// A truth value.
    Bool(&'a mut bool),
    /// An integer of 32 bits.
    Int32(&'a mut i32),
    /// An integer of 64 bits.
    Int64(&'a mut i64),
    /// A number.
    Float(&'a mut f64),
    /// A value that is a string in JSON.
    Text(&'a mut dyn TextField),
    /// An integer or a string.
    IntOrString(&'a mut IntOrString),
    /// Bytes.
    Bytes(&'a mut Bytes),
    /// JSON of any shape.
    Json(&'a mut Value),
    /// A set of fields.
    Fields(&'a mut FieldsV1),
    /// A struct.
    Message(&'a mut dyn Message),
    /// A list.
    List(&'a mut dyn ListField),
    /// A map.
    Map(&'a mut dyn MapField),
    /// A value that may be absent.
    Option(&'a mut dyn OptionField),
    /// A value of one of several shapes.
    Choice(&'a mut dyn ChoiceField),
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
    /// Reads the value from protobuf; false if there is none. Unless it says otherwise it is a text there too.
    ///
    /// # Errors
    ///
    /// What is wrong.
    fn read_proto(&mut self, bytes: &[u8]) -> Result<bool, String> {
        self.set_text(proto::text(bytes)?)?;
        Ok(true)
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
    /// Appends an empty item and returns the place to write it to.
    fn push(&mut self) -> Slot<'_>;
    /// Appends an item that is read from protobuf.
    ///
    /// # Errors
    ///
    /// As for [`Reflect::merge`].
    fn merge_item(&mut self, reader: &mut ProtoReader<'_>) -> Merged;
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
    /// Returns the place of a key's value; an empty one if it is new.
    fn entry(&mut self, key: &str) -> Slot<'_>;
    /// Reads the value of an entry from protobuf, behind its key.
    ///
    /// # Errors
    ///
    /// As for [`Reflect::merge`].
    fn merge_entry(&mut self, reader: &mut ProtoReader<'_>) -> Merged;
    /// Gives back memory that no entry uses.
    fn trim(&mut self);
}

/// A field that may be absent.
pub trait OptionField {
    /// Returns the place of the value; an empty one if it was absent.
    fn make(&mut self) -> Slot<'_>;
    /// Makes it absent.
    fn clear(&mut self);
}

/// A field of one of several shapes, as schemas have them: a schema or a boolean.
pub trait ChoiceField {
    /// Empties the field for a value of this shape and returns the place for it; `None` if it has no such shape.
    fn choose(&mut self, shape: Shape) -> Option<Slot<'_>>;
    /// Returns the number in protobuf of the shape that it has, and the value.
    fn current_ref(&self) -> (u32, Ref<'_>);
    /// Returns the same, and the value to write to.
    fn current(&mut self) -> (u32, Option<Slot<'_>>);
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
    ($($type:ty, |$value:ident| $absent:expr, $view:expr, $slot:ident, $merge:ident $(, nothing $nothing:ident)?;)*) => {$(
        impl Reflect for $type {
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
            #[inline]
            fn slot(&mut self) -> Slot<'_> {
                Slot::$slot(self)
            }
            fn empty() -> Self {
                Self::default()
            }
            #[inline]
            fn merge(&mut self, reader: &mut ProtoReader<'_>) -> Merged {
                reader.$merge(self)
            }
            $(
                #[inline]
                fn is_nothing(reader: &ProtoReader<'_>) -> bool {
                    reader.$nothing()
                }
            )?
        }
    )*};
}

plain! {
    Str, |value| value.is_empty(), Ref::Str(value), Str, str;
    String, |value| value.is_empty(), Ref::Str(value), Text, parsed;
    bool, |value| !*value, Ref::Bool(*value), Bool, bool;
    i32, |value| *value == 0, Ref::Int((*value).into()), Int32, int32;
    i64, |value| *value == 0, Ref::Int(*value), Int64, int64;
    f64, |value| *value == 0.0, Ref::Float(*value), Float, float;
    Bytes, |value| value.is_empty(), Ref::Bytes(value), Bytes, bytes;
    Value, |value| value.is_null(), Ref::Json(value), Json, json;
    FieldsV1, |value| value.as_json() == "null", Ref::Fields(value), Fields, fields_v1;
    Time, |_value| false, Ref::Text(_value), Text, parsed, nothing is_at_nothing;
    MicroTime, |_value| false, Ref::Text(_value), Text, parsed, nothing is_at_nothing;
    // Go writes a quantity of zero as "0", so that it is never left out.
    Quantity, |_value| false, Ref::Text(_value), Text, parsed;
    ResourceVersion, |value| value.is_empty(), Ref::Str(value.as_str()), Text, parsed;
}

impl Reflect for IntOrString {
    fn is_absent(&self) -> bool {
        false
    }

    fn view(&self) -> Ref<'_> {
        Ref::IntOrString(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::IntOrString(self)
    }

    fn empty() -> Self {
        Self::default()
    }

    fn merge(&mut self, reader: &mut ProtoReader<'_>) -> Merged {
        reader.int_or_string(self)
    }
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
            fn read_proto(&mut self, bytes: &[u8]) -> Result<bool, String> {
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

/// Reads `Timestamp`: seconds and nanoseconds. A time of zero has no fields, and is no time.
fn timestamp(message: &[u8]) -> Result<Option<(i64, i64)>, String> {
    let (mut seconds, mut nanos) = (0, 0);
    let mut fields = Fields::of(message);
    while let Some(field) = fields.next()? {
        match field {
            (1, Payload::Varint(value)) => seconds = value.cast_signed(),
            (2, Payload::Varint(value)) => nanos = value.cast_signed(),
            _ => {}
        }
    }
    Ok((!message.is_empty()).then_some((seconds, nanos)))
}

fn put_timestamp(out: &mut Vec<u8>, seconds: i64, nanos: i64) {
    proto::varint_field(out, 1, seconds.cast_unsigned());
    proto::varint_field(out, 2, nanos.cast_unsigned());
}

fn read_time(time: &mut Time, message: &[u8]) -> Result<bool, String> {
    let found = timestamp(message)?;
    *time = found.map(|(seconds, _)| Time::from_unix_seconds(seconds)).unwrap_or_default();
    Ok(found.is_some())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the macro calls all of them alike")]
fn write_time(time: &Time, out: &mut Vec<u8>) {
    put_timestamp(out, time.unix_seconds(), 0);
}

fn read_micro_time(time: &mut MicroTime, message: &[u8]) -> Result<bool, String> {
    let found = timestamp(message)?;
    let micros = |(seconds, nanos): (i64, i64)| seconds.saturating_mul(1_000_000).saturating_add(nanos / 1000);
    *time = found.map(|found| MicroTime::from_unix_microseconds(micros(found))).unwrap_or_default();
    Ok(found.is_some())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the macro calls all of them alike")]
fn write_micro_time(time: &MicroTime, out: &mut Vec<u8>) {
    let micros = time.unix_microseconds();
    put_timestamp(out, micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000) * 1000);
}

/// A quantity is a message around its text; without one it is zero.
fn read_quantity(quantity: &mut Quantity, message: &[u8]) -> Result<bool, String> {
    let text = proto::text(super::proto_read::raw(message)?)?;
    if text.is_empty() {
        *quantity = Quantity::default();
    } else {
        quantity.set_text(text)?;
    }
    Ok(true)
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

    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }

    fn empty() -> Self {
        Self::new()
    }

    #[inline]
    fn merge(&mut self, reader: &mut ProtoReader<'_>) -> Merged {
        reader.list(self)
    }

    fn merge_value(&mut self, reader: &mut ProtoReader<'_>) -> Merged {
        reader.wrapped_list(self)
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

    fn push(&mut self) -> Slot<'_> {
        push_empty(self).slot()
    }

    fn merge_item(&mut self, reader: &mut ProtoReader<'_>) -> Merged {
        push_empty(self).merge(reader)
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

#[inline]
fn push_empty<T: Reflect>(list: &mut Vec<T>) -> &mut T {
    // One at first, then doubled: most lists of objects have one or two items.
    if list.len() == list.capacity() {
        list.reserve_exact(list.len().max(1));
    }
    list.push(T::empty());
    list.last_mut().expect("it was pushed a line ago")
}

impl<T: Reflect> Reflect for Map<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn view(&self) -> Ref<'_> {
        Ref::Map(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }

    fn empty() -> Self {
        Self::new()
    }

    #[inline]
    fn merge(&mut self, reader: &mut ProtoReader<'_>) -> Merged {
        reader.map(self)
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

    fn entry(&mut self, key: &str) -> Slot<'_> {
        self.entry_or(key, T::empty).slot()
    }

    fn merge_entry(&mut self, reader: &mut ProtoReader<'_>) -> Merged {
        self.entry_or(reader.key()?, T::empty).merge_value(reader)
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

    fn slot(&mut self) -> Slot<'_> {
        Slot::Option(self)
    }

    fn empty() -> Self {
        None
    }

    fn merge(&mut self, reader: &mut ProtoReader<'_>) -> Merged {
        if T::is_nothing(reader) {
            *self = None;
            return reader.skip();
        }
        self.get_or_insert_with(T::empty).merge(reader)
    }
}

impl<T: Reflect> OptionField for Option<T> {
    fn make(&mut self) -> Slot<'_> {
        self.get_or_insert_with(T::empty).slot()
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl<T: Reflect> Reflect for Box<T> {
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn view(&self) -> Ref<'_> {
        (**self).view()
    }

    fn slot(&mut self) -> Slot<'_> {
        (**self).slot()
    }

    fn empty() -> Self {
        Self::new(T::empty())
    }

    #[inline]
    fn merge(&mut self, reader: &mut ProtoReader<'_>) -> Merged {
        (**self).merge(reader)
    }
}
