use kubist::{ObjectMeta, Resource};
use serde::{Deserialize, Serialize};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
pub struct Website {
    pub metadata: ObjectMeta,
    pub spec: Spec,
}

#[derive(Serialize, Deserialize)]
pub struct Spec {
    pub replicas: i32,
}

fn main() {}
