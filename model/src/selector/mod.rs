//! Selectors: which objects a list, a watch or a delete is about.

mod field;
mod label;

pub use self::field::{FieldRequirement, FieldSelector};
pub use self::label::{LabelMatcher, LabelOperator, LabelRequirement};

use std::fmt;

/// A selector that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectorError(String);

impl fmt::Display for SelectorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SelectorError {}
