use kubist::{ObjectMeta, Resource};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced, label("part-of", "shop"), label("part-of", "shops"))]
pub struct Website {
    pub metadata: ObjectMeta,
    pub spec: Spec,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Spec {
    pub replicas: i32,
}

fn main() {}
