//! The vocabulary of Kubernetes and its pure functions.
//!
//! Nothing here opens a socket, starts a task or reads a clock. The client and the embedded API server share what is here: metadata,
//! errors, options, selectors, patches, and [`Unstructured`] objects.
//!
//! # Features
//!
//! * `k8s-openapi`: implements the traits of this crate for the kinds of the `k8s-openapi` crate.

pub mod clock;
pub mod condition;
mod decimal;
pub mod definition;
pub mod gvk;
pub mod int_or_string;
mod json;
#[cfg(feature = "k8s-openapi")]
mod k8s_kinds;
pub mod list;
pub mod managed_fields;
pub mod map;
pub mod meta;
pub mod object;
pub mod options;
pub mod partial;
pub mod patch;
pub mod proto;
pub mod quantity;
pub mod reflect;
pub mod resource;
pub mod resource_version;
pub mod root;
pub mod schema;
mod seen;
pub mod selector;
pub mod split;
pub mod status;
pub mod str;
pub mod time;
pub mod unstructured;
pub mod validation;
pub mod watch;
pub mod wire;
pub mod yaml;

#[cfg(feature = "k8s-openapi")]
pub use ::k8s_openapi;

pub use crate::clock::Clock;
pub use crate::condition::set_condition;
pub use crate::gvk::{GroupVersion, GroupVersionKind, GroupVersionResource, TypeMeta};
pub use crate::int_or_string::IntOrString;
pub use crate::list::List;
pub use crate::managed_fields::ManagedFields;
pub use crate::map::Map;
pub use crate::meta::{
    Condition, FieldsV1, LabelSelector, LabelSelectorRequirement, ListMeta, ManagedFieldsEntry, ObjectMeta,
    OwnerReference,
};
pub use crate::object::{Metadata, Object, WholeObject};
pub use crate::options::{
    ApplyOptions, CreateOptions, DeleteOptions, FieldValidation, GetOptions, ListOptions, PatchOptions, Preconditions,
    PropagationPolicy, ResourceVersionMatch, UpdateOptions,
};
pub use crate::partial::PartialObjectMetadata;
pub use crate::patch::{JsonPatch, JsonPatchOp, PatchType};
pub use crate::quantity::Quantity;
pub use crate::resource::{ClusterScoped, Dynamic, HasScale, HasStatus, Namespaced, Resource, ResourceInfo, Scope};
pub use crate::resource_version::ResourceVersion;
pub use crate::status::{Reason, Status, StatusCause, StatusDetails};
pub use crate::str::Str;
pub use crate::time::{MicroTime, Time};
pub use crate::unstructured::{Node, Nodes, PathError, Unstructured, UnstructuredMeta};
pub use crate::watch::WatchEvent;
pub use crate::wire::{DecodeError, EncodeError, Format, Wire};
