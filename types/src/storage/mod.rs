//! The versions of the group `storage`.

#[cfg(feature = "storage-v1")]
pub mod v1;
