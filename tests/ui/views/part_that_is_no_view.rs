use kubist::types::core::v1::Pod;
use kubist::{ObjectMeta, Resource, ResourcePart};

#[derive(Resource)]
#[resource(view_of = Pod)]
struct PodView {
    metadata: ObjectMeta,
    spec: NodeName,
}

#[derive(ResourcePart)]
struct NodeName {
    #[serde(rename = "nodeName")]
    node_name: String,
}

fn main() {}
