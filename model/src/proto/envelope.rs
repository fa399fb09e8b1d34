//! What stands around an object in protobuf: `runtime.Unknown` behind four bytes.
//!
//! Source: `pkg/runtime/generated.proto` and `pkg/runtime/serializer/protobuf/protobuf.go` of k8s.io/apimachinery v0.37.2.

use super::{Fields, Payload, length_delimited, text};
use crate::wire::DecodeError;

/// The first bytes of every object.
pub const MAGIC: &[u8; 4] = b"k8s\0";

/// An object that says what it is, and is not decoded yet.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Envelope<'a> {
    pub(crate) api_version: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) raw: &'a [u8],
}

impl<'a> Envelope<'a> {
    /// Reads what stands around an object.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let message = bytes.strip_prefix(MAGIC);
        let message =
            message.ok_or_else(|| DecodeError::new("expected an object in protobuf, found something else"))?;
        Self::parts(message).map_err(DecodeError::new)
    }

    fn parts(message: &'a [u8]) -> Result<Self, &'static str> {
        let mut found = Self::default();
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            match field {
                (1, Payload::Bytes(types)) => (found.api_version, found.kind) = Self::types(types)?,
                (2, Payload::Bytes(raw)) => found.raw = raw,
                (3, Payload::Bytes(encoding)) if !encoding.is_empty() => return Err("the object is encoded once more"),
                _ => {}
            }
        }
        Ok(found)
    }

    /// Reads `runtime.TypeMeta`.
    pub(crate) fn types(message: &'a [u8]) -> Result<(&'a str, &'a str), &'static str> {
        let (mut api_version, mut kind) = ("", "");
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            match field {
                (1, Payload::Bytes(bytes)) => api_version = text(bytes)?,
                (2, Payload::Bytes(bytes)) => kind = text(bytes)?,
                _ => {}
            }
        }
        Ok((api_version, kind))
    }
}

/// Appends an object with what stands around it.
pub(crate) fn write_envelope<T>(
    out: &mut Vec<u8>,
    (api_version, kind): (&str, &str),
    write: impl FnOnce(&mut Vec<u8>) -> T,
) -> T {
    out.extend_from_slice(MAGIC);
    length_delimited(out, 1, |out| {
        length_delimited(out, 1, |out| out.extend_from_slice(api_version.as_bytes()));
        length_delimited(out, 2, |out| out.extend_from_slice(kind.as_bytes()));
    });
    length_delimited(out, 2, write)
}
