//! The expansion of a part gives no lint a reason to speak.

#![deny(warnings, missing_docs, unused, clippy::all, clippy::pedantic, clippy::nursery)]
#![deny(missing_debug_implementations, unreachable_pub, unused_qualifications, elided_lifetimes_in_paths)]
#![deny(let_underscore_drop, unused_lifetimes, unused_results, unnameable_types, single_use_lifetimes)]
#![forbid(unsafe_code)]

use kubist::{ObjectMeta, Resource, ResourcePart};
use serde::{Deserialize, Serialize};

/// A site.
#[derive(Clone, Debug, PartialEq, Resource)]
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
#[derive(Clone, Debug, Default, Deserialize, Eq, ResourcePart, PartialEq, Serialize)]
pub struct Counts {
    /// How many.
    pub replicas: i32,
}

fn main() {
    let site = Website { metadata: ObjectMeta::default(), spec: Counts::default(), status: None };
    assert_eq!(site.clone(), site);
}
