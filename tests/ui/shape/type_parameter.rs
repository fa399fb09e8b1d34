use kubist::{ObjectMeta, Resource};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
pub struct Website<S> {
    pub metadata: ObjectMeta,
    pub spec: S,
}

fn main() {}
