//! From JSON text to structs without serde: the fast way, which knows no errors.
//!
//! What it takes, [`read`](super::read) takes too, with the same result. Where it stops, that one reads again and says what is wrong.

use std::cell::Cell;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Bytes, Field, ListField, MapField, Message, Shape, Slot};
use crate::int_or_string::IntOrString;
use crate::json::{Read, Reader};
use crate::managed_fields::ManagedFields;
use crate::str::Str;

/// Reads a message from the beginning of a text and returns its length; `None` if that is not plainly possible.
///
/// `whole` asks for `apiVersion` and `kind` to be there. After `None`, the message may be filled in part.
pub fn read_json(message: &mut dyn Message, text: &str, whole: bool, managed_fields: ManagedFields) -> Option<usize> {
    let mut reader = Reader::new(text);
    let place = match managed_fields {
        ManagedFields::Skip => Place::Object,
        ManagedFields::Keep => Place::Elsewhere,
    };
    fields(message, &mut reader, place, Path::ROOT, whole)?;
    Some(reader.at())
}

/// Reads the metadata of an object from the beginning of a text and returns its length; `None` if that is not plainly possible.
pub fn read_json_metadata(metadata: &mut dyn Message, text: &str, managed_fields: ManagedFields) -> Option<usize> {
    let mut reader = Reader::new(text);
    let place = match managed_fields {
        ManagedFields::Skip => Place::Metadata,
        ManagedFields::Keep => Place::Elsewhere,
    };
    fields(metadata, &mut reader, place, Path::ROOT, false)?;
    Some(reader.at())
}

/// A number for the way from the object to a value: for the same fields and items the same, in every object.
#[derive(Clone, Copy)]
struct Path(usize);

impl Path {
    const ROOT: Self = Self(0);

    /// Goes to a field or an item.
    fn to(self, index: usize) -> Self {
        Self(self.0.wrapping_mul(31).wrapping_add(index + 1))
    }
}

/// How many lengths are kept.
const LENGTHS: usize = 1024;

thread_local! {
    /// How long the list or map was that was read last at a path. Objects of a list are alike, so that the next one gets as much room at once.
    static LAST: [Cell<u8>; LENGTHS] = const { [const { Cell::new(0) }; LENGTHS] };
}

/// Returns how long the list or map at a path will be, as far as one can tell.
fn expected(path: Path) -> usize {
    LAST.with(|last| last[path.0 % LENGTHS].get()).into()
}

/// Notes how long the list or map at a path was.
fn note(path: Path, length: usize) {
    LAST.with(|last| last[path.0 % LENGTHS].set(u8::try_from(length).unwrap_or(u8::MAX)));
}

/// Where a message stands, as far as managed fields are to be skipped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Object,
    Metadata,
    Elsewhere,
}

fn fields(message: &mut dyn Message, reader: &mut Reader<'_>, place: Place, path: Path, whole: bool) -> Read {
    let table = message.table();
    let (mut has_api_version, mut has_kind) = (false, false);
    let mut next = 0;
    let mut more = reader.enter_object()?;
    while more {
        reader.token()?;
        if let Some(index) = find(table.fields, next, reader) {
            next = index + 1;
            if place == Place::Elsewhere {
                value(message.slot(index), reader, path.to(index))?;
            } else {
                led(message, index, reader, place, path.to(index))?;
            }
        } else {
            match (reader.key()?, table.kind) {
                ("apiVersion", Some((api_version, _))) => {
                    has_api_version = reader.string()? == api_version;
                    has_api_version.then_some(())?;
                }
                ("kind", Some((_, kind))) => {
                    has_kind = reader.string()? == kind;
                    has_kind.then_some(())?;
                }
                // It was written in an unusual way.
                (name, _) if table.fields.iter().any(|field| field.name == name) => return None,
                _ => reader.skip()?,
            }
        }
        more = reader.next_field()?;
    }
    (!whole || table.kind.is_none() || (has_api_version && has_kind)).then_some(())
}

/// Reads a field of an object or of its metadata, unless it is that of the managed fields.
fn led(message: &mut dyn Message, index: usize, reader: &mut Reader<'_>, place: Place, path: Path) -> Read {
    match (place, message.table().fields[index].name, message.slot(index)) {
        (Place::Object, "metadata", Slot::Message(metadata)) => fields(metadata, reader, Place::Metadata, path, false),
        (Place::Metadata, "managedFields", _) => reader.skip_unread(),
        (_, _, slot) => value(slot, reader, path),
    }
}

/// Finds the field whose key stands here, and goes behind that. Keys mostly come in the order of the table, so the search begins behind the last one.
#[inline]
fn find(fields: &[Field], next: usize, reader: &mut Reader<'_>) -> Option<usize> {
    let start = reader.start_of_key()?;
    let mut is = |field: &Field| field.start.is(start) && reader.go_behind_key(field.key);
    let (before, behind) = fields.split_at(next);
    behind.iter().position(&mut is).map(|offset| next + offset).or_else(|| before.iter().position(is))
}

fn value(mut slot: Slot<'_>, reader: &mut Reader<'_>, path: Path) -> Read {
    let first = reader.token()?;
    match slot {
        // To these, `null` is a value like others.
        Slot::Json(place) => {
            *place = serde_json::from_str(reader.raw()?).ok()?;
            return Some(());
        }
        Slot::Fields(place) => {
            *place = serde_json::from_str(reader.raw()?).ok()?;
            return Some(());
        }
        _ if first == b'n' => return reader.literal("null"),
        Slot::Option(option) => slot = option.make(),
        _ => {}
    }
    match slot {
        Slot::Str(place) => *place = Str::read(reader.string()?),
        Slot::Message(message) => fields(message, reader, Place::Elsewhere, path, false)?,
        Slot::List(list) => items(list, reader, path)?,
        Slot::Map(map) => entries(map, reader, path)?,
        Slot::Text(field) if first == b'"' => field.set_text(reader.string()?).ok()?,
        Slot::Text(field) => {
            let number = reader.integer()?;
            if !field.takes_numbers() {
                return None;
            }
            field.set_text(&number.to_string()).ok()?;
        }
        Slot::Bool(place) => *place = reader.bool()?,
        Slot::Int32(place) => *place = reader.integer()?.try_into().ok()?,
        Slot::Int64(place) => *place = reader.integer()?,
        Slot::Float(place) => *place = reader.float()?,
        Slot::IntOrString(place) if first == b'"' => *place = reader.string()?.into(),
        Slot::IntOrString(place) => *place = IntOrString::Int(reader.integer()?.try_into().ok()?),
        Slot::Bytes(place) => *place = Bytes::from(STANDARD.decode(reader.string()?.trim_end()).ok()?),
        Slot::Choice(choice) => {
            let shape = match first {
                b'{' => Shape::Object,
                b'[' => Shape::List,
                _ => Shape::Bool,
            };
            return value(choice.choose(shape)?, reader, path);
        }
        // An option within an option, which nobody has.
        Slot::Option(_) | Slot::Json(_) | Slot::Fields(_) => return value(slot, reader, path),
    }
    Some(())
}

fn items(list: &mut dyn ListField, reader: &mut Reader<'_>, path: Path) -> Read {
    list.clear();
    let mut more = reader.enter_list()?;
    if more {
        list.reserve(expected(path));
    }
    while more {
        let item = path.to(list.len());
        value(list.push(), reader, item)?;
        more = reader.next_item()?;
    }
    list.trim();
    note(path, list.len());
    Some(())
}

fn entries(map: &mut dyn MapField, reader: &mut Reader<'_>, path: Path) -> Read {
    let mut more = reader.enter_object()?;
    if more {
        map.reserve(expected(path));
    }
    while more {
        let slot = map.entry(reader.key()?);
        value(slot, reader, path.to(0))?;
        more = reader.next_field()?;
    }
    map.trim();
    note(path, map.len());
    Some(())
}
