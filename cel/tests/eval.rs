//! Expressions and what they come to: `corpus/eval.txt`, as the environment of k8s.io/apiserver v0.37.2 answered.
#![cfg(feature = "eval")]

use kubist_cel::{Library, Scope, Value, check, eval, parse};
use regex::Regex;

struct Patterns;

impl Library for Patterns {
    fn find(&self, pattern: &str, text: &str, most: usize) -> Result<Vec<String>, String> {
        let translated = kubist_regexp::translate(pattern).map_err(|error| error.to_string())?;
        let regex = Regex::new(&translated).map_err(|error| error.to_string())?;
        Ok(regex.find_iter(text).take(most).map(|found| found.as_str().to_owned()).collect())
    }

    fn format(&self, _: &str, _: &str) -> Option<Vec<String>> {
        None
    }
}

/// A value as the other program prints it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Uint(number) => format!("{number}u"),
        Value::Double(number) if number.is_infinite() => if *number > 0.0 { "+Inf" } else { "-Inf" }.to_owned(),
        Value::Double(number) if *number >= 1e21 => format!("{number:e}").replace('e', "e+"),
        Value::Double(number) => number.to_string(),
        Value::String(text) => format!("{text:?}"),
        Value::Bytes(bytes) => format!("b{:?}", String::from_utf8_lossy(bytes)),
        Value::Duration(_) => format!("duration {}", as_go(value)),
        Value::Timestamp(..) => format!("timestamp {}", text_of(value)),
        Value::List(list) => format!("[{}]", list.items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Value::Map(map) => {
            let mut entries: Vec<String> =
                map.entries.iter().map(|(key, value)| format!("{}: {}", shown(key), shown(value))).collect();
            entries.sort();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Type(name) => format!("type {name}"),
        Value::Optional(None) => "optional none".to_owned(),
        Value::Optional(Some(value)) => format!("optional {}", shown(value)),
        other => other.type_name().to_owned(),
    }
}

fn text_of(value: &Value) -> String {
    let expr = parse("string(x)").expect("it is right");
    match eval(&expr, &[("x", value.clone())], 100, &Patterns).outcome {
        Ok(Value::String(text)) => text.to_string(),
        other => panic!("{other:?}"),
    }
}

/// `1h1m0s`
fn as_go(value: &Value) -> String {
    let Value::Duration(nanoseconds) = value else { panic!("{value:?}") };
    let sign = if *nanoseconds < 0 { "-" } else { "" };
    let seconds = nanoseconds.unsigned_abs() / 1_000_000_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => format!("{sign}{seconds}s"),
        (0, _) => format!("{sign}{minutes}m{seconds}s"),
        _ => format!("{sign}{hours}h{minutes}m{seconds}s"),
    }
}

fn answer(rule: &str) -> String {
    let expr = match parse(rule) {
        Ok(expr) => expr,
        Err(problems) => return format!("{problems:?}"),
    };
    if let Err(problems) = check(&expr, &Scope::new()) {
        return format!("{problems:?}");
    }
    match eval(&expr, &[], 1_000_000, &Patterns).outcome {
        Ok(value) => shown(&value),
        Err(why) => format!("error {why}"),
    }
}

#[test]
fn expressions_come_to_what_they_come_to_on_the_server() {
    let mut wrong = Vec::new();
    for line in include_str!("corpus/eval.txt").lines() {
        let (rule, expected) = line.split_once("\t=> ").expect("an answer follows");
        let found = answer(rule);
        if found != expected {
            wrong.push(format!("{rule}\n  server: {expected}\n  here:   {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_costs_too_much_stops() {
    let loops = "lists.range(1000).all(a, lists.range(1000).all(b, lists.range(1000).all(c, a + b + c >= 0)))";
    let run = eval(&parse(loops).expect("it is right"), &[], 1_000_000, &Patterns);
    assert_eq!(run.outcome.expect_err("it runs for ever"), "operation cancelled: actual cost limit exceeded");
    let grows = "lists.range(40).map(x, 'aaaaaaaaaa').join().split('').map(x, [x, x]).flatten().size()";
    assert!(matches!(
        eval(&parse(grows).expect("it is right"), &[], 1_000_000, &Patterns).outcome,
        Ok(Value::Int(800))
    ));
}
