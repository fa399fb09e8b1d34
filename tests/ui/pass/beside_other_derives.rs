//! Other derives stand beside it, also those that read `#[serde]` and `#[schemars]`.

use kubist::{ObjectMeta, Resource};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, JsonSchema, Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
#[schemars(title = "Site")]
struct Website {
    metadata: ObjectMeta,
    /// What it should be.
    #[schemars(description = "The wish.")]
    spec: Spec,
    #[serde(default)]
    extra: Option<Box<Spec>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Spec {
    replicas: i32,
}

/// What both servers are asked about.
pub fn kinds() -> Vec<kubist_tests::Kind<kubist::types::apiextensions::v1::CustomResourceDefinition>> {
    vec![kubist_tests::Kind {
        definition: Website::crd(),
        takes: r#"{"spec":{"replicas":1},"extra":{"replicas":2}}"#,
        refuses: r#"{"spec":{"replicas":"one"}}"#,
        because: &[
            r#"spec.replicas: Invalid value: "string": spec.replicas in body must be of type integer: "string""#,
        ],
    }]
}

pub fn main() {
    drop(kinds());
    assert_eq!(Website::default(), Website::default());
    assert!(schemars::schema_for!(Website).get("properties").is_some());
}
