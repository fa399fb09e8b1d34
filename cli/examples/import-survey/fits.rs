//! Whether an object fits the schema of its kind: only such objects can be kept whole.

use kubist::Time;
use serde_json::Value;

/// Returns why a value does not fit.
pub(crate) fn problem(schema: &Value, value: &Value, path: &str) -> Option<String> {
    let flag = |key: &str| schema[key] == true;
    if value.is_null() {
        // Without the flag a server drops it, or refuses it.
        return (!flag("nullable")).then(|| format!("{path} is null"));
    }
    if flag("x-kubernetes-int-or-string") {
        return (!value.is_string() && !value.is_i64()).then(|| format!("{path} is no number and no text"));
    }
    let kind = schema["type"].as_str().unwrap_or_default();
    let fits = match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => return None,
    };
    if !fits {
        return Some(format!("{path} is not of the type {kind}"));
    }
    if let Some(values) = schema["enum"].as_array()
        && !values.contains(value)
    {
        return Some(format!("{path} is none of the values"));
    }
    if schema["format"] == "date-time" && value.as_str().is_some_and(|text| text.parse::<Time>().is_err()) {
        return Some(format!("{path} is no time"));
    }
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| problem(&schema["items"], item, &format!("{path}[{index}]"))),
        Value::Object(fields) => object(schema, fields, path),
        _ => None,
    }
}

fn object(schema: &Value, fields: &serde_json::Map<String, Value>, path: &str) -> Option<String> {
    let properties = schema["properties"].as_object();
    let keeps = schema["x-kubernetes-preserve-unknown-fields"] == true || schema["additionalProperties"] == true;
    for (name, value) in fields {
        let path = format!("{path}.{name}");
        // The server's own.
        if matches!(path.as_str(), ".apiVersion" | ".kind" | ".metadata") {
            continue;
        }
        let below = properties.and_then(|all| all.get(name)).or_else(|| schema.get("additionalProperties"));
        match below.filter(|below| below.is_object()) {
            Some(below) => {
                if let Some(found) = problem(below, value, &path) {
                    return Some(found);
                }
            }
            None if keeps => {}
            None => return Some(format!("{path} is unknown")),
        }
    }
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    for name in required {
        let has_default =
            properties.is_some_and(|all| all.get(name).is_some_and(|field| field.get("default").is_some()));
        let is_there = fields.contains_key(name) || has_default || (path.is_empty() && name == "metadata");
        if !is_there {
            return Some(format!("{path}.{name} is missing"));
        }
    }
    None
}
