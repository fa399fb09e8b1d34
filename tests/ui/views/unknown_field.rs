use kubist::types::core::v1::PodSpec;
use kubist::{ResourcePart, Str};

#[derive(ResourcePart)]
#[resource(view_of = PodSpec)]
struct NodeName {
    node_nam: Str,
}

fn main() {}
