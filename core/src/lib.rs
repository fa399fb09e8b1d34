//! Work with Kubernetes from Rust: annotate a struct, and it is a resource; ask for [`Api<K>`](Api), and there is a typed
//! client; ask for [`Unstructured`], and no type is needed at all.
//!
//! ```
//! use kubist::types::core::v1::Pod;
//! use kubist::{Api, Client, Object, Unstructured, json};
//!
//! # async fn example() -> kubist::Result<()> {
//! let client = Client::try_default().await?;
//!
//! let pods = Api::<Pod>::namespaced(&client, "prod");
//! for pod in pods.list().labels("app=web").await? {
//!     println!("{}", pod.name());
//! }
//! pods.patch("web-0").merge(json!({"metadata": {"labels": {"tier": "front"}}})).await?;
//! pods.delete("web-1").if_exists().await?;
//!
//! let kind = client.discovery().resolve("deploy").await?;
//! let deploys = Api::<Unstructured>::dynamic(&client, &kind).namespace("prod")?;
//! deploys.scale("web").set(3).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # From the ground up
//!
//! * [`Client`] talks to one server as one user: [`Client::try_default`], [`Client::builder`], or
//!   [`Client::from_service`] for the embedded server and for tests.
//! * [`RestClient`] makes requests by verb and path, and reads bytes, texts, values and streams.
//! * [`Api`] has the verbs of one kind. A verb makes a request, which is a value; `.await` sends it. What cannot work, such as
//!   a status for a kind without one, does not compile.
//! * [`Discovery`] finds out which kinds a server serves, and what people call them.
//! * [`Resource`] is both the trait of kinds that the compiler knows and the derive that makes a struct one. With `view_of = Pod` the struct is a
//!   view: it names the fields that one wants of a built-in kind, and nothing else is decoded.
//! * [`Error`] says what was done to which object, and what came of it.
//! * [`types`] holds the built-in kinds, [`model`] the vocabulary beneath all of it.
//!
//! # Features
//!
//! * `core-v1`, `apiextensions-v1` (both on by default), `apps-v1`, `batch-v1` and so on: the built-in kinds of one group-version each;
//!   `all` turns on every one.
//! * `reqwest`: [`ClientBuilder::reqwest`] takes a client of reqwest, with its connections.
//! * `k8s-openapi`: the kinds of the `k8s-openapi` crate work everywhere that Kubist's own do.

pub mod api;
pub mod body;
pub mod client;
pub mod config;
pub mod crd;
pub mod discovery;
pub mod error;
pub mod rest;
pub mod subresource;

#[doc(hidden)]
#[path = "private/mod.rs"]
pub mod __private;
mod auth;
mod transport;

pub use crate::api::{AllNamespaces, Api, Cluster, Deletion, InNamespace};
pub use crate::body::Body;
pub use crate::client::{Client, ClientBuilder};
pub use crate::config::{Config, Kubeconfig};
pub use crate::discovery::Discovery;
pub use crate::error::{BoxError, Error, Result};
pub use crate::rest::RestClient;

pub use kubist_macros::{Resource, ResourcePart};
#[cfg(feature = "k8s-openapi")]
pub use kubist_model::k8s_openapi;
pub use kubist_model::{
    self as model, ApplyOptions, Clock, ClusterScoped, Condition, CreateOptions, DecodeError, DeleteOptions, Dynamic,
    EncodeError, FieldValidation, FieldsV1, Format, GetOptions, GroupVersion, GroupVersionKind, GroupVersionResource,
    HasScale, HasStatus, IntOrString, JsonPatch, JsonPatchOp, LabelSelector, LabelSelectorRequirement, List, ListMeta,
    ListOptions, ManagedFields, ManagedFieldsEntry, Map, Metadata, MicroTime, Namespaced, Node, Object, ObjectMeta,
    OwnerReference, PartialObjectMetadata, PatchOptions, PatchType, PathError, Preconditions, PropagationPolicy,
    Quantity, Reason, Resource, ResourceInfo, ResourceVersion, ResourceVersionMatch, Scope, Status, StatusCause,
    StatusDetails, Str, Time, TypeMeta, Unstructured, UpdateOptions, WatchEvent, WholeObject, Wire, set_condition,
};
pub use kubist_types as types;
pub use serde_json::json;
