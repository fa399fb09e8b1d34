//! Enums: structure goes up into one node, and only conditions stay in the branches.

use serde_json::{Value, json};

use super::keywords;
use super::walk::{Node, PRESERVE, Walk, any, kind};

/// Rewrites `oneOf` or `anyOf`. `out` holds what is kept of the node in any case.
pub(super) fn rewrite(walk: &mut Walk<'_>, node: &Node, key: &str, branches: &[Value], mut out: Node) -> Node {
    let depth = walk.inside.len();
    let mut resolved = Vec::new();
    // The definitions that a branch goes through, for the walk into it.
    let mut entered = Vec::new();
    for branch in branches {
        let Some(branch) = walk.resolve(branch) else {
            walk.inside.truncate(depth);
            out.extend(any());
            return out;
        };
        resolved.push(branch);
        entered.push(walk.inside.split_off(depth));
    }
    if resolved.is_empty() {
        walk.problem("an enum without variants has no value; leave the field out");
        out.extend(any());
        return out;
    }
    let kinds: Option<Vec<&str>> = resolved.iter().map(|branch| kind(branch).ok().flatten()).collect();
    match kinds {
        Some(kinds) if kinds.iter().all(|kind| *kind == "object") => {
            objects(walk, node, key, &resolved, entered, &mut out);
        }
        Some(kinds) if !kinds.contains(&"array") && kinds.iter().all(|kind| *kind == kinds[0]) => {
            scalars(walk, kinds[0], &resolved, &mut out);
        }
        _ => {
            walk.problem(
                "the variants are values of several types, which Kubernetes cannot tell apart; give each variant a \
                 field of a struct, or hold it as `serde_json::Value`",
            );
            out.extend(any());
        }
    }
    keywords::default(node, &mut out);
    out
}

/// Variants without fields: one list of values.
fn scalars(walk: &mut Walk<'_>, ty: &str, branches: &[Node], out: &mut Node) {
    out.insert("type".into(), ty.into());
    let values: Option<Vec<Vec<Value>>> = branches.iter().map(keywords::values).collect();
    match values {
        Some(values) => {
            out.insert("enum".into(), values.into_iter().flatten().collect());
        }
        None => walk
            .problem(format!("the variants are all of the type {ty}; their conditions are not checked by the server")),
    }
}

/// Variants with fields: all fields in one struct, and in each branch what tells its variant from the others.
fn objects(walk: &mut Walk<'_>, node: &Node, key: &str, branches: &[Node], entered: Vec<Vec<String>>, out: &mut Node) {
    walk.object(node, out);
    let depth = walk.inside.len();
    let mut conditions = Vec::new();
    let rewritten: Vec<Node> = branches
        .iter()
        .zip(entered)
        .map(|(branch, entered)| {
            walk.inside.extend(entered);
            let rewritten = walk.node(&Value::Object(branch.clone()));
            walk.inside.truncate(depth);
            rewritten
        })
        .collect();
    for branch in &rewritten {
        for (name, schema) in branch.get("properties").and_then(Value::as_object).into_iter().flatten() {
            add_property(walk, name, schema, out);
        }
        if branch.contains_key(PRESERVE) || branch.contains_key("additionalProperties") {
            out.insert(PRESERVE.into(), true.into());
        }
        conditions.push(condition(branch));
    }
    // A branch without a condition holds for every object; under `anyOf` so does the whole then.
    let told = conditions.iter().all(|condition| !condition.is_empty());
    if told {
        out.insert(key.to_owned(), conditions.into_iter().map(Value::Object).collect());
    } else if key == "oneOf" {
        walk.problem("a variant without required fields cannot be told from the others; the server does not check which one it is");
    }
}

fn add_property(walk: &mut Walk<'_>, name: &str, schema: &Value, out: &mut Node) {
    let properties = out.entry("properties").or_insert_with(|| json!({}));
    let Value::Object(properties) = properties else { return };
    let Some(known) = properties.get_mut(name) else {
        properties.insert(name.to_owned(), schema.clone());
        return;
    };
    if same(known, schema) {
        return;
    }
    // The tag of an enum, or a field of which each variant allows some values.
    let same_type = known.get("type") == schema.get("type");
    if let (true, Some(Value::Array(theirs))) = (same_type, schema.get("enum"))
        && let Some(Value::Array(ours)) = known.get_mut("enum")
    {
        ours.extend(theirs.iter().filter(|value| !ours.contains(value)).cloned().collect::<Vec<_>>());
        // What one variant says of its tag is not true of the others.
        if let Value::Object(known) = known {
            known.remove("description");
        }
        return;
    }
    *known = Value::Object(any());
    walk.problem(format!(
        "the field `{name}` is of another type in another variant; give it the same type, or another name"
    ));
}

fn same(a: &Value, b: &Value) -> bool {
    let bare = |schema: &Value| {
        let mut schema = schema.clone();
        if let Value::Object(node) = &mut schema {
            node.remove("description");
            node.remove("default");
        }
        schema
    };
    bare(a) == bare(b)
}

/// Returns what a branch may say: which fields are required, and the value of a tag.
fn condition(branch: &Node) -> Node {
    let mut condition = Node::new();
    keywords::copy(branch, "required", &mut condition);
    let required = branch.get("required").and_then(Value::as_array);
    let tags: Node = branch
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter(|(name, _)| required.is_some_and(|required| required.iter().any(|field| field == *name)))
        .filter_map(|(name, schema)| {
            // A field with one value is a tag.
            let value = schema.get("enum")?.as_array().filter(|values| values.len() == 1)?;
            Some((name.clone(), json!({ "enum": value })))
        })
        .collect();
    if !tags.is_empty() {
        condition.insert("properties".into(), tags.into());
    }
    condition
}
