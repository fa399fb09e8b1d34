use kubist::{ObjectMeta, Resource, ResourcePart};
use serde::{Deserialize, Serialize};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
#[resource(column("Hosts", ".spec.hosts", integer))]
pub struct Website {
    pub metadata: ObjectMeta,
    pub spec: WebsiteSpec,
    pub status: Option<WebsiteStatus>,
}

#[derive(Serialize, Deserialize, ResourcePart)]
pub struct WebsiteSpec {
    pub replicas: i32,
    pub hosts: Vec<String>,
}

#[derive(Default, Serialize, Deserialize, ResourcePart)]
pub struct WebsiteStatus {
    pub replicas: i32,
    pub label_selector: String,
}

fn main() {}
