//! The objects out of the documentation of a project.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize as _;
use serde_json::Value;

use crate::{fits, project};

/// Returns the objects that fit the schema of their kind, each once, as JSON on one line.
pub(crate) fn read(folder: &Path, definitions: &[Value]) -> BTreeSet<String> {
    let mut schemas: BTreeMap<(String, String), &Value> = BTreeMap::new();
    let mut groups = BTreeSet::new();
    for definition in definitions {
        let spec = &definition["spec"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        groups.insert(text(&spec["group"]));
        for version in spec["versions"].as_array().into_iter().flatten() {
            let key = (format!("{}/{}", text(&spec["group"]), text(&version["name"])), text(&spec["names"]["kind"]));
            schemas.insert(key, &version["schema"]["openAPIV3Schema"]);
        }
    }
    let mut objects = BTreeSet::new();
    for path in project::sorted(folder) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        // Most files are about other things, and YAML takes its time.
        if !groups.iter().any(|group| text.contains(group.as_str())) {
            continue;
        }
        for document in serde_norway::Deserializer::from_str(&text) {
            let Ok(value) = Value::deserialize(document) else { break };
            let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
            let Some(schema) = schemas.get(&(text("apiVersion"), text("kind"))) else { continue };
            if has_metadata(&value) && fits::problem(schema, &value, "").is_none() {
                objects.insert(value.to_string());
            }
        }
    }
    objects
}

/// Tells whether the metadata are such as people write; what else belongs there is tried elsewhere.
fn has_metadata(object: &Value) -> bool {
    object["metadata"].as_object().is_some_and(|fields| {
        fields.iter().all(|(key, value)| match key.as_str() {
            "name" | "namespace" | "generateName" => value.is_string(),
            "labels" | "annotations" => {
                value.as_object().is_some_and(|all| !all.is_empty() && all.values().all(Value::is_string))
            }
            _ => false,
        })
    })
}
