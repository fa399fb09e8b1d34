//! The versions of the group `authentication`.

#[cfg(feature = "authentication-v1")]
pub mod v1;
