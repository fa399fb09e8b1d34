use kubist::{Api, ObjectMeta, Resource};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
pub struct Website {
    pub metadata: ObjectMeta,
}

async fn mistake(sites: Api<Website>, site: Website) -> kubist::Result<Website> {
    sites.update(&site).force().await
}

fn main() {}
