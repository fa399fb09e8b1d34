//! What the attributes say of a node, beside its type.

use serde_json::{Map, Value};

use super::rust::Arg;

/// The keywords whose values are numbers, and their keys.
const NUMBERS: &[(&str, &str)] = &[
    ("minLength", "min_length"),
    ("maxLength", "max_length"),
    ("minItems", "min_items"),
    ("maxItems", "max_items"),
    ("minProperties", "min_properties"),
    ("maxProperties", "max_properties"),
    ("multipleOf", "multiple_of"),
];

/// The keywords whose values are JSON, and their keys.
const JSON: &[(&str, &str)] = &[
    ("enum", "allowed"),
    ("oneOf", "one_of"),
    ("anyOf", "any_of"),
    ("allOf", "all_of"),
    ("not", "not"),
    ("default", "default"),
    ("example", "example"),
];

/// The flags, and their keys.
const FLAGS: &[(&str, &str)] = &[
    ("nullable", "nullable"),
    ("x-kubernetes-preserve-unknown-fields", "preserve_unknown_fields"),
    ("x-kubernetes-embedded-resource", "embedded_resource"),
];

/// Returns what is to be said of a node beyond the keywords that are `consumed`, and what cannot be.
pub(super) fn of(node: &Map<String, Value>, consumed: &[&str], is_collection: bool) -> (Vec<Arg>, Vec<String>) {
    let (mut said, mut lost) = (Vec::new(), Vec::new());
    for (keyword, value) in node {
        let keyword = keyword.as_str();
        // `false` is a default as any other.
        let says_nothing =
            if keyword == "default" || keyword == "example" { value.is_null() } else { is_nothing(value) };
        if consumed.contains(&keyword) || keyword == "description" || says_nothing {
            continue;
        }
        let key = |table: &[(&str, &'static str)]| table.iter().find(|row| row.0 == keyword).map(|row| row.1);
        if let Some(key) = key(FLAGS) {
            said.push(Arg::Flag(key));
        } else if let Some(key) = key(NUMBERS) {
            match value.as_f64() {
                Some(below) if below < 0.0 && keyword.starts_with("min") => {}
                // A server takes it, and then no value.
                Some(below) if below < 0.0 && keyword.starts_with("max") => lost.push(no_words(keyword, value)),
                _ => said.push(Arg::Value(key, json(value))),
            }
        } else if let Some(key) = key(JSON) {
            said.push(Arg::Value(key, json(value)));
        } else {
            said.extend(other(keyword, value, node, is_collection, &mut lost));
        }
    }
    said.sort_by_key(order);
    (said, lost)
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn other(
    keyword: &str,
    value: &Value,
    node: &Map<String, Value>,
    is_collection: bool,
    lost: &mut Vec<String>,
) -> Vec<Arg> {
    let written = |key| value.as_str().map(|value| Arg::Value(key, text(value)));
    let excludes = |flag: &str| node.get(flag) == Some(&Value::Bool(true));
    let one = match keyword {
        "pattern" => written("pattern"),
        "format" => written("format"),
        "title" => written("title"),
        "minimum" if excludes("exclusiveMinimum") => Some(Arg::Value("exclusive_minimum", json(value))),
        "maximum" if excludes("exclusiveMaximum") => Some(Arg::Value("exclusive_maximum", json(value))),
        "minimum" => Some(Arg::Value("minimum", json(value))),
        "maximum" => Some(Arg::Value("maximum", json(value))),
        "exclusiveMinimum" | "exclusiveMaximum" => return Vec::new(),
        // Fields are required of objects only.
        "required" if node.get("type").is_some_and(|ty| ty != "object") => return Vec::new(),
        // No list is taken, whatever it holds.
        "items" if node.get("type").is_some_and(|ty| ty != "array") => return Vec::new(),
        // Follows from the keys.
        "x-kubernetes-list-type" if value == "map" => return Vec::new(),
        "x-kubernetes-list-type" => written("list_type"),
        "x-kubernetes-list-map-keys" => {
            let keys = value.as_array().into_iter().flatten().filter_map(Value::as_str);
            Some(Arg::List("map_keys", keys.map(|key| Arg::Plain(text(key))).collect()))
        }
        "x-kubernetes-map-type" => written(if is_collection { "map_type" } else { "struct_type" }),
        "x-kubernetes-validations" => return value.as_array().into_iter().flatten().map(rule).collect(),
        _ => None,
    };
    if one.is_none() {
        lost.push(no_words(keyword, value));
    }
    one.into_iter().collect()
}

fn no_words(keyword: &str, value: &Value) -> String {
    format!("`{keyword}: {value}` has no words here")
}

/// Returns a validation rule.
pub(super) fn rule(value: &Value) -> Arg {
    let mut args = vec![Arg::Plain(text(value["rule"].as_str().unwrap_or_default()))];
    let keys = [
        ("message", "message"),
        ("messageExpression", "message_expression"),
        ("reason", "reason"),
        ("fieldPath", "field_path"),
    ];
    for (keyword, key) in keys {
        if let Some(value) = value[keyword].as_str().filter(|text| !text.is_empty()) {
            args.push(Arg::Value(key, text(value)));
        }
    }
    if value["optionalOldSelf"] == true {
        args.push(Arg::Flag("optional_old_self"));
    }
    Arg::List("rule", args)
}

/// The rules stand last, since they are long.
fn order(arg: &Arg) -> u8 {
    match arg {
        Arg::Value("default", _) => 0,
        Arg::Flag(_) | Arg::Value(..) | Arg::Plain(_) => 1,
        Arg::List("rule", _) => 3,
        Arg::List(..) => 2,
    }
}

/// Tells whether a condition is what `x-kubernetes-int-or-string` stands for.
pub(super) fn is_the_two_types(value: &Value) -> bool {
    *value == serde_json::json!([{ "type": "integer" }, { "type": "string" }])
}

/// Returns a text as a literal, raw where that has fewer escapes.
pub(super) fn text(value: &str) -> String {
    let is_odd = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !value.contains(['"', '\\', '\n']) || value.contains(is_odd) {
        return format!("\"{}\"", value.escape_default_but_letters());
    }
    let mut hashes = String::new();
    while value.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{value}\"{hashes}")
}

trait Escape {
    fn escape_default_but_letters(&self) -> String;
}

impl Escape for str {
    /// Escapes what cannot stand in a literal, and leaves letters of all alphabets as they are.
    fn escape_default_but_letters(&self) -> String {
        self.chars()
            .map(|c| {
                if c.is_alphanumeric() || (!c.is_control() && !c.is_ascii() && !matches!(c, '\u{2000}'..='\u{206f}')) {
                    c.to_string()
                } else if c == '\'' {
                    "'".to_owned()
                } else {
                    c.escape_default().to_string()
                }
            })
            .collect()
    }
}

/// Returns a value as JSON writes it, with a space after each comma and colon, as Rust's macros have it.
pub(super) fn json(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| format!("{}: {}", text(name), json(value)));
            format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
        }
        Value::String(value) => text(value),
        Value::Number(number) => match number.as_f64() {
            #[expect(clippy::cast_possible_truncation, reason = "whole numbers of this size are exact in both types")]
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => (float as i64).to_string(),
            _ => number.to_string(),
        },
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Found by the fuzz target `import`.
    #[test]
    fn counts_below_zero_say_nothing_or_cannot_be_said() {
        let Value::Object(node) = json!({ "type": "array", "minItems": -1, "maxItems": -2, "maxLength": 3 }) else {
            unreachable!()
        };
        let (said, lost) = of(&node, &["type"], true);
        assert_eq!(said.len(), 1);
        assert_eq!(lost, ["`maxItems: -2` has no words here"]);
    }
}
