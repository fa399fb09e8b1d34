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

fn main() {
    let mut site = Website { metadata: ObjectMeta::default(), observed: None };
    assert!(!serde_json::to_string(&site).unwrap().contains("status"));
    site.status_mut().ready = true;
    assert!(serde_json::to_string(&site).unwrap().ends_with(r#""status":{"ready":true}}"#));
}
