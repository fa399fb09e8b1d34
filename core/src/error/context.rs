//! Of what operation an error is.

use std::fmt;

/// The operation, the resource, the object and the namespace of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    pub(crate) verb: &'static str,
    /// `pods`, `deployments.apps`, with the subresource behind a slash; for other paths the path.
    pub(crate) resource: String,
    pub(crate) name: String,
    pub(crate) namespace: String,
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.verb, self.resource)?;
        if !self.name.is_empty() {
            write!(f, " {:?}", self.name)?;
        }
        if !self.namespace.is_empty() {
            write!(f, " in {:?}", self.namespace)?;
        }
        Ok(())
    }
}
