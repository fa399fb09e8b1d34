//! What can be read at a path.

use serde_json::Value;

use super::Node;
use crate::map::Map;
use crate::str::Str;

/// A type that a value of an untyped object can be read as.
pub trait FromNode<'a>: Sized {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// What was expected, such as "a string".
    fn from_node(value: &'a Node) -> Result<Self, &'static str>;

    /// Returns what stands for an absent value; `None` where there must be one.
    fn absent() -> Option<Self> {
        None
    }
}

macro_rules! read {
    ($($type:ty, $what:literal, $read:expr;)*) => {$(
        impl<'a> FromNode<'a> for $type {
            fn from_node(value: &'a Node) -> Result<Self, &'static str> {
                let read: fn(&'a Node) -> Option<Self> = $read;
                read(value).ok_or($what)
            }
        }
    )*};
}

read! {
    &'a str, "a string", Node::as_str;
    String, "a string", |node| node.as_str().map(str::to_owned);
    Str, "a string", |node| node.as_str().map(Str::from);
    bool, "true or false", Node::as_bool;
    i64, "a whole number", Node::as_i64;
    i32, "a whole number of 32 bits", |node| node.as_i64()?.try_into().ok();
    u64, "a whole number that is not negative", Node::as_u64;
    usize, "a whole number that is not negative", |node| node.as_u64()?.try_into().ok();
    f64, "a number", Node::as_f64;
    &'a [Node], "a list", Node::as_list;
    &'a Map<Node>, "an object", Node::as_map;
    &'a Node, "a value", Some;
    Node, "a value", |node| Some(node.clone());
    Value, "a value", |node| Some(node.clone().into());
}

impl<'a, T: FromNode<'a>> FromNode<'a> for Option<T> {
    fn from_node(value: &'a Node) -> Result<Self, &'static str> {
        if value.is_null() { Ok(None) } else { T::from_node(value).map(Some) }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}
