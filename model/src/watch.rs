//! What a watch tells.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::json::Reader;
use crate::managed_fields::ManagedFields;
use crate::meta::ObjectMeta;
use crate::proto::{Envelope, Fields, Payload, text};
use crate::reflect::decode_proto_part;
use crate::resource_version::ResourceVersion;
use crate::status::Status;
use crate::wire::{DecodeError, Format, Wire};

/// One event of a watch.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum WatchEvent<K> {
    /// An object appeared, or began to match the selector.
    Added(K),
    /// An object changed.
    Modified(K),
    /// An object went, or no longer matches the selector; its last state, at the version of the deletion.
    Deleted(K),
    /// Nothing changed up to this version.
    Bookmark {
        /// The version from which a new watch may go on.
        resource_version: ResourceVersion,
        /// Whether all objects that existed when the watch began have been sent.
        initial_events_end: bool,
    },
    /// The server ends the watch; mostly because the version it began at has expired.
    Error(Status),
}

/// The annotation of the bookmark behind the initial events.
pub const INITIAL_EVENTS_END: &str = "k8s.io/initial-events-end";

impl<K: Wire> WatchEvent<K> {
    /// Decodes one frame: `{"type": …, "object": …}`, or the same in protobuf.
    ///
    /// # Errors
    ///
    /// An unknown type of event, or an object that does not decode.
    pub fn decode(frame: &[u8], format: Format, managed_fields: ManagedFields) -> Result<Self, DecodeError> {
        match format {
            Format::Json => {
                if let Some(event) = Self::read_json(frame, managed_fields) {
                    return Ok(event);
                }
                let raw: RawEvent<'_> = serde_json::from_slice(frame)?;
                Self::of(&raw.r#type, raw.object.get().as_bytes(), format, managed_fields)
            }
            Format::Protobuf => {
                let (event, object) = proto_event(frame).map_err(DecodeError::new)?;
                Self::of(event, object, format, managed_fields)
            }
        }
    }

    /// Reads a frame in one pass, if it is one that the API server writes: the type and then an object of the kind expected.
    fn read_json(frame: &[u8], managed_fields: ManagedFields) -> Option<Self> {
        let text = std::str::from_utf8(frame).ok()?;
        let mut reader = Reader::new(text);
        reader.enter_object()?;
        let event = (reader.key()? == "type").then(|| reader.string())??;
        let event = match event {
            "ADDED" => Self::Added,
            "MODIFIED" => Self::Modified,
            "DELETED" => Self::Deleted,
            _ => return None,
        };
        reader.next_field()?.then_some(())?;
        (reader.key()? == "object").then_some(())?;
        let (object, length) = K::decode_prefix(reader.rest(), None, managed_fields)?;
        reader.go_behind(length);
        (!reader.next_field()?).then_some(())?;
        reader.end()?;
        Some(event(object))
    }

    fn of(event: &str, bytes: &[u8], format: Format, managed_fields: ManagedFields) -> Result<Self, DecodeError> {
        let object = || {
            let object = match managed_fields {
                ManagedFields::Skip => K::decode_unmanaged(bytes, format),
                ManagedFields::Keep => K::decode(bytes, format),
            };
            object.map_err(|error| error.at(".object"))
        };
        match event {
            "ADDED" => object().map(Self::Added),
            "MODIFIED" => object().map(Self::Modified),
            "DELETED" => object().map(Self::Deleted),
            "BOOKMARK" => {
                let metadata = match format {
                    Format::Json => serde_json::from_slice::<BookmarkObject>(bytes)?.metadata,
                    Format::Protobuf => proto_metadata(bytes)?,
                };
                let initial_events_end =
                    metadata.annotations.get(INITIAL_EVENTS_END).is_some_and(|value| value == "true");
                Ok(Self::Bookmark { resource_version: metadata.resource_version, initial_events_end })
            }
            "ERROR" => Status::decode(bytes, format).map(Self::Error),
            other => Err(DecodeError::new(format!("unknown type of event {other:?}")).at(".type")),
        }
    }
}

/// Reads `WatchEvent`: the type, and the object within an extension.
fn proto_event(frame: &[u8]) -> Result<(&str, &[u8]), &'static str> {
    let (mut event, mut object): (&str, &[u8]) = ("", &[]);
    let mut fields = Fields::of(frame);
    while let Some(field) = fields.next()? {
        match field {
            (1, Payload::Bytes(bytes)) => event = text(bytes)?,
            (2, Payload::Bytes(extension)) => {
                let mut fields = Fields::of(extension);
                while let Some(field) = fields.next()? {
                    if let (1, Payload::Bytes(raw)) = field {
                        object = raw;
                    }
                }
            }
            _ => {}
        }
    }
    Ok((event, object))
}

/// Reads the metadata of an object of any kind: it is the first field of all.
fn proto_metadata(document: &[u8]) -> Result<ObjectMeta, DecodeError> {
    let mut metadata = ObjectMeta::default();
    let mut fields = Fields::of(Envelope::read(document)?.raw);
    while let Some(field) = fields.next().map_err(DecodeError::new)? {
        if let (1, Payload::Bytes(bytes)) = field {
            decode_proto_part(&mut metadata, bytes).map_err(|error| error.at(".object.metadata"))?;
        }
    }
    Ok(metadata)
}

impl<K> WatchEvent<K> {
    /// Returns the object that the event tells of.
    pub fn object(&self) -> Option<&K> {
        match self {
            Self::Added(object) | Self::Modified(object) | Self::Deleted(object) => Some(object),
            Self::Bookmark { .. } | Self::Error(_) => None,
        }
    }
}

#[derive(Deserialize)]
struct RawEvent<'a> {
    #[serde(borrow)]
    r#type: Cow<'a, str>,
    #[serde(borrow)]
    object: &'a RawValue,
}

#[derive(Deserialize)]
struct BookmarkObject {
    metadata: ObjectMeta,
}
