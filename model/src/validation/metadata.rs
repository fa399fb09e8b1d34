//! Labels and annotations, by the rules that hold for every kind.

use kubist_naming::{self as naming, NameError};
use serde_json::Value;

use crate::status::StatusCause;

/// What a server says of the labels and annotations in the metadata of an object.
///
/// Source: `ValidateObjectMetaAccessor` in [`objectmeta.go`](https://github.com/kubernetes/apimachinery/blob/v0.37.2/pkg/api/validation/objectmeta.go).
pub fn labels_and_annotations(metadata: &Value) -> Vec<StatusCause> {
    let entries = |field: &str| metadata.get(field).and_then(Value::as_object).into_iter().flatten();
    let mut causes = Vec::new();
    let mut check = |field: &str, text: &str, checked: Result<(), NameError>| {
        let problems = checked.err().map(|error| error.server_messages()).unwrap_or_default();
        causes.extend(problems.iter().map(|problem| StatusCause::invalid(field, &text.into(), problem)));
    };
    for (key, value) in entries("labels") {
        check("metadata.labels", key, naming::label_key(key));
        let text = value.as_str().unwrap_or_default();
        check("metadata.labels", text, naming::label_value(text));
    }
    for (key, _) in entries("annotations") {
        check("metadata.annotations", key, naming::label_key(&key.to_lowercase()));
    }
    causes
}
