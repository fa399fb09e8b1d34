//! `notes.import.kubist.dev`, version `v1`.
//!
//! Written by `kubist import`.

#![allow(
    missing_docs,
    clippy::duplicated_attributes,
    clippy::pedantic,
    clippy::style,
    rustdoc::all,
    reason = "names and texts are those of the definition"
)]

use std::collections::BTreeMap;

use kubist::{ObjectMeta, Resource, ResourcePart};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Resource)]
#[resource(
    group = "import.kubist.dev",
    version = "v1",
    namespaced,
    status_subresource = false
)]
pub struct Note {
    /// Its name, labels and the like.
    pub metadata: ObjectMeta,
    pub status: Option<NoteStatus>,
    pub string_data: Option<BTreeMap<String, String>>,
    #[resource(min_length = 1)]
    pub title: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct NoteStatus {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read: Option<bool>,
}
