//! `doors.import.kubist.dev`, version `v1alpha1`.
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
    version = "v1alpha1",
    namespaced,
    served = false,
    storage = false,
    deprecated
)]
pub struct Door {
    /// Its name, labels and the like.
    pub metadata: ObjectMeta,
    pub spec: Option<DoorSpec>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
#[serde(rename_all = "camelCase")]
pub struct DoorSpec {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_open: Option<bool>,
}
