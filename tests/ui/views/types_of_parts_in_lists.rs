use kubist::types::core::v1::{Pod, PodSpec};
use kubist::{ObjectMeta, Resource, ResourcePart, Str};

#[derive(Resource)]
#[resource(view_of = Pod)]
struct PodView {
    metadata: ObjectMeta,
    spec: Containers,
}

#[derive(ResourcePart)]
#[resource(view_of = PodSpec)]
struct Containers {
    containers: Vec<ContainerImage>,
    node_name: i64,
}

#[derive(ResourcePart)]
#[resource(view_of = kubist::types::core::v1::Container)]
struct ContainerImage {
    image: Vec<Str>,
}

fn main() {}
