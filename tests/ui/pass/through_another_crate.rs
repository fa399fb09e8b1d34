//! `crate = …` names Kubist where the manifest does not.

mod framework {
    pub use ::kubist as k8s;
}

#[derive(framework::k8s::Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced, crate = self::framework::k8s)]
struct Website {
    metadata: framework::k8s::ObjectMeta,
}

/// What both servers are asked about.
pub fn kinds() -> Vec<kubist_tests::Kind<kubist::types::apiextensions::v1::CustomResourceDefinition>> {
    vec![kubist_tests::Kind {
        definition: Website::crd(),
        takes: "{}",
        refuses: r#"{"metadata":{"name":"A"}}"#,
        because: &[
            r#"metadata.name: Invalid value: "A": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"#,
        ],
    }]
}

pub fn main() {
    drop(kinds());
}
