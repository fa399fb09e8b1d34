//! `shelves.import.kubist.dev`, version `v1alpha1`.
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

use kubist::{IntOrString, ObjectMeta, Resource, ResourcePart};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A shelf, and what stands on it.
#[derive(Clone, Debug, Default, PartialEq, Resource)]
#[resource(
    group = "import.kubist.dev",
    version = "v1alpha1",
    namespaced,
    deprecated = "use a cupboard",
    label("app.kubernetes.io/part-of", "import"),
    annotation("example.com/owner", r#"nobody "else""#)
)]
pub struct Shelf {
    /// Its name, labels and the like.
    pub metadata: ObjectMeta,
    /// What stands on it.
    pub spec: Option<ShelfSpec>,
}

/// What stands on it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
#[serde(rename_all = "camelCase")]
pub struct ShelfSpec {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any_at_all: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any_of_each: Option<BTreeMap<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(list_type = "atomic")]
    pub atomic: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(map_keys("title", "volume"))]
    pub books: Option<Vec<Book>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<BTreeMap<String, i32>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(items(max_items = 3, items(minimum = 1)))]
    pub grid: Option<Vec<Vec<i64>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(
        default = ["a", "b"],
        max_items = 16,
        min_items = 1,
        list_type = "set",
        items(description = "A host.", max_length = 253, pattern = r"^\S+$")
    )]
    pub hosts: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kinds: Option<Vec<ShelfKind>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(max_properties = 8, map_type = "atomic", values(min_length = 1))]
    pub labels: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(values(items(max_length = 5)))]
    pub lists: Option<BTreeMap<String, Vec<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objects: Option<Vec<Map<String, Value>>>,
    /// The parts by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<BTreeMap<String, Part>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ports: Option<Vec<IntOrString>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(
        max_items = 4,
        rule("self.all(x, x != '')", message = "none is empty"),
        items(rule("self != 'b'"))
    )]
    pub ruled: Option<Vec<String>>,
    /// Some texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub texts: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<Value>>,
}

/// A book.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct Book {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chapters: Option<Vec<Chapter>>,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[resource(default = 1)]
    pub volume: Option<i32>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct Chapter {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ResourcePart)]
pub enum ShelfKind {
    Big,
    Small,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct Part {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
}
