//! A macro of the user's can write resources.

use kubist::{ObjectMeta, Resource};

macro_rules! resource {
    ($name:ident, $group:literal, $version:literal) => {
        #[derive(Resource, Clone)]
        #[resource(group = $group, version = $version, namespaced)]
        pub struct $name {
            pub metadata: ObjectMeta,
            pub spec: Spec,
        }
    };
}

#[derive(Clone, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Spec {
    pub replicas: i32,
}

resource!(Website, "shop.example.com", "v1");
resource!(Gateway, "net.example.com", "v1alpha1");

fn main() {
    assert_eq!(Website::INFO.resource_name(), "websites.shop.example.com");
    assert_eq!(Gateway::INFO.resource_name(), "gateways.net.example.com");
}
