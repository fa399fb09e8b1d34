use kubist::ResourcePart;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, ResourcePart)]
struct WebsiteSpec {
    #[resource(map_keys("nmae"))]
    ports: Vec<Port>,
}

#[derive(Serialize, Deserialize, ResourcePart)]
#[serde(rename_all = "camelCase")]
struct Port {
    name: String,
    host_port: i32,
    protocol: Option<String>,
    server: Server,
}

#[derive(Serialize, Deserialize, ResourcePart)]
struct Server {
    host: String,
}

fn main() {}
