//! A user's crate that knows Kubist under another name: the derive finds it by this crate's manifest.
#![deny(warnings, missing_docs, clippy::pedantic)]

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A site.
#[derive(Clone, Debug, PartialEq, k8s::Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
#[expect(clippy::exhaustive_structs, reason = "users build it")]
pub struct Website {
    /// Its metadata.
    pub metadata: k8s::ObjectMeta,
    /// What it should be.
    pub spec: Counts,
    /// What it is.
    pub status: Option<Counts>,
}

/// Numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(clippy::exhaustive_structs, reason = "users build it")]
pub struct Counts {
    /// How many.
    pub replicas: i32,
}

/// A pod without the rest.
#[derive(Clone, Debug, k8s::Resource)]
#[resource(view_of = k8s::types::core::v1::Pod)]
#[expect(clippy::exhaustive_structs, reason = "users build it")]
pub struct PodView {
    /// Its metadata.
    pub metadata: k8s::ObjectMeta,
    /// What it should be.
    pub spec: NodeName,
}

/// The node of a pod.
#[derive(Clone, Debug, k8s::ResourcePart)]
#[resource(view_of = k8s::types::core::v1::PodSpec)]
#[expect(clippy::exhaustive_structs, reason = "users build it")]
pub struct NodeName {
    /// Its name.
    pub node_name: k8s::Str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_derive_works_under_another_name_of_the_crate() {
        let site = Website { metadata: k8s::ObjectMeta::default(), spec: Counts { replicas: 1 }, status: None };
        let json = serde_json::to_string(&site).unwrap();
        assert_eq!(
            json,
            r#"{"apiVersion":"shop.example.com/v1","kind":"Website","metadata":{},"spec":{"replicas":1}}"#
        );
        assert_eq!(serde_json::from_str::<Website>(&json).unwrap(), site);
        assert!(Website::try_crd().is_ok());
    }
}
