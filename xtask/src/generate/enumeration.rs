//! String types with known values.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::names::type_name;
use crate::facts::Enumeration;

/// Types whose constants are a few of many: names of resources and finalizers.
const OPEN_SETS: [&str; 2] = ["core/v1.ResourceName", "core/v1.FinalizerName"];

/// Tells whether a string type is worth an enumeration: it has at least two values, and they are not examples only.
pub(super) fn is_enumeration(found: &Enumeration) -> bool {
    let values = found.values.iter().filter(|(_, value)| !value.is_empty()).count();
    values > 1 && !OPEN_SETS.contains(&format!("{}.{}", found.package, found.name).as_str())
}

/// Writes an enumeration.
pub(super) fn print(found: &Enumeration) -> String {
    let name = type_name(&found.name);
    let mut out = format!(
        "open_enum! {{\n    /// `{}` of `{}`; values that are not listed survive.\n",
        found.name, found.package
    );
    if name != found.name {
        let _ = writeln!(out, "    #[doc(alias = \"{}\")]", found.name);
    }
    let _ = writeln!(out, "    {name} {{");
    let mut taken = BTreeSet::from(["Unset".to_owned(), "Other".to_owned()]);
    let mut values = BTreeSet::new();
    for (constant, value) in &found.values {
        if value.is_empty() || !values.insert(value) {
            continue;
        }
        let mut variant = variant(found, constant, value);
        while !taken.insert(variant.clone()) {
            variant.push('_');
        }
        let _ = writeln!(out, "        {variant} = {value:?},");
    }
    out.push_str("    }\n}\n\n");
    out
}

/// The name of a value: the value itself where it reads as one, without the domain of a qualified name.
fn variant(found: &Enumeration, constant: &str, value: &str) -> String {
    let local = match value.rsplit_once('/') {
        Some((domain, local)) if domain.contains('.') => local,
        _ => value,
    };
    let from_value = type_name(local);
    if from_value.starts_with(|first: char| first.is_ascii_alphabetic()) && from_value != "Self" {
        from_value
    } else {
        let stripped = constant.replace(&found.name, "").replace(found.name.trim_end_matches("Type"), "");
        type_name(if stripped.is_empty() { constant } else { &stripped })
    }
}
