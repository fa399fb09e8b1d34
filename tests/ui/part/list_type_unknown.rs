use kubist::ResourcePart;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, ResourcePart)]
struct WebsiteSpec {
    #[resource(list_type = "sets")]
    hosts: Vec<String>,
}

fn main() {}
