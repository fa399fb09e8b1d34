use kubist::ResourcePart;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, ResourcePart)]
struct WebsiteSpec {
    #[resource(max_length = 63, pattern = "^[a-z$")]
    host: String,
}

fn main() {}
