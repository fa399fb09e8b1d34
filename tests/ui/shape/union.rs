use kubist::Resource;

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
pub union Website {
    pub number: i32,
    pub bits: u32,
}

fn main() {}
