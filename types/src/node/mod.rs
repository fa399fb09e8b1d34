//! The versions of the group `node`.

#[cfg(feature = "node-v1")]
pub mod v1;
