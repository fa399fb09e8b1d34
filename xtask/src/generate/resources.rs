//! What the embedded server knows of the built-in kinds: the table of resources, as it stands in the facts.

use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Facts<'a> {
    #[serde(borrow)]
    resources: Vec<&'a RawValue>,
}

/// Prints the resources, a line each.
pub(super) fn print(facts: &Path) -> Result<String, String> {
    let problem = |error: &dyn std::fmt::Display| format!("{}: {error}", facts.display());
    let text = std::fs::read_to_string(facts).map_err(|error| problem(&error))?;
    let table: Facts<'_> = serde_json::from_str(&text).map_err(|error| problem(&error))?;
    let lines: Vec<&str> = table.resources.iter().map(|resource| resource.get()).collect();
    Ok(format!("[\n{}\n]\n", lines.join(",\n")))
}
