use kubist::types::core::v1::PodSpec;
use kubist::{ResourcePart, Str};

#[derive(ResourcePart)]
#[resource(view_of = PodSpec, rule("self.nodeName != ''"))]
struct NodeName {
    node_name: Str,
}

fn main() {}
