use kubist::types::core::v1::Pod;
use kubist::{ObjectMeta, Resource};

#[derive(Resource)]
#[resource(viewof = Pod)]
struct PodView {
    metadata: ObjectMeta,
}

fn main() {}
