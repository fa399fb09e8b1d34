//! The versions of the group `flowcontrol`.

#[cfg(feature = "flowcontrol-v1")]
pub mod v1;
