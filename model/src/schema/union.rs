//! Enums: structure goes up into one node, and only conditions stay in the branches.

use serde_json::{Value, json};

use super::merge::{self, label};
use super::walk::{Node, PRESERVE, Walk, any};
use super::{condition, keywords};

/// Rewrites the unions of a node. `out` holds what is kept of the node in any case.
pub(super) fn rewrite(walk: &mut Walk<'_>, node: &Node, unions: &[(&str, &[Value])], mut out: Node) -> Node {
    if node.get("type") == Some(&"object".into()) || node.contains_key("properties") {
        walk.object(node, &mut out);
    }
    let mut told = Vec::new();
    for (key, branches) in unions {
        match union(walk, key, branches, &mut out) {
            Some(Conditions::None) => {}
            Some(Conditions::Some(conditions)) => told.push((*key, conditions)),
            None => return out,
        }
    }
    if let [(key, conditions)] = told.as_slice() {
        out.insert((*key).to_owned(), conditions.clone());
    } else if !told.is_empty() {
        let all: Vec<Value> = told.into_iter().map(|(key, conditions)| json!({ key: conditions })).collect();
        out.insert("allOf".into(), all.into());
    }
    keywords::default(node, &mut out);
    out
}

/// What tells the variants of a union apart.
enum Conditions {
    None,
    Some(Value),
}

/// Adds the structure of a union to `out`; `None` where any value will do.
fn union(walk: &mut Walk<'_>, key: &str, branches: &[Value], out: &mut Node) -> Option<Conditions> {
    let rewritten: Vec<Node> = branches.iter().map(|branch| walk.node(branch)).collect();
    if rewritten.is_empty() {
        walk.problem("an enum without variants has no value; leave the field out");
        out.extend(any());
        return None;
    }
    if rewritten.iter().any(|branch| *branch == any()) {
        out.extend(any());
        return None;
    }
    let whole = merge::variants(walk, &rewritten);
    // Fields of the struct that the enum is flattened into.
    merge::into_struct(walk, &whole, out);
    let conditions: Vec<Node> = rewritten.iter().map(|branch| condition::of(branch, &whole)).collect();
    // A branch without a condition holds for every value; under `anyOf` so does the whole then.
    if conditions.iter().any(Node::is_empty) {
        let values_alone = whole.contains_key("enum") && rewritten.iter().all(|branch| branch.contains_key("enum"));
        if key == "oneOf" && rewritten.len() > 1 && !values_alone {
            let (name, _) = conditions.iter().enumerate().find(|(_, condition)| condition.is_empty())?;
            walk.problem(format!(
                "the variant {} cannot be told from the others; the server does not check which one it is",
                label(&rewritten[name], name)
            ));
        }
        return Some(Conditions::None);
    }
    if merge::are_values(&rewritten) {
        return Some(Conditions::None);
    }
    Some(Conditions::Some(conditions.into_iter().map(Value::Object).collect()))
}

/// Tells whether a node has no type of its own, and takes several.
pub(super) fn is_open(node: &Node) -> bool {
    !node.contains_key("type") && node.get(PRESERVE) == Some(&Value::Bool(true))
}
