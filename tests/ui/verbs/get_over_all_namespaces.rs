use kubist::{AllNamespaces, Api, ObjectMeta, Resource};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
pub struct Website {
    pub metadata: ObjectMeta,
}

async fn mistake(sites: Api<Website, AllNamespaces>) -> kubist::Result<Website> {
    sites.get("home").await
}

fn main() {}
