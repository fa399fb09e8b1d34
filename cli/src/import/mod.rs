//! Custom resource definitions as Rust: types with `#[derive(Resource)]` and `#[derive(ResourcePart)]`, whose `crd()` is the
//! definition again.
//!
//! ```
//! let definition = kubist::json!({
//!     "apiVersion": "apiextensions.k8s.io/v1",
//!     "kind": "CustomResourceDefinition",
//!     "metadata": { "name": "lamps.example.com" },
//!     "spec": {
//!         "group": "example.com",
//!         "scope": "Namespaced",
//!         "names": { "plural": "lamps", "kind": "Lamp" },
//!         "versions": [{ "name": "v1", "served": true, "storage": true, "schema": { "openAPIV3Schema": {
//!             "type": "object",
//!             "properties": { "spec": { "type": "object", "properties": { "isOn": { "type": "boolean" } } } },
//!         }}}],
//!     },
//! });
//! let import = kubist_cli::import::import(&[definition])?;
//! assert_eq!(import.files[0].path, "lamp.rs");
//! assert!(import.files[0].text.contains("pub is_on: Option<bool>"));
//! # Ok::<(), kubist_cli::import::ImportError>(())
//! ```

mod canonical;
mod command;
mod docs;
mod equivalence;
mod file;
mod fit;
mod known;
mod names;
mod naming;
mod paths;
mod root;
mod rust;
mod says;
mod shape;
mod write;

use std::error::Error;
use std::fmt;

use serde_json::Value;

pub use self::command::{from_cluster, run};
pub use self::equivalence::{Difference, differences, undescribed};

/// What came of definitions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Import {
    /// The files: one for each kind, or a folder where a kind has several versions, and `mod.rs` with all of them.
    pub files: Vec<File>,
    /// What the files hold, in the order of the definitions.
    pub kinds: Vec<Kind>,
    /// What could not be said in Rust; a comment in the file says it, too.
    pub notes: Vec<Note>,
}

/// A file of Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct File {
    /// Where it belongs, such as `lamp/v1.rs`.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// A kind that was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Kind {
    /// The name of the definition, such as `lamps.example.com`.
    pub name: String,
    /// Its module; if that is a folder, a function `crd` in it gives the definition with all versions.
    pub module: String,
    /// The type of each version, such as `lamp::Lamp` or `lamp::v1::Lamp`.
    pub types: Vec<String>,
}

/// Something that could not be said in Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// Where it stands, such as `lamps.example.com v1 .spec.color`.
    pub path: String,
    /// What it is.
    pub text: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.text)
    }
}

/// A definition cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError(String);

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for ImportError {}

/// Writes the Rust of definitions, given as JSON.
///
/// # Errors
///
/// What is no definition of `apiextensions.k8s.io/v1`, or misses a name, a version or a schema; it names the definition.
pub fn import(definitions: &[Value]) -> Result<Import, ImportError> {
    file::all(definitions)
}
