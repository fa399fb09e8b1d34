//! The versions of the group `events`.

#[cfg(feature = "events-v1")]
pub mod v1;
