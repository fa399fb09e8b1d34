//! The keywords that a structural schema keeps, and how their values change.

use serde_json::{Map, Value};

use super::walk::{Node, PRESERVE};

/// The formats that the server knows; any other only makes it warn.
///
/// `duration` is not among them: it is `PT1H30M` to JSON Schema, and `1h30m` to the server.
///
/// Source: [`formats.go`](https://github.com/kubernetes/apiextensions-apiserver/blob/v0.37.2/pkg/apiserver/validation/formats.go).
const FORMATS: &[&str] = &[
    "bsonobjectid",
    "uri",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "cidr",
    "mac",
    "uuid",
    "uuid3",
    "uuid4",
    "uuid5",
    "isbn",
    "isbn10",
    "isbn13",
    "creditcard",
    "ssn",
    "hexcolor",
    "rgbcolor",
    "byte",
    "password",
    "date",
    "date-time",
    "datetime",
    "int32",
    "int64",
    "float",
    "double",
    "k8s-short-name",
    "k8s-long-name",
];

pub(super) fn copy(from: &Node, key: &str, to: &mut Node) {
    if let Some(value) = from.get(key) {
        to.insert(key.to_owned(), value.clone());
    }
}

/// Returns what any node keeps as it is: its description, what Kubernetes itself added, and conditions.
pub(super) fn kept(node: &Node) -> Node {
    node.iter()
        .filter(|(key, _)| key.starts_with("x-kubernetes-") || matches!(key.as_str(), "description" | "nullable"))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// Writes the keywords of a string, number or boolean.
pub(super) fn scalar(ty: &str, node: &Node, out: &mut Node) {
    for key in ["minimum", "maximum", "multipleOf", "minLength", "maxLength", "pattern"] {
        copy(node, key, out);
    }
    // Numbers since draft 6, flags in OpenAPI 3.0.
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        match node.get(exclusive) {
            Some(limit @ Value::Number(_)) => {
                out.insert(bound.to_owned(), limit.clone());
                out.insert(exclusive.to_owned(), true.into());
            }
            Some(flag @ Value::Bool(true)) => {
                out.insert(exclusive.to_owned(), flag.clone());
            }
            _ => {}
        }
    }
    match node.get("format").and_then(Value::as_str) {
        Some(format) if FORMATS.contains(&format) => copy(node, "format", out),
        Some(format) if ty == "integer" => integer(format, out),
        _ => {}
    }
    listed(node, out);
}

/// Writes the bounds of an integer type of Rust that is no format of Kubernetes', whose integers have 64 bits.
fn integer(format: &str, out: &mut Node) {
    if format.starts_with("uint") {
        out.entry("minimum").or_insert_with(|| 0.into());
    }
    match format {
        "uint32" => {
            out.insert("format".into(), "int64".into());
            out.entry("maximum").or_insert_with(|| u32::MAX.into());
        }
        "uint" | "int" | "uint64" | "uint128" | "int128" => {
            out.insert("format".into(), "int64".into());
        }
        _ => {}
    }
}

/// Writes the values that are listed, and those that are excluded.
pub(super) fn listed(node: &Node, out: &mut Node) {
    if let Some(excluded) = node.get("not").and_then(Value::as_object).and_then(values) {
        out.insert("not".to_owned(), Node::from_iter([("enum".to_owned(), excluded.into())]).into());
    }
    if let Some(values) = values(node).filter(|values| !values.is_empty()) {
        out.insert("enum".to_owned(), values.into());
    }
}

/// Returns the values that `enum` or `const` lists.
pub(super) fn values(node: &Node) -> Option<Vec<Value>> {
    match (node.get("const"), node.get("enum")) {
        (Some(value), _) => Some(vec![value.clone()]),
        (None, Some(Value::Array(values))) => Some(values.clone()),
        _ => None,
    }
}

/// Returns the one type of the values that `enum` or `const` lists; `None` where there is no list.
pub(super) fn type_of_values(node: &Node) -> Result<Option<&'static str>, String> {
    let Some(values) = values(node) else { return Ok(None) };
    let mut types: Vec<&str> = values.iter().map(super::type_of_value).collect();
    types.sort_unstable();
    types.dedup();
    match types.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(only)),
        ["integer", "number"] => Ok(Some("number")),
        several => Err(several.join(", ")),
    }
}

/// Writes the default that the server fills in, where it is one that the server takes.
pub(super) fn default(node: &Node, out: &mut Node) {
    let Some(value) = node.get("default") else { return };
    let value = without_nulls(value);
    if !value.is_null() && is_complete(&value, out) {
        out.insert("default".to_owned(), value);
    }
}

/// An absent field is absent: `null` in an object says nothing.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key.clone(), without_nulls(value)))
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

/// Tells whether a default has every field that the schema requires: the server refuses a definition otherwise.
fn is_complete(value: &Value, schema: &Node) -> bool {
    let child = |key: &str| schema.get(key).and_then(Value::as_object);
    match value {
        Value::Object(fields) => {
            let properties = child("properties");
            let filled = |name: &str| {
                fields.contains_key(name)
                    || properties.and_then(|properties| properties.get(name)?.get("default")).is_some()
            };
            let required = schema.get("required").and_then(Value::as_array);
            let all_there = required.is_none_or(|required| required.iter().filter_map(Value::as_str).all(filled));
            // The server also refuses what it would prune.
            let known = |name: &String| {
                properties.is_some_and(|properties| properties.contains_key(name))
                    || schema.contains_key("additionalProperties")
                    || schema.contains_key(PRESERVE)
            };
            all_there
                && fields.iter().all(|(name, value)| {
                    let below = properties
                        .and_then(|properties| properties.get(name)?.as_object())
                        .or_else(|| child("additionalProperties"));
                    known(name) && below.is_none_or(|below| is_complete(value, below))
                })
        }
        Value::Array(items) => child("items").is_none_or(|below| items.iter().all(|item| is_complete(item, below))),
        _ => true,
    }
}
