use kubist::ResourcePart;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, ResourcePart)]
pub struct WebsiteSpec {
    #[resource(rule("self > 0"))]
    pub host: String,
    pub min: i32,
    pub max: i32,
    pub server: Server,
}

#[derive(Serialize, Deserialize, ResourcePart)]
pub struct Server {
    pub name: String,
}

fn main() {}
