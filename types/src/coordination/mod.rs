//! The versions of the group `coordination`.

#[cfg(feature = "coordination-v1")]
pub mod v1;
