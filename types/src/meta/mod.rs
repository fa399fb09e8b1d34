//! The versions of the group `meta`.

pub mod v1;
