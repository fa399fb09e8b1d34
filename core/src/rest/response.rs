//! An answer that has arrived whole.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use kubist_model::wire::decode_document;
use kubist_model::{DecodeError, Format, List, ManagedFields, ResourceInfo, Wire};
use serde::de::DeserializeOwned;

use super::Warning;
use super::send::format_of;
use crate::error::{Context, Error, Kind, Result, Unexpected};

/// The answer to a request that succeeded.
#[derive(Clone, Debug)]
pub struct Response {
    answer: http::Response<Bytes>,
    context: Context,
    managed_fields: ManagedFields,
}

impl Response {
    pub(super) fn new(answer: http::Response<Bytes>, context: Context, managed_fields: ManagedFields) -> Self {
        Self { answer, context, managed_fields }
    }

    /// Returns the status code, one of success.
    pub fn status(&self) -> StatusCode {
        self.answer.status()
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        self.answer.headers()
    }

    /// Returns what the server warns of: deprecated versions, unknown fields.
    pub fn warnings(&self) -> Vec<Warning> {
        Warning::all(self.headers())
    }

    /// Returns the body.
    pub fn bytes(&self) -> &Bytes {
        self.answer.body()
    }

    /// Returns the format of the body.
    fn format(&self) -> Format {
        format_of(self.headers())
    }

    /// Returns the body as text.
    ///
    /// # Errors
    ///
    /// A body that is not UTF-8.
    pub fn text(&self) -> Result<&str> {
        std::str::from_utf8(self.bytes()).map_err(|_| self.broken(DecodeError::new("the body is not UTF-8")))
    }

    /// Decodes the body as an object and checks its `apiVersion` and `kind`.
    ///
    /// Managed fields are left out unless the request asked for them.
    ///
    /// # Errors
    ///
    /// What stood there instead.
    pub fn into<K: Wire>(self) -> Result<K> {
        decode_document(self.bytes(), self.format(), self.managed_fields).map_err(|error| self.broken(error))
    }

    /// Decodes the body as a list of whatever kind it says.
    ///
    /// # Errors
    ///
    /// What stood there instead; the path names the item.
    pub fn list<K: Wire>(self) -> Result<List<K>> {
        List::decode_any(self.bytes(), self.format(), self.managed_fields).map_err(|error| self.broken(error))
    }

    /// Decodes the body as a list of one kind.
    pub(crate) fn list_of<K: Wire>(self, kind: &ResourceInfo) -> Result<List<K>> {
        List::decode(self.bytes(), self.format(), self.managed_fields, kind).map_err(|error| self.broken(error))
    }

    /// Decodes the body as JSON of any shape.
    ///
    /// # Errors
    ///
    /// What stood there instead.
    pub fn json<T: DeserializeOwned>(self) -> Result<T> {
        serde_json::from_slice(self.bytes()).map_err(|error| self.broken(error.into()))
    }

    /// Tells an answer of another format, or half of one, from one that does not fit the type.
    fn broken(&self, error: DecodeError) -> Error {
        let body = self.bytes();
        let unexpected = |problem| {
            Error::new(Kind::Unexpected(Unexpected::new(self.status().as_u16(), self.headers(), body, problem)))
        };
        let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
        let error = match first {
            None => unexpected("the answer is empty"),
            Some(b'{' | b'[') if is_cut_off(body) => {
                Error::decode(DecodeError::new(format!("it ends in the middle, after {} bytes", body.len())))
            }
            Some(b'{' | b'[') => Error::decode(error),
            Some(_) if self.format() == Format::Protobuf => Error::decode(error),
            Some(_) => unexpected("the answer is not the API server's"),
        };
        error.in_context(|| self.context.clone())
    }
}

fn is_cut_off(body: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(body).is_err_and(|error| error.is_eof())
}
