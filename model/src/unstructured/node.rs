//! What can be read at a path.

use serde_json::{Map, Value};

/// A type that a value of an untyped object can be read as.
pub trait FromNode<'a>: Sized {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// What was expected, such as "a string".
    fn from_node(value: &'a Value) -> Result<Self, &'static str>;

    /// Returns what stands for an absent value; `None` where there must be one.
    fn absent() -> Option<Self> {
        None
    }
}

macro_rules! read {
    ($($type:ty, $what:literal, $read:expr;)*) => {$(
        impl<'a> FromNode<'a> for $type {
            fn from_node(value: &'a Value) -> Result<Self, &'static str> {
                let read: fn(&'a Value) -> Option<Self> = $read;
                read(value).ok_or($what)
            }
        }
    )*};
}

read! {
    &'a str, "a string", Value::as_str;
    String, "a string", |value| value.as_str().map(str::to_owned);
    bool, "true or false", Value::as_bool;
    i64, "a whole number", Value::as_i64;
    i32, "a whole number of 32 bits", |value| value.as_i64()?.try_into().ok();
    u64, "a whole number that is not negative", Value::as_u64;
    usize, "a whole number that is not negative", |value| value.as_u64()?.try_into().ok();
    f64, "a number", Value::as_f64;
    &'a [Value], "a list", |value| value.as_array().map(Vec::as_slice);
    &'a Map<String, Value>, "an object", Value::as_object;
    &'a Value, "a value", Some;
    Value, "a value", |value| Some(value.clone());
}

impl<'a, T: FromNode<'a>> FromNode<'a> for Option<T> {
    fn from_node(value: &'a Value) -> Result<Self, &'static str> {
        if value.is_null() { Ok(None) } else { T::from_node(value).map(Some) }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}
