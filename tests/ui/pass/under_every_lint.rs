//! The expansion gives no lint a reason to speak.

#![deny(warnings, missing_docs, unused, clippy::all, clippy::pedantic, clippy::nursery)]
#![deny(missing_debug_implementations, unreachable_pub, unused_qualifications, elided_lifetimes_in_paths)]
#![deny(let_underscore_drop, unused_lifetimes, unused_results, unnameable_types, single_use_lifetimes)]
#![forbid(unsafe_code)]

use kubist::{ObjectMeta, Resource};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A site.
#[derive(Clone, Debug, Eq, PartialEq, Resource)]
#[resource(
    group = "shop.example.com",
    version = "v1",
    namespaced,
    column("Replicas", ".spec.replicas", integer),
    scale(spec = ".spec.replicas", status = ".status.replicas"),
    rule("self.spec.replicas > 0", message = "at least one")
)]
pub struct Website {
    /// Its metadata.
    pub metadata: ObjectMeta,
    /// What it should be.
    pub spec: Counts,
    /// What it is.
    pub status: Option<Counts>,
}

/// Numbers.
#[derive(Clone, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
pub struct Counts {
    /// How many.
    pub replicas: i32,
}

/// What both servers are asked about.
#[must_use]
pub fn kinds() -> Vec<kubist_tests::Kind<kubist::types::apiextensions::v1::CustomResourceDefinition>> {
    vec![kubist_tests::Kind {
        definition: Website::crd(),
        takes: r#"{"spec":{"replicas":1}}"#,
        refuses: r#"{"spec":{"replicas":1.5}}"#,
        because: &[
            r#"spec.replicas: Invalid value: "float64": spec.replicas in body must be of type int32: "float64""#,
            r#"<nil>: Invalid value: "": Checked value must be of type integer with format int32 in spec.replicas"#,
            ".spec.replicas: Invalid value: 0: .spec.replicas accessor error: 1.5 is of the type float64, expected int64",
            "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
        ],
    }]
}

/// Makes one.
///
/// # Panics
///
/// If a copy is another object.
pub fn main() {
    drop(kinds());
    let site = Website { metadata: ObjectMeta::default(), spec: Counts::default(), status: None };
    assert_eq!(site.clone(), site);
}
