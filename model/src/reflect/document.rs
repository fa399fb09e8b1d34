//! Objects in the formats of the wire.

use super::{Message, decode_json, decode_proto, encode_json, encode_proto};
use crate::managed_fields::ManagedFields;
use crate::wire::{DecodeError, EncodeError, Format};

/// Reads a document, or an item of a list of a type.
///
/// # Errors
///
/// The path and what stood there, or both kinds if it is another one.
pub fn decode(
    message: &mut dyn Message,
    bytes: &[u8],
    format: Format,
    item_type: Option<(&str, &str)>,
) -> Result<(), DecodeError> {
    match format {
        Format::Json => decode_json(message, bytes, item_type.is_none()),
        Format::Protobuf => decode_proto(message, bytes, item_type, ManagedFields::Keep),
    }
}

/// Reads a document without its managed fields.
///
/// # Errors
///
/// As for [`decode`].
pub fn decode_unmanaged(message: &mut dyn Message, bytes: &[u8], format: Format) -> Result<(), DecodeError> {
    match format {
        Format::Json => decode_json(message, &ManagedFields::Skip.of(bytes, format), true),
        Format::Protobuf => decode_proto(message, bytes, None, ManagedFields::Skip),
    }
}

/// Appends a document.
///
/// # Errors
///
/// A number that JSON cannot hold.
pub fn encode(message: &dyn Message, format: Format, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    match format {
        Format::Json => encode_json(message, out),
        Format::Protobuf => encode_proto(message, out),
    }
}
