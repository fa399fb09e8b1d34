use kubist::{Api, ObjectMeta, Resource};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
pub struct Website {
    pub metadata: ObjectMeta,
}

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", cluster)]
pub struct Region {
    pub metadata: ObjectMeta,
}

async fn mistake(sites: Api<Website>, region: Region) -> kubist::Result<Website> {
    sites.create(&region).await
}

fn main() {}
