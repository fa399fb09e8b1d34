//! The versions of the group `core`.

#[cfg(feature = "core-v1")]
pub mod v1;
