use kubist::types::core::v1::PodSpec;
use kubist::{ObjectMeta, Resource};

#[derive(Resource)]
#[resource(view_of = PodSpec)]
struct PodView {
    metadata: ObjectMeta,
}

fn main() {}
