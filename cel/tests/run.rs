//! Expressions and what they cost as they run: `corpus/run.txt`, as the library of k8s.io/apiextensions-apiserver v0.37.2 counted. What goes through a map and
//! stops is left out, since the server's maps have another order each time.
#![cfg(feature = "eval")]

use std::collections::HashSet;

use kubist_cel::{Library, Value, duration, eval, parse, timestamp};
use regex::Regex;
use serde_json::Value as Json;

struct Patterns;

impl Library for Patterns {
    fn find(&self, pattern: &str, text: &str, most: usize) -> Result<Vec<String>, String> {
        let translated = kubist_regexp::translate(pattern).map_err(|error| error.to_string())?;
        let regex = Regex::new(&translated).map_err(|error| error.to_string())?;
        Ok(regex.find_iter(text).take(most).map(|found| found.as_str().to_owned()).collect())
    }

    fn format(&self, _: &str, text: &str) -> Option<Vec<String>> {
        Some(if text.len() > 3 { vec!["too long".to_owned()] } else { Vec::new() })
    }
}

/// A value by its schema.
fn value(schema: &Json, json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => match number.as_i64().filter(|_| schema["type"] != "number") {
            Some(number) => Value::Int(number),
            None => Value::Double(number.as_f64().expect("a number")),
        },
        Json::String(text) => match schema["format"].as_str() {
            Some("duration") => Value::Duration(duration(text).expect("a duration")),
            Some("date-time") => {
                let (seconds, nanoseconds) = timestamp(text).expect("a time");
                Value::Timestamp(seconds, nanoseconds)
            }
            Some("byte") => Value::Bytes(b"abcdef".as_slice().into()),
            _ => Value::string(text),
        },
        Json::Array(items) => Value::list(items.iter().map(|item| value(&schema["items"], item)).collect()),
        Json::Object(fields) => {
            let entry = |(name, field): (&String, &Json)| {
                let known = &schema["properties"][name];
                let values = &schema["additionalProperties"];
                if known.is_object() {
                    let name = kubist_cel::escape(name).unwrap_or_else(|| name.clone());
                    return Some((Value::string(name), value(known, field)));
                }
                let is_kept =
                    values.is_object() || schema.is_null() || schema["x-kubernetes-embedded-resource"] == true;
                is_kept.then(|| (Value::string(name), value(values, field)))
            };
            Value::map(fields.iter().filter_map(entry).collect())
        }
    }
}

/// What is counted otherwise here.
const OTHERWISE: &[(&str, &str)] = &[
    ("dyn(self.a) + dyn(self.a) == 'x'", "the checker does not know which addition it is, and the server counts one"),
    ("[1].all(self, self > 0 && .self.a == 'x')", "the server does not count the name behind the dot"),
    ("self.t.getHours('Europe/Berlin') > 1", "there are no zones here"),
    ("self.any == oldSelf.any", "the server counts fields that no schema has"),
    ("dyn(self).all(x, x == 'a')", "an object and a text have no comparison there, and are different here"),
];

#[test]
fn what_expressions_cost_is_what_the_server_counts() {
    let mut object = Value::Null;
    let (mut count, mut wrong, mut otherwise) = (0, Vec::new(), HashSet::new());
    for line in include_str!("corpus/run.txt").lines() {
        if let Some(text) = line.strip_prefix("# ") {
            let world: Json = serde_json::from_str(text).expect("a schema and an object");
            object = value(&world["schema"], &world["object"]);
            continue;
        }
        let (rule, expected) = line.split_once("\t=> ").expect("an answer follows");
        let expr = parse(rule).expect("it is right");
        let run = eval(&expr, &[("self", object.clone()), ("oldSelf", object.clone())], 1_000_000, &Patterns);
        // What fails costs what it cost until then, by the order of evaluation; only that it fails is compared.
        let (expected, fails) = expected.split_once(' ').map_or((expected, false), |(cost, _)| (cost, true));
        count += 1;
        if run.outcome.is_err() == fails && (fails || run.cost.to_string() == expected) {
            continue;
        }
        if OTHERWISE.iter().any(|(known, _)| *known == rule) {
            otherwise.insert(rule);
        } else {
            wrong.push(format!("{rule}\n  server: {expected}\n  here:   {} {:?}", run.cost, run.outcome.err()));
        }
    }
    assert_eq!(otherwise.len(), OTHERWISE.len(), "what is counted alike by now comes off the list: {otherwise:?}");
    assert!(wrong.is_empty(), "{} of {count} differ\n{}", wrong.len(), wrong.join("\n"));
}
