use kubist::{ObjectMeta, Resource};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
pub struct Website {
    pub metadata: ObjectMeta,
    pub host: String,
    #[serde(rename = "host")]
    pub name: String,
}

fn main() {}
