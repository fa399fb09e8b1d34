//! What every object has: metadata to read and a few fields of it to write.

use crate::meta::OwnerReference;
use crate::time::Time;
use crate::wire::Wire;

/// Reads and writes the metadata of an object, whatever struct holds it.
///
/// For those who implement [`Object`]; everybody else finds the same methods there.
///
/// Absent and empty are the same thing here, as they are on the wire.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the metadata of an object",
    label = "write `ObjectMeta` here",
    note = "the metadata of an object is `kubist::ObjectMeta`"
)]
pub trait Metadata {
    /// Returns the name; empty until the object is named.
    fn name(&self) -> &str;
    /// Returns the prefix that the server makes a name from; empty if there is none.
    fn generate_name(&self) -> &str;
    /// Returns the namespace; empty for cluster-scoped objects and until the server fills it.
    fn namespace(&self) -> &str;
    /// Returns the uid; empty until the server fills it.
    fn uid(&self) -> &str;
    /// Returns the resource version as the server wrote it; empty if there is none.
    fn resource_version(&self) -> &str;
    /// Returns the generation; 0 where the kind has none.
    fn generation(&self) -> i64;
    /// Returns when the object was created.
    fn creation_timestamp(&self) -> Option<Time>;
    /// Returns when the object will be, or was asked to be, deleted.
    fn deletion_timestamp(&self) -> Option<Time>;
    /// Returns the value of one label.
    fn label(&self, key: &str) -> Option<&str>;
    /// Returns all labels, sorted by key.
    fn labels(&self) -> Vec<(&str, &str)>;
    /// Returns the value of one annotation.
    fn annotation(&self, key: &str) -> Option<&str>;
    /// Returns all annotations, sorted by key.
    fn annotations(&self) -> Vec<(&str, &str)>;
    /// Returns the finalizers in their order.
    fn finalizers(&self) -> Vec<&str>;
    /// Returns the owners in their order.
    fn owner_references(&self) -> Vec<OwnerReference>;

    /// Sets the name.
    fn set_name(&mut self, name: &str);
    /// Sets the namespace; an empty one removes it.
    fn set_namespace(&mut self, namespace: &str);
    /// Sets the resource version; an empty one removes it.
    fn set_resource_version(&mut self, version: &str);
    /// Sets a label, or removes it with `None`.
    fn set_label(&mut self, key: &str, value: Option<&str>);
    /// Sets an annotation, or removes it with `None`.
    fn set_annotation(&mut self, key: &str, value: Option<&str>);
    /// Replaces the finalizers.
    fn set_finalizers(&mut self, finalizers: Vec<String>);
    /// Replaces the owners.
    fn set_owner_references(&mut self, owners: Vec<OwnerReference>);
}

/// An instance of a kind: something with metadata.
///
/// Generic code reads through these accessors, never through one concrete `ObjectMeta`, so that it works for
/// Kubist's types, for `k8s-openapi`'s and for [`Unstructured`](crate::Unstructured) alike.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a Kubernetes object",
    label = "has no object metadata",
    note = "put `#[derive(kubist::Resource)]` on a struct with a `metadata: ObjectMeta` field, or use a built-in kind"
)]
pub trait Object {
    /// The struct that holds the metadata.
    type Meta: Metadata;

    /// Returns the metadata.
    fn metadata(&self) -> &Self::Meta;
    /// Returns the metadata to write to.
    fn metadata_mut(&mut self) -> &mut Self::Meta;

    /// Returns the name; empty until the object is named.
    fn name(&self) -> &str {
        self.metadata().name()
    }
    /// Returns the namespace; empty for cluster-scoped objects and until the server fills it.
    fn namespace(&self) -> &str {
        self.metadata().namespace()
    }
    /// Returns the uid; empty until the server fills it.
    fn uid(&self) -> &str {
        self.metadata().uid()
    }
    /// Returns the resource version as the server wrote it; empty if there is none.
    fn resource_version(&self) -> &str {
        self.metadata().resource_version()
    }
    /// Returns the generation; 0 where the kind has none.
    fn generation(&self) -> i64 {
        self.metadata().generation()
    }
    /// Returns when the object was created.
    fn creation_timestamp(&self) -> Option<Time> {
        self.metadata().creation_timestamp()
    }
    /// Returns when the object will be, or was asked to be, deleted.
    fn deletion_timestamp(&self) -> Option<Time> {
        self.metadata().deletion_timestamp()
    }
    /// Returns the value of one label.
    fn label(&self, key: &str) -> Option<&str> {
        self.metadata().label(key)
    }
    /// Returns all labels, sorted by key.
    fn labels(&self) -> Vec<(&str, &str)> {
        self.metadata().labels()
    }
    /// Returns the value of one annotation.
    fn annotation(&self, key: &str) -> Option<&str> {
        self.metadata().annotation(key)
    }
    /// Returns all annotations, sorted by key.
    fn annotations(&self) -> Vec<(&str, &str)> {
        self.metadata().annotations()
    }
    /// Returns the finalizers in their order.
    fn finalizers(&self) -> Vec<&str> {
        self.metadata().finalizers()
    }
    /// Returns the owners in their order.
    fn owner_references(&self) -> Vec<OwnerReference> {
        self.metadata().owner_references()
    }

    /// Sets the name.
    fn set_name(&mut self, name: &str) {
        self.metadata_mut().set_name(name);
    }
    /// Sets the namespace; an empty one removes it.
    fn set_namespace(&mut self, namespace: &str) {
        self.metadata_mut().set_namespace(namespace);
    }
    /// Sets the resource version; an empty one removes it.
    fn set_resource_version(&mut self, version: &str) {
        self.metadata_mut().set_resource_version(version);
    }
    /// Sets a label, or removes it with `None`.
    fn set_label(&mut self, key: &str, value: Option<&str>) {
        self.metadata_mut().set_label(key, value);
    }
    /// Sets an annotation, or removes it with `None`.
    fn set_annotation(&mut self, key: &str, value: Option<&str>) {
        self.metadata_mut().set_annotation(key, value);
    }
    /// Replaces the finalizers.
    fn set_finalizers(&mut self, finalizers: Vec<String>) {
        self.metadata_mut().set_finalizers(finalizers);
    }
    /// Replaces the owners.
    fn set_owner_references(&mut self, owners: Vec<OwnerReference>) {
        self.metadata_mut().set_owner_references(owners);
    }
}

/// An object that holds all that its kind has, so that it can be created, and can stand in the place of another.
///
/// A view holds a part: sent in the place of the object, it would remove what it does not name. Derived and built-in kinds are whole;
/// who implements [`Wire`] by hand says so here.
#[diagnostic::on_unimplemented(
    message = "`{Self}` holds only a part of the object",
    label = "the rest of the object would be lost",
    note = "change the part with `apply` or `patch`; to create or replace an object, use `Api` of the kind itself"
)]
pub trait WholeObject: Wire {}
