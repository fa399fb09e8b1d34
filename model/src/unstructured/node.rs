//! A value of an untyped object.

use std::fmt;
use std::ops::{Deref, DerefMut, Index, IndexMut};

use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;
use thin_vec::ThinVec;

use crate::map::Map;
use crate::str::Str;

/// A value of JSON, kept small: 16 bytes, short texts and keys without an allocation, lists and maps without room to spare.
///
/// It is what [`Unstructured`](crate::Unstructured) is made of, and converts from and to [`serde_json::Value`].
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub enum Node {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A whole number that is too large for [`Node::Integer`].
    Unsigned(u64),
    /// A number with a fraction or an exponent.
    Float(f64),
    /// A text.
    Text(Str),
    /// A list.
    List(Nodes),
    /// An object, sorted by its keys.
    Map(Map<Node>),
}

/// The items of a [`Node::List`]: a list in one word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Nodes(ThinVec<Node>);

impl Nodes {
    /// Takes an item out; the later ones move up.
    ///
    /// # Panics
    ///
    /// If there is no such item.
    pub fn remove(&mut self, at: usize) -> Node {
        self.0.remove(at)
    }

    /// Takes items whose number is known, and no more room than they need.
    pub(super) fn exactly(items: impl ExactSizeIterator<Item = Node>) -> Self {
        let mut all = ThinVec::with_capacity(items.len());
        all.extend(items);
        Self(all)
    }

    /// Adds an item at the end.
    pub fn push(&mut self, item: impl Into<Node>) {
        self.0.push(item.into());
    }
}

impl Deref for Nodes {
    type Target = [Node];

    fn deref(&self) -> &[Node] {
        &self.0
    }
}

impl DerefMut for Nodes {
    fn deref_mut(&mut self) -> &mut [Node] {
        &mut self.0
    }
}

impl<T: Into<Node>> FromIterator<T> for Nodes {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().map(Into::into).collect())
    }
}

/// What a missing field reads as.
static NULL: Node = Node::Null;

impl Node {
    /// Tells whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns the truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    /// Returns the whole number, if it is one that fits.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// Returns the whole number, if it is one that is not negative.
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Integer(number) => u64::try_from(*number).ok(),
            Self::Unsigned(number) => Some(*number),
            _ => None,
        }
    }

    /// Returns the number, if it is one; large whole numbers lose their last digits.
    #[expect(clippy::cast_precision_loss, reason = "said in the documentation")]
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(*number as f64),
            Self::Unsigned(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }

    /// Returns the text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the items, if it is a list.
    pub fn as_list(&self) -> Option<&[Node]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the items to write to, if it is a list.
    pub fn as_list_mut(&mut self) -> Option<&mut Nodes> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the fields, if it is an object.
    pub fn as_map(&self) -> Option<&Map<Node>> {
        match self {
            Self::Map(fields) => Some(fields),
            _ => None,
        }
    }

    /// Returns the fields to write to, if it is an object.
    pub fn as_map_mut(&mut self) -> Option<&mut Map<Node>> {
        match self {
            Self::Map(fields) => Some(fields),
            _ => None,
        }
    }

    /// Returns a field, if it is an object that has it.
    pub fn get(&self, field: &str) -> Option<&Node> {
        self.as_map()?.get(field)
    }

    /// Makes it an object, if it is none, and returns the fields to write to.
    pub(crate) fn make_map(&mut self) -> &mut Map<Node> {
        if !matches!(self, Self::Map(_)) {
            *self = Self::Map(Map::new());
        }
        match self {
            Self::Map(fields) => fields,
            _ => unreachable!("it was made one"),
        }
    }
}

impl fmt::Debug for Node {
    /// Prints it as JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(truth) => fmt::Debug::fmt(truth, f),
            Self::Integer(number) => fmt::Debug::fmt(number, f),
            Self::Unsigned(number) => fmt::Debug::fmt(number, f),
            Self::Float(number) => fmt::Debug::fmt(number, f),
            Self::Text(text) => fmt::Debug::fmt(text, f),
            Self::List(items) => fmt::Debug::fmt(&items.0, f),
            Self::Map(fields) => fmt::Debug::fmt(fields, f),
        }
    }
}

impl Index<&str> for Node {
    type Output = Node;

    /// Returns a field; `null` where there is none.
    fn index(&self, field: &str) -> &Node {
        self.get(field).unwrap_or(&NULL)
    }
}

impl IndexMut<&str> for Node {
    /// Returns a field to write to; makes it, and the object around it if this is `null`.
    ///
    /// # Panics
    ///
    /// If this is something else than an object or `null`.
    fn index_mut(&mut self, field: &str) -> &mut Node {
        if self.is_null() {
            *self = Self::Map(Map::new());
        }
        match self {
            Self::Map(fields) => fields.entry(field),
            other => panic!("no field {field:?} in {other:?}"),
        }
    }
}

impl Index<usize> for Node {
    type Output = Node;

    /// Returns an item; `null` where there is none.
    fn index(&self, at: usize) -> &Node {
        self.as_list().and_then(|items| items.get(at)).unwrap_or(&NULL)
    }
}

macro_rules! from {
    ($($type:ty => |$value:ident| $node:expr;)*) => {$(
        impl From<$type> for Node {
            fn from($value: $type) -> Self {
                $node
            }
        }
    )*};
}

from! {
    bool => |truth| Self::Bool(truth);
    i32 => |number| Self::Integer(number.into());
    i64 => |number| Self::Integer(number);
    u32 => |number| Self::Integer(number.into());
    u64 => |number| i64::try_from(number).map_or(Self::Unsigned(number), Self::Integer);
    f64 => |number| Self::Float(number);
    &str => |text| Self::Text(text.into());
    String => |text| Self::Text(text.into());
    &String => |text| Self::Text(text.into());
    Str => |text| Self::Text(text);
    Map<Node> => |fields| Self::Map(fields);
}

impl<T: Into<Node>> From<Vec<T>> for Node {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().collect())
    }
}

impl<T: Into<Node>> From<Option<T>> for Node {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(truth) => Self::Bool(truth),
            Value::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(number), _) => Self::Integer(number),
                (None, Some(number)) => Self::Unsigned(number),
                (None, None) => Self::Float(number.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(text) => Self::Text(text.into()),
            Value::Array(items) => items.into(),
            Value::Object(fields) => Self::Map(fields.into_iter().collect()),
        }
    }
}

impl From<Node> for Value {
    fn from(node: Node) -> Self {
        match node {
            Node::Null => Self::Null,
            Node::Bool(truth) => Self::Bool(truth),
            Node::Integer(number) => number.into(),
            Node::Unsigned(number) => number.into(),
            Node::Float(number) => number.into(),
            Node::Text(text) => Self::String(text.into()),
            Node::List(items) => items.0.into_iter().map(Value::from).collect(),
            Node::Map(fields) => {
                fields.into_iter().map(|(key, value)| (String::from(key), Value::from(value))).collect()
            }
        }
    }
}

impl PartialEq<Value> for Node {
    fn eq(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::List(items), Value::Array(values)) => {
                items.len() == values.len() && items.iter().zip(values).all(|(item, value)| item == value)
            }
            (Self::Map(fields), Value::Object(values)) => {
                let equal = |(key, field): (&Str, &Self)| values.get(key.as_str()).is_some_and(|value| field == value);
                fields.len() == values.len() && fields.iter().all(equal)
            }
            (Self::Null, Value::Null) => true,
            (Self::Bool(truth), Value::Bool(value)) => truth == value,
            (Self::Text(text), Value::String(value)) => text == value,
            (Self::Integer(number), Value::Number(value)) => value.as_i64() == Some(*number),
            (Self::Unsigned(number), Value::Number(value)) => value.as_u64() == Some(*number),
            (Self::Float(number), Value::Number(value)) => value.is_f64() && value.as_f64() == Some(*number),
            _ => false,
        }
    }
}

impl PartialEq<str> for Node {
    fn eq(&self, text: &str) -> bool {
        self.as_str() == Some(text)
    }
}

impl PartialEq<&str> for Node {
    fn eq(&self, text: &&str) -> bool {
        self.as_str() == Some(text)
    }
}

impl PartialEq<i64> for Node {
    fn eq(&self, number: &i64) -> bool {
        self.as_i64() == Some(*number)
    }
}

impl PartialEq<bool> for Node {
    fn eq(&self, truth: &bool) -> bool {
        self.as_bool() == Some(*truth)
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(truth) => serializer.serialize_bool(*truth),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Unsigned(number) => serializer.serialize_u64(*number),
            Self::Float(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items.iter() {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Map(fields) => fields.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> de::Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Node, E> {
        Ok(truth.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(number.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Node, E> {
        Ok(text.into())
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut items = ThinVec::with_capacity(access.size_hint().unwrap_or(0).min(1024));
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        items.shrink_to_fit();
        Ok(Node::List(Nodes(items)))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, access: A) -> Result<Node, A::Error> {
        Map::deserialize(de::value::MapAccessDeserializer::new(access)).map(Node::Map)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::Node;

    #[test]
    fn a_node_is_as_small_as_a_string() {
        assert_eq!(size_of::<Node>(), 16);
    }

    #[test]
    fn numbers_keep_what_they_are() {
        let node: Node = serde_json::from_str("[1, -1, 18446744073709551615, 1.0, 1e3]").unwrap();
        assert_eq!(node[2].as_u64(), Some(u64::MAX));
        assert_eq!((node[0].as_u64(), node[1].as_u64(), node[3].as_i64()), (Some(1), None, None));
        assert_eq!(serde_json::to_string(&node).unwrap(), "[1,-1,18446744073709551615,1.0,1000.0]");
    }

    #[test]
    fn a_missing_field_reads_as_null_and_is_made_when_it_is_written() {
        let mut node = Node::Null;
        node["status"]["ready"] = true.into();
        assert_eq!(node, json!({"status": {"ready": true}}));
        assert!(node["spec"]["host"].is_null());
        assert_eq!(node["status"]["ready"], true);
    }

    #[test]
    fn the_last_of_two_equal_keys_stays() {
        let node: Node = serde_json::from_str(r#"{"b": 1, "a": 2, "b": 3}"#).unwrap();
        assert_eq!(serde_json::to_string(&node).unwrap(), r#"{"a":2,"b":3}"#);
    }

    fn tree() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_filter("JSON has no NaN", |number| number.is_finite()).prop_map(Value::from),
            ".{0,40}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(".{0,30}", inner, 0..6).prop_map(|fields| fields.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_node_is_the_same_as_the_value_that_it_was_made_from(value in tree()) {
            let node = Node::from(value.clone());
            let text = serde_json::to_string(&value).unwrap();
            prop_assert_eq!(&serde_json::to_string(&node).unwrap(), &text);
            let read: Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(serde_json::from_str::<Node>(&text).unwrap(), Node::from(read));
            prop_assert!(node == value);
            prop_assert_eq!(Value::from(node), value);
        }
    }
}
