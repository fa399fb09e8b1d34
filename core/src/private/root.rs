//! How derived objects are read and written: their types are checked on the way.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use kubist_model::wire::json_text;
use kubist_model::{DecodeError, EncodeError, Format, ManagedFields, Resource, ResourceInfo};
use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer, StrDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::place;

/// Whether `apiVersion` and `kind` must stand in the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "only the derive names it")]
pub enum Types {
    /// They must.
    Required,
    /// They may be left to the list that the object stands in.
    Implied,
}

/// An object that reads itself and says whether its types may be implied.
pub trait Root: Resource + Serialize {
    /// Reads the object and checks its types.
    ///
    /// # Errors
    ///
    /// Another type, or a field that does not decode.
    fn read<'de, D: Deserializer<'de>>(deserializer: D, types: Types) -> Result<Self, D::Error>;

    /// Reads the object that a text in JSON begins with, and returns how long it is; `None` if that is not plainly possible, or not for this type.
    fn read_prefix(text: &str, types: Types, managed_fields: ManagedFields) -> Option<(Self, usize)> {
        let _ = (text, types, managed_fields);
        None
    }
}

/// Decodes a derived object.
///
/// # Errors
///
/// Another type, or a field that does not decode, by its path.
pub fn decode<K: Root>(bytes: &[u8], format: Format, types: Types) -> Result<K, DecodeError> {
    if format != Format::Json {
        return Err(DecodeError::new(format!("{} is read from JSON only", K::info().kind)));
    }
    let mut deserializer = serde_json::Deserializer::from_str(json_text(bytes)?);
    let result = K::read(&mut deserializer, types).and_then(|object| deserializer.end().map(|()| object));
    result.map_err(|error| said(&error, bytes, K::info()))
}

/// Decodes the derived object that a text in JSON begins with; `item_type` is that of the list, if it stands in one.
pub fn decode_prefix<K: Root>(
    text: &str,
    item_type: Option<(&str, &str)>,
    managed_fields: ManagedFields,
) -> Option<(K, usize)> {
    let types = if item_type.is_some() { Types::Implied } else { Types::Required };
    K::read_prefix(text, types, managed_fields)
}

/// Says what is wrong with a document.
fn said(error: &serde_json::Error, bytes: &[u8], expected: &ResourceInfo) -> DecodeError {
    // The wrong type says more than the first field that it does not have.
    let types = serde_json::from_slice::<Found<'_>>(bytes).unwrap_or_default();
    let wrong = |expected: &str, found: &str| !found.is_empty() && found != expected;
    if wrong(&expected.api_version(), &types.api_version) || wrong(&expected.kind, &types.kind) {
        return DecodeError::new(types.mismatch(expected));
    }
    place::located(error, bytes)
}

/// Encodes a derived object.
///
/// # Errors
///
/// What JSON cannot hold.
pub fn encode<K: Root>(object: &K, format: Format, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    if format != Format::Json {
        return Err(EncodeError::new(format!("{} is written as JSON only", K::info().kind)));
    }
    Ok(serde_json::to_writer(out, object)?)
}

/// Reads the fields of an object, and takes `apiVersion` and `kind` out of the stream and checks them on the way.
///
/// # Errors
///
/// Another type, or a field that does not decode.
pub fn read<'de, F, D>(deserializer: D, expected: &'static ResourceInfo, types: Types) -> Result<F, D::Error>
where
    F: DeserializeOwned,
    D: Deserializer<'de>,
{
    deserializer.deserialize_map(RootVisitor { expected, types, fields: PhantomData })
}

struct RootVisitor<F> {
    expected: &'static ResourceInfo,
    types: Types,
    fields: PhantomData<F>,
}

impl<'de, F: DeserializeOwned> Visitor<'de> for RootVisitor<F> {
    type Value = F;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object of the kind {}", self.expected.kind)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<F, A::Error> {
        let mut checked = Checked::new(map, self.expected, self.types);
        F::deserialize(MapAccessDeserializer::new(&mut checked))
    }
}

/// The types that an object says it has; empty where it says nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Found<'a> {
    #[serde(borrow)]
    api_version: Cow<'a, str>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
}

impl Found<'_> {
    fn mismatch(&self, expected: &ResourceInfo) -> String {
        let found = match (self.api_version.as_ref(), self.kind.as_ref()) {
            ("", "") => "no apiVersion and kind".to_owned(),
            ("", kind) => format!("{kind} without apiVersion"),
            (api_version, "") => format!("{api_version} without kind"),
            (api_version, kind) => format!("{api_version} {kind}"),
        };
        format!("expected {} {}, found {found}", expected.api_version(), expected.kind)
    }
}

/// The entries of an object but `apiVersion` and `kind`, which are checked as soon as both are known.
pub(super) struct Checked<'de, A> {
    pub(super) map: A,
    expected: &'static ResourceInfo,
    types: Types,
    found: Found<'de>,
    done: bool,
}

impl<'de, A: MapAccess<'de>> Checked<'de, A> {
    pub(super) fn new(map: A, expected: &'static ResourceInfo, types: Types) -> Self {
        Self { map, expected, types, found: Found::default(), done: false }
    }

    /// Returns the next key that is not of the types.
    pub(super) fn next(&mut self) -> Result<Option<Cow<'de, str>>, A::Error> {
        loop {
            let Some(Text(key)) = self.map.next_key()? else {
                self.check(true)?;
                return Ok(None);
            };
            match key.as_ref() {
                "apiVersion" => self.found.api_version = self.map.next_value::<Text<'de>>()?.0,
                "kind" => self.found.kind = self.map.next_value::<Text<'de>>()?.0,
                _ => return Ok(Some(key)),
            }
            self.check(false)?;
        }
    }

    fn check<E: serde::de::Error>(&mut self, at_end: bool) -> Result<(), E> {
        let both = !self.found.api_version.is_empty() && !self.found.kind.is_empty();
        if self.done || !(both || at_end) {
            return Ok(());
        }
        self.done = true;
        let fits = |found: &str, is_expected: bool| is_expected || (self.types == Types::Implied && found.is_empty());
        let Found { api_version, kind } = &self.found;
        if fits(api_version, self.expected.has_api_version(api_version)) && fits(kind, *kind == *self.expected.kind) {
            return Ok(());
        }
        Err(E::custom(self.found.mismatch(self.expected)))
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for &mut Checked<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let Some(key) = self.next()? else { return Ok(None) };
        match key {
            Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::<A::Error>::new(key)),
            Cow::Owned(key) => seed.deserialize(StrDeserializer::<A::Error>::new(&key)),
        }
        .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }

    fn size_hint(&self) -> Option<usize> {
        self.map.size_hint()
    }
}

/// A text that is borrowed where it can be.
struct Text<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E: serde::de::Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E: serde::de::Error>(self, text: String) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text)))
            }
        }

        deserializer.deserialize_str(TextVisitor)
    }
}
