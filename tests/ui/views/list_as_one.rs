use kubist::ResourcePart;
use kubist::types::core::v1::{Container, PodSpec};

#[derive(ResourcePart)]
#[resource(view_of = PodSpec)]
struct Containers {
    containers: Container,
}

fn main() {}
