use kubist::ResourcePart;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, ResourcePart)]
struct WebsiteSpec {
    #[resource(column("Host", ".spec.host", string))]
    host: String,
}

fn main() {}
