//! The versions of the group `rbac`.

#[cfg(feature = "rbac-v1")]
pub mod v1;
