//! The derive of the design, word for word.

use kubist::{ObjectMeta, Resource};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A site the shop serves.
#[derive(Resource, Clone, Debug)]
#[resource(
    group = "shop.example.com",
    version = "v1",
    namespaced,
    short_names("site"),
    categories("all"),
    column("Ready", ".status.ready", boolean, priority = 1),
    scale(spec = ".spec.replicas", status = ".status.replicas"),
    rule("self.spec.min <= self.spec.max", message = "min must not exceed max")
)]
pub struct Website {
    pub metadata: ObjectMeta,
    pub spec: WebsiteSpec,
    pub status: Option<WebsiteStatus>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct WebsiteSpec {
    pub replicas: i32,
    pub min: u32,
    pub max: u32,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct WebsiteStatus {
    pub ready: bool,
    pub replicas: i32,
}

/// What both servers are asked about.
pub fn kinds() -> Vec<kubist_tests::Kind<kubist::types::apiextensions::v1::CustomResourceDefinition>> {
    vec![kubist_tests::Kind {
        definition: Website::crd(),
        takes: r#"{"spec":{"replicas":1,"min":1,"max":3}}"#,
        refuses: r#"{"spec":{"replicas":1,"min":-1,"max":3}}"#,
        because: &["spec.min: Invalid value: -1: spec.min in body should be greater than or equal to 0"],
    }]
}

pub fn main() {
    drop(kinds());
    let info = <Website as Resource>::info();
    assert_eq!(info.plural, "websites");
    assert_eq!(info.list_kind, "WebsiteList");
    assert_eq!(info.api_version(), "shop.example.com/v1");
    assert!(info.has_subresource("status") && info.has_subresource("scale"));
    assert!(Website::try_crd().is_ok());
}
