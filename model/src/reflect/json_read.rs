//! From JSON text to structs without serde: the fast way, which knows no errors.
//!
//! What it takes, [`read`](super::read) takes too, with the same result. Where it stops, that one reads again and says what is wrong.

use std::cell::Cell;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Bytes, ChoiceField, Field, ListField, MapField, Merged, Message, OptionField, Shape, Source, TextField};
use crate::int_or_string::IntOrString;
use crate::json::{Read, Reader};
use crate::managed_fields::ManagedFields;
use crate::meta::FieldsV1;
use crate::str::Str;
use crate::wire::DecodeError;

/// Reads a message from the beginning of a text and returns its length; `None` if that is not plainly possible.
///
/// `whole` asks for `apiVersion` and `kind` to be there. After `None`, the message may be filled in part.
pub fn read_json(message: &mut dyn Message, text: &str, whole: bool, managed_fields: ManagedFields) -> Option<usize> {
    let place = if managed_fields == ManagedFields::Skip { Place::Object } else { Place::Elsewhere };
    let mut json = Json::new(text, place);
    json.fields(message, whole)?;
    Some(json.reader.at())
}

/// Reads the metadata of an object from the beginning of a text and returns its length; `None` if that is not plainly possible.
pub fn read_json_metadata(metadata: &mut dyn Message, text: &str, managed_fields: ManagedFields) -> Option<usize> {
    let place = if managed_fields == ManagedFields::Skip { Place::Metadata } else { Place::Elsewhere };
    let mut json = Json::new(text, place);
    json.fields(metadata, false)?;
    Some(json.reader.at())
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

/// A place in a text, in front of a value.
struct Json<'a> {
    reader: Reader<'a>,
    path: Path,
    /// Where the message stands that is read next.
    place: Place,
}

impl<'a> Json<'a> {
    fn new(text: &'a str, place: Place) -> Self {
        Self { reader: Reader::new(text), path: Path::ROOT, place }
    }

    fn fields(&mut self, message: &mut dyn Message, whole: bool) -> Read {
        let table = message.table();
        let (place, path) = (std::mem::replace(&mut self.place, Place::Elsewhere), self.path);
        let (mut has_api_version, mut has_kind) = (false, false);
        let mut next = 0;
        let mut more = self.reader.enter_object()?;
        while more {
            self.reader.token()?;
            if let Some(index) = find(table.fields, next, &mut self.reader) {
                next = index + 1;
                self.path = path.to(index);
                if place == Place::Elsewhere {
                    message.read(index, self).ok()?;
                } else {
                    self.led(message, index, place)?;
                }
            } else {
                match (self.reader.key()?, table.kind) {
                    ("apiVersion", Some((api_version, _))) => {
                        has_api_version = self.reader.string()? == api_version;
                        has_api_version.then_some(())?;
                    }
                    ("kind", Some((_, kind))) => {
                        has_kind = self.reader.string()? == kind;
                        has_kind.then_some(())?;
                    }
                    // It was written in an unusual way.
                    (name, _) if table.fields.iter().any(|field| field.name == name) => return None,
                    _ => self.reader.skip()?,
                }
            }
            more = self.reader.next_field()?;
        }
        self.path = path;
        (!whole || table.kind.is_none() || (has_api_version && has_kind)).then_some(())
    }

    /// Reads a field of an object or of its metadata, unless it is that of the managed fields.
    fn led(&mut self, message: &mut dyn Message, index: usize, place: Place) -> Read {
        match (place, message.table().fields[index].name) {
            (Place::Metadata, "managedFields") => return self.reader.skip_unread(),
            (Place::Object, "metadata") => self.place = Place::Metadata,
            _ => {}
        }
        let read = message.read(index, self);
        // It was null.
        self.place = Place::Elsewhere;
        read.ok()
    }

    /// Reads a value, of which the first character is known; `null` is no value.
    #[inline]
    fn value(&mut self, read: impl FnOnce(&mut Self, u8) -> Read) -> Merged {
        let done = match self.reader.token() {
            Some(b'n') => self.reader.literal("null"),
            Some(first) => read(self, first),
            None => None,
        };
        done.ok_or_else(unread)
    }

    fn items(&mut self, list: &mut dyn ListField) -> Read {
        let path = self.path;
        list.clear();
        let mut more = self.reader.enter_list()?;
        if more {
            list.reserve(expected(path));
        }
        while more {
            self.path = path.to(list.len());
            list.read_item(self).ok()?;
            more = self.reader.next_item()?;
        }
        self.path = path;
        list.trim();
        note(path, list.len());
        Some(())
    }

    fn entries(&mut self, map: &mut dyn MapField) -> Read {
        let path = self.path;
        let mut more = self.reader.enter_object()?;
        if more {
            map.reserve(expected(path));
        }
        self.path = path.to(0);
        while more {
            map.read_entry(self).ok()?;
            more = self.reader.next_field()?;
        }
        self.path = path;
        map.trim();
        note(path, map.len());
        Some(())
    }
}

/// Says nothing: whoever asked reads again.
#[cold]
fn unread() -> DecodeError {
    DecodeError::new("")
}

impl Source for Json<'_> {
    fn str(&mut self, place: &mut Str) -> Merged {
        self.value(|json, _| {
            *place = Str::read(json.reader.string()?);
            Some(())
        })
    }

    fn bool(&mut self, place: &mut bool) -> Merged {
        self.value(|json, _| {
            *place = json.reader.bool()?;
            Some(())
        })
    }

    fn int32(&mut self, place: &mut i32) -> Merged {
        self.value(|json, _| {
            *place = json.reader.integer()?.try_into().ok()?;
            Some(())
        })
    }

    fn int64(&mut self, place: &mut i64) -> Merged {
        self.value(|json, _| {
            *place = json.reader.integer()?;
            Some(())
        })
    }

    fn float(&mut self, place: &mut f64) -> Merged {
        self.value(|json, _| {
            *place = json.reader.float()?;
            Some(())
        })
    }

    fn text(&mut self, field: &mut dyn TextField) -> Merged {
        self.value(|json, first| {
            if first == b'"' {
                return field.set_text(json.reader.string()?).ok();
            }
            let number = json.reader.integer()?;
            if field.takes_numbers() { field.set_text(&number.to_string()).ok() } else { None }
        })
    }

    fn int_or_string(&mut self, place: &mut IntOrString) -> Merged {
        self.value(|json, first| {
            *place = match first {
                b'"' => json.reader.string()?.into(),
                _ => IntOrString::Int(json.reader.integer()?.try_into().ok()?),
            };
            Some(())
        })
    }

    fn bytes(&mut self, place: &mut Bytes) -> Merged {
        self.value(|json, _| {
            *place = Bytes::from(STANDARD.decode(json.reader.string()?.trim_end()).ok()?);
            Some(())
        })
    }

    // To this one and the next, `null` is a value like others.
    fn json(&mut self, place: &mut serde_json::Value) -> Merged {
        self.reader.token().ok_or_else(unread)?;
        *place = serde_json::from_str(self.reader.raw().ok_or_else(unread)?)?;
        Ok(())
    }

    fn fields_v1(&mut self, place: &mut FieldsV1) -> Merged {
        self.reader.token().ok_or_else(unread)?;
        *place = serde_json::from_str(self.reader.raw().ok_or_else(unread)?)?;
        Ok(())
    }

    fn message(&mut self, message: &mut dyn Message) -> Merged {
        self.value(|json, _| json.fields(message, false))
    }

    fn list(&mut self, list: &mut dyn ListField) -> Merged {
        self.value(|json, _| json.items(list))
    }

    fn map(&mut self, map: &mut dyn MapField) -> Merged {
        self.value(|json, _| json.entries(map))
    }

    fn key(&mut self) -> Result<&str, DecodeError> {
        self.reader.key().ok_or_else(unread)
    }

    fn option(&mut self, option: &mut dyn OptionField) -> Merged {
        match self.reader.token() {
            Some(b'n') => self.reader.literal("null").ok_or_else(unread),
            _ => option.read_some(self),
        }
    }

    fn choice(&mut self, choice: &mut dyn ChoiceField) -> Merged {
        let shape = match self.reader.token() {
            Some(b'n') => return self.reader.literal("null").ok_or_else(unread),
            Some(b'{') => Shape::Object,
            Some(b'[') => Shape::List,
            _ => Shape::Bool,
        };
        if choice.choose(shape) { choice.read_chosen(self) } else { Err(unread()) }
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
