use kubist::types::core::v1::PodSpec;
use kubist::{ResourcePart, Str};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, ResourcePart)]
#[resource(view_of = PodSpec)]
struct NodeName {
    node_name: Str,
}

fn main() {}
