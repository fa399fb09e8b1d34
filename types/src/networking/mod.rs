//! The versions of the group `networking`.

#[cfg(feature = "networking-v1")]
pub mod v1;
