//! From the nodes of a schema to the types that have them as their schema.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::canonical::{Descriptions, Place, canonical};
use super::rust::{Arg, Body, Field, Hint, Item, Ty, Use, Variant};
use super::{Note, known, names, says};

/// The types of one version of a kind.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    pub(super) items: Vec<Item>,
    by_schema: HashMap<String, Vec<usize>>,
    pub(super) notes: Vec<Note>,
}

/// Where a node stands.
pub(super) struct At<'a> {
    /// The type that holds it.
    pub(super) parent: Option<usize>,
    /// The name of the field, or of the field that holds the list.
    pub(super) field: &'a str,
    /// Whether it is one of several.
    pub(super) is_item: bool,
    pub(super) path: &'a str,
    /// How it is described.
    pub(super) described: Use,
}

/// A type, and what it does not say of the node by itself.
pub(super) struct Shape {
    pub(super) ty: Ty,
    pub(super) said: Vec<Arg>,
    /// What no attribute says either.
    pub(super) lost: Vec<String>,
}

/// What belongs to the place of a value rather than to its type.
const OF_THE_PLACE: &[&str] = &["description", "default", "nullable", "title"];

/// What a type that Kubist has can be given where it is used.
const BESIDE_A_KNOWN_TYPE: &[&str] = &[
    "description",
    "default",
    "nullable",
    "title",
    "x-kubernetes-validations",
    "oneOf",
    "anyOf",
    "allOf",
    "not",
    "minProperties",
    "maxProperties",
];

impl Shapes {
    /// Returns the type of a node.
    pub(super) fn of(&mut self, schema: &Value, at: &At<'_>) -> Shape {
        let empty = Map::new();
        let node = schema.as_object().unwrap_or(&empty);
        let flag = |key: &str| node.get(key) == Some(&Value::Bool(true));
        let plain = |name| (Ty::Plain(name), Vec::new());
        if flag("x-kubernetes-int-or-string") {
            let is_quantity = node.get("pattern") == Some(&*known::QUANTITY);
            let (ty, mut consumed) = plain(if is_quantity { "Quantity" } else { "IntOrString" });
            // A server reads no `type` here.
            consumed.extend(["x-kubernetes-int-or-string", "type"]);
            if node.get("anyOf").is_some_and(says::is_the_two_types) {
                consumed.push("anyOf");
            }
            if is_quantity {
                consumed.push("pattern");
            }
            return self.shape(node, ty, &consumed, at);
        }
        let kind = node.get("type").and_then(Value::as_str).unwrap_or_default();
        match kind {
            "object" => self.object(schema, node, at),
            "array" => self.list(node, at),
            "string" => match (strings(node), node.get("format").and_then(Value::as_str)) {
                (Some(values), _) => {
                    let index = self.enumeration(&values, at);
                    self.shape(node, Ty::Own(index), &["type", "enum"], at)
                }
                (None, Some("date-time")) => self.shape(node, Ty::Plain("Time"), &["type", "format"], at),
                _ => self.shape(node, Ty::Plain("String"), &["type"], at),
            },
            "integer" => {
                let is_short = node.get("format").is_some_and(|format| format == "int32");
                let consumed: &[_] = if is_short || node.get("format").is_some_and(|format| format == "int64") {
                    &["type", "format"]
                } else {
                    &["type"]
                };
                self.shape(node, Ty::Plain(if is_short { "i32" } else { "i64" }), consumed, at)
            }
            "number" => {
                let is_short = node.get("format").is_some_and(|format| format == "float");
                let consumed: &[_] = if is_short || node.get("format").is_some_and(|format| format == "double") {
                    &["type", "format"]
                } else {
                    &["type"]
                };
                self.shape(node, Ty::Plain(if is_short { "f32" } else { "f64" }), consumed, at)
            }
            "boolean" => self.shape(node, Ty::Plain("bool"), &["type"], at),
            _ => {
                if !flag("x-kubernetes-preserve-unknown-fields") {
                    self.note(at.path, "has no type; any value is taken");
                }
                self.shape(node, Ty::Plain("Value"), &["type", "x-kubernetes-preserve-unknown-fields"], at)
            }
        }
    }

    fn list(&mut self, node: &Map<String, Value>, at: &At<'_>) -> Shape {
        let items = node.get("items").unwrap_or(&Value::Null);
        let path = format!("{}[]", at.path);
        let inner = self.of(items, &each(items, at, &path));
        let mut shape = self.shape(node, Ty::List(Box::new(inner.ty.clone())), &["type", "items"], at);
        of_each("items", items, inner, &mut shape);
        shape
    }

    fn object(&mut self, schema: &Value, node: &Map<String, Value>, at: &At<'_>) -> Shape {
        let mut bare = node.clone();
        bare.retain(|key, _| !BESIDE_A_KNOWN_TYPE.contains(&key.as_str()));
        // The struct of the resource has its name already.
        let is_free = |known: &&known::Known| self.items.first().is_none_or(|root| root.name != known.name);
        if let Some(known) = known::find(&bare.into(), at.field).filter(is_free) {
            let consumed: Vec<&str> =
                node.keys().map(String::as_str).filter(|key| !BESIDE_A_KNOWN_TYPE.contains(key)).collect();
            return self.shape(node, Ty::Known(known), &consumed, at);
        }
        let preserves = node.get("x-kubernetes-preserve-unknown-fields") == Some(&Value::Bool(true));
        let has_fields = node.get("properties").and_then(Value::as_object).is_some_and(|fields| !fields.is_empty());
        if has_fields || (!preserves && node.get("additionalProperties").is_none_or(|all| *all == Value::Bool(false))) {
            let index = self.structure(schema, node, at);
            let mut consumed = vec!["type", "properties", "required", "x-kubernetes-validations"];
            consumed.extend(["oneOf", "anyOf", "allOf", "not", "x-kubernetes-map-type"]);
            consumed.extend(["minProperties", "maxProperties", "x-kubernetes-preserve-unknown-fields"]);
            return self.shape(node, Ty::Own(index), &consumed, at);
        }
        match node.get("additionalProperties") {
            Some(values) if values.is_object() => {
                let path = format!("{}[*]", at.path);
                let inner = self.of(values, &each(values, at, &path));
                let mut shape =
                    self.shape(node, Ty::Map(Box::new(inner.ty.clone())), &["type", "additionalProperties"], at);
                of_each("values", values, inner, &mut shape);
                shape
            }
            _ => {
                let consumed = ["type", "additionalProperties", "x-kubernetes-preserve-unknown-fields"];
                self.shape(node, Ty::Plain("Map<String, Value>"), &consumed, at)
            }
        }
    }

    fn shape(&mut self, node: &Map<String, Value>, ty: Ty, consumed: &[&str], at: &At<'_>) -> Shape {
        let (said, lost) = says::of(node, consumed, matches!(ty, Ty::List(_) | Ty::Map(_)));
        for lost in &lost {
            self.note(at.path, lost);
        }
        Shape { ty, said, lost }
    }

    pub(super) fn note(&mut self, path: &str, text: impl Into<String>) {
        let path = if path.is_empty() { "." } else { path };
        self.notes.push(Note { path: path.to_owned(), text: text.into() });
    }

    fn enumeration(&mut self, values: &[&str], at: &At<'_>) -> usize {
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        let key = format!("enum {sorted:?}");
        if let Some(index) = self.again(&key, at) {
            return index;
        }
        let mut variants: Vec<Variant> = Vec::new();
        for value in values {
            let mut ident = names::variant(value);
            if variants.iter().any(|other| other.ident == ident) {
                let name = ident.clone();
                let mut number = 2;
                while variants.iter().any(|other| other.ident == ident) {
                    ident = format!("{name}{number}");
                    number += 1;
                }
            }
            variants.push(Variant { ident, value: (*value).to_owned() });
        }
        self.add(key, Body::Enum(variants), at)
    }

    /// Finds a type that was met before, and can be described as this place needs it.
    fn again(&mut self, key: &str, at: &At<'_>) -> Option<usize> {
        let fits = |used: &Use| {
            matches!((used, &at.described), (Use::Described(_), _) | (_, Use::Described(_))) || *used == at.described
        };
        let index = self.by_schema.get(key)?.iter().copied().find(|index| fits(&self.items[*index].described))?;
        let item = &mut self.items[index];
        item.hints.push(hint(at));
        if matches!(item.described, Use::Described(_)) {
            item.described = at.described.clone();
        }
        Some(index)
    }

    fn add(&mut self, key: String, body: Body, at: &At<'_>) -> usize {
        let item = Item {
            name: String::new(),
            docs: None,
            lost: Vec::new(),
            said: Vec::new(),
            body,
            hints: vec![hint(at)],
            described: at.described.clone(),
        };
        self.items.push(item);
        self.by_schema.entry(key).or_default().push(self.items.len() - 1);
        self.items.len() - 1
    }

    /// Returns the struct of a node with fields, or with none.
    pub(super) fn structure(&mut self, schema: &Value, node: &Map<String, Value>, at: &At<'_>) -> usize {
        let mut key = canonical(schema, Descriptions::Kept, Place::Below);
        if let Value::Object(key) = &mut key {
            key.retain(|keyword, _| !OF_THE_PLACE.contains(&keyword.as_str()));
        }
        let key = key.to_string();
        // Two structs without fields have nothing in common.
        if node.contains_key("properties")
            && let Some(index) = self.again(&key, at)
        {
            return index;
        }
        let open = node.get("x-kubernetes-preserve-unknown-fields") == Some(&Value::Bool(true));
        let index = self.add(key, Body::Struct { fields: Vec::new(), open }, at);
        let fields = self.fields(node, index, at.path);
        let mut consumed: Vec<&str> = OF_THE_PLACE.to_vec();
        consumed.extend(["type", "properties", "required", "x-kubernetes-preserve-unknown-fields"]);
        consumed.extend(["x-kubernetes-embedded-resource", "additionalProperties"]);
        let (said, lost) = says::of(node, &consumed, false);
        let item = &mut self.items[index];
        item.said = said;
        item.lost = lost;
        item.body = Body::Struct { fields, open };
        index
    }

    /// Returns the fields of a node.
    pub(super) fn fields(&mut self, node: &Map<String, Value>, parent: usize, path: &str) -> Vec<Field> {
        let Some(properties) = node.get("properties").and_then(Value::as_object) else { return Vec::new() };
        let is_required = |name: &str| {
            node.get("required").and_then(Value::as_array).is_some_and(|all| all.iter().any(|one| one == name))
        };
        let mut fields: Vec<Field> = Vec::new();
        for (name, schema) in properties {
            let field = self.field(name, schema, is_required(name), parent, path, &fields);
            fields.push(field);
        }
        let names = node.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        for missing in names.filter(|name| !properties.contains_key(*name)) {
            self.note(path, format!("requires `{missing}`, which is no field of it"));
            self.items[parent].lost.push(format!("requires `{missing}`, which is no field of it"));
        }
        fields
    }

    fn field(
        &mut self,
        name: &str,
        schema: &Value,
        required: bool,
        parent: usize,
        path: &str,
        before: &[Field],
    ) -> Field {
        let path = format!("{path}.{name}");
        let docs = description(schema);
        let described = docs.clone().map_or(Use::Bare, Use::Described);
        let shape = self.of(schema, &At { parent: Some(parent), field: name, is_item: false, path: &path, described });
        let mut said = shape.said;
        immutable(name, &mut said);
        let ident = unique(names::field(name), before);
        let nullable = schema["nullable"] == true;
        // What has a default is filled in by the server, so that an object need not say it.
        let optional = !required || nullable || schema.get("default").is_some();
        Field { json: name.to_owned(), ident, ty: shape.ty, optional, required, nullable, docs, lost: shape.lost, said }
    }
}

/// The place of each item or value of what stands at a place.
fn each<'a>(schema: &Value, at: &At<'a>, path: &'a str) -> At<'a> {
    let described = description(schema).map_or(Use::Bare, Use::Item);
    At { parent: at.parent, field: at.field, is_item: true, path, described }
}

/// Says of each item or value what its type does not.
fn of_each(key: &'static str, schema: &Value, inner: Shape, shape: &mut Shape) {
    let mut said = inner.said;
    // A type of the module has the description as its comment, and that of a type that Kubist has is not compared.
    if let Some(description) = description(schema).filter(|_| !matches!(inner.ty, Ty::Own(_) | Ty::Known(_))) {
        said.insert(0, Arg::Value("description", says::text(&description)));
    }
    if !said.is_empty() {
        shape.said.push(Arg::List(key, said));
    }
    shape.lost.extend(inner.lost.into_iter().map(|lost| format!("{lost} (of each)")));
}

/// There is a word for the rule that a value stays as it is; it says its rule after the others.
fn immutable(name: &str, said: &mut [Arg]) {
    let rule = says::rule(&serde_json::json!({ "rule": "self == oldSelf", "message": format!("{name} is immutable") }));
    if let Some(last) = said.last_mut().filter(|last| **last == rule) {
        *last = Arg::Flag("immutable");
    }
}

fn description(schema: &Value) -> Option<String> {
    schema["description"].as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

fn unique(ident: String, before: &[Field]) -> String {
    if before.iter().all(|other| other.ident != ident) {
        return ident;
    }
    let name = ident.trim_start_matches("r#");
    let free = |ident: &String| before.iter().all(|other| other.ident != *ident);
    (2..=before.len() + 2).map(|number| format!("{name}_{number}")).find(free).unwrap_or(ident)
}

fn hint(at: &At<'_>) -> Hint {
    let name = if at.is_item { names::pascal_of_one(at.field) } else { names::pascal(at.field) };
    Hint { parent: at.parent, name }
}

/// Returns the values of an enumeration of texts.
fn strings(node: &Map<String, Value>) -> Option<Vec<&str>> {
    let values: Vec<&str> = node.get("enum")?.as_array()?.iter().map(Value::as_str).collect::<Option<_>>()?;
    let mut unique = Vec::new();
    for value in values {
        if !unique.contains(&value) {
            unique.push(value);
        }
    }
    (!unique.is_empty()).then_some(unique)
}
