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

/// What both servers are asked about.
pub fn kinds() -> Vec<kubist_tests::Kind<kubist::types::apiextensions::v1::CustomResourceDefinition>> {
    vec![
        kubist_tests::Kind {
            definition: Website::crd(),
            takes: r#"{"spec":{"replicas":1}}"#,
            refuses: r#"{"spec":{"replicas":"one"}}"#,
            because: &[
                r#"spec.replicas: Invalid value: "string": spec.replicas in body must be of type integer: "string""#,
            ],
        },
        kubist_tests::Kind {
            definition: Gateway::crd(),
            takes: r#"{"spec":{"replicas":1}}"#,
            refuses: "{}",
            because: &["spec: Required value"],
        },
    ]
}

pub fn main() {
    drop(kinds());
    assert_eq!(Website::INFO.resource_name(), "websites.shop.example.com");
    assert_eq!(Gateway::INFO.resource_name(), "gateways.net.example.com");
}
