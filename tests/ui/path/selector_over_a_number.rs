use kubist::{ObjectMeta, Resource, ResourcePart};
use serde::{Deserialize, Serialize};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
#[resource(scale(spec = ".spec.replicas", status = ".status.replicas", selector = ".status.replicas"))]
pub struct Website {
    pub metadata: ObjectMeta,
    pub spec: WebsiteSpec,
    pub status: Option<WebsiteStatus>,
}

#[derive(Serialize, Deserialize, ResourcePart)]
pub struct WebsiteSpec {
    pub replicas: i32,
}

#[derive(Default, Serialize, Deserialize, ResourcePart)]
pub struct WebsiteStatus {
    pub replicas: i32,
    pub label_selector: String,
}

fn main() {}
