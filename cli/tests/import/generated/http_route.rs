//! `routes.import.kubist.dev`, version `v1`.
//!
//! Written by `kubist import`.

#![allow(
    missing_docs,
    clippy::duplicated_attributes,
    clippy::pedantic,
    clippy::style,
    rustdoc::all,
    reason = "names and texts are those of the definition"
)]

use std::collections::BTreeMap;

use kubist::{Condition, ObjectMeta, Resource, ResourcePart};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Clone, Debug, Default, PartialEq, Resource)]
#[resource(
    group = "import.kubist.dev",
    version = "v1",
    cluster,
    kind = "HTTPRoute",
    plural = "routes",
    singular = "route",
    list_kind = "RouteList",
    column("Gone", ".spec.gone", string, unchecked),
    column("Ready", r#".status.conditions[?(@.type=="Ready")].status"#, string)
)]
pub struct HttpRoute {
    /// Its name, labels and the like.
    pub metadata: ObjectMeta,
    #[resource(default = { "source": { "host": "a.example.com" } })]
    pub spec: Option<HttpRouteSpec>,
    #[resource(
        default = { "conditions": [{ "lastTransitionTime": "1970-01-01T00:00:00Z", "message": "wait", "reason": "New", "status": "Unknown", "type": "Ready" }] }
    )]
    pub status: Option<HttpRouteStatus>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
#[serde(rename_all = "camelCase")]
#[resource(
    min_properties = 1,
    one_of = [{ "required": ["source"] }, { "not": { "required": ["open"] }, "required": ["target"] }]
)]
pub struct HttpRouteSpec {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub empty: Option<Empty>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(nullable)]
    pub free: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(embedded_resource)]
    pub known: Option<Known>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_list: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<Open>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#ref: Option<HttpRouteRef>,
    /// Where it comes from. Of two hosts the first counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Where it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(embedded_resource)]
    pub template: Option<Map<String, Value>>,
    /// One of two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub union: Option<Union>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct Empty {}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
#[serde(rename_all = "camelCase")]
pub struct Known {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<KnownMetadata>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct KnownMetadata {}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct Open {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
    /// What has no field of its own.
    #[serde(flatten)]
    pub other_fields: BTreeMap<String, Value>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
#[resource(
    struct_type = "atomic",
    rule(
        "self.name != ''",
        message = "a reference has a name",
        field_path = ".name"
    )
)]
pub struct HttpRouteRef {
    pub name: String,
    #[serde(rename = "ns.of/it", skip_serializing_if = "Option::is_none")]
    pub ns_of_it: Option<String>,
}

/// Where it goes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct Source {
    #[serde(rename = "clusterIPs", skip_serializing_if = "Option::is_none")]
    pub cluster_ips: Option<Vec<String>>,
    /// The host.
    pub host: String,
}

/// One of two.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
#[resource(
    all_of = [{ "required": ["type"] }],
    any_of = [{ "properties": { "type": { "enum": ["A"] } }, "required": ["a"] }, { "properties": { "type": { "enum": ["B"] } }, "required": ["b"] }]
)]
pub struct Union {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<UnionA>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub b: Option<UnionB>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<UnionType>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct UnionA {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x: Option<i32>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct UnionB {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub y: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ResourcePart)]
pub enum UnionType {
    A,
    B,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct HttpRouteStatus {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(map_keys("type"))]
    pub conditions: Option<Vec<Condition>>,
}
