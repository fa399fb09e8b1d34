//! The walk over a schema: one structural node for each node.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::keywords;
use super::{SAID, SchemaProblem, union};

pub(super) const PRESERVE: &str = "x-kubernetes-preserve-unknown-fields";
pub(super) const INT_OR_STRING: &str = "x-kubernetes-int-or-string";

/// A schema as an object of keywords.
pub(super) type Node = Map<String, Value>;

/// Where the walk is.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    pub(super) definitions: &'a Map<String, Value>,
    /// The definitions that the walk is inside of, the outermost first.
    pub(super) inside: Vec<String>,
    path: String,
    problems: Vec<SchemaProblem>,
    noted: HashSet<SchemaProblem>,
    /// How many schemas were resolved.
    count: usize,
}

/// A definition with more nodes fits into no etcd; types that hold one another several times each have billions.
const MOST: usize = 100_000;

impl<'a> Walk<'a> {
    pub(super) fn new(definitions: &'a Map<String, Value>) -> Self {
        Self {
            definitions,
            inside: Vec::new(),
            path: String::new(),
            problems: Vec::new(),
            noted: HashSet::new(),
            count: 0,
        }
    }

    pub(super) fn into_problems(self) -> Vec<SchemaProblem> {
        self.problems
    }

    /// Notes that Kubernetes has no words for what stands here.
    pub(super) fn problem(&mut self, problem: impl Into<String>) {
        let path = if self.path.is_empty() { ".".to_owned() } else { self.path.clone() };
        let problem = SchemaProblem { path, problem: problem.into() };
        if self.noted.insert(problem.clone()) {
            self.problems.push(problem);
        }
    }

    /// Counts a schema; tells whether it is one too many.
    pub(super) fn is_too_large(&mut self) -> bool {
        self.count += 1;
        if self.count == MOST + 1 {
            self.problem("the schema is too large from here on: its types hold one another too often");
        }
        self.count > MOST
    }

    /// Rewrites a schema that stands at `place` below here.
    pub(super) fn below(&mut self, place: &str, schema: &Value) -> Node {
        let length = self.path.len();
        self.path.push_str(place);
        let node = self.node(schema);
        self.path.truncate(length);
        node
    }

    /// Rewrites a schema.
    pub(super) fn node(&mut self, schema: &Value) -> Node {
        let depth = self.inside.len();
        let node = match self.resolve(schema) {
            Some(mut node) => {
                let said = node.remove(SAID);
                let mut out = self.resolved(&node);
                if let Some(Value::Object(said)) = said {
                    out.extend(said);
                }
                out
            }
            None => any(),
        };
        self.inside.truncate(depth);
        node
    }

    /// Rewrites a schema without references and without `null`.
    fn resolved(&mut self, node: &Node) -> Node {
        let mut out = keywords::kept(node);
        if node.get(PRESERVE) == Some(&Value::Bool(true)) && !node.contains_key("type") {
            return out;
        }
        if is_int_or_string(node) {
            out.extend(int_or_string());
            keywords::copy(node, "pattern", &mut out);
            keywords::default(node, &mut out);
            return out;
        }
        let types = types(node);
        let unions = unions(node, types.as_deref());
        if !unions.is_empty() {
            return union::rewrite(self, node, &unions, out);
        }
        match kind(node) {
            Ok(Some("object")) => self.object(node, &mut out),
            Ok(Some("array")) => self.array(node, &mut out),
            Ok(Some("null")) => {
                self.problem("the only value is `null`, which Kubernetes drops; use a struct without fields");
                out.extend(any());
            }
            Ok(Some(scalar @ ("string" | "integer" | "number" | "boolean"))) => {
                out.insert("type".into(), scalar.into());
                keywords::scalar(scalar, node, &mut out);
            }
            Ok(Some(unknown)) => {
                self.problem(format!("`{unknown}` is no type of JSON Schema"));
                out.extend(any());
            }
            // Nothing is said about the value: any will do.
            Ok(None) => out.extend(any()),
            // Of several types, which `const` or `enum` lists.
            Err(_) => {
                out.extend(any());
                keywords::listed(node, &mut out);
            }
        }
        keywords::default(node, &mut out);
        out
    }

    /// Rewrites a struct or a map.
    pub(super) fn object(&mut self, node: &Node, out: &mut Node) {
        out.insert("type".into(), "object".into());
        let properties = node.get("properties").and_then(Value::as_object);
        if let Some(properties) = properties.filter(|properties| !properties.is_empty()) {
            let rewritten: Node = properties
                .iter()
                .map(|(name, schema)| (name.clone(), Value::Object(self.below(&format!(".{name}"), schema))))
                .collect();
            out.insert("properties".into(), rewritten.into());
        }
        if let Some(required) = node.get("required").and_then(Value::as_array).filter(|required| !required.is_empty()) {
            out.insert("required".into(), required.clone().into());
        }
        for key in ["minProperties", "maxProperties"] {
            keywords::copy(node, key, out);
        }
        let has_properties = out.contains_key("properties");
        match values(node) {
            // Unknown fields are pruned anyway.
            None | Some(Value::Bool(false)) => {}
            Some(_) if has_properties => {
                // Fields beside the named ones: Kubernetes knows the one or the other.
                out.insert(PRESERVE.into(), true.into());
            }
            Some(Value::Bool(true)) => {
                out.insert(PRESERVE.into(), true.into());
            }
            Some(schema) => {
                let schema = self.below("[*]", schema);
                out.insert("additionalProperties".into(), schema.into());
            }
        }
    }

    fn array(&mut self, node: &Node, out: &mut Node) {
        out.insert("type".into(), "array".into());
        let items = match (node.get("prefixItems").and_then(Value::as_array), node.get("items")) {
            (Some(tuple), _) => self.tuple(tuple),
            (None, Some(items)) => self.below("[]", items),
            (None, None) => any(),
        };
        let scalars = items.get("type").is_some_and(|ty| ty != "object" && ty != "array");
        out.insert("items".into(), items.into());
        for key in ["minItems", "maxItems"] {
            keywords::copy(node, key, out);
        }
        // A set is a list type here; `uniqueItems` is refused. Sets of structs stay plain lists.
        if node.get("uniqueItems") == Some(&Value::Bool(true)) && scalars && !out.contains_key("x-kubernetes-list-type")
        {
            out.insert("x-kubernetes-list-type".into(), "set".into());
        }
    }

    /// Rewrites a tuple, whose parts must be of one type.
    fn tuple(&mut self, parts: &[Value]) -> Node {
        let mut parts: Vec<Node> = parts.iter().map(|part| self.below("[]", part)).collect();
        parts.dedup();
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            _ => {
                self.problem("the items of a list are of one type in Kubernetes; use a struct instead of a tuple");
                any()
            }
        }
    }
}

/// Any value.
pub(super) fn any() -> Node {
    Node::from_iter([(PRESERVE.to_owned(), Value::Bool(true))])
}

pub(super) fn int_or_string() -> Node {
    let types = json!([{ "type": "integer" }, { "type": "string" }]);
    Node::from_iter([(INT_OR_STRING.to_owned(), Value::Bool(true)), ("anyOf".to_owned(), types)])
}

/// Returns the unions of a node: its own, and those that are flattened into it.
fn unions<'n>(node: &'n Node, types: Option<&'n [Value]>) -> Vec<(&'n str, &'n [Value])> {
    let own = |node: &'n Node| {
        ["oneOf", "anyOf"].into_iter().filter_map(|key| Some((key, node.get(key)?.as_array()?.as_slice())))
    };
    let flattened = node.get("allOf").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    own(node).chain(flattened.flat_map(own)).chain(types.map(|types| ("anyOf", types))).collect()
}

/// Returns a node for each of several types that a value may have.
fn types(node: &Node) -> Option<Vec<Value>> {
    let Some(Value::Array(types)) = node.get("type") else { return None };
    let of_type = |ty: &Value| {
        let mut one = node.clone();
        one.retain(|key, _| !key.starts_with("x-kubernetes-") && !matches!(key.as_str(), "description" | "default"));
        one.insert("type".into(), ty.clone());
        one.into()
    };
    (types.len() > 1).then(|| types.iter().map(of_type).collect())
}

/// Tells whether the value is an integer or a string, in any of the ways to say so.
fn is_int_or_string(node: &Node) -> bool {
    let types = |list: &[Value]| -> bool {
        let mut types: Vec<&str> =
            list.iter().filter_map(|item| item.as_str().or_else(|| item.get("type")?.as_str())).collect();
        types.sort_unstable();
        list.len() == 2 && types == ["integer", "string"]
    };
    let plain = |branch: &Value| branch.as_object().is_some_and(|branch| !branch.contains_key("properties"));
    node.get(INT_OR_STRING) == Some(&Value::Bool(true))
        || node.get("type").and_then(Value::as_array).is_some_and(|list| types(list))
        || ["anyOf", "oneOf"].iter().any(|key| {
            node.get(*key).and_then(Value::as_array).is_some_and(|list| types(list) && list.iter().all(plain))
        })
}

/// Returns the one type of a value, whether it is written or follows from other keywords.
pub(super) fn kind(node: &Node) -> Result<Option<&str>, String> {
    match node.get("type") {
        Some(Value::String(ty)) => Ok(Some(ty)),
        Some(Value::Array(types)) => match types.as_slice() {
            [Value::String(ty)] => Ok(Some(ty)),
            types => Err(types.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")),
        },
        _ if node.contains_key("properties") || node.contains_key("additionalProperties") => Ok(Some("object")),
        _ if node.contains_key("items") || node.contains_key("prefixItems") => Ok(Some("array")),
        _ => keywords::type_of_values(node),
    }
}

/// Returns the schema of the values of a map.
fn values(node: &Node) -> Option<&Value> {
    // Maps whose keys are numbers are written with a pattern for the keys.
    let by_pattern = || node.get("patternProperties").and_then(Value::as_object)?.values().next();
    node.get("additionalProperties").filter(|values| **values != Value::Bool(false)).or_else(by_pattern)
}
