//! What `types/facts/*.json` holds.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

/// All that is known of one minor of Kubernetes.
#[derive(Deserialize)]
pub(crate) struct Table {
    /// The version of the server.
    pub(crate) kubernetes: String,
    /// What it serves by default.
    pub(crate) resources: Vec<Resource>,
    /// String types with constants.
    pub(crate) enums: Vec<Enumeration>,
    /// The structs of which the kinds are made.
    pub(crate) structs: Vec<Structure>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Resource {
    pub(crate) group: String,
    pub(crate) version: String,
    pub(crate) kind: String,
    pub(crate) plural: String,
    pub(crate) singular: String,
    #[serde(default)]
    pub(crate) namespaced: bool,
    #[serde(default)]
    pub(crate) short_names: Vec<String>,
    #[serde(default)]
    pub(crate) categories: Vec<String>,
    #[serde(default)]
    pub(crate) subresources: Vec<Subresource>,
}

#[derive(Deserialize)]
pub(crate) struct Subresource {
    pub(crate) name: String,
}

#[derive(Deserialize)]
pub(crate) struct Enumeration {
    pub(crate) package: String,
    pub(crate) name: String,
    /// Name of the Go constant and its value.
    pub(crate) values: Vec<(String, String)>,
}

#[derive(Clone, Deserialize)]
pub(crate) struct Structure {
    pub(crate) package: String,
    pub(crate) name: String,
    /// Whether it is a document of its own.
    pub(crate) kind: bool,
    #[serde(default, rename = "mapType")]
    pub(crate) map_type: String,
    pub(crate) fields: Vec<Field>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Field {
    #[serde(default)]
    pub(crate) json: String,
    /// `*T` pointer, `[]T` list, `{}T` map, `core/v1.Name` struct or string type.
    pub(crate) r#type: String,
    /// The number in protobuf.
    #[serde(default)]
    pub(crate) proto: u8,
    #[serde(default)]
    pub(crate) omit_empty: bool,
    #[serde(default)]
    pub(crate) inline: bool,
    #[serde(default)]
    pub(crate) required: bool,
    #[serde(default)]
    pub(crate) default: Option<serde_json::Value>,
    #[serde(default)]
    pub(crate) list_type: String,
    #[serde(default)]
    pub(crate) list_map_keys: Vec<String>,
    #[serde(default)]
    pub(crate) map_type: String,
}

impl Table {
    /// Reads the table.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Returns the structs by their name in the table's notation.
    pub(crate) fn structs_by_name(&self) -> BTreeMap<String, &Structure> {
        self.structs.iter().map(|found| (format!("{}.{}", found.package, found.name), found)).collect()
    }
}
