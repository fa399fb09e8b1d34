//! Objects within objects: what has `x-kubernetes-embedded-resource`.

use kubist_naming as naming;
use serde_json::Value;

use super::below;
use crate::definition::tree::truth;
use crate::status::StatusCause;

pub(super) fn check(schema: &Value, value: &Value, path: &str, causes: &mut Vec<StatusCause>) {
    match value {
        Value::Object(entries) => {
            if truth(schema.get("x-kubernetes-embedded-resource")) {
                resource(value, path, causes);
            }
            let additional = schema.get("additionalProperties").filter(|additional| additional.is_object());
            for (name, value) in entries {
                let property = schema.get("properties").and_then(|properties| properties.get(name));
                match (property, additional) {
                    (Some(schema), _) => check(schema, value, &below(path, name), causes),
                    (None, Some(schema)) => check(schema, value, &format!("{path}[{name}]"), causes),
                    (None, None) => {}
                }
            }
        }
        Value::Array(list) => {
            let Some(item) = schema.get("items") else { return };
            for (index, value) in list.iter().enumerate() {
                check(item, value, &format!("{path}[{index}]"), causes);
            }
        }
        _ => {}
    }
}

fn resource(object: &Value, path: &str, causes: &mut Vec<StatusCause>) {
    for (name, check) in [("apiVersion", api_version as fn(&str) -> Option<String>), ("kind", kind)] {
        let field = below(path, name);
        match object.get(name) {
            None => causes.push(StatusCause::required(&field, "")),
            Some(value) => {
                let problem = value.as_str().map_or(Some("must be a string".to_owned()), check);
                if let Some(problem) = problem {
                    causes.push(StatusCause::invalid(&field, value, &problem));
                }
            }
        }
    }
    let name = object.get("metadata").and_then(|metadata| metadata.get("name")).and_then(Value::as_str).unwrap_or("");
    if let Some(error) = naming::path_segment(name).err().filter(|_| !name.is_empty()) {
        let field = below(path, "metadata.name");
        causes.push(StatusCause::invalid(&field, &name.into(), &error.server_messages().join(",")));
    }
}

fn api_version(text: &str) -> Option<String> {
    match text.matches('/').count() {
        _ if text.is_empty() => Some("must not be empty".to_owned()),
        0 | 1 => None,
        _ => Some(format!("unexpected GroupVersion string: {text}")),
    }
}

fn kind(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some("must not be empty".to_owned());
    }
    let error = naming::dns1035_label(&text.to_lowercase()).err()?;
    Some(format!("may have mixed case, but should otherwise match: {}", error.server_messages().join(",")))
}
