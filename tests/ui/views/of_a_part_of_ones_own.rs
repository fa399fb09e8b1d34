use kubist::ResourcePart;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, ResourcePart)]
struct WebsiteSpec {
    host: String,
}

#[derive(ResourcePart)]
#[resource(view_of = WebsiteSpec)]
struct Host {
    host: String,
}

fn main() {}
