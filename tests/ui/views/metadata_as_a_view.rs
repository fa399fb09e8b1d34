use kubist::types::core::v1::Pod;
use kubist::{ObjectMeta, Resource, ResourcePart, Str};

#[derive(Resource)]
#[resource(view_of = Pod)]
struct PodView {
    metadata: Name,
}

#[derive(ResourcePart)]
#[resource(view_of = ObjectMeta)]
struct Name {
    name: Str,
}

fn main() {}
