//! Structural schemas: what a custom resource may hold.
//!
//! Pruning, defaulting, and the rules in CEL; `kubist_model::validation` does the other checks.
//! Source: `pkg/apiserver/schema` in k8s.io/apiextensions-apiserver.

mod default;
mod library;
mod prune;
mod rules;
mod values;

use serde_json::Value;

pub(crate) use self::default::default;
pub(crate) use self::library::Patterns;
pub(crate) use self::prune::prune;
pub(crate) use self::rules::Rules;

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
