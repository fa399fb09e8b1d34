//! A resource can stand anywhere, and refer to its neighbours by relative paths.

pub mod shop {
    #[derive(Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
    pub struct Spec {
        pub replicas: i32,
    }

    pub mod v1 {
        #[derive(kubist::Resource)]
        #[resource(group = "shop.example.com", version = "v1", namespaced)]
        pub struct Website {
            pub metadata: kubist::ObjectMeta,
            pub spec: super::Spec,
        }
    }

    pub mod v2 {
        #[derive(kubist::Resource)]
        #[resource(group = "shop.example.com", version = "v2", namespaced)]
        pub(crate) struct Website {
            pub(crate) metadata: kubist::ObjectMeta,
            pub(super) spec: super::Spec,
        }
    }
}

fn main() {
    #[derive(kubist::Resource)]
    #[resource(group = "shop.example.com", version = "v1", cluster)]
    struct Local {
        metadata: kubist::ObjectMeta,
        spec: shop::Spec,
    }
    let local = Local { metadata: Default::default(), spec: Default::default() };
    assert!(serde_json::to_string(&local).unwrap().contains("Local"));
    let _ = (shop::v1::Website::crd(), shop::v2::Website::crd());
}
