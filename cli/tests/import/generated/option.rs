//! `options.import.kubist.dev`, version `v2beta1`.
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

use kubist::{ObjectMeta, Resource};
use serde_json::{Map, Value};

#[derive(Clone, Debug, Default, PartialEq, Resource)]
#[resource(
    group = "import.kubist.dev",
    version = "v2beta1",
    cluster,
    kind = "Option",
    scale(spec = ".spec.replicas", status = ".status.replicas", unchecked),
    preserve_unknown_fields
)]
pub struct OptionResource {
    /// Its name, labels and the like.
    pub metadata: ObjectMeta,
    /// Anything.
    pub spec: Option<Map<String, Value>>,
}
