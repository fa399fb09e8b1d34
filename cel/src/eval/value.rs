//! Values of expressions.

use std::cmp::Ordering;
use std::net::IpAddr;
use std::rc::Rc;

use super::quantity::Quantity;
use super::semver::Semver;
use super::url::Url;

/// What an expression comes to, or why it comes to nothing.
pub type Outcome = Result<Value, String>;

/// A value of an expression.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the types of CEL")]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    String(Rc<str>),
    Bytes(Rc<[u8]>),
    /// In nanoseconds.
    Duration(i64),
    /// Seconds since 1970, and nanoseconds.
    Timestamp(i64, u32),
    List(Rc<List>),
    Map(Rc<Map>),
    /// A type, by its name.
    Type(Rc<str>),
    Optional(Option<Rc<Value>>),
    Quantity(Quantity),
    Ip(IpAddr),
    Cidr(IpAddr, u8),
    Url(Rc<Url>),
    Semver(Rc<Semver>),
    /// A format, by its name.
    Format(Rc<str>),
    /// Data that does not fit its schema: reading it is an error.
    Bad(Rc<str>),
}

/// The items of a list.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct List {
    /// The items.
    pub items: Vec<Value>,
    /// What makes two lists the same.
    pub kind: ListKind,
}

/// What makes two lists the same.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum ListKind {
    /// The items, in their order.
    #[default]
    Atomic,
    /// The items, in any order.
    Set,
    /// The items by these keys, in any order.
    Keyed(Vec<String>),
}

/// The entries of a map or the fields of an object.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Map {
    /// The entries; those with texts as keys are sorted.
    pub entries: Vec<(Value, Value)>,
    is_sorted: bool,
}

impl Map {
    /// Makes a map.
    pub fn new(mut entries: Vec<(Value, Value)>) -> Self {
        let is_sorted = entries.iter().all(|(key, _)| matches!(key, Value::String(_)));
        if is_sorted {
            entries.sort_by(|(one, _), (other, _)| one.text().cmp(&other.text()));
        }
        Self { entries, is_sorted }
    }

    /// The value at a key.
    pub fn get(&self, key: &Value) -> Option<&Value> {
        if let (true, Value::String(text)) = (self.is_sorted, key) {
            let at = self.entries.binary_search_by(|(key, _)| key.text().cmp(&Some(text))).ok()?;
            return Some(&self.entries[at].1);
        }
        self.entries.iter().find(|(known, _)| equal(known, key)).map(|(_, value)| value)
    }
}

impl Value {
    /// A text.
    pub fn string(text: impl AsRef<str>) -> Self {
        Self::String(text.as_ref().into())
    }

    /// A list in its order.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Rc::new(List { items, kind: ListKind::Atomic }))
    }

    /// A list of a kind.
    pub fn list_of(items: Vec<Self>, kind: ListKind) -> Self {
        Self::List(Rc::new(List { items, kind }))
    }

    /// A map.
    pub fn map(entries: Vec<(Self, Self)>) -> Self {
        Self::Map(Rc::new(Map::new(entries)))
    }

    /// Data that does not fit its schema, and why.
    pub fn bad(why: impl AsRef<str>) -> Self {
        Self::Bad(why.as_ref().into())
    }

    pub(super) fn some(value: Self) -> Self {
        Self::Optional(Some(Rc::new(value)))
    }

    pub(super) fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::list(texts.into_iter().map(Self::string).collect())
    }

    pub(super) fn count(count: usize) -> Self {
        Self::Int(i64::try_from(count).unwrap_or(i64::MAX))
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value, or why it cannot be read.
    pub(super) fn read(self) -> Outcome {
        match self {
            Self::Bad(why) => Err(why.to_string()),
            value => Ok(value),
        }
    }

    /// The name of the type.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null_type",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Uint(_) => "uint",
            Self::Double(_) => "double",
            Self::String(_) => "string",
            Self::Bytes(_) => "bytes",
            Self::Duration(_) => "google.protobuf.Duration",
            Self::Timestamp(..) => "google.protobuf.Timestamp",
            Self::List(_) => "list",
            Self::Map(_) => "map",
            Self::Type(_) => "type",
            Self::Optional(_) => "optional_type",
            Self::Quantity(_) => "kubernetes.Quantity",
            Self::Ip(_) => "net.IP",
            Self::Cidr(..) => "net.CIDR",
            Self::Url(_) => "kubernetes.URL",
            Self::Semver(_) => "kubernetes.Semver",
            Self::Format(_) => "kubernetes.NamedFormat",
            Self::Bad(_) => "error",
        }
    }

    /// Whether an optional of it would be empty, by `optional.ofNonZeroValue`.
    pub(super) fn is_zero(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Bool(truth) => !truth,
            Self::Int(number) => *number == 0,
            Self::Uint(number) => *number == 0,
            Self::Double(number) => *number == 0.0,
            Self::String(text) => text.is_empty(),
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::Duration(nanoseconds) => *nanoseconds == 0,
            Self::List(list) => list.items.is_empty(),
            Self::Map(map) => map.entries.is_empty(),
            Self::Optional(value) => value.is_none(),
            _ => false,
        }
    }
}

/// Whether two values are the same; numbers of several types are compared by their value.
pub(super) fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(one), Value::Bool(other)) => one == other,
        (Value::String(one), Value::String(other))
        | (Value::Type(one), Value::Type(other))
        | (Value::Format(one), Value::Format(other)) => one == other,
        (Value::Bytes(one), Value::Bytes(other)) => one == other,
        (Value::Duration(one), Value::Duration(other)) => one == other,
        (Value::Timestamp(one, of_one), Value::Timestamp(other, of_other)) => (one, of_one) == (other, of_other),
        (Value::List(one), Value::List(other)) => equal_lists(one, other),
        (Value::Map(one), Value::Map(other)) => {
            one.entries.len() == other.entries.len()
                && one.entries.iter().all(|(key, value)| other.get(key).is_some_and(|found| equal(value, found)))
        }
        (Value::Optional(one), Value::Optional(other)) => match (one, other) {
            (Some(one), Some(other)) => equal(one, other),
            (None, None) => true,
            _ => false,
        },
        (Value::Quantity(one), Value::Quantity(other)) => one.compare(other) == Ordering::Equal,
        (Value::Ip(one), Value::Ip(other)) => one == other,
        (Value::Cidr(one, length), Value::Cidr(other, of_other)) => one == other && length == of_other,
        (Value::Url(one), Value::Url(other)) => one == other,
        (Value::Semver(one), Value::Semver(other)) => one.compare(other) == Ordering::Equal,
        _ => compare_numbers(one, other) == Some(Ordering::Equal),
    }
}

fn equal_lists(one: &List, other: &List) -> bool {
    if one.items.len() != other.items.len() {
        return false;
    }
    match &one.kind {
        ListKind::Atomic => one.items.iter().zip(&other.items).all(|(one, other)| equal(one, other)),
        ListKind::Set => one.items.iter().all(|item| other.items.iter().any(|found| equal(item, found))),
        ListKind::Keyed(keys) => one.items.iter().all(|item| {
            let found = other.items.iter().find(|found| same_keys(keys, item, found));
            found.is_some_and(|found| equal(item, found))
        }),
    }
}

/// Whether two items of a keyed list are of the same keys.
pub(super) fn same_keys(keys: &[String], one: &Value, other: &Value) -> bool {
    let (Value::Map(one), Value::Map(other)) = (one, other) else { return false };
    keys.iter().all(|key| {
        let key = Value::string(key);
        match (one.get(&key), other.get(&key)) {
            (Some(one), Some(other)) => equal(one, other),
            (None, None) => true,
            _ => false,
        }
    })
}

/// The order of two values; none where they have none.
pub(super) fn compare(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::Bool(one), Value::Bool(other)) => Some(one.cmp(other)),
        (Value::String(one), Value::String(other)) => Some(one.cmp(other)),
        (Value::Bytes(one), Value::Bytes(other)) => Some(one.cmp(other)),
        (Value::Duration(one), Value::Duration(other)) => Some(one.cmp(other)),
        (Value::Timestamp(one, of_one), Value::Timestamp(other, of_other)) => {
            Some((one, of_one).cmp(&(other, of_other)))
        }
        _ => compare_numbers(one, other),
    }
}

#[expect(clippy::cast_precision_loss, reason = "as the server compares them")]
fn compare_numbers(one: &Value, other: &Value) -> Option<Ordering> {
    Some(match (one, other) {
        (Value::Int(one), Value::Int(other)) => one.cmp(other),
        (Value::Uint(one), Value::Uint(other)) => one.cmp(other),
        (Value::Int(one), Value::Uint(other)) => i128::from(*one).cmp(&i128::from(*other)),
        (Value::Uint(one), Value::Int(other)) => i128::from(*one).cmp(&i128::from(*other)),
        (Value::Double(one), Value::Double(other)) => return one.partial_cmp(other),
        (Value::Double(one), Value::Int(other)) => return one.partial_cmp(&(*other as f64)),
        (Value::Double(one), Value::Uint(other)) => return one.partial_cmp(&(*other as f64)),
        (Value::Int(one), Value::Double(other)) => return (*one as f64).partial_cmp(other),
        (Value::Uint(one), Value::Double(other)) => return (*one as f64).partial_cmp(other),
        _ => return None,
    })
}
