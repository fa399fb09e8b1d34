//! The versions of the group `apiextensions`.

#[cfg(feature = "apiextensions-v1")]
pub mod schema;
#[cfg(feature = "apiextensions-v1")]
pub mod v1;
