//! The versions of the group `batch`.

#[cfg(feature = "batch-v1")]
pub mod v1;
