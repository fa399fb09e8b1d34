//! The metadata of objects and lists: the structs of `meta/v1` that other kinds are built from.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::map::Map;
use crate::message;
use crate::object::Metadata;
use crate::resource_version::ResourceVersion;
use crate::str::Str;
use crate::time::Time;

/// The metadata that every object has.
///
/// Empty means absent, as on the wire. The server owns the fields that say so.
#[derive(Clone, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct ObjectMeta {
    /// The name; unique within the kind and namespace.
    pub name: Str,
    /// The prefix that the server makes a name from where `name` is empty.
    pub generate_name: Str,
    /// The namespace; empty for cluster-scoped objects.
    pub namespace: Str,
    /// No longer filled by any server.
    pub self_link: Str,
    /// Tells this object from all others of the same name, before and after. Set by the server.
    pub uid: Str,
    /// The version of this state. Send it back with an update, so that changes in between are not lost.
    pub resource_version: ResourceVersion,
    /// Counts the changes of what is wanted. Set by the server; 0 where the kind has none.
    pub generation: i64,
    /// When the object was created. Set by the server.
    pub creation_timestamp: Option<Time>,
    /// When the object goes. Set by the server once a deletion was asked for.
    pub deletion_timestamp: Option<Time>,
    /// Seconds from the request to delete to the end. Set by the server.
    pub deletion_grace_period_seconds: Option<i64>,
    /// Labels to select by.
    pub labels: Map<Str>,
    /// Further facts that nothing selects by.
    pub annotations: Map<Str>,
    /// The objects that this one belongs to; it goes when they are gone.
    pub owner_references: Vec<OwnerReference>,
    /// Who has to finish before a deleted object goes.
    pub finalizers: Vec<Str>,
    /// Which manager set which fields. Kept by the server; the client does not read it unless it is told to.
    pub managed_fields: Vec<ManagedFieldsEntry>,
}

/// Names an owner of an object, in the same namespace or cluster-scoped.
#[derive(Clone, Default, PartialEq, Eq)]
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
    pub controller: Option<bool>,
    /// Whether a foreground deletion of the owner waits for this object. Unset: no.
    pub block_owner_deletion: Option<bool>,
}

/// Which fields one manager set, and how.
#[derive(Clone, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct ManagedFieldsEntry {
    /// The manager.
    pub manager: Str,
    /// `Apply` or `Update`.
    pub operation: Str,
    /// The `apiVersion` that the fields are written in.
    pub api_version: Str,
    /// When the entry changed last.
    pub time: Option<Time>,
    /// How the fields are written; `FieldsV1` is the only way.
    pub fields_type: Str,
    /// The fields.
    pub fields_v1: Option<FieldsV1>,
    /// The subresource that was written; empty for the object itself.
    pub subresource: Str,
}

/// A set of fields, kept as the JSON that the server wrote.
///
/// Parsed, it is a tree of maps many times its size; few programs look at it.
#[derive(Clone)]
pub struct FieldsV1(Box<RawValue>);

impl Default for FieldsV1 {
    fn default() -> Self {
        Self(RawValue::NULL.to_owned())
    }
}

/// The metadata of a list.
#[derive(Clone, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct ListMeta {
    /// No longer filled by any server.
    pub self_link: Str,
    /// The version of the state that was listed; a watch goes on from it.
    pub resource_version: ResourceVersion,
    /// The token for the next page; empty on the last one.
    pub continue_token: Str,
    /// How many objects follow on later pages, where the server knows.
    pub remaining_item_count: Option<i64>,
}

/// Selects objects by their labels, as kinds such as `Deployment` hold it.
///
/// An empty selector selects everything.
#[derive(Clone, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct LabelSelector {
    /// Labels that an object must have.
    pub match_labels: Map<Str>,
    /// Further requirements; all must hold.
    pub match_expressions: Vec<LabelSelectorRequirement>,
}

/// One requirement of a [`LabelSelector`].
#[derive(Clone, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct LabelSelectorRequirement {
    /// The label.
    pub key: Str,
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    pub operator: Str,
    /// The values for `In` and `NotIn`.
    pub values: Vec<Str>,
}

/// One aspect of the state of an object.
#[derive(Clone, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these fields")]
pub struct Condition {
    /// The aspect, such as `Ready`; unique in the list.
    pub r#type: Str,
    /// `True`, `False` or `Unknown`.
    pub status: Str,
    /// The generation of the object that this was found for; 0 if not given.
    pub observed_generation: i64,
    /// When the status changed last. The server requires it.
    pub last_transition_time: Option<Time>,
    /// Why, for programs, in one CamelCase word.
    pub reason: Str,
    /// Why, for people.
    pub message: Str,
}

message! { ObjectMeta;
    0 => name: new("name", 1),
    1 => generate_name: new("generateName", 2),
    2 => namespace: new("namespace", 3),
    3 => self_link: new("selfLink", 4),
    4 => uid: new("uid", 5),
    5 => resource_version: new("resourceVersion", 6),
    6 => generation: new("generation", 7),
    7 => creation_timestamp: new("creationTimestamp", 8),
    8 => deletion_timestamp: new("deletionTimestamp", 9),
    9 => deletion_grace_period_seconds: new("deletionGracePeriodSeconds", 10),
    10 => labels: new("labels", 11),
    11 => annotations: new("annotations", 12),
    12 => owner_references: new("ownerReferences", 13).keyed(&["uid"]),
    13 => finalizers: new("finalizers", 14).set(),
    14 => managed_fields: new("managedFields", 17).atomic(),
}

message! { OwnerReference as atomic;
    0 => api_version: always("apiVersion", 5).required(),
    1 => kind: always("kind", 1).required(),
    2 => name: always("name", 3).required(),
    3 => uid: always("uid", 4).required(),
    4 => controller: new("controller", 6),
    5 => block_owner_deletion: new("blockOwnerDeletion", 7),
}

message! { ManagedFieldsEntry;
    0 => manager: new("manager", 1),
    1 => operation: new("operation", 2),
    2 => api_version: new("apiVersion", 3),
    3 => time: new("time", 4),
    4 => fields_type: new("fieldsType", 6),
    5 => fields_v1: new("fieldsV1", 7),
    6 => subresource: new("subresource", 8),
}

message! { ListMeta;
    0 => self_link: new("selfLink", 1),
    1 => resource_version: new("resourceVersion", 2),
    2 => continue_token: new("continue", 3),
    3 => remaining_item_count: new("remainingItemCount", 4),
}

message! { LabelSelector as atomic;
    0 => match_labels: new("matchLabels", 1),
    1 => match_expressions: new("matchExpressions", 2).atomic(),
}

message! { LabelSelectorRequirement;
    0 => key: always("key", 1).required(),
    1 => operator: always("operator", 2).required(),
    2 => values: new("values", 3).atomic(),
}

message! { Condition;
    0 => r#type: always("type", 1).required(),
    1 => status: always("status", 2).required(),
    2 => observed_generation: new("observedGeneration", 3),
    3 => last_transition_time: always("lastTransitionTime", 4).required(),
    4 => reason: always("reason", 5).required(),
    5 => message: always("message", 6).required(),
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
