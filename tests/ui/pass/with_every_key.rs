//! Every key, and every name chosen by hand.

use kubist::{ObjectMeta, Resource};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1beta1")]
#[resource(
    kind = "Site",
    plural = "sitez",
    singular = "sait",
    list_kind = "SiteCollection",
    cluster,
    short_names("st", "si"),
    categories("all", "shop"),
    column("Replicas", ".spec.replicas", integer, priority = 1, format = "int32", description = "How many."),
    column("Age", ".metadata.creationTimestamp", date),
    scale(spec = ".spec.replicas", status = ".status.replicas", selector = ".status.selector"),
    rule(
        "self.spec.replicas >= 0",
        message = "not below zero",
        message_expression = "self.spec.replicas < -9 ? 'far below zero' : 'below zero'",
        reason = "FieldValueInvalid",
        field_path = ".spec.replicas",
    ),
    crate = ::kubist,
)]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
    status: Option<Spec>,
}

#[derive(Default, Serialize, Deserialize, JsonSchema)]
struct Spec {
    replicas: i32,
    selector: String,
}

/// What both servers are asked about.
pub fn kinds() -> Vec<kubist_tests::Kind<kubist::types::apiextensions::v1::CustomResourceDefinition>> {
    vec![kubist_tests::Kind {
        definition: Website::crd(),
        takes: r#"{"spec":{"replicas":1,"selector":"a"}}"#,
        refuses: r#"{"spec":{"replicas":1}}"#,
        because: &[
            "spec.selector: Required value",
            "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
        ],
    }]
}

pub fn main() {
    drop(kinds());
    let info = Website::INFO;
    assert_eq!(
        (info.kind.as_ref(), info.plural.as_ref(), info.singular.as_ref(), info.list_kind.as_ref()),
        ("Site", "sitez", "sait", "SiteCollection")
    );
    assert_eq!(info.short_names.len() + info.categories.len(), 4);
    assert_eq!(info.scope, kubist::Scope::Cluster);
    assert!(Website::try_crd().is_ok());
}
