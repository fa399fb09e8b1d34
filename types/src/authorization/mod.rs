//! The versions of the group `authorization`.

#[cfg(feature = "authorization-v1")]
pub mod v1;
