//! The fields that a scale shows: they count something.
//!
//! Source: `validateScaleSpec` in `pkg/registry/customresource/validator.go` of k8s.io/apiextensions-apiserver.

use std::borrow::Cow;

use kubist_model::StatusCause;
use serde_json::Value;

use crate::handlers::cause;
use crate::registry::ScalePaths;

/// Returns what is wrong with the replicas of an object.
pub(super) fn check(paths: &ScalePaths, object: &Value) -> Vec<StatusCause> {
    [&paths.spec_replicas, &paths.status_replicas].into_iter().filter_map(|path| replicas(path, object)).collect()
}

fn replicas(path: &[Cow<'static, str>], object: &Value) -> Option<StatusCause> {
    let field = format!(".{}", path.join("."));
    let mistyped = |value: &Value, wanted: &str| {
        let (shown, found) = (shown(value), go_type(value));
        let message =
            format!("Invalid value: 0: {field} accessor error: {shown} is of the type {found}, expected {wanted}");
        cause("FieldValueInvalid", &field, message)
    };
    let mut at = object;
    for name in path {
        let Value::Object(fields) = at else { return Some(mistyped(at, "map[string]interface{}")) };
        at = fields.get(name.as_ref())?;
    }
    match at.as_i64() {
        None => Some(mistyped(at, "int64")),
        Some(negative) if negative < 0 => {
            let message = format!("Invalid value: {negative}: should be a non-negative integer");
            Some(cause("FieldValueInvalid", &field, message))
        }
        Some(_) => None,
    }
}

/// A value as Go prints it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "<nil>".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(" ")),
        Value::Object(fields) => {
            let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}:{}", shown(value))).collect();
            format!("map[{}]", fields.join(" "))
        }
        other => other.to_string(),
    }
}

fn go_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "<nil>",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float64",
        Value::Number(_) => "int64",
        Value::String(_) => "string",
        Value::Array(_) => "[]interface {}",
        Value::Object(_) => "map[string]interface {}",
    }
}
