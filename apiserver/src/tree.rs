//! Reading and writing objects that are JSON trees.

use serde_json::{Map, Value};

/// Returns the text at a path; empty where there is none.
pub(crate) fn text<'a>(object: &'a Value, path: &[impl AsRef<str>]) -> &'a str {
    at(object, path).and_then(Value::as_str).unwrap_or_default()
}

/// Returns the value at a path.
pub(crate) fn at<'a>(object: &'a Value, path: &[impl AsRef<str>]) -> Option<&'a Value> {
    path.iter().try_fold(object, |value, name| value.get(name.as_ref()))
}

/// Sets the value at a path, or removes it with `None`; absent objects on the way are made.
pub(crate) fn set(object: &mut Value, path: &[impl AsRef<str>], value: Option<Value>) {
    let Some((last, before)) = path.split_last() else { return };
    let mut place = object;
    for name in before {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        let Value::Object(fields) = place else { return };
        place = fields.entry(name.as_ref()).or_insert_with(|| Value::Object(Map::new()));
    }
    if !place.is_object() {
        *place = Value::Object(Map::new());
    }
    let Value::Object(fields) = place else { return };
    match value {
        Some(value) => drop(fields.insert(last.as_ref().to_owned(), value)),
        None => drop(fields.remove(last.as_ref())),
    }
}

/// Returns a text of the metadata; empty where there is none.
pub(crate) fn meta<'a>(object: &'a Value, field: &str) -> &'a str {
    text(object, &["metadata", field])
}

/// Sets a field of the metadata, or removes it with `None`.
pub(crate) fn set_meta(object: &mut Value, field: &str, value: Option<Value>) {
    set(object, &["metadata", field], value);
}

/// Copies a field of the metadata from another object, also its absence.
pub(crate) fn copy_meta(from: &Value, to: &mut Value, field: &str) {
    set_meta(to, field, at(from, &["metadata", field]).cloned());
}

/// Returns the finalizers.
pub(crate) fn finalizers(object: &Value) -> Vec<&str> {
    let list = at(object, &["metadata", "finalizers"]).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Tells whether a deletion was asked for.
pub(crate) fn is_being_deleted(object: &Value) -> bool {
    !meta(object, "deletionTimestamp").is_empty()
}

/// Removes fields that are `null`, as Go drops them when it reads typed objects; items of lists stay.
pub(crate) fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}
