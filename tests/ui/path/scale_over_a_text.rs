use kubist::{ObjectMeta, Resource, ResourcePart};
use serde::{Deserialize, Serialize};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced, scale(spec = ".spec.server.host", status = ".status.replicas"))]
pub struct Website {
    pub metadata: ObjectMeta,
    pub spec: WebsiteSpec,
    pub status: Option<WebsiteStatus>,
}

#[derive(Serialize, Deserialize, ResourcePart)]
#[serde(rename_all = "camelCase")]
pub struct WebsiteSpec {
    pub replica_count: i32,
    pub server: Server,
}

#[derive(Serialize, Deserialize, ResourcePart)]
pub struct Server {
    pub host: String,
}

#[derive(Default, Serialize, Deserialize, ResourcePart)]
pub struct WebsiteStatus {
    pub ready: bool,
    pub replicas: i32,
}

fn main() {}
