//! Three fields of a Pod: its name, its node and its phase.

use kubist::types::core::v1::{Pod, PodPhase, PodSpec, PodStatus};
use kubist::{Object as _, ObjectMeta, Resource, ResourcePart, Str};

/// What a list of Pods on a terminal needs.
#[derive(Resource)]
#[resource(view_of = Pod)]
pub(crate) struct PodView {
    metadata: ObjectMeta,
    spec: NodeName,
    status: Phase,
}

#[derive(ResourcePart)]
#[resource(view_of = PodSpec)]
struct NodeName {
    node_name: Str,
}

#[derive(ResourcePart)]
#[resource(view_of = PodStatus)]
struct Phase {
    phase: PodPhase,
}

impl PodView {
    /// Tells whether all three are there.
    pub(crate) fn is_read(&self) -> bool {
        !self.name().is_empty() && !self.spec.node_name.is_empty() && self.status.phase != PodPhase::Unset
    }
}
