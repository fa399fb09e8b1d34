use kubist::{Api, ObjectMeta, Resource};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
pub struct Website {
    pub metadata: ObjectMeta,
}

fn mistake(sites: Api<Website>) {
    let _ = sites.scale("home");
}

fn main() {}
