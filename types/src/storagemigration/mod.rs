//! The versions of the group `storagemigration`.

#[cfg(feature = "storagemigration-v1")]
pub mod v1;
