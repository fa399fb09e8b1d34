//! From protobuf to structs.
//!
//! As Go does it: unknown fields are skipped, a field that comes twice takes the last value, and messages merge.

use super::{Bytes, ChoiceField, Field, ListField, MapField, Message, Shape, Slot, TextField};
use crate::int_or_string::IntOrString;
use crate::meta::FieldsV1;
use crate::proto::{Envelope, Fields, Payload, text};
use crate::str::Str;
use crate::wire::DecodeError;

/// How deep messages may stand in one another.
const MAX_DEPTH: usize = 128;

/// Reads a message from protobuf.
///
/// With `whole` it stands in an envelope that says what it is; without, it is one of a list of `item_type`.
///
/// # Errors
///
/// The path and what stood there, or both kinds if it is another one.
pub fn decode_proto(
    message: &mut dyn Message,
    bytes: &[u8],
    whole: bool,
    item_type: (&str, &str),
) -> Result<(), DecodeError> {
    let (found, bytes) = if whole {
        let envelope = Envelope::read(bytes)?;
        ((envelope.api_version, envelope.kind), envelope.raw)
    } else {
        (item_type, bytes)
    };
    match message.table().kind {
        Some(expected) if expected != found && (whole || !found.1.is_empty()) => {
            Err(DecodeError::wrong_type(expected, found))
        }
        _ => decode_proto_part(message, bytes),
    }
}

/// Reads the fields of a message that stands in no envelope.
///
/// # Errors
///
/// The path and what stood there.
pub fn decode_proto_part(message: &mut dyn Message, bytes: &[u8]) -> Result<(), DecodeError> {
    let texts = Texts::of(bytes);
    fields(message, 0, bytes, Within { texts: &texts, depth: 0 })
}

/// The texts of a message, all of them looked at together, which is much faster than to look at each.
struct Texts<'a> {
    message: &'a [u8],
    /// The message, with something else for each byte that is not ASCII.
    ascii: String,
}

impl<'a> Texts<'a> {
    fn of(message: &'a [u8]) -> Self {
        let ascii = message.iter().map(|byte| if byte.is_ascii() { *byte } else { b'?' }).collect();
        Self { message, ascii: String::from_utf8(ascii).unwrap_or_default() }
    }

    /// Reads a text of the message.
    fn text<'b>(&'b self, bytes: &'b [u8]) -> Result<&'b str, DecodeError> {
        let start = bytes.as_ptr().addr().wrapping_sub(self.message.as_ptr().addr());
        let checked = if bytes.is_ascii() { self.ascii.get(start..start.wrapping_add(bytes.len())) } else { None };
        // What is no ASCII has to be looked at by itself.
        checked.map_or_else(|| text(bytes).map_err(DecodeError::new), Ok)
    }
}

/// Where a message stands.
#[derive(Clone, Copy)]
struct Within<'a> {
    texts: &'a Texts<'a>,
    depth: usize,
}

impl Within<'_> {
    fn deeper(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }
}

/// Reads fields of a message: all of them, or those of a part that is embedded in the struct and a message of its own on the wire.
fn fields(message: &mut dyn Message, prefix: u32, bytes: &[u8], within: Within<'_>) -> Result<(), DecodeError> {
    if within.depth > MAX_DEPTH {
        return Err(DecodeError::new("messages stand too deep in one another"));
    }
    let table = message.table();
    let mut found = Fields::of(bytes);
    // Where the current field stands, and whether a list or map has room for more than it holds.
    let (mut current, mut roomy) = (usize::MAX, false);
    while let Some((number, payload)) = found.next().map_err(DecodeError::new)? {
        let index = if prefix == 0 { table.place(number) } else { embedded(table.fields, prefix, number) };
        let Some(index) = index else {
            unknown(message, prefix, number, payload, within)?;
            continue;
        };
        // The items of a list stand one behind the other.
        let goes_on = index == current;
        current = index;
        let read = match (message.slot(index), payload) {
            (Slot::Str(place), Payload::Bytes(bytes)) => set_text(place, bytes, within),
            (Slot::Message(part), Payload::Bytes(bytes)) => fields(part, 0, bytes, within.deeper()),
            (Slot::List(list), payload) => {
                if !goes_on {
                    // Only an empty one: whoever sends a list in many parts must not have it moved for each.
                    match list.len() {
                        0 => list.reserve(1 + found.run(number)),
                        _ => roomy = true,
                    }
                }
                item(list, payload, within)
            }
            (Slot::Map(map), Payload::Bytes(bytes)) => {
                let before = map.len();
                if !goes_on {
                    match before {
                        0 => map.reserve(1 + found.run(number)),
                        _ => roomy = true,
                    }
                }
                let read = entry(map, bytes, within);
                // A key that comes twice needs no place of its own.
                roomy |= map.len() == before;
                read
            }
            (slot, payload) => set(slot, payload, within),
        };
        if let Err(error) = read {
            return Err(error.at(&format!(".{}", table.fields[index].name)));
        }
    }
    if roomy {
        trim(message);
    }
    Ok(())
}

/// Finds a field of a part that is embedded in the struct.
fn embedded(table: &[Field], prefix: u32, number: u32) -> Option<usize> {
    let proto = prefix << 8 | u32::from(u8::try_from(number).ok()?);
    table.iter().position(|field| field.proto == proto)
}

/// Reads a part that is embedded in the struct; whatever else has no place is skipped.
fn unknown(
    message: &mut dyn Message,
    prefix: u32,
    number: u32,
    payload: Payload<'_>,
    within: Within<'_>,
) -> Result<(), DecodeError> {
    let (Ok(number), Payload::Bytes(bytes)) = (u8::try_from(number), payload) else { return Ok(()) };
    let part = prefix << 8 | u32::from(number);
    if message.table().fields.iter().any(|field| field.proto >> 8 == part || field.proto >> 16 == part) {
        fields(message, part, bytes, within.deeper())?;
    }
    Ok(())
}

/// Gives back what lists and maps have too much.
fn trim(message: &mut dyn Message) {
    for index in 0..message.table().fields.len() {
        match message.slot(index) {
            Slot::List(list) => list.trim(),
            Slot::Map(map) => map.trim(),
            _ => {}
        }
    }
}

fn set_text(place: &mut Str, bytes: &[u8], within: Within<'_>) -> Result<(), DecodeError> {
    *place = Str::read(within.texts.text(bytes)?);
    Ok(())
}

/// Reads an item of a list.
fn item(list: &mut dyn ListField, payload: Payload<'_>, within: Within<'_>) -> Result<(), DecodeError> {
    let read = match (list.push(), payload) {
        (Slot::Message(part), Payload::Bytes(bytes)) => fields(part, 0, bytes, within.deeper()),
        (Slot::Int32(_) | Slot::Int64(_) | Slot::Bool(_) | Slot::Float(_), Payload::Bytes(_)) => {
            return Err(DecodeError::new("a list of numbers is packed, which the API does not do"));
        }
        (slot, payload) => set(slot, payload, within),
    };
    read.map_err(|error| error.at(&format!("[{}]", list.len() - 1)))
}

fn set(slot: Slot<'_>, payload: Payload<'_>, within: Within<'_>) -> Result<(), DecodeError> {
    match (slot, payload) {
        (Slot::Str(place), Payload::Bytes(bytes)) => set_text(place, bytes, within)?,
        (Slot::Bool(place), Payload::Varint(value)) => *place = value != 0,
        #[expect(clippy::cast_possible_truncation, reason = "protobuf cuts and wraps likewise")]
        (Slot::Int32(place), Payload::Varint(value)) => *place = value as i32,
        (Slot::Int64(place), Payload::Varint(value)) => *place = value.cast_signed(),
        (Slot::Float(place), Payload::Fixed64(bits)) => *place = f64::from_bits(bits),
        (Slot::Text(field), Payload::Bytes(bytes)) => drop(read_text(field, bytes)?),
        (Slot::IntOrString(place), Payload::Bytes(bytes)) => *place = int_or_string(bytes).map_err(DecodeError::new)?,
        (Slot::Bytes(place), Payload::Bytes(bytes)) => *place = Bytes::from(bytes),
        (Slot::Json(place), Payload::Bytes(bytes)) => {
            let raw = raw(bytes).map_err(DecodeError::new)?;
            // Nothing is the extension that holds nothing.
            *place = if raw.is_empty() { serde_json::Value::Null } else { serde_json::from_slice(raw)? };
        }
        (Slot::Fields(place), Payload::Bytes(bytes)) => {
            let raw = raw(bytes).map_err(DecodeError::new)?;
            *place = if raw.is_empty() { FieldsV1::default() } else { serde_json::from_slice(raw)? };
        }
        (Slot::Message(message), Payload::Bytes(bytes)) => fields(message, 0, bytes, within.deeper())?,
        (Slot::Option(option), payload) => {
            let slot = option.make();
            // A time of zero is no time: it has no fields.
            if let (Slot::Text(_), Payload::Bytes([])) = (&slot, payload) {
                let Slot::Text(field) = slot else { return Ok(()) };
                if !read_text(field, &[])? {
                    option.clear();
                }
                return Ok(());
            }
            set(slot, payload, within)?;
        }
        (Slot::List(list), payload) => item(list, payload, within)?,
        (Slot::Map(map), Payload::Bytes(bytes)) => entry(map, bytes, within)?,
        (Slot::Choice(choice), Payload::Bytes(bytes)) => choose(choice, bytes, within)?,
        _ => return Err(DecodeError::new("the field is of another wire type than the API's")),
    }
    Ok(())
}

fn read_text(field: &mut dyn TextField, bytes: &[u8]) -> Result<bool, DecodeError> {
    field.read_proto(bytes).map_err(DecodeError::new)
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

fn entry(map: &mut dyn MapField, message: &[u8], within: Within<'_>) -> Result<(), DecodeError> {
    let mut found = Fields::of(message);
    let (mut key, mut value) = ("", None);
    while let Some(field) = found.next().map_err(DecodeError::new)? {
        match field {
            (1, Payload::Bytes(bytes)) => key = within.texts.text(bytes)?,
            (2, payload) => value = Some(payload),
            _ => {}
        }
    }
    let place = map.entry(key);
    let Some(value) = value else { return Ok(()) };
    let read = match (place, value) {
        // A map cannot hold lists; their items stand in a message of their own.
        (Slot::List(list), Payload::Bytes(bytes)) => {
            list.clear();
            let mut items = Fields::of(bytes);
            let mut read = Ok(());
            while let Some((number, payload)) = items.next().map_err(DecodeError::new)? {
                if number == 1 {
                    read = read.and_then(|()| set(list.push(), payload, within));
                }
            }
            list.trim();
            read
        }
        (slot, value) => set(slot, value, within),
    };
    read.map_err(|error| error.at(&format!("[{key:?}]")))
}

/// Reads a value of one of several shapes: the first of those that are there.
fn choose(choice: &mut dyn ChoiceField, message: &[u8], within: Within<'_>) -> Result<(), DecodeError> {
    let all = Fields::of(message);
    for (number, shape) in choice.proto_numbers() {
        let mut found = all.clone();
        let mut chosen = false;
        while let Some((field, payload)) = found.next().map_err(DecodeError::new)? {
            if field != *number {
                continue;
            }
            let place = if chosen { choice.current().1 } else { choice.choose(*shape) };
            chosen = true;
            let Some(place) = place else { continue };
            set(place, payload, within)?;
            if *shape == Shape::Object {
                break;
            }
        }
        if chosen {
            return Ok(());
        }
    }
    Ok(())
}
