//! The string of the API types.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;

use lean_string::LeanStr;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::seen;

/// A string of two words that keeps up to 16 bytes in place.
///
/// Most strings of an object are short: names, label values, enumerations. Longer ones are counted references, so that a clone costs no copy,
/// and the objects of a list hold what they have in common once. It behaves like `String` where it is read; `"web".into()` makes one.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Str(LeanStr);

impl Str {
    /// Returns an empty string.
    pub const fn new() -> Self {
        Self(LeanStr::new())
    }

    /// Makes a string of a literal, at compile time.
    pub const fn literal(text: &'static str) -> Self {
        Self(LeanStr::from_static_str(text))
    }

    /// Makes a string that was read; if an equal one was read lately, both share their text.
    #[inline]
    pub(crate) fn read(text: &str) -> Self {
        if text.len() <= IN_PLACE { text.into() } else { seen::find(text) }
    }

    /// Makes a string of bytes that were read; `text` is asked what text they are, unless an equal one was read lately.
    #[inline]
    pub(crate) fn read_bytes<'t>(bytes: &[u8], text: impl FnOnce() -> Option<&'t str>) -> Option<Self> {
        if bytes.len() <= IN_PLACE { text().map(Self::from) } else { seen::find_bytes(bytes, text) }
    }

    /// Returns the text.
    #[inline]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Appends to the text.
    pub fn push_str(&mut self, text: &str) {
        let mut all = std::mem::take(&mut self.0).into_lean_string();
        all.push_str(text);
        self.0 = all.into_lean_str();
    }
}

/// How many bytes need no memory of their own.
const IN_PLACE: usize = size_of::<Str>();

impl Deref for Str {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Str {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for Str {
    #[inline]
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl From<&str> for Str {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Str {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&String> for Str {
    fn from(text: &String) -> Self {
        Self(text.as_str().into())
    }
}

impl From<&Str> for Str {
    fn from(text: &Str) -> Self {
        text.clone()
    }
}

impl From<Cow<'_, str>> for Str {
    fn from(text: Cow<'_, str>) -> Self {
        Self(text.into())
    }
}

impl From<Str> for String {
    fn from(text: Str) -> Self {
        text.as_str().to_owned()
    }
}

impl From<&Str> for String {
    fn from(text: &Str) -> Self {
        text.as_str().to_owned()
    }
}

macro_rules! compare {
    ($($other:ty),*) => {$(
        impl PartialEq<$other> for Str {
            fn eq(&self, other: &$other) -> bool {
                self.as_str() == AsRef::<str>::as_ref(other)
            }
        }
        impl PartialEq<Str> for $other {
            fn eq(&self, other: &Str) -> bool {
                AsRef::<str>::as_ref(self) == other.as_str()
            }
        }
    )*};
}
compare!(str, &str, String, Cow<'_, str>);

impl Serialize for Str {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Str {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(StrVisitor)
    }
}

struct StrVisitor;

impl de::Visitor<'_> for StrVisitor {
    type Value = Str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Str, E> {
        Ok(text.into())
    }
}

impl schemars::JsonSchema for Str {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "string".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_texts_compare_with_every_kind_of_string() {
        for text in ["", "web", "a name that is longer than the sixteen bytes in place"] {
            let made: Str = text.into();
            assert_eq!(made, *text);
            assert_eq!(made, text);
            assert_eq!(made, text.to_owned());
            assert_eq!(String::from(made), text);
        }
    }

    #[test]
    fn an_optional_string_is_as_small_as_a_string() {
        assert_eq!(size_of::<Str>(), 16);
        assert_eq!(size_of::<Option<Str>>(), 16);
    }
}
