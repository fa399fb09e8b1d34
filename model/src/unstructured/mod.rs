//! Objects of any kind, without a type.

mod node;
mod path;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Map, Value};

pub use self::node::FromNode;
pub use self::path::PathError;
use crate::meta::OwnerReference;
use crate::object::{Metadata, Object};
use crate::resource::{Dynamic, HasScale, HasStatus, Resource};
use crate::time::Time;
use crate::wire::{DecodeError, EncodeError, Format, Wire};

/// An object whose kind is known only at run time.
///
/// Fields are read and written by path: `object.at::<&str>("spec.containers[name=app].image")?`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unstructured(Map<String, Value>);

impl Unstructured {
    /// Makes an object with a type and a name.
    pub fn new(api_version: &str, kind: &str, name: &str) -> Self {
        let mut object = Self::default();
        object.0.insert("apiVersion".into(), api_version.into());
        object.0.insert("kind".into(), kind.into());
        Metadata::set_name(&mut object, name);
        object
    }

    /// Returns the `apiVersion`; empty if there is none.
    pub fn api_version(&self) -> &str {
        self.text("apiVersion")
    }

    /// Returns the kind; empty if there is none.
    pub fn kind(&self) -> &str {
        self.text("kind")
    }

    /// Reads the value at a path, such as `spec.ports[0].port` or `metadata.labels["app.kubernetes.io/name"]`.
    ///
    /// # Errors
    ///
    /// The step that leads nowhere, or what stands there if it is something else. An `Option` reads what is absent as `None`.
    pub fn at<'a, T: FromNode<'a>>(&'a self, path: &str) -> Result<T, PathError> {
        match path::find(&self.0, path) {
            Ok(value) => T::from_node(value).map_err(|expected| PathError::unexpected(path, expected, value)),
            Err(error) if error.is_absent() => T::absent().ok_or(error),
            Err(error) => Err(error),
        }
    }

    /// Sets the value at a path. Absent objects on the way are made; items of lists must be there.
    ///
    /// # Errors
    ///
    /// The step that leads nowhere, and what stands there.
    pub fn set(&mut self, path: &str, value: impl Into<Value>) -> Result<(), PathError> {
        *path::find_or_make(&mut self.0, path)? = value.into();
        Ok(())
    }

    /// Removes the value at a path and returns it; `None` if there was none.
    ///
    /// # Errors
    ///
    /// A path that cannot be read, or that looks into something else than an object or a list.
    pub fn remove(&mut self, path: &str) -> Result<Option<Value>, PathError> {
        path::remove(&mut self.0, path)
    }

    /// Returns the fields.
    pub fn fields(&self) -> &Map<String, Value> {
        &self.0
    }

    /// Returns the fields to write to.
    pub fn fields_mut(&mut self) -> &mut Map<String, Value> {
        &mut self.0
    }

    /// Takes a JSON value, which must be an object.
    ///
    /// # Errors
    ///
    /// What stands there instead.
    pub fn from_value(value: Value) -> Result<Self, DecodeError> {
        match value {
            Value::Object(fields) => Ok(Self(fields)),
            other => Err(DecodeError::new(format!("expected an object, found {}", path::describe(&other)))),
        }
    }

    /// Returns the object as a JSON value.
    pub fn into_value(self) -> Value {
        Value::Object(self.0)
    }

    /// Turns the object into a typed one, which checks its `apiVersion` and `kind`.
    ///
    /// # Errors
    ///
    /// Both types if they differ, or the path and what stood there.
    pub fn decode<K: Resource>(&self) -> Result<K, DecodeError> {
        let mut bytes = Vec::new();
        self.encode(Format::Json, &mut bytes).map_err(|error| DecodeError::new(error.to_string()))?;
        K::decode(&bytes, Format::Json)
    }

    /// Turns a typed object into an untyped one.
    ///
    /// # Errors
    ///
    /// A value that JSON cannot hold.
    pub fn encode_from<K: Resource>(object: &K) -> Result<Self, EncodeError> {
        let mut bytes = Vec::new();
        object.encode(Format::Json, &mut bytes)?;
        Ok(Self(serde_json::from_slice(&bytes)?))
    }

    fn text(&self, field: &str) -> &str {
        self.0.get(field).and_then(Value::as_str).unwrap_or_default()
    }

    fn meta(&self, field: &str) -> Option<&Value> {
        self.0.get("metadata")?.get(field)
    }

    fn meta_text(&self, field: &str) -> &str {
        self.meta(field).and_then(Value::as_str).unwrap_or_default()
    }

    fn meta_time(&self, field: &str) -> Option<Time> {
        self.meta(field)?.as_str()?.parse().ok()
    }

    fn meta_map(&self, field: &str) -> Vec<(&str, &str)> {
        let entries = self.meta(field).and_then(Value::as_object).into_iter().flatten();
        entries.filter_map(|(key, value)| Some((key.as_str(), value.as_str()?))).collect()
    }

    fn set_meta(&mut self, field: &str, value: Option<Value>) {
        let metadata = self.0.entry("metadata").or_insert_with(|| Value::Object(Map::new()));
        if !metadata.is_object() {
            *metadata = Value::Object(Map::new());
        }
        if let Value::Object(fields) = metadata {
            match value {
                Some(value) => drop(fields.insert(field.into(), value)),
                None => drop(fields.remove(field)),
            }
        }
    }

    fn set_meta_entry(&mut self, field: &str, key: &str, value: Option<&str>) {
        let mut entries = self.meta(field).and_then(Value::as_object).cloned().unwrap_or_default();
        match value {
            Some(value) => drop(entries.insert(key.into(), value.into())),
            None => drop(entries.remove(key)),
        }
        self.set_meta(field, (!entries.is_empty()).then_some(Value::Object(entries)));
    }
}

fn non_empty(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| text.into())
}

impl Metadata for Unstructured {
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
        self.meta("generation").and_then(Value::as_i64).unwrap_or(0)
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
        self.meta("finalizers").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    }

    fn owner_references(&self) -> Vec<OwnerReference> {
        let owners = self.meta("ownerReferences").and_then(Value::as_array).into_iter().flatten();
        owners.filter_map(|owner| OwnerReference::deserialize(owner).ok()).collect()
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
            Some(owners).filter(|list| list.as_array().is_some_and(|list| !list.is_empty())),
        );
    }
}

impl Object for Unstructured {
    type Meta = Self;

    fn metadata(&self) -> &Self {
        self
    }

    fn metadata_mut(&mut self) -> &mut Self {
        self
    }
}

impl Wire for Unstructured {
    fn decode(bytes: &[u8], format: Format) -> Result<Self, DecodeError> {
        let object = Self::decode_item(bytes, format, ("", ""))?;
        if object.kind().is_empty() {
            return Err(DecodeError::new("expected an object, found one without a kind"));
        }
        Ok(object)
    }

    fn decode_item(bytes: &[u8], format: Format, item_type: (&str, &str)) -> Result<Self, DecodeError> {
        if format != Format::Json {
            return Err(DecodeError::new("untyped objects are read from JSON only"));
        }
        let mut object = Self(serde_json::from_slice(bytes)?);
        for (field, value) in [("apiVersion", item_type.0), ("kind", item_type.1)] {
            if !value.is_empty() && object.text(field).is_empty() {
                object.0.insert(field.into(), value.into());
            }
        }
        Ok(object)
    }

    fn encode(&self, _: Format, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        Ok(serde_json::to_writer(out, &self.0)?)
    }
}

impl Dynamic for Unstructured {}

impl HasStatus for Unstructured {
    type Status = Value;

    fn status_mut(&mut self) -> &mut Value {
        self.0.entry("status").or_insert_with(|| Value::Object(Map::new()))
    }
}

impl HasScale for Unstructured {}

impl Serialize for Unstructured {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Unstructured {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_value(Value::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
