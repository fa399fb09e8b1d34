//! `gates.import.k8s.io`.
//!
//! Written by `kubist import`.

#![allow(
    missing_docs,
    clippy::duplicated_attributes,
    clippy::pedantic,
    clippy::style,
    rustdoc::all,
    reason = "names and texts are those of the definition"
)]

pub mod v1;
pub mod v1beta1;

use kubist::crd::{self, CustomResourceDefinition, MergeError};

/// Returns the definition with all of its versions.
///
/// # Errors
///
/// Versions that do not go together.
pub fn crd() -> Result<CustomResourceDefinition, MergeError> {
    crd::merge([v1beta1::Gate::crd(), v1::Gate::crd()])
}
