//! Work with Kubernetes from Rust.

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

pub use crate::api::{AllNamespaces, Api, Cluster, InNamespace};
pub use crate::body::Body;
pub use crate::client::{Client, ClientBuilder};
pub use crate::config::{Config, Kubeconfig};
pub use crate::error::{BoxError, Error, Result};
pub use crate::rest::RestClient;
pub use kubist_macros::Resource;
pub use kubist_model::{self as model, *};
pub use kubist_types as types;
