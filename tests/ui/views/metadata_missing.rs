use kubist::types::core::v1::{Pod, PodSpec};
use kubist::Resource;

#[derive(Resource)]
#[resource(view_of = Pod)]
struct PodView {
    spec: PodSpec,
}

fn main() {}
