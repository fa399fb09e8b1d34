//! `gates.import.k8s.io`, version `v1beta1`.
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
    group = "import.k8s.io",
    version = "v1beta1",
    cluster,
    storage = false,
    annotation("api-approved.kubernetes.io", "unapproved, made for tests")
)]
pub struct Gate {
    /// Its name, labels and the like.
    pub metadata: ObjectMeta,
    pub spec: Option<GateSpec>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct GateSpec {}
