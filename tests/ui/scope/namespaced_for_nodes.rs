use kubist::types::core::v1::Node;
use kubist::{Api, Client};

fn mistake(client: &Client) {
    let _ = Api::<Node>::namespaced(client, "prod");
}

fn main() {}
