//! Rules that a server takes compile.

use std::collections::BTreeMap;

use kubist::{ObjectMeta, Resource, ResourcePart};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Resource)]
#[resource(
    group = "shop.example.com",
    version = "v1",
    namespaced,
    rule("self.metadata.name.size() < 40 && self.kind == 'Website' && (!has(self.status) || self.status.x > 0)"),
    rule(
        "self.spec.minReplicas <= self.spec.maxReplicas",
        message = "min must not exceed max",
        field_path = ".spec.minReplicas"
    ),
    rule("self.spec.hosts.exists_one(self, self.contains('www'))"),
    rule("self.?spec.?note.orValue('none') != 'x' && oldSelf.spec.minReplicas <= self.spec.minReplicas"),
    rule("!oldSelf.hasValue() || oldSelf.value().spec.kind == self.spec.kind", optional_old_self),
    rule(
        "self.spec.limits.size() < 5",
        message_expression = "self.spec.limits.size() > 9 ? 'far too many' : 'too many'"
    ),
    rule("self.spec.unknown.what.size() == self.spec.list[0].x", reason = "FieldValueForbidden"),
    rule("self.spec.__namespace__ == self.spec.namespace && self.spec.other__dash__name > 0")
)]
pub struct Website {
    pub metadata: ObjectMeta,
    pub spec: WebsiteSpec,
    pub status: Option<Status>,
}

#[derive(Serialize, Deserialize, ResourcePart)]
#[serde(rename_all = "camelCase")]
#[resource(rule("self.minReplicas <= self.maxReplicas && self.weight > 1 && self.hosts.size() > 0"))]
#[resource(rule("!has(self.note) || self.note.matches('^[a-z]+$')", message = "letters"))]
#[resource(rule("duration('1h') > self.wait && self.size > 1.5 && self.namespace != 'a'"))]
pub struct WebsiteSpec {
    #[resource(rule("self >= 1 && self <= 5"))]
    pub min_replicas: u64,
    pub max_replicas: i32,
    pub weight: f64,
    pub size: Option<u16>,
    #[resource(rule("self.all(h, h.startsWith('www'))"), list_type = "set", max_items = 5)]
    #[schemars(inner(length(max = 63)))]
    pub hosts: Vec<String>,
    #[resource(format = "duration", rule("self < duration('5m')"))]
    pub wait: String,
    pub note: Option<String>,
    pub kind: Kind,
    pub namespace: String,
    #[serde(rename = "other-name")]
    pub other: i32,
    pub limits: BTreeMap<String, String>,
    pub unknown: Foreign,
    #[resource(max_items = 5)]
    pub list: Vec<Status>,
    #[schemars(with = "Status")]
    pub shown: i64,
}

#[derive(Serialize, Deserialize, ResourcePart)]
#[resource(rule("self in ['A', 'B']"))]
pub enum Kind {
    A,
    B,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Foreign {
    pub what: String,
}

#[derive(Default, Serialize, Deserialize, ResourcePart)]
#[resource(rule("self.x > 0 && self.x < 3"))]
pub struct Status {
    pub x: i32,
    pub y: Option<Next>,
    #[serde(flatten)]
    pub rest: BTreeMap<String, Next>,
}

#[derive(Default, Clone, Serialize, Deserialize, ResourcePart)]
#[resource(rule("self.note == 'a'"))]
pub struct Next {
    pub note: String,
}

/// What both servers are asked about.
pub fn kinds() -> Vec<kubist_tests::Kind<kubist::types::apiextensions::v1::CustomResourceDefinition>> {
    vec![kubist_tests::Kind {
        definition: Website::crd(),
        takes: r#"{"spec":{"minReplicas":1,"maxReplicas":2,"weight":2,"size":2,"hosts":["www.a"],"wait":"1m","kind":"A","namespace":"b","other-name":1,"limits":{},"unknown":{"what":"x"},"list":[{"x":1,"next":{"x":1}}],"shown":{"x":1,"next":{"x":1}}}}"#,
        refuses: r#"{"spec":{"minReplicas":1,"maxReplicas":2,"weight":2,"size":2,"hosts":["www.a"],"wait":"soon","kind":"C","namespace":"b","other-name":1,"limits":{},"unknown":{"what":"x"},"list":[{"x":1}],"shown":{"x":1}}}"#,
        because: &[
            "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
            "spec.kind: Unsupported value: \"C\": supported values: \"A\", \"B\"",
            "spec.wait: Invalid value: \"soon\": spec.wait in body must be of type duration: \"soon\"",
        ],
    }]
}

pub fn main() {
    drop(kinds());
    Website::try_crd().unwrap();
}
