use kubist::{Api, Client};

fn mistake(client: &Client) {
    let _ = Api::<String>::namespaced(client, "prod");
}

fn main() {}
