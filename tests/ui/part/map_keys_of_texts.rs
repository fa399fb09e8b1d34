use kubist::ResourcePart;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, ResourcePart)]
struct WebsiteSpec {
    #[resource(map_keys("name"))]
    hosts: Vec<String>,
}

fn main() {}
