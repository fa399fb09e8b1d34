//! The field that is the status can have another name; on the wire it is `status`.

use kubist::{HasStatus, ObjectMeta, Resource};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced, column("Ready", ".status.ready", boolean))]
struct Website {
    metadata: ObjectMeta,
    #[resource(status)]
    observed: std::option::Option<Observed>,
}

#[derive(Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
struct Observed {
    ready: bool,
}

/// What both servers are asked about.
pub fn kinds() -> Vec<kubist_tests::Kind<kubist::types::apiextensions::v1::CustomResourceDefinition>> {
    vec![kubist_tests::Kind {
        definition: Website::crd(),
        takes: r#"{"status":{"ready":true}}"#,
        refuses: r#"{"metadata":{"name":"A"}}"#,
        because: &[
            r#"metadata.name: Invalid value: "A": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"#,
        ],
    }]
}

pub fn main() {
    drop(kinds());
    let mut site = Website { metadata: ObjectMeta::default(), observed: None };
    assert!(!serde_json::to_string(&site).unwrap().contains("status"));
    site.status_mut().ready = true;
    assert!(serde_json::to_string(&site).unwrap().ends_with(r#""status":{"ready":true}}"#));
}
