//! The list of all kinds.

use std::fmt::Write as _;

use super::header;
use super::names::type_name;
use super::package::{feature, package_of};
use crate::facts::Table;

/// Writes the list of the kinds that are compiled in.
pub(super) fn print(table: &Table) -> String {
    let mut out = header(table, "The kinds that are compiled in.");
    out.push_str(
        "use kubist_model::reflect::Message;\nuse kubist_model::{Resource, ResourceInfo};\n\n\
         /// A built-in kind: its description, and how to make an empty object of it.\n\
         #[derive(Clone, Copy, Debug)]\n#[non_exhaustive]\npub struct Kind {\n    /// The description of the kind.\n    pub info: &'static ResourceInfo,\n    \
         /// Makes an empty object, to be looked into by reflection.\n    pub new: fn() -> Box<dyn Message>,\n}\n\n\
         impl Kind {\n    const fn of<K: Resource + Message + Default>() -> Self {\n        Self { info: &K::INFO, new: || Box::new(K::default()) }\n    }\n}\n\n\
         /// The kinds that the features of this build bring, sorted by group, version and plural.\n\
         pub const KINDS: &[Kind] = &[\n",
    );
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
