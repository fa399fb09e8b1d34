use kubist::ResourcePart;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, ResourcePart)]
struct WebsiteSpec {
    #[serde(flatten)]
    #[resource(immutable)]
    common: Common,
}

#[derive(Serialize, Deserialize, ResourcePart)]
struct Common {
    host: String,
}

fn main() {}
