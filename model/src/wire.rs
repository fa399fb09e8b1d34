//! How objects become bytes and come back.

use std::fmt;

use crate::json::is_space;
use crate::managed_fields::ManagedFields;

/// A format of bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// `application/json`.
    Json,
    /// `application/vnd.kubernetes.protobuf`, for built-in kinds.
    Protobuf,
}

/// A value that goes over the wire.
///
/// It is not serde, so that built-in kinds decode through one interpreter, compiled once.
pub trait Wire: Sized {
    /// The formats that this type understands, the preferred one first.
    const FORMATS: &'static [Format] = &[Format::Json];

    /// Decodes a whole document and checks its `apiVersion` and `kind`.
    ///
    /// # Errors
    ///
    /// The path and what stood there, or the kind that was found where another was expected.
    fn decode(bytes: &[u8], format: Format) -> Result<Self, DecodeError>;

    /// Decodes a whole document without its managed fields.
    ///
    /// # Errors
    ///
    /// As for [`Wire::decode`].
    fn decode_unmanaged(bytes: &[u8], format: Format) -> Result<Self, DecodeError> {
        Self::decode(&ManagedFields::Skip.of(bytes, format), format)
    }

    /// Decodes an item of a list, which may leave its `apiVersion` and `kind` to the list.
    ///
    /// `item_type` is the `apiVersion` and `kind` that the list is of; the kind is empty where the list does not say.
    ///
    /// # Errors
    ///
    /// As for [`Wire::decode`], but absent `apiVersion` and `kind` are taken for the right ones.
    fn decode_item(bytes: &[u8], format: Format, item_type: (&str, &str)) -> Result<Self, DecodeError>;

    /// Decodes the object that a text in JSON begins with, in one pass, and returns how long it is.
    ///
    /// `item_type` is that of [`Wire::decode_item`]; without one, the object must say what it is. `None` means that the object is not whole, that
    /// something is wrong with it, or that this type cannot: then the other two are asked, once it is known where the object ends.
    fn decode_prefix(
        text: &str,
        item_type: Option<(&str, &str)>,
        managed_fields: ManagedFields,
    ) -> Option<(Self, usize)> {
        let _ = (text, item_type, managed_fields);
        None
    }

    /// Appends the encoded value.
    ///
    /// # Errors
    ///
    /// The path of a value that the format cannot hold.
    fn encode(&self, format: Format, out: &mut Vec<u8>) -> Result<(), EncodeError>;
}

/// Decodes a whole document, with what is not to be read of it left out.
///
/// # Errors
///
/// As for [`Wire::decode`].
pub fn decode_document<K: Wire>(bytes: &[u8], format: Format, managed_fields: ManagedFields) -> Result<K, DecodeError> {
    if format == Format::Json
        && let Ok(text) = std::str::from_utf8(bytes)
        && let Some((object, length)) = K::decode_prefix(text, None, managed_fields)
        && text.bytes().skip(length).all(is_space)
    {
        return Ok(object);
    }
    match managed_fields {
        ManagedFields::Skip => K::decode_unmanaged(bytes, format),
        ManagedFields::Keep => K::decode(bytes, format),
    }
}

/// What stands in the way of a value.
#[derive(Debug)]
pub struct DecodeError(Box<DecodeErrorInner>);

#[derive(Debug)]
struct DecodeErrorInner {
    path: String,
    /// Of what object, where it is one of many.
    object: String,
    problem: String,
}

impl DecodeError {
    /// Makes one of what is wrong.
    pub fn new(problem: impl Into<String>) -> Self {
        Self(Box::new(DecodeErrorInner { path: String::new(), object: String::new(), problem: problem.into() }))
    }

    /// Says that another kind stood where one was expected.
    pub fn wrong_type(expected: (&str, &str), found: (&str, &str)) -> Self {
        let problem = match found {
            ("", "") => format!("expected {} {}, found no apiVersion and kind", expected.0, expected.1),
            _ => format!("expected {} {}, found {} {}", expected.0, expected.1, found.0, found.1),
        };
        Self::new(problem)
    }

    /// Puts the place in front of the path: `.spec`, `.items[3]`.
    #[must_use]
    pub fn at(mut self, place: &str) -> Self {
        self.0.path.insert_str(0, place);
        self
    }

    /// Says of which object it is, where it is one of many.
    #[must_use]
    pub fn of(mut self, name: &str, namespace: &str) -> Self {
        self.0.object = if namespace.is_empty() { format!("{name:?}") } else { format!("{name:?} in {namespace:?}") };
        self
    }

    /// Returns the path to the place, such as `.spec.containers[0].image`; empty for the whole document.
    pub fn path(&self) -> &str {
        &self.0.path
    }
}

/// Returns the text that a document in JSON is. To check it once is much cheaper than to check each string in it.
///
/// # Errors
///
/// Bytes that are no UTF-8, with the place of the first one.
pub fn json_text(bytes: &[u8]) -> Result<&str, DecodeError> {
    std::str::from_utf8(bytes).map_err(|error| no_utf8(error.valid_up_to()))
}

pub(crate) fn no_utf8(at: usize) -> DecodeError {
    DecodeError::new(format!("expected JSON, found no UTF-8 at byte {at}"))
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            f.write_str(&self.0.path)?;
            if !self.0.object.is_empty() {
                write!(f, " of {}", self.0.object)?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.0.problem)
    }
}

impl std::error::Error for DecodeError {}

impl From<serde_json::Error> for DecodeError {
    fn from(error: serde_json::Error) -> Self {
        Self::new(error.to_string())
    }
}

/// A value that a format cannot hold.
#[derive(Debug)]
pub struct EncodeError(Box<str>);

impl EncodeError {
    /// Makes one of what is wrong.
    pub fn new(problem: impl Into<Box<str>>) -> Self {
        Self(problem.into())
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EncodeError {}

impl From<serde_json::Error> for EncodeError {
    fn from(error: serde_json::Error) -> Self {
        Self::new(error.to_string())
    }
}
