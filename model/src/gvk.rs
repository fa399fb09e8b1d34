//! Groups, versions, kinds and resources.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::str::Str;

/// The two fields that say what an object is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these two")]
pub struct TypeMeta {
    /// `group/version`, or the version alone for the core group.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub api_version: Str,
    /// The kind, such as `Pod`.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub kind: Str,
}

/// A group and a version of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(clippy::exhaustive_structs, reason = "the name says what it holds")]
pub struct GroupVersion {
    /// The group; empty for the core group.
    pub group: Str,
    /// The version.
    pub version: Str,
}

/// A kind of one group and version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(clippy::exhaustive_structs, reason = "the name says what it holds")]
pub struct GroupVersionKind {
    /// The group; empty for the core group.
    pub group: Str,
    /// The version.
    pub version: Str,
    /// The kind.
    pub kind: Str,
}

/// A resource, the plural name in URLs, of one group and version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(clippy::exhaustive_structs, reason = "the name says what it holds")]
pub struct GroupVersionResource {
    /// The group; empty for the core group.
    pub group: Str,
    /// The version.
    pub version: Str,
    /// The resource.
    pub resource: Str,
}

impl GroupVersion {
    /// Makes one of its parts; the core group is empty.
    pub fn new(group: impl Into<Str>, version: impl Into<Str>) -> Self {
        Self { group: group.into(), version: version.into() }
    }
}

impl FromStr for GroupVersion {
    type Err = GroupVersionError;

    /// Parses an `apiVersion`: `apps/v1`, or `v1` for the core group.
    fn from_str(text: &str) -> Result<Self, GroupVersionError> {
        let (group, version) = text.split_once('/').unwrap_or(("", text));
        if version.contains('/') || (version.is_empty() && !text.is_empty()) {
            return Err(GroupVersionError { text: text.into() });
        }
        Ok(Self::new(group, version))
    }
}

impl fmt::Display for GroupVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.group.is_empty() {
            write!(f, "{}/", self.group)?;
        }
        f.write_str(&self.version)
    }
}

impl fmt::Display for GroupVersionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.group.is_empty() {
            write!(f, "{}/", self.group)?;
        }
        write!(f, "{} {}", self.version, self.kind)
    }
}

impl TypeMeta {
    /// Splits into group, version and kind.
    ///
    /// # Errors
    ///
    /// An `apiVersion` with more than one slash.
    pub fn group_version_kind(&self) -> Result<GroupVersionKind, GroupVersionError> {
        let GroupVersion { group, version } = self.api_version.parse()?;
        Ok(GroupVersionKind { group, version, kind: self.kind.clone() })
    }
}

/// A text that is no `apiVersion`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupVersionError {
    text: Box<str>,
}

impl fmt::Display for GroupVersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no apiVersion; write `group/version`, or `v1` for the core group", self.text)
    }
}

impl std::error::Error for GroupVersionError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn api_versions_are_read_and_printed() {
        for (text, group, version) in [("v1", "", "v1"), ("apps/v1", "apps", "v1"), ("", "", "")] {
            let parsed: GroupVersion = text.parse().unwrap();
            assert_eq!((parsed.group.as_str(), parsed.version.as_str()), (group, version));
            assert_eq!(parsed.to_string(), text);
        }
        assert!("a/b/c".parse::<GroupVersion>().is_err());
        assert!("apps/".parse::<GroupVersion>().is_err());
    }
}
