//! The metadata of objects and lists: the structs of `meta/v1` that other kinds are built from.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::map::Map;
use crate::object::Metadata;
use crate::resource_version::ResourceVersion;
use crate::str::Str;
use crate::time::Time;

/// The metadata that every object has.
///
/// Empty means absent, as on the wire. The server owns the fields that say so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct ObjectMeta {
    /// The name; unique within the kind and namespace.
    #[serde(skip_serializing_if = "str::is_empty", deserialize_with = "or_default")]
    pub name: Str,
    /// The prefix that the server makes a name from where `name` is empty.
    #[serde(skip_serializing_if = "str::is_empty", deserialize_with = "or_default")]
    pub generate_name: Str,
    /// The namespace; empty for cluster-scoped objects.
    #[serde(skip_serializing_if = "str::is_empty", deserialize_with = "or_default")]
    pub namespace: Str,
    /// No longer filled by any server.
    #[serde(skip_serializing_if = "str::is_empty", deserialize_with = "or_default")]
    pub self_link: Str,
    /// Tells this object from all others of the same name, before and after. Set by the server.
    #[serde(skip_serializing_if = "str::is_empty", deserialize_with = "or_default")]
    pub uid: Str,
    /// The version of this state. Send it back with an update, so that changes in between are not lost.
    #[serde(skip_serializing_if = "ResourceVersion::is_empty", deserialize_with = "or_default")]
    pub resource_version: ResourceVersion,
    /// Counts the changes of what is wanted. Set by the server; 0 where the kind has none.
    #[serde(skip_serializing_if = "is_zero", deserialize_with = "or_default")]
    pub generation: i64,
    /// When the object was created. Set by the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creation_timestamp: Option<Time>,
    /// When the object goes. Set by the server once a deletion was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deletion_timestamp: Option<Time>,
    /// Seconds from the request to delete to the end. Set by the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deletion_grace_period_seconds: Option<i64>,
    /// Labels to select by.
    #[serde(skip_serializing_if = "Map::is_empty", deserialize_with = "or_default")]
    pub labels: Map<Str>,
    /// Further facts that nothing selects by.
    #[serde(skip_serializing_if = "Map::is_empty", deserialize_with = "or_default")]
    pub annotations: Map<Str>,
    /// The objects that this one belongs to; it goes when they are gone.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "or_default")]
    pub owner_references: Vec<OwnerReference>,
    /// Who has to finish before a deleted object goes.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "or_default")]
    pub finalizers: Vec<Str>,
    /// Which manager set which fields. Kept by the server.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "or_default")]
    pub managed_fields: Vec<ManagedFieldsEntry>,
}

/// Names an owner of an object, in the same namespace or cluster-scoped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct OwnerReference {
    /// The owner's `apiVersion`.
    pub api_version: Str,
    /// The owner's kind.
    pub kind: Str,
    /// The owner's name.
    pub name: Str,
    /// The owner's uid.
    pub uid: Str,
    /// Whether the owner is the one that controls the object. Unset: no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub controller: Option<bool>,
    /// Whether a foreground deletion of the owner waits for this object. Unset: no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block_owner_deletion: Option<bool>,
}

/// Which fields one manager set, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct ManagedFieldsEntry {
    /// The manager.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub manager: Str,
    /// `Apply` or `Update`.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub operation: Str,
    /// The `apiVersion` that the fields are written in.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub api_version: Str,
    /// When the entry changed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
    /// How the fields are written; `FieldsV1` is the only way.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub fields_type: Str,
    /// The fields.
    #[serde(rename = "fieldsV1", skip_serializing_if = "Option::is_none")]
    pub fields_v1: Option<FieldsV1>,
    /// The subresource that was written; empty for the object itself.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub subresource: Str,
}

/// A set of fields, kept as the JSON that the server wrote.
///
/// Parsed, it is a tree of maps many times its size; few programs look at it.
#[derive(Clone)]
pub struct FieldsV1(Box<RawValue>);

/// The metadata of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct ListMeta {
    /// No longer filled by any server.
    #[serde(skip_serializing_if = "str::is_empty", deserialize_with = "or_default")]
    pub self_link: Str,
    /// The version of the state that was listed; a watch goes on from it.
    #[serde(skip_serializing_if = "ResourceVersion::is_empty", deserialize_with = "or_default")]
    pub resource_version: ResourceVersion,
    /// The token for the next page; empty on the last one.
    #[serde(rename = "continue", skip_serializing_if = "str::is_empty", deserialize_with = "or_default")]
    pub continue_token: Str,
    /// How many objects follow on later pages, where the server knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remaining_item_count: Option<i64>,
}

/// Selects objects by their labels, as kinds such as `Deployment` hold it.
///
/// An empty selector selects everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct LabelSelector {
    /// Labels that an object must have.
    #[serde(skip_serializing_if = "Map::is_empty", deserialize_with = "or_default")]
    pub match_labels: Map<Str>,
    /// Further requirements; all must hold.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "or_default")]
    pub match_expressions: Vec<LabelSelectorRequirement>,
}

/// One requirement of a [`LabelSelector`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct LabelSelectorRequirement {
    /// The label.
    pub key: Str,
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    pub operator: Str,
    /// The values for `In` and `NotIn`.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "or_default")]
    pub values: Vec<Str>,
}

/// One aspect of the state of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct Condition {
    /// The aspect, such as `Ready`; unique in the list.
    pub r#type: Str,
    /// `True`, `False` or `Unknown`.
    pub status: Str,
    /// The generation of the object that this was found for; 0 if not given.
    #[serde(skip_serializing_if = "is_zero")]
    pub observed_generation: i64,
    /// When the status changed last. The server requires it.
    pub last_transition_time: Option<Time>,
    /// Why, for programs, in one CamelCase word.
    pub reason: Str,
    /// Why, for people.
    pub message: Str,
}

/// Reads `null` as absent, as Go does.
fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(value: &i64) -> bool {
    *value == 0
}

impl FieldsV1 {
    /// Returns the JSON.
    pub fn as_json(&self) -> &str {
        self.0.get()
    }
}

impl PartialEq for FieldsV1 {
    fn eq(&self, other: &Self) -> bool {
        self.as_json() == other.as_json()
    }
}

impl Eq for FieldsV1 {}

impl fmt::Debug for FieldsV1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_json())
    }
}

impl Serialize for FieldsV1 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for FieldsV1 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Through a value, because a raw one can only be taken from JSON text, and this may come from a tree.
        let value = serde_json::Value::deserialize(deserializer)?;
        serde_json::value::to_raw_value(&value).map(Self).map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for FieldsV1 {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FieldsV1".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "object" })
    }
}

impl Metadata for ObjectMeta {
    fn name(&self) -> &str {
        &self.name
    }

    fn generate_name(&self) -> &str {
        &self.generate_name
    }

    fn namespace(&self) -> &str {
        &self.namespace
    }

    fn uid(&self) -> &str {
        &self.uid
    }

    fn resource_version(&self) -> &str {
        self.resource_version.as_str()
    }

    fn generation(&self) -> i64 {
        self.generation
    }

    fn creation_timestamp(&self) -> Option<Time> {
        self.creation_timestamp
    }

    fn deletion_timestamp(&self) -> Option<Time> {
        self.deletion_timestamp
    }

    fn label(&self, key: &str) -> Option<&str> {
        self.labels.get(key).map(Str::as_str)
    }

    fn labels(&self) -> Vec<(&str, &str)> {
        self.labels.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect()
    }

    fn annotation(&self, key: &str) -> Option<&str> {
        self.annotations.get(key).map(Str::as_str)
    }

    fn annotations(&self) -> Vec<(&str, &str)> {
        self.annotations.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect()
    }

    fn finalizers(&self) -> Vec<&str> {
        self.finalizers.iter().map(Str::as_str).collect()
    }

    fn owner_references(&self) -> Vec<OwnerReference> {
        self.owner_references.clone()
    }

    fn set_name(&mut self, name: &str) {
        self.name = name.into();
    }

    fn set_namespace(&mut self, namespace: &str) {
        self.namespace = namespace.into();
    }

    fn set_resource_version(&mut self, version: &str) {
        self.resource_version = version.into();
    }

    fn set_label(&mut self, key: &str, value: Option<&str>) {
        set(&mut self.labels, key, value);
    }

    fn set_annotation(&mut self, key: &str, value: Option<&str>) {
        set(&mut self.annotations, key, value);
    }

    fn set_finalizers(&mut self, finalizers: Vec<String>) {
        self.finalizers = finalizers.into_iter().map(Str::from).collect();
    }

    fn set_owner_references(&mut self, owners: Vec<OwnerReference>) {
        self.owner_references = owners;
    }
}

fn set(map: &mut Map<Str>, key: &str, value: Option<&str>) {
    match value {
        Some(value) => drop(map.insert(key, value)),
        None => drop(map.remove(key)),
    }
}
