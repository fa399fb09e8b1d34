use kubist::{ObjectMeta, Resource, ResourcePart};
use serde::{Deserialize, Serialize};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced, rule("self.spec.host.find(r'^\\Z') == ''"))]
pub struct Website {
    pub metadata: ObjectMeta,
    pub spec: WebsiteSpec,
}

#[derive(Serialize, Deserialize, ResourcePart)]
pub struct WebsiteSpec {
    pub host: String,
}

fn main() {}
