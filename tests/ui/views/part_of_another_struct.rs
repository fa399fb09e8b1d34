use kubist::types::core::v1::{Pod, PodStatus};
use kubist::{ObjectMeta, Resource, ResourcePart, Str};

#[derive(Resource)]
#[resource(view_of = Pod)]
struct PodView {
    metadata: ObjectMeta,
    spec: Phase,
}

#[derive(ResourcePart)]
#[resource(view_of = PodStatus)]
struct Phase {
    phase: Str,
}

fn main() {}
