use kubist::ResourcePart;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, ResourcePart)]
#[resource(immutable)]
struct WebsiteSpec {
    host: String,
}

fn main() {}
