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
    rule("self.metadata.name.size() < 40 && self.kind == 'Website' && has(self.status)"),
    rule("self.spec.minReplicas <= self.spec.maxReplicas", message = "min must not exceed max", field_path = ".spec.minReplicas"),
    rule("self.spec.hosts.all(h, isURL('https://' + h)) && self.spec.hosts.exists_one(self, self.contains('www'))"),
    rule("self.?spec.?note.orValue('none') != 'x' && oldSelf.spec.minReplicas <= self.spec.minReplicas"),
    rule("!oldSelf.hasValue() || oldSelf.value().spec.kind == self.spec.kind", optional_old_self),
    rule("self.spec.limits.all(k, v, quantity(v).isLessThan(quantity('10Gi')))", message_expression = "'too much: ' + string(self.spec.limits.size())"),
    rule("self.spec.unknown.what.ever == self.spec.list[0].x", reason = "FieldValueForbidden"),
    rule("self.spec.__namespace__ != self.spec.namespace && self.spec.other__dash__name > 0")
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
    #[resource(rule("self.all(h, h.startsWith('www'))"), list_type = "set")]
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
#[resource(rule("self.x > 0 && self.next.x < 3"))]
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

fn main() {
    Website::try_crd().unwrap();
}
