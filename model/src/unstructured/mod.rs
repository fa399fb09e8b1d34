//! Objects of any kind, without a type.

mod json_read;
mod metadata;
mod node;
mod path;
mod read;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

pub use self::metadata::UnstructuredMeta;
pub use self::node::{Node, Nodes};
pub use self::path::PathError;
pub use self::read::FromNode;
use crate::json::is_space;
use crate::managed_fields::ManagedFields;
use crate::map::Map;
use crate::object::{Metadata, Object, WholeObject};
use crate::resource::{Dynamic, HasScale, HasStatus, Resource};
use crate::wire::{DecodeError, EncodeError, Format, Wire, json_text};

/// An object whose kind is known only at run time.
///
/// Fields are read and written by path: `object.at::<&str>("spec.containers[name=app].image")?`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unstructured(UnstructuredMeta);

impl Unstructured {
    /// Makes an object with a type and a name.
    pub fn new(api_version: &str, kind: &str, name: &str) -> Self {
        let mut object = Self::default();
        object.0.fields.insert("apiVersion", api_version);
        object.0.fields.insert("kind", kind);
        object.0.set_name(name);
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
        match path::find(&self.0.fields, path) {
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
    pub fn set(&mut self, path: &str, value: impl Into<Node>) -> Result<(), PathError> {
        *path::find_or_make(&mut self.0.fields, path)? = value.into();
        Ok(())
    }

    /// Removes the value at a path and returns it; `None` if there was none.
    ///
    /// # Errors
    ///
    /// A path that cannot be read, or that looks into something else than an object or a list.
    pub fn remove(&mut self, path: &str) -> Result<Option<Node>, PathError> {
        path::remove(&mut self.0.fields, path)
    }

    /// Returns the fields.
    pub fn fields(&self) -> &Map<Node> {
        &self.0.fields
    }

    /// Returns the fields to write to.
    pub fn fields_mut(&mut self) -> &mut Map<Node> {
        &mut self.0.fields
    }

    /// Takes a JSON value, which must be an object.
    ///
    /// # Errors
    ///
    /// What stands there instead.
    pub fn from_value(value: Value) -> Result<Self, DecodeError> {
        Self::from_node(value.into())
    }

    fn from_node(node: Node) -> Result<Self, DecodeError> {
        match node {
            Node::Map(fields) => Ok(Self::of(fields)),
            other => Err(DecodeError::new(format!("expected an object, found {}", path::describe(&other)))),
        }
    }

    /// Returns the object as a JSON value.
    pub fn into_value(self) -> Value {
        Node::Map(self.0.fields).into()
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
        Ok(Self::of(serde_json::from_slice(&bytes)?))
    }

    fn of(fields: Map<Node>) -> Self {
        Self(UnstructuredMeta { fields })
    }

    /// Puts in what it leaves to the list that it stands in.
    fn with_type(mut self, item_type: (&str, &str)) -> Self {
        for (field, value) in [("apiVersion", item_type.0), ("kind", item_type.1)] {
            if !value.is_empty() && self.text(field).is_empty() {
                self.0.fields.insert(field, value);
            }
        }
        self
    }

    fn text(&self, field: &str) -> &str {
        self.0.fields.get(field).and_then(Node::as_str).unwrap_or_default()
    }
}

impl Object for Unstructured {
    type Meta = UnstructuredMeta;

    fn metadata(&self) -> &UnstructuredMeta {
        &self.0
    }

    fn metadata_mut(&mut self) -> &mut UnstructuredMeta {
        &mut self.0
    }
}

impl WholeObject for Unstructured {}

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
        let text = json_text(bytes)?;
        let fields = match json_read::read_object(text, item_type, ManagedFields::Keep) {
            Some((fields, length)) if text.bytes().skip(length).all(is_space) => fields,
            // It says what is wrong.
            _ => serde_json::from_str(text)?,
        };
        Ok(Self::of(fields).with_type(item_type))
    }

    fn decode_prefix(
        text: &str,
        item_type: Option<(&str, &str)>,
        managed_fields: ManagedFields,
    ) -> Option<(Self, usize)> {
        let (fields, length) = json_read::read_object(text, item_type.unwrap_or_default(), managed_fields)?;
        let object = Self::of(fields).with_type(item_type.unwrap_or_default());
        (item_type.is_some() || !object.kind().is_empty()).then_some((object, length))
    }

    fn encode(&self, _: Format, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        Ok(serde_json::to_writer(out, &self.0.fields)?)
    }
}

impl Dynamic for Unstructured {}

impl HasStatus for Unstructured {
    type Status = Node;

    fn status_mut(&mut self) -> &mut Node {
        let status = self.0.fields.entry("status");
        if status.is_null() {
            *status = Node::Map(Map::new());
        }
        status
    }
}

impl HasScale for Unstructured {}

impl Serialize for Unstructured {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.fields.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Unstructured {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_node(Node::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
