//! The objects out of the documentation of a project.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize as _;
use serde_json::Value;

use crate::{fits, project};

/// The schemas of definitions, by version and kind of their objects.
pub(crate) struct Schemas<'a>(BTreeMap<(String, String), &'a Value>);

impl<'a> Schemas<'a> {
    pub(crate) fn of(definitions: impl Iterator<Item = &'a Value>) -> Self {
        let mut schemas = BTreeMap::new();
        for definition in definitions {
            let spec = &definition["spec"];
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            for version in spec["versions"].as_array().into_iter().flatten() {
                let api_version = format!("{}/{}", text(&spec["group"]), text(&version["name"]));
                schemas.insert((api_version, text(&spec["names"]["kind"])), &version["schema"]["openAPIV3Schema"]);
            }
        }
        Self(schemas)
    }

    pub(crate) fn find(&self, object: &Value) -> Option<&'a Value> {
        let text = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
        self.0.get(&(text("apiVersion"), text("kind"))).copied()
    }

    /// Tells whether a text may hold such an object.
    fn may_be_in(&self, text: &str) -> bool {
        self.0.keys().any(|(api_version, _)| text.contains(api_version.as_str()))
    }
}

/// Returns the objects that fit the schema of their kind, each once, as JSON on one line.
pub(crate) fn read(folder: &Path, schemas: &Schemas<'_>) -> BTreeSet<String> {
    let mut objects = BTreeSet::new();
    for path in project::sorted(folder) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        // Most files are about other things, and YAML takes its time.
        if !schemas.may_be_in(&text) {
            continue;
        }
        for document in serde_norway::Deserializer::from_str(&text) {
            let Ok(value) = Value::deserialize(document) else { break };
            let Some(schema) = schemas.find(&value) else { continue };
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
            "finalizers" => value.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(Value::is_string)),
            _ => false,
        })
    })
}
