//! What a watch tells.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::managed_fields::ManagedFields;
use crate::meta::ObjectMeta;
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
    /// Decodes one frame: `{"type": …, "object": …}`.
    ///
    /// # Errors
    ///
    /// An unknown type of event, or an object that does not decode.
    pub fn decode(frame: &[u8], managed_fields: ManagedFields) -> Result<Self, DecodeError> {
        let raw: RawEvent<'_> = serde_json::from_slice(frame)?;
        let bytes = raw.object.get().as_bytes();
        let object =
            || K::decode(&managed_fields.of(bytes, Format::Json), Format::Json).map_err(|error| error.at(".object"));
        match raw.r#type.as_ref() {
            "ADDED" => object().map(Self::Added),
            "MODIFIED" => object().map(Self::Modified),
            "DELETED" => object().map(Self::Deleted),
            "BOOKMARK" => {
                let BookmarkObject { metadata } = serde_json::from_slice(bytes)?;
                let initial_events_end =
                    metadata.annotations.get(INITIAL_EVENTS_END).is_some_and(|value| value == "true");
                Ok(Self::Bookmark { resource_version: metadata.resource_version, initial_events_end })
            }
            "ERROR" => Ok(Self::Error(serde_json::from_slice(bytes)?)),
            other => Err(DecodeError::new(format!("unknown type of event {other:?}")).at(".type")),
        }
    }
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
