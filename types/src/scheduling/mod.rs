//! The versions of the group `scheduling`.

#[cfg(feature = "scheduling-v1")]
pub mod v1;
#[cfg(feature = "scheduling-v1alpha3")]
pub mod v1alpha3;
