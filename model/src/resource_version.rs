//! The version of an object or a list.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::str::Str;

/// Tells one state of an object, or of a list, from another.
///
/// It is opaque: equal or not is all there is to know, so it has no order. Empty means that there is none.
/// Source: <https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions>.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ResourceVersion(Str);

impl ResourceVersion {
    /// Returns the version that asks a list or watch for any state that the server has at hand.
    pub const fn any() -> Self {
        Self(Str::literal("0"))
    }

    /// Returns the text as the server wrote it.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Tells whether there is no version.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for ResourceVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for ResourceVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl From<&str> for ResourceVersion {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for ResourceVersion {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<Str> for ResourceVersion {
    fn from(text: Str) -> Self {
        Self(text)
    }
}

impl From<&ResourceVersion> for ResourceVersion {
    fn from(version: &ResourceVersion) -> Self {
        version.clone()
    }
}

impl From<ResourceVersion> for String {
    fn from(version: ResourceVersion) -> Self {
        version.0.into()
    }
}

impl PartialEq<str> for ResourceVersion {
    fn eq(&self, other: &str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<&str> for ResourceVersion {
    fn eq(&self, other: &&str) -> bool {
        self.0 == **other
    }
}

impl schemars::JsonSchema for ResourceVersion {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "ResourceVersion".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <Str as schemars::JsonSchema>::json_schema(generator)
    }
}
