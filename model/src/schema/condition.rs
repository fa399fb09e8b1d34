//! What a variant says beyond the structure of the whole: keywords that may stand under `oneOf` and `anyOf`.
//!
//! No `type` may stand there. Where the whole takes several types, a variant excludes the others by bounds that no
//! value meets: each bound holds for values of its own type only.

use serde_json::{Value, json};

use super::merge::type_of;
use super::walk::{INT_OR_STRING, Node};

/// Returns the condition of a variant; empty if all values of the whole are values of the variant.
pub(super) fn of(branch: &Node, whole: &Node) -> Node {
    let mut out = Node::new();
    let is_int_or_string = branch.contains_key(INT_OR_STRING);
    for (key, value) in branch {
        let says = match key.as_str() {
            "required" | "not" | "allOf" | "oneOf" | "enum" | "pattern" | "multipleOf" | "minimum" | "maximum"
            | "exclusiveMinimum" | "exclusiveMaximum" | "minLength" | "maxLength" | "minItems" | "maxItems"
            | "minProperties" | "maxProperties" => true,
            "anyOf" => !is_int_or_string,
            // A format of numbers needs a type beside it.
            "format" => !matches!(value.as_str(), Some("int32" | "int64" | "float" | "double")),
            _ => false,
        };
        if says && whole.get(key) != Some(value) {
            out.insert(key.clone(), value.clone());
        }
    }
    if branch.get("format") == Some(&"int32".into()) && whole.get("format") != branch.get("format") {
        out.entry("minimum").or_insert_with(|| i32::MIN.into());
        out.entry("maximum").or_insert_with(|| i32::MAX.into());
    }
    let fields = |node: &Node| node.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    let whole_fields = fields(whole);
    let conditions: Node = fields(branch)
        .iter()
        // No condition may name it, wherever it is.
        .filter(|(name, _)| *name != "metadata")
        .filter_map(|(name, schema)| {
            let condition = of(schema.as_object()?, whole_fields.get(name)?.as_object()?);
            (!condition.is_empty()).then(|| (name.clone(), condition.into()))
        })
        .collect();
    if !conditions.is_empty() {
        out.insert("properties".into(), conditions.into());
    }
    if let (Some(Value::Object(items)), Some(Value::Object(whole))) = (branch.get("items"), whole.get("items")) {
        let condition = of(items, whole);
        if !condition.is_empty() {
            out.insert("items".into(), condition.into());
        }
    }
    only(type_of(branch), type_of(whole), &mut out);
    out
}

/// Excludes the values that are not of a variant's type.
fn only(branch: &str, whole: &str, out: &mut Node) {
    let excluded: &[&str] = match (branch, whole) {
        // Nothing is known of the one, or the whole is of its type.
        ("", _) => &[],
        (branch, whole) if branch == whole => &[],
        (_, "int-or-string") => &["string", "number"],
        ("integer", "number") => {
            out.entry("multipleOf").or_insert_with(|| 1.into());
            &[]
        }
        (_, "") => &["string", "number", "boolean", "array", "object"],
        _ => &[],
    };
    let is_one = |ty: &str| match ty {
        "number" => matches!(branch, "integer" | "number" | "int-or-string"),
        "string" => matches!(branch, "string" | "int-or-string"),
        other => branch == other,
    };
    for ty in excluded.iter().filter(|ty| !is_one(ty)) {
        let (least, most) = match *ty {
            "string" => ("minLength", "maxLength"),
            "number" => ("minimum", "maximum"),
            "array" => ("minItems", "maxItems"),
            "object" => ("minProperties", "maxProperties"),
            _ => {
                exclude_booleans(out);
                continue;
            }
        };
        out.insert(least.into(), 1.into());
        out.insert(most.into(), 0.into());
    }
    if branch == "integer" && whole.is_empty() {
        out.entry("multipleOf").or_insert_with(|| 1.into());
    }
}

fn exclude_booleans(out: &mut Node) {
    let booleans = json!({ "enum": [true, false] });
    if out.contains_key("not") {
        let all = out.entry("allOf").or_insert_with(|| json!([]));
        if let Value::Array(all) = all {
            all.push(json!({ "not": booleans }));
        }
    } else {
        out.insert("not".into(), booleans);
    }
}
