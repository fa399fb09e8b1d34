use kubist::ResourcePart;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, ResourcePart)]
#[resource(rule("self.min <= self.max &&\n    self.min > 0"))]
pub struct WebsiteSpec {
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
