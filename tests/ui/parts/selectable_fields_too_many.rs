use kubist::{ObjectMeta, Resource};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
#[resource(selectable_fields(".spec.a", ".spec.b", ".spec.c", ".spec.d", ".spec.e", ".spec.f", ".spec.g", ".spec.h", ".spec.i"))]
pub struct Website {
    pub metadata: ObjectMeta,
    pub spec: Spec,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Spec {
    pub replicas: i32,
}

fn main() {}
