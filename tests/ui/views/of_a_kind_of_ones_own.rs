use kubist::{ObjectMeta, Resource, ResourcePart};
use serde::{Deserialize, Serialize};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
struct Website {
    metadata: ObjectMeta,
    spec: WebsiteSpec,
}

#[derive(Serialize, Deserialize, ResourcePart)]
struct WebsiteSpec {
    host: String,
}

#[derive(Resource)]
#[resource(view_of = Website)]
struct WebsiteName {
    metadata: ObjectMeta,
}

fn main() {}
