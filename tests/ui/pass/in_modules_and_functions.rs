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

/// What both servers are asked about.
pub fn kinds() -> Vec<kubist_tests::Kind<kubist::types::apiextensions::v1::CustomResourceDefinition>> {
    #[derive(kubist::Resource)]
    #[resource(group = "shop.example.com", version = "v1", cluster)]
    struct Local {
        metadata: kubist::ObjectMeta,
        spec: shop::Spec,
    }
    let local = Local { metadata: kubist::ObjectMeta::default(), spec: shop::Spec::default() };
    assert!(serde_json::to_string(&local).unwrap().contains("Local"));
    vec![
        kubist_tests::Kind {
            definition: shop::v1::Website::crd(),
            takes: r#"{"spec":{"replicas":1}}"#,
            refuses: r#"{"spec":{"replicas":"one"}}"#,
            because: &[
                r#"spec.replicas: Invalid value: "string": spec.replicas in body must be of type integer: "string""#,
            ],
        },
        kubist_tests::Kind {
            definition: shop::v2::Website::crd(),
            takes: r#"{"spec":{"replicas":1}}"#,
            refuses: r#"{"spec":{}}"#,
            because: &["spec.replicas: Required value"],
        },
        kubist_tests::Kind {
            definition: Local::crd(),
            takes: r#"{"spec":{"replicas":1}}"#,
            refuses: r#"{"spec":{"replicas":2147483648}}"#,
            because: &[
                r#"<nil>: Invalid value: "": Checked value must be of type integer with format int32 in spec.replicas"#,
            ],
        },
    ]
}

pub fn main() {
    assert_eq!(kinds().len(), 3);
}
