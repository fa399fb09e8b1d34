//! Checking values, in the server's words.

use kubist_model::StatusCause;
use kubist_model::schema::type_of_value;
use regex::Regex;
use serde_json::Value;

use super::{below, flag};
use crate::handlers::cause;

/// Returns what is wrong with an object.
pub(crate) fn check(schema: &Value, object: &Value) -> Vec<StatusCause> {
    let mut causes = Vec::new();
    walk(schema, object, "", &mut causes);
    causes
}

fn walk(schema: &Value, value: &Value, path: &str, causes: &mut Vec<StatusCause>) {
    if value.is_null() && flag(schema, "nullable") {
        return;
    }
    if flag(schema, "x-kubernetes-int-or-string") {
        if !(value.is_i64() || value.is_u64() || value.is_string()) {
            let found = type_of_value(value);
            let message = format!("Invalid value: {found:?}: {path} in body must be of type integer,string: {found:?}");
            causes.push(cause("FieldValueTypeInvalid", path, message));
        }
        return;
    }
    if let Some(expected) = schema.get("type").and_then(Value::as_str)
        && !is_of(expected, value)
    {
        let found = type_of_value(value);
        let message = format!("Invalid value: {found:?}: {path} in body must be of type {expected}: {found:?}");
        causes.push(cause("FieldValueTypeInvalid", path, message));
        return;
    }
    enumeration(schema, value, path, causes);
    match value {
        Value::Object(fields) => {
            for name in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
            {
                if !fields.contains_key(name) {
                    causes.push(cause("FieldValueRequired", &below(path, name), "Required value".to_owned()));
                }
            }
            for (name, field) in fields {
                let known = super::property(schema, name);
                let known = known.or_else(|| schema.get("additionalProperties").filter(|schema| schema.is_object()));
                if let Some(schema) = known {
                    walk(schema, field, &below(path, name), causes);
                }
            }
        }
        Value::Array(items) => {
            count(schema, items.len(), path, causes);
            if let Some(schema) = schema.get("items") {
                for (index, item) in items.iter().enumerate() {
                    walk(schema, item, &format!("{path}[{index}]"), causes);
                }
            }
        }
        Value::String(text) => characters(schema, text, path, causes),
        Value::Number(_) => bounds(schema, value, path, causes),
        _ => {}
    }
}

fn enumeration(schema: &Value, value: &Value, path: &str, causes: &mut Vec<StatusCause>) {
    let Some(known) = schema.get("enum").and_then(Value::as_array) else { return };
    if !known.contains(value) {
        let list = known.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let message = format!("Unsupported value: {value}: supported values: {list}");
        causes.push(cause("FieldValueNotSupported", path, message));
    }
}

fn count(schema: &Value, length: usize, path: &str, causes: &mut Vec<StatusCause>) {
    let limit = |name: &str| schema.get(name).and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
    if let Some(most) = limit("maxItems").filter(|most| length > *most) {
        let message = format!("Too many: {length}: must have at most {most} items");
        causes.push(cause("FieldValueTooMany", path, message));
    }
    if let Some(least) = limit("minItems").filter(|least| length < *least) {
        let message = format!("Invalid value: {length}: {path} in body should have at least {least} items");
        causes.push(cause("FieldValueInvalid", path, message));
    }
}

fn characters(schema: &Value, text: &str, path: &str, causes: &mut Vec<StatusCause>) {
    let limit = |name: &str| schema.get(name).and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
    let length = text.chars().count();
    if let Some(most) = limit("maxLength").filter(|most| length > *most) {
        let message = format!("Too long: may not be more than {most} bytes");
        causes.push(cause("FieldValueTooLong", path, message));
    }
    if let Some(least) = limit("minLength").filter(|least| length < *least) {
        let message = format!("Invalid value: {text:?}: {path} in body should be at least {least} chars long");
        causes.push(cause("FieldValueInvalid", path, message));
    }
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str)
        && Regex::new(pattern).is_ok_and(|regex| !regex.is_match(text))
    {
        let message = format!("Invalid value: {text:?}: {path} in body should match '{pattern}'");
        causes.push(cause("FieldValueInvalid", path, message));
    }
}

fn bounds(schema: &Value, value: &Value, path: &str, causes: &mut Vec<StatusCause>) {
    let number = value.as_f64().unwrap_or_default();
    let bound = |name: &str| schema.get(name).and_then(Value::as_f64);
    let mut wrong = |limit: f64, words: &str| {
        let message = format!("Invalid value: {value}: {path} in body should be {words} {limit}");
        causes.push(cause("FieldValueInvalid", path, message));
    };
    if let Some(least) = bound("minimum") {
        match flag(schema, "exclusiveMinimum") {
            true if number <= least => wrong(least, "greater than"),
            false if number < least => wrong(least, "greater than or equal to"),
            _ => {}
        }
    }
    if let Some(most) = bound("maximum") {
        match flag(schema, "exclusiveMaximum") {
            true if number >= most => wrong(most, "less than"),
            false if number > most => wrong(most, "less than or equal to"),
            _ => {}
        }
    }
}

fn is_of(expected: &str, value: &Value) -> bool {
    match expected {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        _ => true,
    }
}
