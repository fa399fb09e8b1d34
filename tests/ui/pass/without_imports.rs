//! Nothing is imported: every path of the expansion is its own.

#[derive(kubist::Resource)]
#[resource(group = "shop.example.com", version = "v1", cluster)]
struct Website {
    metadata: kubist::ObjectMeta,
    spec: Spec,
    status: Option<Spec>,
}

#[derive(Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
struct Spec {
    replicas: i32,
}

/// What both servers are asked about.
pub fn kinds() -> Vec<kubist_tests::Kind<kubist::types::apiextensions::v1::CustomResourceDefinition>> {
    vec![kubist_tests::Kind {
        definition: Website::crd(),
        takes: r#"{"spec":{"replicas":1},"status":{"replicas":1}}"#,
        refuses: r#"{"spec":[]}"#,
        because: &[r#"spec: Invalid value: "array": spec in body must be of type object: "array""#],
    }]
}

pub fn main() {
    drop(kinds());
    let json =
        r#"{"apiVersion":"shop.example.com/v1","kind":"Website","metadata":{"name":"home"},"spec":{"replicas":1}}"#;
    let site: Website = serde_json::from_str(json).unwrap();
    assert_eq!(site.metadata.name, "home");
    assert_eq!(site.spec.replicas, 1);
    assert!(site.status.is_none());
    assert_eq!(serde_json::to_string(&site).unwrap(), json);
}
