use kubist::ResourcePart;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, ResourcePart)]
struct WebsiteSpec {
    #[resource(min_length = -1)]
    host: String,
}

fn main() {}
