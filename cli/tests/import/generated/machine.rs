//! `machines.import.kubist.dev`, version `v1`.
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

use kubist::types::core::v1::{ObjectReference, SeLinuxOptions, Toleration};
use kubist::{LabelSelector, ObjectMeta, Resource, ResourcePart};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Resource)]
#[resource(group = "import.kubist.dev", version = "v1", namespaced)]
pub struct Machine {
    /// Its name, labels and the like.
    pub metadata: ObjectMeta,
    pub spec: Option<MachineSpec>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct MachineSpec {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security: Option<SeLinuxOptions>,
    /// Which machines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selector: Option<LabelSelector>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<ObjectReference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub toleration: Option<MachineToleration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tolerations: Option<Vec<Toleration>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct MachineToleration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<String>,
}
