//! A program that prints, checks, compares, installs and uninstalls its definitions.
//!
//! `cargo run --example crds -- --help` says how; `docs/crd.md` tells the whole way from Rust to a cluster and back.

use std::process::ExitCode;

use kubist::{ObjectMeta, Resource, ResourcePart, crd};
use serde::{Deserialize, Serialize};

/// A site the shop serves.
#[derive(Resource, Clone, Debug)]
#[resource(
    group = "shop.example.com",
    version = "v1",
    namespaced,
    short_names("site"),
    column("Host", ".spec.host", string),
    scale(spec = ".spec.replicas", status = ".status.replicas")
)]
struct Website {
    /// Name, labels and the rest that every object has.
    metadata: ObjectMeta,
    /// What the site should be.
    spec: WebsiteSpec,
    /// What the site is.
    status: Option<WebsiteStatus>,
}

/// What a site should be.
#[derive(ResourcePart, Serialize, Deserialize, Clone, Debug)]
#[serde(rename_all = "camelCase")]
struct WebsiteSpec {
    /// The name it answers to.
    #[resource(max_length = 253)]
    host: String,
    /// How many servers it runs on.
    #[resource(minimum = 0, maximum = 100)]
    replicas: i32,
    /// How pages are kept.
    #[serde(default)]
    caching: Caching,
}

/// How pages are kept.
#[derive(ResourcePart, Serialize, Deserialize, Clone, Copy, Debug, Default)]
enum Caching {
    /// They are made anew for everybody.
    #[default]
    Off,
    /// They are kept until they change.
    On,
}

/// What a site is.
#[derive(ResourcePart, Serialize, Deserialize, Clone, Debug, Default)]
struct WebsiteStatus {
    /// How many servers answer.
    #[serde(default)]
    replicas: i32,
}

fn main() -> ExitCode {
    crd::main(&[Website::crd()])
}
