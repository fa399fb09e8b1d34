//! A number or a text.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::str::Str;

/// An integer, or a string such as the name of a port or a percentage.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the name says what it holds")]
pub enum IntOrString {
    /// The integer.
    Int(i32),
    /// The string.
    String(Str),
}

impl IntOrString {
    /// Returns the share of a total that a percentage such as `25%` stands for, rounded down, or the integer itself.
    ///
    /// `None` if it is a string and no percentage. Source: `GetScaledValueFromIntOrPercent` in apimachinery's `util/intstr`.
    pub fn scaled(&self, total: i32, round: Rounding) -> Option<i32> {
        let text = match self {
            Self::Int(value) => return Some(*value),
            Self::String(text) => text,
        };
        let percent: i64 = text.strip_suffix('%')?.parse().ok()?;
        let product = percent.checked_mul(total.into())?;
        let share = match round {
            Rounding::Down => product.div_euclid(100),
            Rounding::Up => -(-product).div_euclid(100),
        };
        share.try_into().ok()
    }
}

/// Where a share that is no whole number goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there are two directions")]
pub enum Rounding {
    /// To the next smaller number.
    Down,
    /// To the next greater number.
    Up,
}

impl Default for IntOrString {
    fn default() -> Self {
        Self::Int(0)
    }
}

impl From<i32> for IntOrString {
    fn from(value: i32) -> Self {
        Self::Int(value)
    }
}

impl From<&str> for IntOrString {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<String> for IntOrString {
    fn from(text: String) -> Self {
        Self::String(text.into())
    }
}

impl fmt::Display for IntOrString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(value) => fmt::Display::fmt(value, f),
            Self::String(text) => fmt::Display::fmt(text, f),
        }
    }
}

impl Serialize for IntOrString {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Int(value) => serializer.serialize_i32(*value),
            Self::String(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for IntOrString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IntOrStringVisitor)
    }
}

struct IntOrStringVisitor;

impl de::Visitor<'_> for IntOrStringVisitor {
    type Value = IntOrString;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a 32-bit integer or a string")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<IntOrString, E> {
        let narrow = i32::try_from(value);
        narrow.map(IntOrString::Int).map_err(|_| E::invalid_value(de::Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<IntOrString, E> {
        let narrow = i32::try_from(value);
        narrow.map(IntOrString::Int).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(value), &self))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<IntOrString, E> {
        Ok(text.into())
    }
}

impl schemars::JsonSchema for IntOrString {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "IntOrString".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schema().try_into().unwrap_or_default()
    }
}

/// The schema of an integer or a string.
pub(crate) fn schema() -> serde_json::Value {
    serde_json::json!({ "x-kubernetes-int-or-string": true, "anyOf": [{ "type": "integer" }, { "type": "string" }] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_shares_of_the_total() {
        assert_eq!(IntOrString::from("25%").scaled(10, Rounding::Down), Some(2));
        assert_eq!(IntOrString::from("25%").scaled(10, Rounding::Up), Some(3));
        assert_eq!(IntOrString::from(7).scaled(10, Rounding::Up), Some(7));
        assert_eq!(IntOrString::from("web").scaled(10, Rounding::Up), None);
    }

    #[test]
    fn numbers_outside_of_32_bits_are_refused() {
        assert!(serde_json::from_str::<IntOrString>("3000000000").is_err());
        assert_eq!(serde_json::from_str::<IntOrString>("80").unwrap(), IntOrString::Int(80));
    }
}
