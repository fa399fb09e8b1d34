//! What `ResourcePart` adds to the schema that schemars writes.

use std::borrow::Cow;

use kubist_model::schema::SAID;
use schemars::Schema;
use serde_json::{Map, Value};

use crate::crd::{Rule, rule};

/// A value of a keyword.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "the derive writes it as a constant")]
pub enum Said {
    /// A text.
    Text(&'static str),
    /// A list of texts.
    Texts(&'static [&'static str]),
    /// An integer.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A truth value.
    Truth(bool),
    /// A list or an object, as JSON writes it.
    Json(&'static str),
}

/// What is said of a struct or of a field.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the derive writes it as a constant")]
pub struct Sayings {
    /// Keywords of the schema and their values.
    pub keywords: &'static [(&'static str, Said)],
    /// Validation rules.
    pub rules: &'static [Rule],
    /// What is said of each item of a list, or of each value of a map.
    pub items: Option<&'static Sayings>,
}

/// Adds to a schema what is said of the whole and of its fields; the field without a name is the value of a newtype.
pub fn part_schema(mut schema: Schema, whole: &Sayings, fields: &[(&str, Sayings)]) -> Schema {
    let Some(node) = schema.as_object_mut() else { return schema };
    add(node, whole);
    for (name, sayings) in fields {
        if name.is_empty() {
            add(node, sayings);
            continue;
        }
        let properties = node.get_mut("properties").and_then(Value::as_object_mut);
        match properties.and_then(|properties| properties.get_mut(*name)) {
            Some(Value::Object(field)) => add(field, sayings),
            // Any value, so far.
            Some(field @ Value::Bool(true)) => {
                let mut object = Map::new();
                add(&mut object, sayings);
                *field = object.into();
            }
            _ => {}
        }
    }
    schema
}

/// Conditions in the words of Kubernetes: the rewriting of enums must not see them.
const CONDITIONS: [&str; 4] = ["oneOf", "anyOf", "allOf", "not"];

/// Tells whether the schema holds a keyword just as it is said. Defaults must fit the rest, and bounds that exclude are written otherwise.
fn is_said_in_its_own_words(keyword: &str) -> bool {
    !keyword.starts_with("x-kubernetes-")
        && !matches!(keyword, "default" | "description" | "exclusiveMinimum" | "exclusiveMaximum")
}

fn add(node: &mut Map<String, Value>, sayings: &Sayings) {
    for (keyword, said) in sayings.keywords {
        let value: Value = match *said {
            Said::Text(text) => text.into(),
            Said::Texts(texts) => texts.into(),
            Said::Integer(value) => value.into(),
            Said::Number(value) => value.into(),
            Said::Truth(value) => value.into(),
            Said::Json(text) => serde_json::from_str(text).unwrap_or_default(),
        };
        if is_said_in_its_own_words(keyword) {
            let said = node.entry(SAID).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(said) = said {
                said.insert((*keyword).to_owned(), value.clone());
            }
        }
        if !CONDITIONS.contains(keyword) {
            node.insert((*keyword).to_owned(), value);
        }
    }
    if let Some(items) = sayings.items {
        let inner = ["items", "additionalProperties"].into_iter().find(|key| node.contains_key(*key));
        match inner.and_then(|key| node.get_mut(key)) {
            Some(Value::Object(inner)) => add(inner, items),
            Some(any @ Value::Bool(true)) => {
                let mut object = Map::new();
                add(&mut object, items);
                *any = object.into();
            }
            _ => {}
        }
    }
    if !sayings.rules.is_empty() {
        let rules = node.entry("x-kubernetes-validations").or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(rules) = rules {
            rules.extend(sayings.rules.iter().map(rule));
        }
    }
}

/// Names a part with its parameters.
pub fn part_name(name: &'static str, parameters: &[Cow<'static, str>]) -> Cow<'static, str> {
    if parameters.is_empty() { name.into() } else { format!("{name}_for_{}", parameters.join("_and_")).into() }
}
