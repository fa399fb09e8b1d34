//! The versions of the group `admissionregistration`.

#[cfg(feature = "admissionregistration-v1")]
pub mod v1;
