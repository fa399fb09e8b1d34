//! The versions of the group `discovery`.

#[cfg(feature = "discovery-v1")]
pub mod v1;
