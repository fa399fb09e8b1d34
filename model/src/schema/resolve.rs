//! References, `allOf` and `null`: gone before a node is rewritten.

use serde_json::Value;

use super::SAID;
use super::walk::{Node, Walk};

impl Walk<'_> {
    /// Returns the keywords that hold for a value, wherever they are written; `None` if any value will do.
    ///
    /// Enters the definitions that it passes through: the caller leaves them.
    pub(super) fn resolve(&mut self, schema: &Value) -> Option<Node> {
        if self.is_too_large() {
            return None;
        }
        let mut node = match schema {
            Value::Object(node) => node.clone(),
            Value::Bool(false) => {
                self.problem("no value is allowed here; leave the field out");
                return None;
            }
            _ => return None,
        };
        self.drop_ill_typed(&mut node);
        if let Some(Value::String(reference)) = node.remove("$ref") {
            let target = self.enter(&reference)?;
            merge(&mut node, self.resolve(&target)?);
        }
        if let Some(Value::Array(all)) = node.remove("allOf") {
            let mut unions = Vec::new();
            let depth = self.inside.len();
            let mut entered: Vec<String> = Vec::new();
            for one in &all {
                // Two parts may hold the same type, which is then inside of neither.
                entered.extend(self.inside.drain(depth..));
                if let Some(mut one) = self.resolve(one) {
                    // Two enums are flattened into one struct: both stay.
                    if is_union(&node) {
                        unions.extend(take_union(&mut one));
                    }
                    if let Some(Value::Array(more)) = one.remove("allOf") {
                        unions.extend(more);
                    }
                    merge(&mut node, one);
                }
            }
            self.inside.splice(depth..depth, entered);
            if !unions.is_empty() {
                node.insert("allOf".into(), unions.into());
            }
        }
        drop_null(&mut node);
        if let Some(only) = only_branch(&mut node) {
            merge(&mut node, self.resolve(&only)?);
        }
        Some(node)
    }

    /// Looks a definition up, unless the walk is inside of it already.
    fn enter(&mut self, reference: &str) -> Option<Value> {
        let name = unescaped(reference.rsplit('/').next().unwrap_or_default());
        if let Some(outer) = self.inside.iter().position(|outer| *outer == name) {
            let mut cycle = self.inside[outer..].to_vec();
            cycle.push(name.clone());
            self.problem(format!(
                "`{name}` contains itself ({}), and a schema of Kubernetes ends somewhere; hold it as `serde_json::Value`, \
                 or refer to another object by name",
                cycle.join(" → ")
            ));
            return None;
        }
        let Some(target) = self.definitions.get(&name) else {
            self.problem(format!("the schema refers to `{reference}`, which is not defined"));
            return None;
        };
        self.inside.push(name);
        Some(target.clone())
    }
}

/// Adds keywords; those that are there already are nearer to the value, and win.
fn merge(node: &mut Node, other: Node) {
    for (key, value) in other {
        match (node.get_mut(&key), value) {
            (Some(Value::Object(ours)), Value::Object(theirs)) if key == "properties" => {
                for (name, schema) in theirs {
                    ours.entry(name).or_insert(schema);
                }
            }
            (Some(Value::Object(ours)), Value::Object(theirs)) if key == SAID => {
                for (keyword, said) in theirs {
                    ours.entry(keyword).or_insert(said);
                }
            }
            // A field has the rules of its type, and its own.
            (Some(Value::Array(ours)), Value::Array(theirs)) if key == "x-kubernetes-validations" => {
                ours.splice(0..0, theirs);
            }
            (Some(Value::Array(ours)), Value::Array(theirs)) if key == "required" => {
                for name in theirs {
                    if !ours.contains(&name) {
                        ours.push(name);
                    }
                }
            }
            (Some(_), _) => {}
            (None, value) => {
                node.insert(key, value);
            }
        }
    }
}

fn is_union(node: &Node) -> bool {
    node.contains_key("oneOf") || node.contains_key("anyOf")
}

fn take_union(node: &mut Node) -> Option<Value> {
    let key = ["oneOf", "anyOf"].into_iter().find(|key| node.contains_key(*key))?;
    let branches = node.remove(key)?;
    Some(Value::Object(Node::from_iter([(key.to_owned(), branches)])))
}

/// Drops `null` from types, values and branches: in Kubernetes an absent value is absent.
fn drop_null(node: &mut Node) {
    if let Some(Value::Array(types)) = node.get_mut("type") {
        types.retain(|ty| ty != "null");
        if let [only] = types.as_mut_slice() {
            let only = only.take();
            node.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(values)) = node.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    for key in ["anyOf", "oneOf"] {
        if let Some(Value::Array(branches)) = node.get_mut(key) {
            branches.retain(|branch| !is_null(branch));
        }
    }
}

fn is_null(branch: &Value) -> bool {
    branch.get("type") == Some(&"null".into()) || branch.get("const").is_some_and(Value::is_null)
}

/// Takes the branch of a union that has no other.
fn only_branch(node: &mut Node) -> Option<Value> {
    let key = ["anyOf", "oneOf"]
        .into_iter()
        .find(|key| matches!(node.get(*key), Some(Value::Array(list)) if list.len() == 1))?;
    match node.remove(key)? {
        Value::Array(mut list) => list.pop(),
        _ => None,
    }
}

/// Undoes the escapes of a JSON pointer in a URL fragment.
fn unescaped(name: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = name.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| byte == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(decoded) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(decoded);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).replace("~1", "/").replace("~0", "~")
}
