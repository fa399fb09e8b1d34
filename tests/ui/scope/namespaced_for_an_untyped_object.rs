use kubist::{Api, Client, Unstructured};

fn mistake(client: &Client) {
    let _ = Api::<Unstructured>::namespaced(client, "prod");
}

fn main() {}
