//! The versions of the group `policy`.

#[cfg(feature = "policy-v1")]
pub mod v1;
