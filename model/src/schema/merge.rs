//! One structure for all variants of a union.

use serde_json::{Map, Value};

use super::union::is_open;
use super::walk::{INT_OR_STRING, Node, PRESERVE, Walk, any, int_or_string};

/// Merges the structures of variants.
pub(super) fn variants(walk: &mut Walk<'_>, branches: &[Node]) -> Node {
    let mut whole = branches[0].clone();
    drop_conditions(&mut whole);
    let names: Vec<String> = branches.iter().enumerate().map(|(index, branch)| label(branch, index)).collect();
    for (index, branch) in branches.iter().enumerate().skip(1) {
        let mut branch = branch.clone();
        drop_conditions(&mut branch);
        whole = top(walk, whole, branch, (&names[0], &names[index]));
    }
    // What one variant says is not true of the others.
    if branches.len() > 1 {
        whole.remove("description");
        only_common_defaults(&mut whole, branches);
    }
    whole
}

/// Adds the structure of a flattened enum to the struct that it is in.
pub(super) fn into_struct(walk: &mut Walk<'_>, whole: &Node, out: &mut Node) {
    let has_own = out.contains_key("properties");
    for (key, value) in whole {
        match (key.as_str(), out.get_mut(key)) {
            ("properties", Some(Value::Object(ours))) => {
                if let Value::Object(theirs) = value {
                    properties(walk, ours, theirs.clone(), ("the struct", "the enum"));
                }
            }
            // What the variants require is said by their conditions.
            ("required", _) if has_own => {}
            (_, Some(_)) => {}
            (_, None) => {
                out.insert(key.clone(), value.clone());
            }
        }
    }
}

/// Merges two variants, which may be of different types: their conditions tell these.
fn top(walk: &mut Walk<'_>, a: Node, b: Node, names: (&str, &str)) -> Node {
    if let Some(same) = same_type(walk, &a, &b, names) {
        return same;
    }
    // Of any type, with the fields and the items that the variants of these types have.
    let mut whole = any();
    for node in [a, b] {
        for (key, value) in node {
            match (key.as_str(), whole.get_mut(&key)) {
                ("properties", Some(Value::Object(ours))) => {
                    if let Value::Object(theirs) = value {
                        properties(walk, ours, theirs, names);
                    }
                }
                ("properties" | "items", None) => {
                    whole.insert(key, value);
                }
                _ => {}
            }
        }
    }
    whole
}

/// Merges what stands in the same place of two variants.
fn place(walk: &mut Walk<'_>, name: &str, a: &Node, b: &Node, names: (&str, &str)) -> Node {
    if is_open(a) || is_open(b) {
        return any();
    }
    if let Some(same) = same_type(walk, a, b, names) {
        return same;
    }
    walk.problem(format!(
        "the field `{name}` is {} in {} and {} in {}, and a field of Kubernetes is of one type; give them the same type, \
         or two names",
        said(a),
        names.0,
        said(b),
        names.1
    ));
    any()
}

/// Merges two nodes, if there is a type that takes the values of both.
fn same_type(walk: &mut Walk<'_>, a: &Node, b: &Node, names: (&str, &str)) -> Option<Node> {
    if a == b {
        return Some(a.clone());
    }
    let (types, mut whole) = ((type_of(a), type_of(b)), common(a, b));
    match types {
        ("object", "object") => {
            let mut ours = children(a);
            properties(walk, &mut ours, children(b), names);
            whole.remove("properties");
            if !ours.is_empty() {
                whole.insert("properties".into(), ours.into());
            }
            if a.get("additionalProperties") != b.get("additionalProperties")
                || a.contains_key(PRESERVE)
                || b.contains_key(PRESERVE)
            {
                whole.insert(PRESERVE.into(), true.into());
            }
        }
        ("array", "array") => {
            let items = |node: &Node| node.get("items").and_then(Value::as_object).cloned().unwrap_or_else(any);
            let items = place(walk, "items", &items(a), &items(b), names);
            whole.insert("items".into(), items.into());
        }
        ("integer", "number") | ("number", "integer") => {
            whole.insert("type".into(), "number".into());
        }
        ("integer" | "int-or-string", "string" | "int-or-string")
        | ("string" | "int-or-string", "integer")
        | ("string", "int-or-string") => {
            whole.remove("type");
            whole.extend(int_or_string());
        }
        (a_type, b_type) if a_type == b_type => {
            if let (Some(Value::Array(ours)), Some(Value::Array(theirs))) = (a.get("enum"), b.get("enum")) {
                let new = theirs.iter().filter(|value| !ours.contains(value));
                whole.insert("enum".into(), ours.iter().chain(new).cloned().collect());
            }
        }
        _ => return None,
    }
    Some(whole)
}

/// Adds the fields of a variant to those of the others.
fn properties(walk: &mut Walk<'_>, ours: &mut Node, theirs: Node, names: (&str, &str)) {
    for (name, schema) in theirs {
        let known = ours.remove(&name);
        let merged = match (known, schema) {
            (Some(Value::Object(mut known)), Value::Object(mut schema)) => {
                let unsaid = |node: &mut Node| {
                    node.remove("description");
                };
                if known.get("description") != schema.get("description") {
                    unsaid(&mut known);
                    unsaid(&mut schema);
                }
                if known != schema {
                    drop_conditions(&mut known);
                    drop_conditions(&mut schema);
                }
                Value::Object(place(walk, &name, &known, &schema, names))
            }
            (_, schema) => schema,
        };
        ours.insert(name, merged);
    }
}

/// What both nodes say alike.
fn common(a: &Node, b: &Node) -> Node {
    a.iter()
        .filter(|(key, value)| b.get(*key) == Some(value))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// Leaves what a variant says beside its structure to its condition.
fn drop_conditions(node: &mut Node) {
    let is_int_or_string = node.contains_key(INT_OR_STRING);
    node.retain(|key, _| match key.as_str() {
        "required" | "not" | "allOf" | "oneOf" => false,
        "anyOf" => is_int_or_string,
        _ => true,
    });
}

/// Drops the defaults that hold for some variants only: the server would fill them into all.
fn only_common_defaults(whole: &mut Node, branches: &[Node]) {
    let Some(Value::Object(fields)) = whole.get_mut("properties") else { return };
    for (name, field) in fields {
        let everywhere = branches.iter().all(|branch| {
            branch.get("properties").and_then(|fields| fields.get(name)?.get("default")) == field.get("default")
        });
        if let (false, Value::Object(field)) = (everywhere, field) {
            field.remove("default");
        }
    }
}

/// Tells whether the variants are lists of values of one type, and nothing else.
pub(super) fn are_values(branches: &[Node]) -> bool {
    let ty = type_of(&branches[0]);
    branches.iter().all(|branch| branch.contains_key("enum") && type_of(branch) == ty)
}

/// Returns the fields of a node.
fn children(node: &Node) -> Node {
    node.get("properties").and_then(Value::as_object).cloned().unwrap_or_else(Map::new)
}

pub(super) fn type_of(node: &Node) -> &str {
    match node.get("type").and_then(Value::as_str) {
        Some(ty) => ty,
        None if node.contains_key(INT_OR_STRING) => "int-or-string",
        None => "",
    }
}

fn said(node: &Node) -> &'static str {
    match type_of(node) {
        "object" => "an object",
        "array" => "a list",
        "string" => "a string",
        "integer" => "an integer",
        "number" => "a number",
        "boolean" => "a boolean",
        "int-or-string" => "an integer or a string",
        _ => "any value",
    }
}

/// Names a variant by its tag, or by its one field, or by its number.
pub(super) fn label(branch: &Node, index: usize) -> String {
    let fields = branch.get("properties").and_then(Value::as_object);
    let tag = fields.into_iter().flatten().find_map(|(_, schema)| match schema.get("enum")?.as_array()?.as_slice() {
        [Value::String(only)] => Some(only.as_str()),
        _ => None,
    });
    let only = || match branch.get("required")?.as_array()?.as_slice() {
        [Value::String(only)] => Some(only.as_str()),
        _ => None,
    };
    tag.or_else(only).map_or_else(|| format!("the variant {}", index + 1), |name| format!("`{name}`"))
}
