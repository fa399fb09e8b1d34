use kubist::ResourcePart;
use kubist::types::core::v1::PodSpec;

#[derive(ResourcePart)]
#[resource(view_of = PodSpec)]
struct NodeName {
    node_name: Option<i32>,
}

fn main() {}
