//! From the schemas that `schemars` makes to the structural schemas that a `CustomResourceDefinition` holds.
//!
//! Kubernetes takes a part of JSON Schema: every value has one type, written where the value is; no references, no
//! recursion, no `null`; under `oneOf` and `anyOf` only conditions, never structure. Most Rust types have a schema of
//! this form; enums are rewritten into it. What has none takes any value in its place, and is named in the
//! [`SchemaError`].
//!
//! Source: [structural schemas](https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema),
//! [`validation.go`](https://github.com/kubernetes/apiextensions-apiserver/blob/v0.37.2/pkg/apiserver/schema/validation.go).

mod condition;
mod keywords;
mod merge;
mod resolve;
mod typed;
mod union;
mod walk;

use std::error::Error;
use std::fmt;

use serde_json::{Map, Value};

/// The keyword that holds what a schema says in the words of Kubernetes already: it stands in the structural schema as it is.
pub const SAID: &str = "x-kubist-said";

/// Rewrites a schema, with the definitions that it refers to, into a structural one.
///
/// The schema is always usable; with an error, the parts that it names take any value, or lack the keyword that it names.
pub fn structural(schema: &Value, definitions: &Map<String, Value>) -> (Value, Result<(), SchemaError>) {
    let mut walk = walk::Walk::new(definitions);
    let schema = Value::Object(walk.node(schema));
    let problems = walk.into_problems();
    (schema, if problems.is_empty() { Ok(()) } else { Err(SchemaError { problems }) })
}

/// Returns what JSON Schema calls the type of a value.
pub fn type_of_value(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The parts of a schema that Kubernetes has no words for.
///
/// Displays as one line with all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaError {
    problems: Vec<SchemaProblem>,
}

impl SchemaError {
    /// Makes one of one part.
    pub fn new(path: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { problems: vec![SchemaProblem { path: path.into(), problem: problem.into() }] }
    }

    /// Returns the parts, in the order of the schema; never empty.
    pub fn problems(&self) -> &[SchemaProblem] {
        &self.problems
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl Error for SchemaError {}

/// One part of a schema that Kubernetes has no words for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SchemaProblem {
    path: String,
    problem: String,
}

impl SchemaProblem {
    /// Returns where the part is, such as `.spec.children[]`; `.` for the whole schema.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what it is and what to do about it.
    pub fn problem(&self) -> &str {
        &self.problem
    }
}

impl fmt::Display for SchemaProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.problem)
    }
}

#[cfg(test)]
mod tests;
