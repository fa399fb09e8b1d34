use kubist::{ObjectMeta, Resource};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
pub struct Website<'a> {
    pub metadata: ObjectMeta,
    pub spec: &'a str,
}

fn main() {}
