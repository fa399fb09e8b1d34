//! From protobuf to structs.
//!
//! As Go does it: unknown fields are skipped, a field that comes twice takes the last value, and messages merge.

use std::ops::Range;

use super::texts::Texts;
use super::{Bytes, ChoiceField, Field, ListField, MapField, Merged, Message, OptionField, Shape, Source, TextField};
use crate::int_or_string::IntOrString;
use crate::managed_fields::{MANAGED_FIELDS, METADATA, ManagedFields};
use crate::meta::FieldsV1;
use crate::proto::{self, Envelope, Fields, Payload, text};
use crate::str::Str;
use crate::wire::DecodeError;

/// How deep messages may stand in one another.
const MAX_DEPTH: usize = 128;

/// No field has this number.
const NONE: u32 = 0;

/// The types of fields on the wire that the API uses, and that of `float`.
const VARINT: u64 = 0;
const FIXED64: u64 = 1;
const DELIMITED: u64 = 2;
const FIXED32: u64 = 5;

/// Reads a message from protobuf.
///
/// Without `item_type` it stands in an envelope that says what it is; with one, it is an item of a list of that type.
///
/// # Errors
///
/// The path and what stood there, or both kinds if it is another one.
pub fn decode_proto(
    message: &mut dyn Message,
    bytes: &[u8],
    item_type: Option<(&str, &str)>,
    managed_fields: ManagedFields,
) -> Merged {
    let (found, bytes) = if let Some(item_type) = item_type {
        (item_type, bytes)
    } else {
        let envelope = Envelope::read(bytes)?;
        ((envelope.api_version, envelope.kind), envelope.raw)
    };
    match message.table().kind {
        Some(expected) if expected != found && (item_type.is_none() || !found.1.is_empty()) => {
            Err(DecodeError::wrong_type(expected, found))
        }
        _ => {
            let led = if managed_fields == ManagedFields::Skip { METADATA } else { NONE };
            Proto::of(bytes).fields(message, 0, led)
        }
    }
}

/// Reads the fields of a message that stands in no envelope.
///
/// # Errors
///
/// The path and what stood there.
pub fn decode_proto_part(message: &mut dyn Message, bytes: &[u8]) -> Merged {
    Proto::of(bytes).fields(message, 0, NONE)
}

/// A place in a message: in front of the content of a field, which whoever takes it goes behind.
///
/// After an error it is of no more use.
struct Proto<'a> {
    /// The document up to the end of the message that is read.
    bytes: &'a [u8],
    at: usize,
    /// The tag of the field: its number, and how its content is written.
    tag: u64,
    depth: usize,
    /// The number of the field in the next message that is on the way to the managed fields, which are to be skipped.
    led: u32,
    /// Whether a list or map of this message has room for more than it holds.
    is_roomy: bool,
    /// Where the key of the entry of a map stands.
    key: Range<usize>,
    texts: Texts<'a>,
}

impl<'a> Proto<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, tag: 0, depth: 0, led: NONE, is_roomy: false, key: 0..0, texts: Texts::of(bytes) }
    }

    /// Reads fields of a message: all of them, or those of a part that is embedded in the struct and a message of its own on the wire.
    ///
    /// The field of number `led` is on the way to the managed fields, which are to be skipped.
    fn fields(&mut self, message: &mut dyn Message, prefix: u32, led: u32) -> Merged {
        let table = message.table();
        while self.has_more() {
            let number = self.next_tag()?;
            let index = if prefix == 0 { table.place(number) } else { embedded(table.fields, prefix, number) };
            let Some(index) = index else {
                self.unknown(message, prefix, number)?;
                continue;
            };
            let read = if number == led { self.led(message, index, led) } else { message.read(index, self) };
            if let Err(error) = read {
                return Err(error.at(&format!(".{}", table.fields[index].name)));
            }
        }
        if self.is_roomy {
            trim(message);
        }
        Ok(())
    }

    /// Reads the metadata of an object without its managed fields, and skips those.
    fn led(&mut self, message: &mut dyn Message, index: usize, led: u32) -> Merged {
        if led != METADATA {
            return self.skip();
        }
        self.led = MANAGED_FIELDS;
        message.read(index, self)
    }

    /// Reads a part that is embedded in the struct; whatever else has no place is skipped.
    fn unknown(&mut self, message: &mut dyn Message, prefix: u32, number: u32) -> Merged {
        if let (Ok(number), DELIMITED) = (u8::try_from(number), self.wire()) {
            let part = prefix << 8 | u32::from(number);
            if message.table().fields.iter().any(|field| field.proto >> 8 == part || field.proto >> 16 == part) {
                return self.part(message, part, NONE);
            }
        }
        self.skip()
    }

    /// Goes into the message that stands here.
    fn part(&mut self, message: &mut dyn Message, prefix: u32, led: u32) -> Merged {
        let outside = self.enter()?;
        if self.depth == MAX_DEPTH {
            return Err(broken("messages stand too deep in one another"));
        }
        self.depth += 1;
        let is_roomy = std::mem::take(&mut self.is_roomy);
        self.fields(message, prefix, led)?;
        self.is_roomy = is_roomy;
        self.depth -= 1;
        self.bytes = outside;
        Ok(())
    }

    fn has_more(&self) -> bool {
        self.at < self.bytes.len()
    }

    #[inline]
    fn varint(&mut self) -> Result<u64, DecodeError> {
        // Most tags and lengths are one byte.
        match self.bytes.get(self.at) {
            Some(byte @ ..0x80) => {
                self.at += 1;
                Ok(u64::from(*byte))
            }
            _ => self.long_varint(),
        }
    }

    #[inline(never)]
    fn long_varint(&mut self) -> Result<u64, DecodeError> {
        if let Some([low, high @ ..0x80, ..]) = self.bytes.get(self.at..) {
            self.at += 2;
            return Ok(u64::from(low & 0x7f) | u64::from(*high) << 7);
        }
        let found = proto::varint(self.bytes, self.at).map_err(broken)?;
        let (value, end) = found.ok_or_else(|| broken("a message ends in the middle of a number"))?;
        self.at = end;
        Ok(value)
    }

    /// Goes to the content of the next field, and returns its number.
    #[inline]
    fn next_tag(&mut self) -> Result<u32, DecodeError> {
        self.tag = self.varint()?;
        match u32::try_from(self.tag >> 3) {
            Ok(number @ 1..) => Ok(number),
            _ => Err(broken("a field has no number")),
        }
    }

    /// Goes to the content of the next field if it has this tag.
    #[inline]
    fn goes_on(&mut self, tag: u64) -> bool {
        let before = self.at;
        if self.has_more() && self.varint().is_ok_and(|next| next == tag) {
            self.tag = tag;
            return true;
        }
        self.at = before;
        false
    }

    #[inline]
    fn wire(&self) -> u64 {
        self.tag & 7
    }

    #[inline]
    fn expect(&self, wire: u64) -> Merged {
        if self.wire() == wire { Ok(()) } else { Err(broken("the field is of another wire type than the API's")) }
    }

    fn number(&mut self) -> Result<u64, DecodeError> {
        self.expect(VARINT)?;
        self.varint()
    }

    /// Reads the length of the content, and returns where it ends.
    #[inline]
    fn end(&mut self) -> Result<usize, DecodeError> {
        self.expect(DELIMITED)?;
        let length = self.varint()?;
        match usize::try_from(length) {
            Ok(length) if length <= self.bytes.len() - self.at => Ok(self.at + length),
            _ => Err(broken("a field is longer than its message")),
        }
    }

    /// Goes behind the content, and returns where it stands.
    #[inline]
    fn place(&mut self) -> Result<Range<usize>, DecodeError> {
        let end = self.end()?;
        Ok(std::mem::replace(&mut self.at, end)..end)
    }

    fn content(&mut self) -> Result<&'a [u8], DecodeError> {
        let place = self.place()?;
        Ok(&self.bytes[place])
    }

    /// Goes to the first field of the message that stands here, and returns the one around it.
    #[inline]
    fn enter(&mut self) -> Result<&'a [u8], DecodeError> {
        let end = self.end()?;
        let bytes = self.bytes;
        self.bytes = &bytes[..end];
        Ok(bytes)
    }

    fn skip(&mut self) -> Merged {
        match self.wire() {
            VARINT => drop(self.varint()?),
            DELIMITED => self.at = self.end()?,
            FIXED64 => drop(self.eight()?),
            FIXED32 => self.at = self.end_behind(4)?,
            _ => return Err(broken("a field is of a wire type that nothing uses")),
        }
        Ok(())
    }

    fn end_behind(&self, length: usize) -> Result<usize, DecodeError> {
        let end = Some(self.at + length).filter(|end| *end <= self.bytes.len());
        end.ok_or_else(|| broken("a field is longer than its message"))
    }

    fn eight(&mut self) -> Result<u64, DecodeError> {
        let end = self.end_behind(8)?;
        let bytes = self.bytes[self.at..end].first_chunk().copied().unwrap_or_default();
        self.at = end;
        Ok(u64::from_le_bytes(bytes))
    }

    /// Counts the fields of this tag that stand here one behind the other.
    fn run(&mut self) -> usize {
        let (at, tag, mut count) = (self.at, self.tag, 1);
        while self.skip().is_ok() && self.goes_on(tag) {
            count += 1;
        }
        self.at = at;
        count
    }

    /// Tells whether a message without a field stands here.
    fn is_at_nothing(&self) -> bool {
        self.wire() == DELIMITED && self.bytes.get(self.at) == Some(&0)
    }

    fn entry(&mut self, map: &mut dyn MapField) -> Merged {
        let outside = self.enter()?;
        let (mut key, mut value) = (0..0, None);
        while self.has_more() {
            match (self.next_tag()?, self.wire()) {
                (1, DELIMITED) => key = self.place()?,
                (2, _) => {
                    value = Some((self.tag, self.at));
                    self.skip()?;
                }
                _ => self.skip()?,
            }
        }
        self.key = key.clone();
        if let Some(value) = value {
            let end = self.at;
            (self.tag, self.at) = value;
            map.read_entry(self).map_err(|error| match self.texts.text(key) {
                Some(key) => error.at(&format!("[{key:?}]")),
                None => error,
            })?;
            self.at = end;
        } else {
            map.add(self.key()?);
        }
        self.bytes = outside;
        Ok(())
    }
}

impl Source for Proto<'_> {
    fn str(&mut self, place: &mut Str) -> Merged {
        let text = self.place()?;
        if !text.is_empty() {
            let bytes = &self.bytes[text.clone()];
            *place = Str::read_bytes(bytes, || self.texts.text(text)).ok_or_else(no_text)?;
        } else if !place.is_empty() {
            *place = Str::new();
        }
        Ok(())
    }

    fn bool(&mut self, place: &mut bool) -> Merged {
        *place = self.number()? != 0;
        Ok(())
    }

    #[expect(clippy::cast_possible_truncation, reason = "protobuf cuts and wraps likewise")]
    fn int32(&mut self, place: &mut i32) -> Merged {
        *place = self.number()? as i32;
        Ok(())
    }

    fn int64(&mut self, place: &mut i64) -> Merged {
        *place = self.number()?.cast_signed();
        Ok(())
    }

    fn float(&mut self, place: &mut f64) -> Merged {
        self.expect(FIXED64)?;
        *place = f64::from_bits(self.eight()?);
        Ok(())
    }

    fn text(&mut self, field: &mut dyn TextField) -> Merged {
        let place = self.place()?;
        let read = if field.is_text_in_proto() {
            field.set_text(self.texts.text(place).ok_or_else(no_text)?)
        } else {
            field.read_proto(&self.bytes[place])
        };
        read.map_err(DecodeError::new)
    }

    fn int_or_string(&mut self, place: &mut IntOrString) -> Merged {
        *place = int_or_string(self.content()?).map_err(broken)?;
        Ok(())
    }

    fn bytes(&mut self, place: &mut Bytes) -> Merged {
        *place = Bytes::from(self.content()?);
        Ok(())
    }

    fn json(&mut self, place: &mut serde_json::Value) -> Merged {
        let raw = raw(self.content()?).map_err(broken)?;
        // Nothing is the extension that holds nothing.
        *place = if raw.is_empty() { serde_json::Value::Null } else { serde_json::from_slice(raw)? };
        Ok(())
    }

    fn fields_v1(&mut self, place: &mut FieldsV1) -> Merged {
        let raw = raw(self.content()?).map_err(broken)?;
        *place = if raw.is_empty() { FieldsV1::default() } else { serde_json::from_slice(raw)? };
        Ok(())
    }

    fn message(&mut self, message: &mut dyn Message) -> Merged {
        let led = std::mem::replace(&mut self.led, NONE);
        self.part(message, 0, led)
    }

    /// Reads the item of a list that stands here, and all that follow it.
    fn list(&mut self, list: &mut dyn ListField) -> Merged {
        let tag = self.tag;
        // Only an empty one: whoever sends a list in many parts must not have it moved for each.
        match list.len() {
            0 => list.reserve(self.run()),
            _ => self.is_roomy = true,
        }
        loop {
            list.read_item(self).map_err(|error| error.at(&format!("[{}]", list.len() - 1)))?;
            if !self.goes_on(tag) {
                return Ok(());
            }
        }
    }

    /// A map cannot hold lists; their items stand in a message of their own.
    fn list_in_map(&mut self, list: &mut dyn ListField) -> Merged {
        let (outside, is_roomy) = (self.enter()?, self.is_roomy);
        list.clear();
        while self.has_more() {
            match self.next_tag()? {
                1 => self.list(list)?,
                _ => self.skip()?,
            }
        }
        list.trim();
        self.is_roomy = is_roomy;
        self.bytes = outside;
        Ok(())
    }

    /// Reads the entry of a map that stands here, and all that follow it.
    fn map(&mut self, map: &mut dyn MapField) -> Merged {
        let (tag, before, mut count) = (self.tag, map.len(), 0);
        match before {
            0 => map.reserve(self.run()),
            _ => self.is_roomy = true,
        }
        loop {
            self.entry(map)?;
            count += 1;
            if !self.goes_on(tag) {
                break;
            }
        }
        // A key that comes twice needs no place of its own.
        self.is_roomy |= map.len() < before + count;
        Ok(())
    }

    fn key(&mut self) -> Result<&str, DecodeError> {
        self.texts.text(self.key.clone()).ok_or_else(no_text)
    }

    fn option(&mut self, option: &mut dyn OptionField) -> Merged {
        if option.may_be_nothing() && self.is_at_nothing() {
            option.clear();
            return self.skip();
        }
        option.read_some(self)
    }

    /// Reads a value of one of several shapes: the first of those that are there.
    fn choice(&mut self, choice: &mut dyn ChoiceField) -> Merged {
        let outside = self.enter()?;
        let start = self.at;
        for (number, shape) in choice.proto_numbers() {
            self.at = start;
            let mut is_there = false;
            while self.has_more() {
                if self.next_tag()? != *number || (is_there && *shape == Shape::Object) {
                    self.skip()?;
                    continue;
                }
                if is_there || choice.choose(*shape) {
                    choice.read_chosen(self)?;
                } else {
                    self.skip()?;
                }
                is_there = true;
            }
            if is_there {
                break;
            }
        }
        self.at = self.bytes.len();
        self.bytes = outside;
        Ok(())
    }
}

#[cold]
fn broken(problem: &'static str) -> DecodeError {
    DecodeError::new(problem)
}

#[cold]
fn no_text() -> DecodeError {
    broken("the text is not UTF-8")
}

/// Finds a field of a part that is embedded in the struct.
fn embedded(table: &[Field], prefix: u32, number: u32) -> Option<usize> {
    let proto = prefix << 8 | u32::from(u8::try_from(number).ok()?);
    table.iter().position(|field| field.proto == proto)
}

/// Gives back what lists and maps have too much.
fn trim(message: &mut dyn Message) {
    for index in 0..message.table().fields.len() {
        message.read(index, &mut Trim).expect("nothing is read");
    }
}

struct Trim;

impl Source for Trim {
    fn list(&mut self, list: &mut dyn ListField) -> Merged {
        list.trim();
        Ok(())
    }

    fn map(&mut self, map: &mut dyn MapField) -> Merged {
        map.trim();
        Ok(())
    }
}

/// Reads a message with one field, the bytes of something.
pub(super) fn raw(message: &[u8]) -> Result<&[u8], &'static str> {
    let mut fields = Fields::of(message);
    let mut raw: &[u8] = &[];
    while let Some(field) = fields.next()? {
        if let (1, Payload::Bytes(bytes)) = field {
            raw = bytes;
        }
    }
    Ok(raw)
}

fn int_or_string(message: &[u8]) -> Result<IntOrString, &'static str> {
    let mut fields = Fields::of(message);
    let (mut is_text, mut number, mut string) = (false, 0, "");
    while let Some(field) = fields.next()? {
        match field {
            (1, Payload::Varint(value)) => is_text = value == 1,
            #[expect(clippy::cast_possible_truncation, reason = "protobuf cuts and wraps likewise")]
            (2, Payload::Varint(value)) => number = value as i32,
            (3, Payload::Bytes(bytes)) => string = text(bytes)?,
            _ => {}
        }
    }
    Ok(if is_text { IntOrString::String(string.into()) } else { IntOrString::Int(number) })
}
