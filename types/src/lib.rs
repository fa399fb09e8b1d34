//! The built-in kinds of Kubernetes, generated from a table of facts (`types/facts`).
//!
//! Modules are named as the API is: `kubist_types::apps::v1::Deployment`. Each group-version is a feature of the same name (`apps-v1`); `all`
//! turns on every one.
//!
//! # Presence
//!
//! Fields are present and absent as the API has it. A plain field is absent when it is empty: `pod.metadata.name` is a string,
//! `pod.spec.containers` a list, and `pod.status.phase == PodPhase::Running` compares without unwrapping. Where presence means something of its
//! own the field is an `Option`: `deployment.spec.replicas`. Strings with known values are open enumerations: values from a newer server
//! survive as `Other`.

#![expect(
    clippy::exhaustive_structs,
    reason = "users build these structs; new fields come with new minors of Kubernetes"
)]

#[cfg(feature = "__kinds")]
#[macro_use]
mod macros;
// <generated> by `cargo xtask generate`
#[cfg(feature = "admissionregistration-v1")]
pub mod admissionregistration;
#[cfg(feature = "apiextensions-v1")]
pub mod apiextensions;
#[cfg(feature = "apiregistration-v1")]
pub mod apiregistration;
#[cfg(feature = "apps-v1")]
pub mod apps;
#[cfg(feature = "authentication-v1")]
pub mod authentication;
#[cfg(feature = "authorization-v1")]
pub mod authorization;
#[cfg(any(feature = "autoscaling-v1", feature = "autoscaling-v2"))]
pub mod autoscaling;
#[cfg(feature = "batch-v1")]
pub mod batch;
#[cfg(feature = "certificates-v1")]
pub mod certificates;
#[cfg(feature = "coordination-v1")]
pub mod coordination;
#[cfg(feature = "core-v1")]
pub mod core;
#[cfg(feature = "discovery-v1")]
pub mod discovery;
#[cfg(feature = "events-v1")]
pub mod events;
#[cfg(feature = "flowcontrol-v1")]
pub mod flowcontrol;
pub mod meta;
#[cfg(feature = "networking-v1")]
pub mod networking;
#[cfg(feature = "node-v1")]
pub mod node;
#[cfg(feature = "policy-v1")]
pub mod policy;
#[cfg(feature = "rbac-v1")]
pub mod rbac;
#[cfg(feature = "resource-v1")]
pub mod resource;
#[cfg(any(feature = "scheduling-v1", feature = "scheduling-v1alpha3"))]
pub mod scheduling;
#[cfg(feature = "storage-v1")]
pub mod storage;
#[cfg(feature = "storagemigration-v1")]
pub mod storagemigration;
// </generated>
mod kinds;

pub use crate::kinds::{KINDS, Kind};
