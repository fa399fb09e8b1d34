use kubist::ResourcePart;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, ResourcePart)]
struct WebsiteSpec {
    #[resource(list_type = "map")]
    ports: Vec<Port>,
}

#[derive(Serialize, Deserialize, ResourcePart)]
struct Port {
    name: String,
}

fn main() {}
