//! The grammar of Kubernetes names.
//!
//! Pure functions over strings, without dependencies: the derive checks names with them while a program compiles, the
//! client and the embedded server while it runs. Each rule is the API server's own, by
//! [`apimachinery`](https://github.com/kubernetes/apimachinery/tree/v0.37.2/pkg/api/validate/content).
//!
//! ```
//! use kubist_naming as naming;
//!
//! assert!(naming::dns1123_label("web-0").is_ok());
//! let error = naming::dns1123_label("Web_0").unwrap_err();
//! assert_eq!(error.to_string(), r#""Web_0" is not a DNS label: 'W' is not one of a-z, 0-9, '-'"#);
//! assert_eq!(error.suggestion().as_deref(), Some("web-0"));
//!
//! assert_eq!(naming::plural("NetworkPolicy"), "networkpolicies");
//! assert!(naming::version::compare("v1", "v1beta2").is_gt());
//! assert_eq!(naming::nearest("shortname", ["short_names", "scope"]), Some("short_names"));
//! ```

mod error;
mod grammar;
mod near;
pub mod version;
pub mod webhook;
mod words;

pub use error::{Grammar, NameError};
pub use grammar::{
    api_group, dns1035_label, dns1123_label, dns1123_subdomain, is_protected_group, kind, label_key, label_value,
    path_segment, qualified_name,
};
pub use near::nearest;
pub use words::{list_kind, plural, singular};
