//! The metadata of an untyped object.

use serde::Deserialize;
use serde_json::Value;

use super::Node;
use crate::map::Map;
use crate::meta::OwnerReference;
use crate::object::Metadata;
use crate::time::Time;

/// The metadata of an [`Unstructured`](crate::Unstructured): its field `metadata`, read and written in place.
///
/// A type of its own, so that `object.name()` means one thing where both traits are in use.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnstructuredMeta {
    /// Those of the whole object.
    pub(super) fields: Map<Node>,
}

impl UnstructuredMeta {
    fn meta(&self, field: &str) -> Option<&Node> {
        self.fields.get("metadata")?.get(field)
    }

    fn meta_text(&self, field: &str) -> &str {
        self.meta(field).and_then(Node::as_str).unwrap_or_default()
    }

    fn meta_time(&self, field: &str) -> Option<Time> {
        self.meta(field)?.as_str()?.parse().ok()
    }

    fn meta_map(&self, field: &str) -> Vec<(&str, &str)> {
        let entries = self.meta(field).and_then(Node::as_map).into_iter().flatten();
        entries.filter_map(|(key, value)| Some((key.as_str(), value.as_str()?))).collect()
    }

    fn set_meta(&mut self, field: &str, value: Option<Node>) {
        let metadata = self.fields.entry("metadata").make_map();
        match value {
            Some(value) => drop(metadata.insert(field, value)),
            None => drop(metadata.remove(field)),
        }
    }

    fn set_meta_entry(&mut self, field: &str, key: &str, value: Option<&str>) {
        let mut entries = self.meta(field).and_then(Node::as_map).cloned().unwrap_or_default();
        match value {
            Some(value) => drop(entries.insert(key, value)),
            None => drop(entries.remove(key)),
        }
        self.set_meta(field, (!entries.is_empty()).then_some(Node::Map(entries)));
    }
}

fn non_empty(text: &str) -> Option<Node> {
    (!text.is_empty()).then(|| text.into())
}

impl Metadata for UnstructuredMeta {
    fn name(&self) -> &str {
        self.meta_text("name")
    }

    fn generate_name(&self) -> &str {
        self.meta_text("generateName")
    }

    fn namespace(&self) -> &str {
        self.meta_text("namespace")
    }

    fn uid(&self) -> &str {
        self.meta_text("uid")
    }

    fn resource_version(&self) -> &str {
        self.meta_text("resourceVersion")
    }

    fn generation(&self) -> i64 {
        self.meta("generation").and_then(Node::as_i64).unwrap_or(0)
    }

    fn creation_timestamp(&self) -> Option<Time> {
        self.meta_time("creationTimestamp")
    }

    fn deletion_timestamp(&self) -> Option<Time> {
        self.meta_time("deletionTimestamp")
    }

    fn label(&self, key: &str) -> Option<&str> {
        self.meta("labels")?.get(key)?.as_str()
    }

    fn labels(&self) -> Vec<(&str, &str)> {
        self.meta_map("labels")
    }

    fn annotation(&self, key: &str) -> Option<&str> {
        self.meta("annotations")?.get(key)?.as_str()
    }

    fn annotations(&self) -> Vec<(&str, &str)> {
        self.meta_map("annotations")
    }

    fn finalizers(&self) -> Vec<&str> {
        self.meta("finalizers").and_then(Node::as_list).into_iter().flatten().filter_map(Node::as_str).collect()
    }

    fn owner_references(&self) -> Vec<OwnerReference> {
        let owners = self.meta("ownerReferences").and_then(Node::as_list).into_iter().flatten();
        owners.filter_map(|owner| OwnerReference::deserialize(Value::from(owner.clone())).ok()).collect()
    }

    fn set_name(&mut self, name: &str) {
        self.set_meta("name", non_empty(name));
    }

    fn set_namespace(&mut self, namespace: &str) {
        self.set_meta("namespace", non_empty(namespace));
    }

    fn set_resource_version(&mut self, version: &str) {
        self.set_meta("resourceVersion", non_empty(version));
    }

    fn set_label(&mut self, key: &str, value: Option<&str>) {
        self.set_meta_entry("labels", key, value);
    }

    fn set_annotation(&mut self, key: &str, value: Option<&str>) {
        self.set_meta_entry("annotations", key, value);
    }

    fn set_finalizers(&mut self, finalizers: Vec<String>) {
        self.set_meta("finalizers", (!finalizers.is_empty()).then(|| finalizers.into()));
    }

    fn set_owner_references(&mut self, owners: Vec<OwnerReference>) {
        let owners = serde_json::to_value(&owners).expect("owner references are strings and truth values");
        self.set_meta(
            "ownerReferences",
            Some(Node::from(owners)).filter(|list| list.as_list().is_some_and(|list| !list.is_empty())),
        );
    }
}
