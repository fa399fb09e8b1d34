use kubist::ResourcePart;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, ResourcePart)]
struct WebsiteSpec {
    #[resource(map_type = "atomic")]
    hosts: Vec<String>,
}

fn main() {}
