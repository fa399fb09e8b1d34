//! The versions of the group `resource`.

#[cfg(feature = "resource-v1")]
pub mod v1;
