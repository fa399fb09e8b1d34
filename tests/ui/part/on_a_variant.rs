use kubist::ResourcePart;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, ResourcePart)]
enum Check {
    Http {
        #[resource(pattern = "^/")]
        path: String,
    },
}

fn main() {}
