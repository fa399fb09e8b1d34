use kubist::{Api, Client, ObjectMeta, Resource};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", cluster)]
pub struct Region {
    pub metadata: ObjectMeta,
}

fn mistake(client: &Client) {
    let _ = Api::<Region>::namespaced(client, "prod");
}

fn main() {}
