//! The list of all kinds.

use std::fmt::Write as _;

use super::header;
use super::names::type_name;
use super::package::{feature, package_of};
use crate::facts::Table;

/// Writes the list of the kinds that are compiled in.
pub(super) fn print(table: &Table) -> String {
    let mut out = header(table, "The kinds that are compiled in.");
    out.push_str(BEGINNING);
    for resource in &table.resources {
        let package = package_of(resource);
        let _ = writeln!(
            out,
            "    #[cfg(feature = {:?})]\n    Kind::of::<crate::{}::{}>(),",
            feature(&package),
            package.replace('/', "::"),
            type_name(&resource.kind)
        );
    }
    out.push_str("];\n");
    out
}

const BEGINNING: &str = "
use kubist_model::ResourceInfo;
use kubist_model::reflect::Message;

/// A built-in kind: its description, and how to make an empty object of it.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    info: fn() -> &'static ResourceInfo,
    empty: fn() -> Box<dyn Message>,
}

impl Kind {
    #[cfg(feature = \"__kinds\")]
    const fn of<K: kubist_model::Resource + Message + Default>() -> Self {
        Self { info: K::info, empty: || Box::new(K::default()) }
    }

    /// Returns the description of the kind.
    pub fn info(&self) -> &'static ResourceInfo {
        (self.info)()
    }

    /// Makes an empty object, to be looked into by reflection.
    pub fn empty(&self) -> Box<dyn Message> {
        (self.empty)()
    }
}

/// The kinds that the features of this build bring, sorted by group, version and plural.
pub const KINDS: &[Kind] = &[
";
