//! The versions of the group `certificates`.

#[cfg(feature = "certificates-v1")]
pub mod v1;
