//! Expressions and what the API server says of them, `corpus/check.txt`, and what it estimates them to cost, `corpus/cost.txt`: as
//! k8s.io/apiextensions-apiserver v0.37.2 answered.

use kubist_cel::{Declared, Level, Schema, Scope, Type, check, instantiate, parse, report};
use serde_json::{Value, json};

#[derive(Clone, Copy)]
struct Json<'a>(&'a Value);

impl<'a> Json<'a> {
    fn get(self, name: &str) -> Option<&'a Value> {
        self.0.get(name)
    }
}

impl Schema for Json<'_> {
    fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }
    fn number(&self, name: &str) -> Option<i64> {
        self.get(name)?.as_i64()
    }
    fn flag(&self, name: &str) -> bool {
        self.get(name) == Some(&Value::Bool(true))
    }
    fn child(&self, name: &str) -> Option<Self> {
        self.get(name).filter(|child| child.is_object()).map(Json)
    }
    fn properties(&self) -> Vec<(String, Self)> {
        let properties = self.get("properties").and_then(Value::as_object);
        properties.into_iter().flatten().map(|(name, schema)| (name.clone(), Json(schema))).collect()
    }
    fn requires(&self, field: &str) -> bool {
        self.get("required").and_then(Value::as_array).is_some_and(|required| required.contains(&json!(field)))
    }
    fn has_default(&self) -> bool {
        self.get("default").is_some()
    }
    fn longest_choice(&self) -> Option<u64> {
        let texts = self.get("enum")?.as_array()?.iter().filter_map(Value::as_str);
        texts.map(|text| text.len() as u64).max()
    }
}

fn schema() -> Value {
    json!({"type": "object", "properties": {
        "a": {"type": "string"}, "n": {"type": "integer"}, "f": {"type": "number"}, "b": {"type": "boolean"},
        "l": {"type": "array", "items": {"type": "string"}},
        "m": {"type": "object", "additionalProperties": {"type": "integer"}},
        "o": {"type": "object", "properties": {"x": {"type": "string"}, "in": {"type": "string"}}},
        "d": {"type": "string", "format": "duration"}, "t": {"type": "string", "format": "date-time"},
        "y": {"type": "string", "format": "byte"}, "ios": {"x-kubernetes-int-or-string": true},
    }})
}

/// What is said of an expression; nothing if it is right.
fn said(rule: &str) -> String {
    let schema = schema();
    let of = Declared::of(Json(&schema), Level::Part).expect("the schema has a type").type_of();
    let scope = Scope::new().with("self", of.clone()).with("oldSelf", of);
    match parse(rule).and_then(|expr| Ok((check(&expr, &scope)?, expr))) {
        Err(problems) => format!("compilation failed: {}", report(rule, &problems)),
        Ok((checked, _)) if !matches!(checked.result, Type::Bool) => {
            "cel expression must evaluate to a bool".to_owned()
        }
        Ok((_, expr)) => match instantiate(&expr) {
            Err(problem) => format!("program instantiation failed: {}", problem.message),
            Ok(()) => String::new(),
        },
    }
}

#[test]
fn what_is_wrong_is_said_in_the_words_of_the_server() {
    let mut wrong = Vec::new();
    for case in include_str!("corpus/check.txt").split(">> ").skip(1) {
        let (rule, expected) = case.split_once('\n').expect("an answer follows");
        let found = said(rule);
        if found != expected.trim_end() {
            wrong.push(format!(">> {rule}\nserver: {}\nhere:   {found}", expected.trim_end()));
        }
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}

#[cfg(feature = "cost")]
#[test]
fn what_expressions_may_cost_is_what_the_server_estimates() {
    let mut schema = Value::Null;
    let (mut count, mut wrong) = (0, Vec::new());
    for line in include_str!("corpus/cost.txt").lines() {
        if let Some(text) = line.strip_prefix("# ") {
            schema = serde_json::from_str(text).expect("a schema");
            continue;
        }
        let (rule, expected) = line.split_once("\t=> ").expect("an answer follows");
        let declared = Declared::of(Json(&schema), Level::Part).expect("the schema has a type");
        let scope = Scope::new().with("self", declared.type_of()).with("oldSelf", declared.type_of());
        let found = parse(rule).and_then(|expr| kubist_cel::estimate(&expr, &scope, &declared));
        let found = match found {
            Ok(estimate) => format!("{} {}", estimate.cost.min, estimate.cost.max),
            Err(problems) => report(rule, &problems),
        };
        count += 1;
        if found != expected {
            wrong.push(format!("{rule}\n  server: {expected}\n  here:   {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} differ\n{}", wrong.len(), wrong.join("\n"));
}
