//! `meta/v1 Status` in protobuf.
//!
//! Source: `pkg/apis/meta/v1/generated.proto` of k8s.io/apimachinery v0.37.2.

use super::{Envelope, Fields, Payload, text};
use crate::reflect::decode_proto_part;
use crate::status::{Status, StatusCause, StatusDetails};
use crate::wire::DecodeError;

/// Reads a `Status` in its envelope.
pub(crate) fn read_status(bytes: &[u8]) -> Result<Status, DecodeError> {
    let envelope = Envelope::read(bytes)?;
    if (envelope.api_version, envelope.kind) != ("v1", "Status") {
        return Err(DecodeError::wrong_type(("v1", "Status"), (envelope.api_version, envelope.kind)));
    }
    let mut status = Status::default();
    let mut fields = Fields::of(envelope.raw);
    while let Some(field) = fields.next().map_err(DecodeError::new)? {
        match field {
            (1, Payload::Bytes(bytes)) => decode_proto_part(&mut status.metadata, bytes)?,
            (2, Payload::Bytes(bytes)) => status.status = text(bytes).map_err(DecodeError::new)?.into(),
            (3, Payload::Bytes(bytes)) => status.message = text(bytes).map_err(DecodeError::new)?.into(),
            (4, Payload::Bytes(bytes)) => status.reason = text(bytes).map_err(DecodeError::new)?.into(),
            (5, Payload::Bytes(bytes)) => status.details = Some(Box::new(details(bytes).map_err(DecodeError::new)?)),
            (6, Payload::Varint(code)) => status.code = u16::try_from(code).unwrap_or_default(),
            _ => {}
        }
    }
    Ok(status)
}

fn details(message: &[u8]) -> Result<StatusDetails, &'static str> {
    let mut details = StatusDetails::default();
    let mut fields = Fields::of(message);
    while let Some(field) = fields.next()? {
        match field {
            (1, Payload::Bytes(bytes)) => details.name = text(bytes)?.into(),
            (2, Payload::Bytes(bytes)) => details.group = text(bytes)?.into(),
            (3, Payload::Bytes(bytes)) => details.kind = text(bytes)?.into(),
            (4, Payload::Bytes(bytes)) => details.causes.push(cause(bytes)?),
            (5, Payload::Varint(seconds)) => details.retry_after_seconds = u32::try_from(seconds).unwrap_or_default(),
            (6, Payload::Bytes(bytes)) => details.uid = text(bytes)?.into(),
            _ => {}
        }
    }
    Ok(details)
}

fn cause(message: &[u8]) -> Result<StatusCause, &'static str> {
    let mut cause = StatusCause::default();
    let mut fields = Fields::of(message);
    while let Some(field) = fields.next()? {
        match field {
            (1, Payload::Bytes(bytes)) => cause.reason = text(bytes)?.into(),
            (2, Payload::Bytes(bytes)) => cause.message = text(bytes)?.into(),
            (3, Payload::Bytes(bytes)) => cause.field = text(bytes)?.into(),
            _ => {}
        }
    }
    Ok(cause)
}
