//! Patches as values and as pure functions.

pub mod json;
pub mod merge;

use std::fmt;

pub use self::json::{JsonPatch, JsonPatchOp, PatchError};

/// How a patch is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PatchType {
    /// Operations one after the other: RFC 6902.
    Json,
    /// A tree that is laid over the object: RFC 7386.
    Merge,
    /// A tree whose lists merge by key, for built-in kinds.
    Strategic,
    /// Server-side apply.
    Apply,
}

impl PatchType {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Json, Self::Merge, Self::Strategic, Self::Apply];

    /// Returns the content type of the body.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json-patch+json",
            Self::Merge => "application/merge-patch+json",
            Self::Strategic => "application/strategic-merge-patch+json",
            Self::Apply => "application/apply-patch+yaml",
        }
    }

    /// Returns the type that a content type names, without its parameters.
    pub fn from_content_type(text: &str) -> Option<Self> {
        let text = text.split(';').next().unwrap_or_default().trim();
        Self::ALL.into_iter().find(|kind| kind.content_type().eq_ignore_ascii_case(text))
    }
}

impl fmt::Display for PatchType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.content_type())
    }
}
