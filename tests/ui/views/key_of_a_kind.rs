use kubist::types::core::v1::Pod;
use kubist::{ObjectMeta, Resource};

#[derive(Resource)]
#[resource(view_of = Pod, version = "v1")]
struct PodView {
    metadata: ObjectMeta,
}

fn main() {}
