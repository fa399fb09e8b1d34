//! Structural schemas: what a custom resource may hold.
//!
//! Pruning, defaulting and the checks of types, required fields, enumerations, bounds and patterns. Not checked yet: CEL rules, formats,
//! `oneOf` and its kind, uniqueness of keyed lists.
//! Source: `pkg/apiserver/schema` in k8s.io/apiextensions-apiserver and `pkg/validation` in k8s.io/kube-openapi.

mod check;
mod default;
mod prune;

use serde_json::Value;

pub(crate) use self::check::check;
pub(crate) use self::default::default;
pub(crate) use self::prune::prune;

/// Fields of every object that no schema needs to name.
const ALWAYS: [&str; 3] = ["apiVersion", "kind", "metadata"];

fn flag(schema: &Value, name: &str) -> bool {
    schema.get(name).and_then(Value::as_bool).unwrap_or(false)
}

fn property<'a>(schema: &'a Value, name: &str) -> Option<&'a Value> {
    schema.get("properties")?.get(name)
}

/// The path of a field, as errors print it.
fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

#[cfg(test)]
mod tests;
