//! `doors.import.kubist.dev`, version `v1`.
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

use kubist::{ObjectMeta, Resource, ResourcePart};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Resource)]
#[resource(
    group = "import.kubist.dev",
    version = "v1",
    namespaced,
    status_subresource = true,
    conversion(webhook(
        service = "doors/converter",
        path = "/convert",
        port = 8443,
        versions("v1")
    ))
)]
pub struct Door {
    /// Its name, labels and the like.
    pub metadata: ObjectMeta,
    pub spec: Option<DoorSpec>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct DoorSpec {
    pub state: DoorState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ResourcePart)]
#[serde(rename_all = "lowercase")]
pub enum DoorState {
    Open,
    Closed,
}
