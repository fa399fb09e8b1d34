//! The versions of the group `apiregistration`.

#[cfg(feature = "apiregistration-v1")]
pub mod v1;
