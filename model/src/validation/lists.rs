//! Lists in which each item stands once: sets, and maps by the keys of their items.

use serde_json::{Map, Value};

use super::below;
use crate::definition::tree::{fields, items, text};
use crate::status::StatusCause;

pub(super) fn check(schema: &Value, value: &Value, path: &str, causes: &mut Vec<StatusCause>) {
    match value {
        Value::Object(entries) => {
            let additional = schema.get("additionalProperties").filter(|additional| additional.is_object());
            for (key, value) in entries {
                if let Some(schema) = additional {
                    check(schema, value, &format!("{path}[{key}]"), causes);
                }
            }
            for (name, schema) in fields(schema.get("properties")) {
                if let Some(value) = entries.get(name) {
                    check(schema, value, &below(path, name), causes);
                }
            }
        }
        Value::Array(list) => {
            match text(schema.get("x-kubernetes-list-type")) {
                "set" => twice(list, path, causes),
                "map" => map(schema, list, path, causes),
                _ => {}
            }
            let Some(item) = schema.get("items") else { return };
            for (index, value) in list.iter().enumerate() {
                check(item, value, &format!("{path}[{index}]"), causes);
            }
        }
        _ => {}
    }
}

/// The keys of an item of a map and their values; those that are absent are not there.
pub(super) fn key(schema: &Value, item: &Value) -> Value {
    let names = items(schema.get("x-kubernetes-list-map-keys")).iter().filter_map(Value::as_str);
    names.filter_map(|name| Some((name.to_owned(), item.get(name)?.clone()))).collect::<Map<_, _>>().into()
}

fn map(schema: &Value, list: &[Value], path: &str, causes: &mut Vec<StatusCause>) {
    let mistyped = list.iter().enumerate().find(|(_, item)| !item.is_object() && !item.is_null());
    if let Some((index, item)) = mistyped {
        let detail = "must be an object for an array of list-type map";
        causes.push(StatusCause::invalid(&format!("{path}[{index}]"), item, detail));
        return;
    }
    let keys: Vec<Value> = list.iter().map(|item| key(schema, item)).collect();
    twice(&keys, path, causes);
}

/// Names the second of each value that stands there more than once.
fn twice(values: &[Value], path: &str, causes: &mut Vec<StatusCause>) {
    for (index, value) in values.iter().enumerate() {
        if values[..index].iter().filter(|before| *before == value).count() == 1 {
            causes.push(StatusCause::duplicate(&format!("{path}[{index}]"), value));
        }
    }
}
