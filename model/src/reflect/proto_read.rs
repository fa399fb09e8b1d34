//! From protobuf to structs.
//!
//! As Go does it: unknown fields are skipped, a field that comes twice takes the last value, and messages merge.

use super::{Bytes, ChoiceField, Field, MapField, Message, Shape, Slot, TextField};
use crate::int_or_string::IntOrString;
use crate::meta::FieldsV1;
use crate::proto::{Envelope, Fields, Payload, text};
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
        _ => fields(message, 0, bytes, 0),
    }
}

/// Reads the fields of a message that stands in no envelope.
///
/// # Errors
///
/// The path and what stood there.
pub fn decode_proto_part(message: &mut dyn Message, bytes: &[u8]) -> Result<(), DecodeError> {
    fields(message, 0, bytes, 0)
}

/// Reads fields of a message: all of them, or those of a part that is embedded in the struct and a message of its own on the wire.
fn fields(message: &mut dyn Message, prefix: u32, bytes: &[u8], depth: usize) -> Result<(), DecodeError> {
    if depth > MAX_DEPTH {
        return Err(DecodeError::new("messages stand too deep in one another"));
    }
    let table = message.table().fields;
    let mut found = Fields::of(bytes);
    // Where the last field was found, and the list or map that is being filled.
    let (mut last, mut filling) = (0, None);
    while let Some((number, payload)) = found.next().map_err(DecodeError::new)? {
        let Some(key) = u8::try_from(number).ok().map(|number| prefix << 8 | u32::from(number)) else { continue };
        // Fields mostly come in the order of the table, and the items of a list one behind the other.
        let Some(index) = position(table, last, key) else {
            let embedded = table.iter().any(|field| field.proto >> 8 == key || field.proto >> 16 == key);
            if let (true, Payload::Bytes(bytes)) = (embedded, payload) {
                fields(message, key, bytes, depth + 1)?;
            }
            continue;
        };
        if let Some(before) = filling.take_if(|before| *before != index) {
            trim(message, before);
        }
        last = index;
        let slot = message.slot(index);
        if matches!(slot, Slot::List(_) | Slot::Map(_)) {
            filling = Some(index);
        }
        set(slot, payload, depth).map_err(|error| error.at(&format!(".{}", table[index].name)))?;
    }
    if let Some(last) = filling {
        trim(message, last);
    }
    Ok(())
}

/// Finds a field by its numbers, first from a place on.
fn position(table: &[Field], start: usize, key: u32) -> Option<usize> {
    let (before, behind) = table.split_at(start);
    let found = behind.iter().position(|field| field.proto == key).map(|offset| start + offset);
    found.or_else(|| before.iter().position(|field| field.proto == key))
}

/// Gives back what a list or map has too much.
fn trim(message: &mut dyn Message, index: usize) {
    match message.slot(index) {
        Slot::List(list) => list.trim(),
        Slot::Map(map) => map.trim(),
        _ => {}
    }
}

fn set(slot: Slot<'_>, payload: Payload<'_>, depth: usize) -> Result<(), DecodeError> {
    match (slot, payload) {
        (Slot::Str(place), Payload::Bytes(bytes)) => *place = text(bytes).map_err(DecodeError::new)?.into(),
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
        (Slot::Message(message), Payload::Bytes(bytes)) => fields(message, 0, bytes, depth + 1)?,
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
            set(slot, payload, depth)?;
        }
        (Slot::List(list), payload) => {
            let index = list.len();
            let numbers = match (list.push(), payload) {
                (Slot::Int32(_) | Slot::Int64(_) | Slot::Bool(_) | Slot::Float(_), Payload::Bytes(_)) => {
                    return Err(DecodeError::new("a list of numbers is packed, which the API does not do"));
                }
                (slot, payload) => set(slot, payload, depth),
            };
            numbers.map_err(|error| error.at(&format!("[{index}]")))?;
        }
        (Slot::Map(map), Payload::Bytes(bytes)) => entry(map, bytes, depth)?,
        (Slot::Choice(choice), Payload::Bytes(bytes)) => choose(choice, bytes, depth)?,
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

fn entry(map: &mut dyn MapField, message: &[u8], depth: usize) -> Result<(), DecodeError> {
    let mut found = Fields::of(message);
    let (mut key, mut value) = ("", None);
    while let Some(field) = found.next().map_err(DecodeError::new)? {
        match field {
            (1, Payload::Bytes(bytes)) => key = text(bytes).map_err(DecodeError::new)?,
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
                    read = read.and_then(|()| set(list.push(), payload, depth));
                }
            }
            list.trim();
            read
        }
        (slot, value) => set(slot, value, depth),
    };
    read.map_err(|error| error.at(&format!("[{key:?}]")))
}

/// Reads a value of one of several shapes: the first of those that are there.
fn choose(choice: &mut dyn ChoiceField, message: &[u8], depth: usize) -> Result<(), DecodeError> {
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
            set(place, payload, depth)?;
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
