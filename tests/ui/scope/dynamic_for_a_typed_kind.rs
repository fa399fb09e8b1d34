use kubist::{Api, Client, ObjectMeta, Resource};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
pub struct Website {
    pub metadata: ObjectMeta,
}

fn mistake(client: &Client) {
    let _ = Api::<Website>::dynamic(client, Website::info());
}

fn main() {}
