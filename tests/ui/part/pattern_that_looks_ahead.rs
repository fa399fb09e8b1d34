use kubist::ResourcePart;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, ResourcePart)]
struct WebsiteSpec {
    #[resource(items(pattern = "^(?!kube-).*$"))]
    hosts: Vec<String>,
}

fn main() {}
