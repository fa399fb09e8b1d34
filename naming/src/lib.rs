//! The grammar of Kubernetes names.
//!
//! The macros, the client and the embedded API server ask the same functions, so that the compiler and the server refuse the same things.
//! Source: `pkg/util/validation` and `pkg/version` in k8s.io/apimachinery v0.37.2.

mod grammar;
mod inflect;
mod nearest;
pub mod version;

pub use crate::grammar::{
    NameError, dns1035_label, dns1123_label, dns1123_subdomain, label_key, label_value, path_segment, qualified_name,
};
pub use crate::inflect::{list_kind, plural, singular};
pub use crate::nearest::nearest;
