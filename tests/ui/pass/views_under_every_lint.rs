//! The expansion of a view gives no lint a reason to speak.

#![deny(warnings, missing_docs, unused, clippy::all, clippy::pedantic, clippy::nursery)]
#![deny(missing_debug_implementations, unreachable_pub, unused_qualifications, elided_lifetimes_in_paths)]
#![deny(let_underscore_drop, unused_lifetimes, unused_results, unnameable_types, single_use_lifetimes)]
#![forbid(unsafe_code)]

use kubist::types::core::v1::{Pod, PodSpec};
use kubist::{ObjectMeta, Resource, ResourcePart, Str};

/// Where a pod runs.
#[derive(Clone, Debug, PartialEq, Resource)]
#[resource(view_of = Pod)]
pub struct PodView {
    /// Its metadata.
    pub metadata: ObjectMeta,
    /// What it should be.
    pub spec: NodeName,
}

/// The node.
#[derive(Clone, Debug, Default, Eq, PartialEq, ResourcePart)]
#[resource(view_of = PodSpec)]
pub struct NodeName {
    /// Its name.
    pub node_name: Str,
}

fn main() {
    let pod = PodView { metadata: ObjectMeta::default(), spec: NodeName::default() };
    assert_eq!(pod.clone(), pod);
}
