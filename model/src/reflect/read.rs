//! From JSON and every self-describing format of serde to structs.
//!
//! As Go does it: `null` is no value, unknown fields are skipped, of a field that comes twice lists take the last and structs merge.

use std::cell::RefCell;
use std::fmt::{self, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess};
use serde_json::Value;

use super::json_read::read_json;
use super::{Bytes, ListField, MapField, Message, Reflect, Shape, Slot, Table};
use crate::int_or_string::IntOrString;
use crate::json::is_space;
use crate::managed_fields::ManagedFields;
use crate::meta::FieldsV1;
use crate::wire::{DecodeError, json_text};

/// Reads a message from JSON.
///
/// `whole` asks for `apiVersion` and `kind` to be there; otherwise they are checked where they are.
///
/// # Errors
///
/// The path and what stood there, or both kinds if it is another one.
pub fn decode_json(message: &mut dyn Message, bytes: &[u8], whole: bool) -> Result<(), DecodeError> {
    let text = json_text(bytes)?;
    if read_json(message, text, whole, ManagedFields::Keep)
        .is_some_and(|length| text.bytes().skip(length).all(is_space))
    {
        return Ok(());
    }
    // What has been read up to here is read again.
    let trail = Trail::new(whole);
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Seed { slot: Slot::Message(message), trail: &trail }.deserialize(&mut reader);
    read.and_then(|()| reader.end()).map_err(|error| {
        let text = error.to_string();
        // The path says more than the line, but a broken text has no path.
        let text = match (error.classify(), text.rfind(" at line ")) {
            (serde_json::error::Category::Data, Some(end)) => text[..end].to_owned(),
            _ => text,
        };
        DecodeError::new(text).at(&trail.path())
    })
}

/// Reads a message from a deserializer. Generic over the format, not over the type, so that it is compiled once a format.
///
/// # Errors
///
/// The path and what stood there.
pub fn deserialize<'de, D: Deserializer<'de>>(message: &mut dyn Message, deserializer: D) -> Result<(), D::Error> {
    let trail = Trail::new(false);
    deserialize_slot(Slot::Message(message), &trail, deserializer)
}

/// Reads a value of which fields are made, as [`deserialize`] reads a message.
///
/// # Errors
///
/// The path and what stood there.
pub fn deserialize_value<'de, D: Deserializer<'de>>(value: &mut impl Reflect, deserializer: D) -> Result<(), D::Error> {
    let trail = Trail::new(false);
    deserialize_slot(value.slot(), &trail, deserializer)
}

fn deserialize_slot<'de, 'a, D: Deserializer<'de>>(
    slot: Slot<'a>,
    trail: &'a Trail,
    deserializer: D,
) -> Result<(), D::Error> {
    let read = Seed { slot, trail }.deserialize(deserializer);
    read.map_err(|error| match trail.path() {
        path if path.is_empty() => error,
        path => D::Error::custom(format_args!("{path}: {error}")),
    })
}

/// Where the reader is. After an error it stays where the error was.
struct Trail {
    steps: RefCell<Vec<Step>>,
    whole: bool,
}

enum Step {
    Field(&'static str),
    Item(usize),
    Key(Box<str>),
}

impl Trail {
    fn new(whole: bool) -> Self {
        Self { steps: RefCell::new(Vec::new()), whole }
    }

    fn within<T, E>(&self, step: Step, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.steps.borrow_mut().push(step);
        let result = work();
        if result.is_ok() {
            self.steps.borrow_mut().pop();
        }
        result
    }

    fn is_root(&self) -> bool {
        self.steps.borrow().is_empty()
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for step in self.steps.borrow().iter() {
            let written = match step {
                Step::Field(name) => write!(path, ".{name}"),
                Step::Item(index) => write!(path, "[{index}]"),
                Step::Key(key) => write!(path, "[{key:?}]"),
            };
            written.expect("a String takes everything");
        }
        path
    }
}

struct Seed<'a> {
    slot: Slot<'a>,
    trail: &'a Trail,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.slot {
            Slot::Json(value) => {
                *value = Value::deserialize(deserializer)?;
                Ok(())
            }
            Slot::Fields(fields) => {
                *fields = FieldsV1::deserialize(deserializer)?;
                Ok(())
            }
            Slot::Option(option) => deserializer.deserialize_option(Perhaps { option, trail: self.trail }),
            _ => deserializer.deserialize_any(self),
        }
    }
}

/// A field that `null` makes absent.
struct Perhaps<'a> {
    option: &'a mut dyn super::OptionField,
    trail: &'a Trail,
}

impl<'de> de::Visitor<'de> for Perhaps<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        Seed { slot: self.option.make(), trail: self.trail }.deserialize(deserializer)
    }
}

impl Seed<'_> {
    fn expected(&self) -> &'static str {
        match &self.slot {
            Slot::Choice(choice) => choice.shapes(),
            Slot::Str(_) | Slot::Text(_) => "a string",
            Slot::Bool(_) => "true or false",
            Slot::Int32(_) => "an integer of 32 bits",
            Slot::Int64(_) => "an integer of 64 bits",
            Slot::Float(_) => "a number",
            Slot::IntOrString(_) => "an integer of 32 bits or a string",
            Slot::Bytes(_) => "a string of base64",
            Slot::Message(_) | Slot::Map(_) => "an object",
            Slot::List(_) => "a list",
            Slot::Json(_) | Slot::Fields(_) | Slot::Option(_) => "a value",
        }
    }

    fn wrong<E: de::Error>(&self, found: impl fmt::Display) -> E {
        E::custom(format_args!("expected {}, found {found}", self.expected()))
    }

    fn integer<E: de::Error>(self, value: i64) -> Result<(), E> {
        match (&self.slot, i32::try_from(value)) {
            (Slot::Int32(_) | Slot::IntOrString(_), Err(_)) => return Err(self.wrong(value)),
            (Slot::Text(field), _) if !field.takes_numbers() => return Err(self.wrong(value)),
            _ => {}
        }
        let narrow = i32::try_from(value).unwrap_or_default();
        match self.slot {
            Slot::Int32(place) => *place = narrow,
            Slot::Int64(place) => *place = value,
            #[expect(clippy::cast_precision_loss, reason = "JSON does not tell 1 from 1.0; Go rounds likewise")]
            Slot::Float(place) => *place = value as f64,
            Slot::IntOrString(place) => *place = IntOrString::Int(narrow),
            Slot::Text(field) => return field.set_text(&value.to_string()).map_err(E::custom),
            _ => return Err(self.wrong(value)),
        }
        Ok(())
    }
}

impl<'de> de::Visitor<'de> for Seed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected())
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<(), E> {
        match self.slot {
            Slot::Bool(place) => *place = truth,
            Slot::Choice(choice) => {
                let expected = choice.shapes();
                return match choice.choose(Shape::Bool) {
                    Some(place) => Self { slot: place, trail: self.trail }.visit_bool(truth),
                    None => Err(E::custom(format_args!("expected {expected}, found {truth}"))),
                };
            }
            _ => return Err(self.wrong(truth)),
        }
        Ok(())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.integer(value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        if let Ok(value) = i64::try_from(value) {
            return self.integer(value);
        }
        match self.slot {
            #[expect(clippy::cast_precision_loss, reason = "JSON does not tell 1 from 1.0; Go rounds likewise")]
            Slot::Float(place) => {
                *place = value as f64;
                Ok(())
            }
            Slot::Text(ref field) if !field.takes_numbers() => Err(self.wrong(value)),
            Slot::Text(field) => field.set_text(&value.to_string()).map_err(E::custom),
            _ => Err(self.wrong(value)),
        }
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        match self.slot {
            Slot::Float(place) => {
                *place = value;
                Ok(())
            }
            Slot::Text(ref field) if !field.takes_numbers() => Err(self.wrong(value)),
            Slot::Text(field) => field.set_text(&value.to_string()).map_err(E::custom),
            _ => Err(self.wrong(value)),
        }
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        match self.slot {
            Slot::Str(place) => *place = text.into(),
            Slot::Text(field) => return field.set_text(text).map_err(E::custom),
            Slot::IntOrString(place) => *place = text.into(),
            Slot::Bytes(place) => {
                let decoded =
                    STANDARD.decode(text.trim_end()).map_err(|_| E::custom("expected base64, found another text"))?;
                *place = Bytes::from(decoded);
            }
            _ => return Err(self.wrong(format_args!("{text:?}"))),
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        match self.slot {
            Slot::List(list) => items(list, access, self.trail),
            Slot::Choice(choice) => {
                let expected = choice.shapes();
                match choice.choose(Shape::List) {
                    Some(place) => Self { slot: place, trail: self.trail }.visit_seq(access),
                    None => Err(A::Error::custom(format_args!("expected {expected}, found a list"))),
                }
            }
            _ => Err(self.wrong("a list")),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        match self.slot {
            Slot::Message(message) => fields(message, access, self.trail),
            Slot::Map(map) => entries(map, access, self.trail),
            Slot::Choice(choice) => {
                let expected = choice.shapes();
                match choice.choose(Shape::Object) {
                    Some(place) => Self { slot: place, trail: self.trail }.visit_map(access),
                    None => Err(A::Error::custom(format_args!("expected {expected}, found an object"))),
                }
            }
            _ => Err(self.wrong("an object")),
        }
    }
}

fn items<'de, A: SeqAccess<'de>>(list: &mut dyn ListField, mut access: A, trail: &Trail) -> Result<(), A::Error> {
    list.clear();
    loop {
        let index = list.len();
        let next = trail.within(Step::Item(index), || access.next_element_seed(Next { list, trail }))?;
        if next.is_none() {
            list.trim();
            return Ok(());
        }
    }
}

/// Makes the next item only once there is one.
struct Next<'a> {
    list: &'a mut dyn ListField,
    trail: &'a Trail,
}

impl<'de> DeserializeSeed<'de> for Next<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        Seed { slot: self.list.push(), trail: self.trail }.deserialize(deserializer)
    }
}

fn entries<'de, A: MapAccess<'de>>(map: &mut dyn MapField, mut access: A, trail: &Trail) -> Result<(), A::Error> {
    while let Some(key) = access.next_key::<std::borrow::Cow<'de, str>>()? {
        let slot = map.entry(&key);
        trail.within(Step::Key(key.into()), || access.next_value_seed(Seed { slot, trail }))?;
    }
    map.trim();
    Ok(())
}

/// What a key of a message is.
enum Key {
    ApiVersion,
    Kind,
    Field(usize),
    Unknown,
}

/// Finds a key; fields mostly come in the order of the table, so the search begins behind the last one.
struct KeySeed(&'static Table, usize);

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl de::Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Key, E> {
        let Self(table, next) = self;
        if table.kind.is_some() {
            match name {
                "apiVersion" => return Ok(Key::ApiVersion),
                "kind" => return Ok(Key::Kind),
                _ => {}
            }
        }
        let count = table.fields.len();
        let found = (0..count).map(|offset| (next + offset) % count).find(|index| table.fields[*index].name == name);
        Ok(found.map_or(Key::Unknown, Key::Field))
    }
}

fn fields<'de, A: MapAccess<'de>>(message: &mut dyn Message, mut access: A, trail: &Trail) -> Result<(), A::Error> {
    let table = message.table();
    let is_root = trail.is_root();
    let mut next = 0;
    let (mut api_version, mut kind) = (None, None);
    while let Some(key) = access.next_key_seed(KeySeed(table, next))? {
        match key {
            Key::ApiVersion => api_version = access.next_value::<Option<String>>()?,
            Key::Kind => kind = access.next_value::<Option<String>>()?,
            Key::Field(index) => {
                next = index + 1;
                let slot = message.slot(index);
                trail.within(Step::Field(table.fields[index].name), || access.next_value_seed(Seed { slot, trail }))?;
            }
            Key::Unknown => drop(access.next_value::<IgnoredAny>()?),
        }
        if let (Some(api_version), Some(kind)) = (&api_version, &kind) {
            check_type(table, api_version, kind)?;
        }
    }
    let must = is_root && trail.whole && table.kind.is_some();
    match (api_version, kind) {
        (None, None) if !must => Ok(()),
        (Some(_), Some(_)) => Ok(()),
        // One of the two alone is taken for the other's right value, as in lists and embedded objects.
        (Some(api_version), None) if !must => check_type(table, &api_version, table.kind.map_or("", |kind| kind.1)),
        (None, Some(kind)) if !must => check_type(table, table.kind.map_or("", |kind| kind.0), &kind),
        (api_version, kind) => check_type(table, &api_version.unwrap_or_default(), &kind.unwrap_or_default()),
    }
}

fn check_type<E: de::Error>(table: &Table, api_version: &str, kind: &str) -> Result<(), E> {
    match table.kind {
        Some(expected) if expected != (api_version, kind) => {
            Err(E::custom(DecodeError::wrong_type(expected, (api_version, kind))))
        }
        _ => Ok(()),
    }
}
