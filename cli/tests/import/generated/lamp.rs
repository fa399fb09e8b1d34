//! `lamps.import.kubist.dev`, version `v1`.
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

use kubist::{IntOrString, ObjectMeta, Quantity, Resource, ResourcePart, Time};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A lamp.
///
/// It gives light.
#[derive(Clone, Debug, PartialEq, Resource)]
#[resource(
    group = "import.kubist.dev",
    version = "v1",
    namespaced,
    short_names("la", "lp"),
    categories("all", "light"),
    column(
        "Level",
        ".spec.level",
        integer,
        format = "int32",
        description = "How bright it is."
    ),
    column("Since", ".status.since", date, priority = 1),
    column("Share", ".spec.share", integer, unchecked),
    column("Blank", ".spec.blank", boolean, unchecked),
    scale(
        spec = ".spec.bulbs",
        status = ".status.bulbs",
        selector = ".status.selector"
    ),
    selectable_fields(".spec.color"),
    rule(
        r#"self.metadata.name.startsWith("lamp")"#,
        message = "a lamp is called lamp",
        reason = "FieldValueForbidden",
        field_path = ".spec.color"
    )
)]
pub struct Lamp {
    /// Its name, labels and the like.
    pub metadata: ObjectMeta,
    /// What it should be.
    pub spec: LampSpec,
    pub status: Option<LampStatus>,
}

/// What it should be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct LampSpec {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anything: Option<Value>,
    #[resource(exclusive_maximum = 5000000000, exclusive_minimum = -5)]
    pub big: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(default = "")]
    pub blank: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bulbs: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(format = "byte")]
    pub bytes: Option<String>,
    #[resource(
        max_length = 63,
        min_length = 1,
        pattern = r#"^[a-z]([-a-z0-9]*"?[a-z0-9\\])?$"#
    )]
    pub color: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(
        not = { "enum": ["abc"] },
        one_of = [{ "maxLength": 3 }, { "minLength": 7 }]
    )]
    pub either: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(format = "duration")]
    pub every: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(min_length = 4, immutable)]
    pub exact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    #[resource(default = r#"a "quoted" \ text"#)]
    pub filled: Option<String>,
    pub flag: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(default = true)]
    pub flagged: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(example = "a.example.com", format = "hostname", title = "Host")]
    pub host: Option<String>,
    /// From 0 to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    #[resource(default = 50, maximum = 100, minimum = 0)]
    pub level: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(default = "auto-dim")]
    pub lower: Option<Lower>,
    #[schemars(required)]
    #[resource(nullable)]
    pub maybe: Option<String>,
    pub mode: LampMode,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(default = [])]
    pub none: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(nullable)]
    pub nothing: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(default = {})]
    pub nought: Option<Nought>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(allowed = [1, 3, 5])]
    pub odd: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<LampOperator>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(multiple_of = 5)]
    pub plain: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(default = 80)]
    pub port: Option<IntOrString>,
    #[resource(minimum = 0.5)]
    pub ratio: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(
        rule(
            "!oldSelf.hasValue() || self != oldSelf.value()",
            message_expression = "'not ' + self",
            reason = "FieldValueRequired",
            optional_old_self
        ),
        rule("size(self) < 9")
    )]
    pub ruled: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(pattern = "^[0-9]+%?$")]
    pub share: Option<IntOrString>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<Quantity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(max_length = 9)]
    pub typed: Option<IntOrString>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(default = false)]
    pub unflagged: Option<bool>,
    pub when: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(default = 0)]
    pub zero: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ResourcePart)]
pub enum Lower {
    #[serde(rename = "on")]
    On,
    #[serde(rename = "off")]
    Off,
    #[serde(rename = "auto-dim")]
    AutoDim,
    #[serde(rename = "")]
    Empty,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ResourcePart)]
pub enum LampMode {
    On,
    Off,
    AutoDim,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct Nought {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ResourcePart)]
pub enum LampOperator {
    #[serde(rename = "=")]
    Equal,
    #[serde(rename = "!=")]
    NotEqual,
    #[serde(rename = ">=")]
    GreaterEqual,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct LampStatus {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bulbs: Option<i32>,
    pub count: i64,
    pub inner: Inner,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub phase: Option<InnerPhase>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selector: Option<String>,
    pub since: Time,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct Inner {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub phase: Option<InnerPhase>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ResourcePart)]
pub enum InnerPhase {
    Up,
    Down,
}
