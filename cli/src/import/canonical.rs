//! One form for all schemas that mean the same.

use serde_json::{Map, Number, Value};

/// Whether descriptions are part of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Descriptions {
    Kept,
    Dropped,
}

/// Where a schema stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is that of the whole object.
    Root,
    Below,
}

/// What a server reads as false where it is absent.
const FLAGS: &[&str] = &[
    "nullable",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "uniqueItems",
    "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-embedded-resource",
    "x-kubernetes-int-or-string",
];

const PRESERVE: &str = "x-kubernetes-preserve-unknown-fields";

/// Returns the form of a schema; what is treated alike stands at [`super::differences`].
pub(super) fn canonical(schema: &Value, descriptions: Descriptions, place: Place) -> Value {
    let Some(fields) = schema.as_object() else { return number(schema) };
    let below = |child: &Value| canonical(child, descriptions, Place::Below);
    let mut out = Map::new();
    for (key, value) in fields {
        let said = match key.as_str() {
            "description" if descriptions == Descriptions::Dropped => continue,
            "description" => match value.as_str().map(words) {
                Some(text) if !text.is_empty() => text.into(),
                _ => continue,
            },
            "properties" => match value.as_object() {
                Some(all) if !all.is_empty() => all.iter().map(|(name, child)| (name.clone(), below(child))).collect(),
                _ => continue,
            },
            // No list is taken, whatever it holds.
            "items" if fields.get("type").is_some_and(|ty| ty != "array") => continue,
            "items" | "additionalProperties" | "not" if value.is_object() => below(value),
            "oneOf" | "anyOf" | "allOf" => match value.as_array() {
                Some(all) if !all.is_empty() => all.iter().map(below).collect(),
                _ => continue,
            },
            // Fields are required of objects only.
            "required" if fields.get("type").is_some_and(|ty| ty != "object") => continue,
            "required" => match sorted(value, place) {
                Some(names) => names,
                None => continue,
            },
            "enum" => values(value),
            "x-kubernetes-validations" => match value.as_array() {
                Some(all) if !all.is_empty() => all.iter().map(rule).collect(),
                _ => continue,
            },
            "type" if fields.get("x-kubernetes-int-or-string") == Some(&Value::Bool(true)) => continue,
            "x-kubernetes-list-type" if value == "atomic" => continue,
            "x-kubernetes-map-type" if value == "granular" => continue,
            "format" if is_the_only_size(fields, value) => continue,
            "minimum" | "maximum" | "multipleOf" => number(value),
            flag if FLAGS.contains(&flag) && *value != Value::Bool(true) => continue,
            _ if value.is_null() => continue,
            _ => value.clone(),
        };
        out.insert(key.clone(), said);
    }
    if out.get("x-kubernetes-int-or-string") == Some(&Value::Bool(true)) {
        without_the_two_types(&mut out);
    }
    any_values(&mut out);
    if place == Place::Root {
        implied(&mut out);
    }
    out.into()
}

/// Integers of a server have 64 bits, and its numbers are doubles, whether the schema says so or not.
fn is_the_only_size(fields: &Map<String, Value>, format: &Value) -> bool {
    let ty = fields.get("type").and_then(Value::as_str);
    matches!((ty, format.as_str()), (Some("integer"), Some("int64")) | (Some("number"), Some("double")))
}

fn sorted(value: &Value, place: Place) -> Option<Value> {
    let mut names: Vec<&str> = value.as_array()?.iter().filter_map(Value::as_str).collect();
    if place == Place::Root {
        names.retain(|name| !matches!(*name, "apiVersion" | "kind" | "metadata"));
    }
    names.sort_unstable();
    names.dedup();
    (!names.is_empty()).then(|| names.into())
}

fn values(value: &Value) -> Value {
    let mut all: Vec<Value> = value.as_array().into_iter().flatten().map(number).collect();
    all.sort_by_cached_key(Value::to_string);
    all.dedup();
    all.into()
}

/// `1.0` is `1`.
fn number(value: &Value) -> Value {
    match value.as_f64() {
        #[expect(clippy::cast_possible_truncation, reason = "whole numbers of this size are exact in both types")]
        Some(number) if value.is_f64() && number.fract() == 0.0 && number.abs() < 1e15 => {
            Number::from(number as i64).into()
        }
        _ => value.clone(),
    }
}

fn rule(value: &Value) -> Value {
    let mut rule = value.clone();
    if let Value::Object(fields) = &mut rule {
        fields.retain(|key, value| match key.as_str() {
            "reason" => value != "FieldValueInvalid",
            "optionalOldSelf" => *value == Value::Bool(true),
            _ => !value.is_null() && value != "",
        });
    }
    rule
}

/// `x-kubernetes-int-or-string` says it all.
fn without_the_two_types(node: &mut Map<String, Value>) {
    let is_both = |value: Option<&Value>| {
        value.and_then(Value::as_array).is_some_and(|all| {
            let types: Vec<_> = all.iter().map(|one| one["type"].as_str().unwrap_or_default()).collect();
            types == ["integer", "string"] && all.iter().all(|one| one.as_object().is_some_and(|one| one.len() == 1))
        })
    };
    if is_both(node.get("anyOf")) {
        node.remove("anyOf");
    }
    let Some(Value::Array(all)) = node.get_mut("allOf") else { return };
    if all.first().is_some_and(|first| is_both(first.get("anyOf")) && first.as_object().map(Map::len) == Some(1)) {
        all.remove(0);
    }
    if all.is_empty() {
        node.remove("allOf");
    }
}

/// A map of anything and an object that keeps everything are the same.
fn any_values(node: &mut Map<String, Value>) {
    let is_any = match node.get("additionalProperties") {
        Some(Value::Bool(any)) => *any,
        Some(Value::Object(values)) => {
            values.len() == usize::from(values.contains_key("description")) + 1
                && values.get(PRESERVE) == Some(&true.into())
        }
        _ => return,
    };
    if is_any {
        node.remove("additionalProperties");
        node.insert(PRESERVE.into(), true.into());
    }
}

/// Every object has a version, a kind and metadata.
fn implied(root: &mut Map<String, Value>) {
    let properties = root.entry("properties").or_insert_with(|| Map::new().into());
    let Some(properties) = properties.as_object_mut() else { return };
    for name in ["apiVersion", "kind"] {
        properties.insert(name.into(), serde_json::json!({ "type": "string" }));
    }
    let metadata = properties.entry("metadata").or_insert_with(|| serde_json::json!({ "type": "object" }));
    if let Some(metadata) = metadata.as_object_mut() {
        metadata.remove("description");
    }
}

/// Returns a text as its words, each after one space, and without the fences of code and the backslash before a heading.
pub(super) fn words(text: &str) -> String {
    let lines = text.lines().filter(|line| !matches!(line.trim(), "```" | "```text"));
    let text = lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    if text.starts_with("\\#") { text[1..].to_owned() } else { text }
}
