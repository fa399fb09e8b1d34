use kubist::types::core::v1::Pod;
use kubist::{ObjectMeta, Resource, Str};

#[derive(Resource)]
#[resource(view_of = Pod)]
struct PodView {
    metadata: ObjectMeta,
    colour: Str,
}

fn main() {}
