//! Of what operation an error is.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// The operation, the resource, the object and the namespace of a request.
///
/// Each request carries one and few come to print it, so that it is made of what the request has already.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    pub(crate) verb: &'static str,
    /// The plural, such as `deployments`; for other paths the path.
    pub(crate) resource: Cow<'static, str>,
    /// Empty for the core group.
    pub(crate) group: Cow<'static, str>,
    pub(crate) subresource: Option<Arc<str>>,
    pub(crate) name: Option<Arc<str>>,
    pub(crate) namespace: Option<Arc<str>>,
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.verb, self.resource)?;
        if !self.group.is_empty() {
            write!(f, ".{}", self.group)?;
        }
        if let Some(subresource) = &self.subresource {
            write!(f, "/{subresource}")?;
        }
        if let Some(name) = self.name.as_ref().filter(|name| !name.is_empty()) {
            write!(f, " {name:?}")?;
        }
        if let Some(namespace) = &self.namespace {
            write!(f, " in {namespace:?}")?;
        }
        Ok(())
    }
}
