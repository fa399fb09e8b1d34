//! From JSON and every self-describing format of serde to structs.
//!
//! As Go does it: `null` is no value, unknown fields are skipped, of a field that comes twice lists take the last and structs merge.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    self, DeserializeSeed, Deserializer, Error as _, IgnoredAny, IntoDeserializer as _, MapAccess, SeqAccess,
};
use serde_json::Value;

use super::json_read::read_json;
use super::trail::{Step, Trail};
use super::{Bytes, ChoiceField, ListField, MapField, Merged, Message, OptionField, Shape, Source, Table, TextField};
use crate::int_or_string::IntOrString;
use crate::json::is_space;
use crate::managed_fields::ManagedFields;
use crate::meta::FieldsV1;
use crate::str::Str;
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
    let read = Seed { place: Place::Message(message), trail: &trail }.deserialize(&mut reader);
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
    deserialize_value(deserializer, |source| source.message(message))
}

/// Reads a value of which fields are made, as [`deserialize`] reads a message.
///
/// # Errors
///
/// The path and what stood there.
pub fn deserialize_value<'de, D: Deserializer<'de>>(
    deserializer: D,
    read: impl FnOnce(&mut dyn Source) -> Merged,
) -> Result<(), D::Error> {
    let trail = Trail::new(false);
    Serde::read(deserializer, &trail, "", read).map_err(|error| match trail.path() {
        path if path.is_empty() => error,
        path => D::Error::custom(format_args!("{path}: {error}")),
    })
}

/// A deserializer, which knows the type of its value only once it is asked for one.
struct Serde<'a, D, E> {
    deserializer: Option<D>,
    trail: &'a Trail,
    key: &'a str,
    error: Option<E>,
}

impl<'a, 'de, D: Deserializer<'de>> Serde<'a, D, D::Error> {
    fn read(
        deserializer: D,
        trail: &'a Trail,
        key: &'a str,
        read: impl FnOnce(&mut dyn Source) -> Merged,
    ) -> Result<(), D::Error> {
        let mut serde = Serde { deserializer: Some(deserializer), trail, key, error: None };
        read(&mut serde).map_err(|error| serde.error.take().unwrap_or_else(|| D::Error::custom(error)))
    }

    fn put(&mut self, place: Place<'_>) -> Merged {
        let Some(deserializer) = self.deserializer.take() else { return Ok(()) };
        Seed { place, trail: self.trail }.deserialize(deserializer).map_err(|error| {
            self.error = Some(error);
            // What is said is what the format says.
            DecodeError::new("")
        })
    }
}

impl<'de, D: Deserializer<'de>> Source for Serde<'_, D, D::Error> {
    fn str(&mut self, place: &mut Str) -> Merged {
        self.put(Place::Str(place))
    }

    fn bool(&mut self, place: &mut bool) -> Merged {
        self.put(Place::Bool(place))
    }

    fn int32(&mut self, place: &mut i32) -> Merged {
        self.put(Place::Int32(place))
    }

    fn int64(&mut self, place: &mut i64) -> Merged {
        self.put(Place::Int64(place))
    }

    fn float(&mut self, place: &mut f64) -> Merged {
        self.put(Place::Float(place))
    }

    fn text(&mut self, field: &mut dyn TextField) -> Merged {
        self.put(Place::Text(field))
    }

    fn int_or_string(&mut self, place: &mut IntOrString) -> Merged {
        self.put(Place::IntOrString(place))
    }

    fn bytes(&mut self, place: &mut Bytes) -> Merged {
        self.put(Place::Bytes(place))
    }

    fn json(&mut self, place: &mut Value) -> Merged {
        self.put(Place::Json(place))
    }

    fn fields_v1(&mut self, place: &mut FieldsV1) -> Merged {
        self.put(Place::Fields(place))
    }

    fn message(&mut self, message: &mut dyn Message) -> Merged {
        self.put(Place::Message(message))
    }

    fn list(&mut self, list: &mut dyn ListField) -> Merged {
        self.put(Place::List(list))
    }

    fn map(&mut self, map: &mut dyn MapField) -> Merged {
        self.put(Place::Map(map))
    }

    fn key(&mut self) -> Result<&str, DecodeError> {
        Ok(self.key)
    }

    fn option(&mut self, option: &mut dyn OptionField) -> Merged {
        self.put(Place::Option(option))
    }

    fn choice(&mut self, choice: &mut dyn ChoiceField) -> Merged {
        self.put(Place::Choice(choice))
    }
}

/// The place of a field's value.
enum Place<'a> {
    Str(&'a mut Str),
    Bool(&'a mut bool),
    Int32(&'a mut i32),
    Int64(&'a mut i64),
    Float(&'a mut f64),
    Text(&'a mut dyn TextField),
    IntOrString(&'a mut IntOrString),
    Bytes(&'a mut Bytes),
    Json(&'a mut Value),
    Fields(&'a mut FieldsV1),
    Message(&'a mut dyn Message),
    List(&'a mut dyn ListField),
    Map(&'a mut dyn MapField),
    Option(&'a mut dyn OptionField),
    Choice(&'a mut dyn ChoiceField),
}

struct Seed<'a, 't> {
    place: Place<'a>,
    trail: &'t Trail,
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.place {
            Place::Json(value) => {
                *value = Value::deserialize(deserializer)?;
                Ok(())
            }
            Place::Fields(fields) => {
                *fields = FieldsV1::deserialize(deserializer)?;
                Ok(())
            }
            Place::Option(option) => deserializer.deserialize_option(Perhaps { option, trail: self.trail }),
            _ => deserializer.deserialize_any(self),
        }
    }
}

/// A field that `null` makes absent.
struct Perhaps<'a> {
    option: &'a mut dyn OptionField,
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
        Serde::read(deserializer, self.trail, "", |source| self.option.read_some(source))
    }
}

impl Seed<'_, '_> {
    fn expected(&self) -> &'static str {
        match &self.place {
            Place::Choice(choice) => choice.shapes(),
            Place::Str(_) | Place::Text(_) => "a string",
            Place::Bool(_) => "true or false",
            Place::Int32(_) => "an integer of 32 bits",
            Place::Int64(_) => "an integer of 64 bits",
            Place::Float(_) => "a number",
            Place::IntOrString(_) => "an integer of 32 bits or a string",
            Place::Bytes(_) => "a string of base64",
            Place::Message(_) | Place::Map(_) => "an object",
            Place::List(_) => "a list",
            Place::Json(_) | Place::Fields(_) | Place::Option(_) => "a value",
        }
    }

    fn wrong<E: de::Error>(&self, found: impl fmt::Display) -> E {
        E::custom(format_args!("expected {}, found {found}", self.expected()))
    }

    fn integer<E: de::Error>(self, value: i64) -> Result<(), E> {
        match (&self.place, i32::try_from(value)) {
            (Place::Int32(_) | Place::IntOrString(_), Err(_)) => return Err(self.wrong(value)),
            (Place::Text(field), _) if !field.takes_numbers() => return Err(self.wrong(value)),
            _ => {}
        }
        let narrow = i32::try_from(value).unwrap_or_default();
        match self.place {
            Place::Int32(place) => *place = narrow,
            Place::Int64(place) => *place = value,
            #[expect(clippy::cast_precision_loss, reason = "JSON does not tell 1 from 1.0; Go rounds likewise")]
            Place::Float(place) => *place = value as f64,
            Place::IntOrString(place) => *place = IntOrString::Int(narrow),
            Place::Text(field) => return field.set_text(&value.to_string()).map_err(E::custom),
            _ => return Err(self.wrong(value)),
        }
        Ok(())
    }
}

impl<'de> de::Visitor<'de> for Seed<'_, '_> {
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
        match self.place {
            Place::Bool(place) => *place = truth,
            Place::Choice(choice) => {
                return chosen(choice, Shape::Bool, truth, truth.into_deserializer(), self.trail);
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
        match self.place {
            #[expect(clippy::cast_precision_loss, reason = "JSON does not tell 1 from 1.0; Go rounds likewise")]
            Place::Float(place) => {
                *place = value as f64;
                Ok(())
            }
            Place::Text(ref field) if !field.takes_numbers() => Err(self.wrong(value)),
            Place::Text(field) => field.set_text(&value.to_string()).map_err(E::custom),
            _ => Err(self.wrong(value)),
        }
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        match self.place {
            Place::Float(place) => {
                *place = value;
                Ok(())
            }
            Place::Text(ref field) if !field.takes_numbers() => Err(self.wrong(value)),
            Place::Text(field) => field.set_text(&value.to_string()).map_err(E::custom),
            _ => Err(self.wrong(value)),
        }
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        match self.place {
            Place::Str(place) => *place = text.into(),
            Place::Text(field) => return field.set_text(text).map_err(E::custom),
            Place::IntOrString(place) => *place = text.into(),
            Place::Bytes(place) => {
                let decoded =
                    STANDARD.decode(text.trim_end()).map_err(|_| E::custom("expected base64, found another text"))?;
                *place = Bytes::from(decoded);
            }
            _ => return Err(self.wrong(format_args!("{text:?}"))),
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        match self.place {
            Place::List(list) => items(list, access, self.trail),
            Place::Choice(choice) => {
                chosen(choice, Shape::List, "a list", SeqAccessDeserializer::new(access), self.trail)
            }
            _ => Err(self.wrong("a list")),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        match self.place {
            Place::Message(message) => fields(message, access, self.trail),
            Place::Map(map) => entries(map, access, self.trail),
            Place::Choice(choice) => {
                chosen(choice, Shape::Object, "an object", MapAccessDeserializer::new(access), self.trail)
            }
            _ => Err(self.wrong("an object")),
        }
    }
}

/// Reads a value of one of several shapes.
fn chosen<'de, D: Deserializer<'de>>(
    choice: &mut dyn ChoiceField,
    shape: Shape,
    found: impl fmt::Display,
    value: D,
    trail: &Trail,
) -> Result<(), D::Error> {
    if choice.choose(shape) {
        return Serde::read(value, trail, "", |source| choice.read_chosen(source));
    }
    Err(D::Error::custom(format_args!("expected {}, found {found}", choice.shapes())))
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
        Serde::read(deserializer, self.trail, "", |source| self.list.read_item(source))
    }
}

fn entries<'de, A: MapAccess<'de>>(map: &mut dyn MapField, mut access: A, trail: &Trail) -> Result<(), A::Error> {
    while let Some(key) = access.next_key::<std::borrow::Cow<'de, str>>()? {
        let entry = Entry { map, key: &key, trail };
        trail.within(Step::Key((&*key).into()), || access.next_value_seed(entry))?;
    }
    map.trim();
    Ok(())
}

/// The value of an entry.
struct Entry<'a> {
    map: &'a mut dyn MapField,
    key: &'a str,
    trail: &'a Trail,
}

impl<'de> DeserializeSeed<'de> for Entry<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        Serde::read(deserializer, self.trail, self.key, |source| self.map.read_entry(source))
    }
}

/// The value of a field.
struct FieldSeed<'a> {
    message: &'a mut dyn Message,
    index: usize,
    trail: &'a Trail,
}

impl<'de> DeserializeSeed<'de> for FieldSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        Serde::read(deserializer, self.trail, "", |source| self.message.read(self.index, source))
    }
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
                let field = FieldSeed { message, index, trail };
                trail.within(Step::Field(table.fields[index].name), || access.next_value_seed(field))?;
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
