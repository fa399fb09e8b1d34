//! Types of expressions.

use std::fmt;
use std::sync::Arc;

use crate::declared::Declared;

/// The type of an expression.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the types of CEL")]
pub enum Type {
    /// What has no type, since there is a mistake in it.
    Error,
    /// Anything; known when the expression runs.
    Dyn,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Duration,
    Timestamp,
    List(Arc<Type>),
    Map(Arc<(Type, Type)>),
    /// An object with the fields that a schema declares.
    Object(Arc<Declared>),
    /// The type of types.
    Type(Option<Arc<Type>>),
    /// Types of the libraries, by their names: `kubernetes.Quantity`, `optional_type(int)`.
    Opaque(&'static str, Arc<[Type]>),
    /// A type that follows from use: a parameter of an overload, or the item of an empty list.
    Param(Param),
}

/// What stands for a type that is not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a letter of a signature, or its use in one call")]
pub enum Param {
    /// The letter that a signature has.
    Letter(u8),
    /// One use of it.
    Fresh(usize),
}

/// The name of the type of optional values.
pub(crate) const OPTIONAL: &str = "optional_type";

impl Type {
    /// A list of a type.
    #[must_use]
    pub fn list(item: Self) -> Self {
        Self::List(Arc::new(item))
    }

    /// A map from one type to another.
    #[must_use]
    pub fn map(key: Self, value: Self) -> Self {
        Self::Map(Arc::new((key, value)))
    }

    /// A value of a type, or none.
    #[must_use]
    pub fn optional(value: Self) -> Self {
        Self::Opaque(OPTIONAL, Arc::new([value]))
    }

    pub(crate) fn as_optional(&self) -> Option<&Self> {
        match self {
            Self::Opaque(OPTIONAL, parameters) => parameters.first(),
            _ => None,
        }
    }

    pub(crate) fn is_dyn(&self) -> bool {
        matches!(self, Self::Dyn)
    }

    pub(crate) fn is_dyn_or_error(&self) -> bool {
        matches!(self, Self::Dyn | Self::Error)
    }

    /// Whether two types are the same, as they stand.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::List(a), Self::List(b)) => a.is(b),
            (Self::Map(a), Self::Map(b)) => a.0.is(&b.0) && a.1.is(&b.1),
            (Self::Object(a), Self::Object(b)) => Arc::ptr_eq(a, b),
            (Self::Type(a), Self::Type(b)) => match (a, b) {
                (Some(a), Some(b)) => a.is(b),
                (None, None) => true,
                _ => false,
            },
            (Self::Opaque(a, of_a), Self::Opaque(b, of_b)) => {
                a == b && of_a.len() == of_b.len() && of_a.iter().zip(&**of_b).all(|(a, b)| a.is(b))
            }
            (Self::Param(a), Self::Param(b)) => a == b,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "!error!",
            Self::Dyn => "dyn",
            Self::Null => "null",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Uint => "uint",
            Self::Double => "double",
            Self::String => "string",
            Self::Bytes => "bytes",
            Self::Duration => "duration",
            Self::Timestamp => "timestamp",
            Self::Object(declared) => &declared.name,
            Self::List(item) => return write!(f, "list({item})"),
            Self::Map(types) => return write!(f, "map({}, {})", types.0, types.1),
            Self::Type(None) => "type",
            Self::Type(Some(of)) => return write!(f, "type({of})"),
            Self::Opaque(name, parameters) if parameters.is_empty() => name,
            Self::Opaque(name, parameters) => {
                let parameters: Vec<String> = parameters.iter().map(ToString::to_string).collect();
                return write!(f, "{name}({})", parameters.join(", "));
            }
            Self::Param(Param::Letter(letter)) => return write!(f, "{}", char::from(*letter)),
            Self::Param(Param::Fresh(number)) => return write!(f, "_var{number}"),
        })
    }
}
