use kubist::{ObjectMeta, Resource};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
pub struct Website<const N: usize> {
    pub metadata: ObjectMeta,
    pub hosts: [String; N],
}

fn main() {}
