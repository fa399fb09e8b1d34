//! JSON patches: RFC 6902.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Operations that are done one after the other; if one fails, none is done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JsonPatch(Vec<JsonPatchOp>);

/// One operation. Paths are JSON pointers: `/spec/replicas`, `/metadata/labels/app.kubernetes.io~1name`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "RFC 6902 has these six")]
pub enum JsonPatchOp {
    /// Sets a field, or inserts into a list; `-` as the index appends.
    Add {
        /// Where to.
        path: String,
        /// What.
        value: Value,
    },
    /// Removes what is there.
    Remove {
        /// From where.
        path: String,
    },
    /// Replaces what is there.
    Replace {
        /// Where.
        path: String,
        /// With what.
        value: Value,
    },
    /// Removes here and adds there.
    Move {
        /// From where.
        from: String,
        /// Where to.
        path: String,
    },
    /// Adds a copy.
    Copy {
        /// Of what.
        from: String,
        /// Where to.
        path: String,
    },
    /// Fails unless this value is there.
    Test {
        /// Where.
        path: String,
        /// What must be there.
        value: Value,
    },
}

/// Why a JSON patch could not be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatchError {
    operation: usize,
    path: String,
    problem: &'static str,
}

impl PatchError {
    /// Returns the path that the failed operation names.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Tells whether a `test` found another value.
    pub fn is_failed_test(&self) -> bool {
        self.problem == TEST_FAILED
    }
}

const TEST_FAILED: &str = "another value is there";
const NOTHING_THERE: &str = "nothing is there";
const NO_PARENT: &str = "its parent does not exist";
const NO_INDEX: &str = "it is no index of the list";
const NO_POINTER: &str = "a path is empty or starts with a slash";
const INTO_ITSELF: &str = "a value cannot be moved into itself";

impl fmt::Display for PatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "operation {} at {:?}: {}", self.operation, self.path, self.problem)
    }
}

impl std::error::Error for PatchError {}

impl JsonPatch {
    /// Returns a patch without operations.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an operation that sets a field or inserts into a list.
    #[must_use]
    pub fn add(self, path: impl Into<String>, value: impl Into<Value>) -> Self {
        self.op(JsonPatchOp::Add { path: path.into(), value: value.into() })
    }

    /// Adds an operation that removes.
    #[must_use]
    pub fn remove(self, path: impl Into<String>) -> Self {
        self.op(JsonPatchOp::Remove { path: path.into() })
    }

    /// Adds an operation that replaces.
    #[must_use]
    pub fn replace(self, path: impl Into<String>, value: impl Into<Value>) -> Self {
        self.op(JsonPatchOp::Replace { path: path.into(), value: value.into() })
    }

    /// Adds an operation that fails the patch unless this value is there.
    #[must_use]
    pub fn test(self, path: impl Into<String>, value: impl Into<Value>) -> Self {
        self.op(JsonPatchOp::Test { path: path.into(), value: value.into() })
    }

    /// Adds an operation.
    #[must_use]
    pub fn op(mut self, operation: JsonPatchOp) -> Self {
        self.0.push(operation);
        self
    }

    /// Returns the operations.
    pub fn operations(&self) -> &[JsonPatchOp] {
        &self.0
    }
}

impl From<Vec<JsonPatchOp>> for JsonPatch {
    fn from(operations: Vec<JsonPatchOp>) -> Self {
        Self(operations)
    }
}

/// Applies a patch; if it fails, the value is as it was.
///
/// # Errors
///
/// The first operation that cannot be done.
pub fn apply(target: &mut Value, patch: &JsonPatch) -> Result<(), PatchError> {
    let mut result = target.clone();
    for (operation, op) in patch.0.iter().enumerate() {
        step(&mut result, op).map_err(|(path, problem)| PatchError { operation, path: path.clone(), problem })?;
    }
    *target = result;
    Ok(())
}

fn step<'a>(target: &mut Value, op: &'a JsonPatchOp) -> Result<(), (&'a String, &'static str)> {
    let at = |path: &'a String| move |problem| (path, problem);
    match op {
        JsonPatchOp::Add { path, value } => add(target, path, value.clone()).map_err(at(path)),
        JsonPatchOp::Remove { path } => remove(target, path).map(drop).map_err(at(path)),
        JsonPatchOp::Replace { path, value } => {
            *read_mut(target, path).map_err(at(path))? = value.clone();
            Ok(())
        }
        JsonPatchOp::Move { from, path } => {
            if path.strip_prefix(from.as_str()).is_some_and(|rest| rest.starts_with('/')) {
                return Err((path, INTO_ITSELF));
            }
            let value = remove(target, from).map_err(at(from))?;
            add(target, path, value).map_err(at(path))
        }
        JsonPatchOp::Copy { from, path } => {
            let value = read_mut(target, from).map_err(at(from))?.clone();
            add(target, path, value).map_err(at(path))
        }
        JsonPatchOp::Test { path, value } => match target.pointer(path) {
            Some(found) if found == value => Ok(()),
            // Go's library takes an absent field for null.
            None if value.is_null() => Ok(()),
            _ => Err((path, TEST_FAILED)),
        },
    }
}

fn read_mut<'a>(target: &'a mut Value, path: &str) -> Result<&'a mut Value, &'static str> {
    check(path)?;
    target.pointer_mut(path).ok_or(NOTHING_THERE)
}

fn add(target: &mut Value, path: &str, value: Value) -> Result<(), &'static str> {
    let Some((parent, last)) = parent_of(target, path)? else {
        *target = value;
        return Ok(());
    };
    match parent {
        Value::Object(fields) => drop(fields.insert(last, value)),
        Value::Array(items) if last == "-" => items.push(value),
        Value::Array(items) => match index(&last) {
            Some(at) if at <= items.len() => items.insert(at, value),
            _ => return Err(NO_INDEX),
        },
        _ => return Err(NO_PARENT),
    }
    Ok(())
}

fn remove(target: &mut Value, path: &str) -> Result<Value, &'static str> {
    let Some((parent, last)) = parent_of(target, path)? else { return Ok(target.take()) };
    match parent {
        Value::Object(fields) => fields.remove(&last).ok_or(NOTHING_THERE),
        Value::Array(items) => match index(&last) {
            Some(at) if at < items.len() => Ok(items.remove(at)),
            _ => Err(NO_INDEX),
        },
        _ => Err(NO_PARENT),
    }
}

/// The value that holds the last segment of a path, and that segment; nothing for the path of the whole document.
fn parent_of<'a>(target: &'a mut Value, path: &str) -> Result<Option<(&'a mut Value, String)>, &'static str> {
    check(path)?;
    let Some((parent, last)) = path.rsplit_once('/') else { return Ok(None) };
    let parent = target.pointer_mut(parent).ok_or(NO_PARENT)?;
    Ok(Some((parent, last.replace("~1", "/").replace("~0", "~"))))
}

fn check(path: &str) -> Result<(), &'static str> {
    if path.is_empty() || path.starts_with('/') { Ok(()) } else { Err(NO_POINTER) }
}

fn index(text: &str) -> Option<usize> {
    let canonical = text == "0" || !text.starts_with(['0', '+']);
    canonical.then(|| text.parse().ok()).flatten()
}

/// Returns operations that turn one value into the other. Lists of different content are replaced whole.
pub fn diff(from: &Value, to: &Value) -> JsonPatch {
    let mut operations = Vec::new();
    compare(&mut String::new(), from, to, &mut operations);
    JsonPatch(operations)
}

fn compare(path: &mut String, from: &Value, to: &Value, operations: &mut Vec<JsonPatchOp>) {
    let (Value::Object(old), Value::Object(new)) = (from, to) else {
        if from != to {
            operations.push(JsonPatchOp::Replace { path: path.clone(), value: to.clone() });
        }
        return;
    };
    let length = path.len();
    for name in old.keys().chain(new.keys().filter(|name| !old.contains_key(*name))) {
        path.push('/');
        path.push_str(&name.replace('~', "~0").replace('/', "~1"));
        match (old.get(name), new.get(name)) {
            (Some(before), Some(after)) => compare(path, before, after, operations),
            (Some(_), None) => operations.push(JsonPatchOp::Remove { path: path.clone() }),
            (None, Some(value)) => operations.push(JsonPatchOp::Add { path: path.clone(), value: value.clone() }),
            (None, None) => {}
        }
        path.truncate(length);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// Small trees with few names, so that two of them share some.
    pub(in crate::patch) fn tree(with_null: bool) -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            any::<i8>().prop_map(Value::from),
            "[a~/]{0,3}".prop_map(Value::from),
            Just(if with_null { Value::Null } else { Value::from(0) }),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                prop::collection::btree_map("[ab~/]{1,2}", inner, 0..4).prop_map(|map| map.into_iter().collect()),
            ]
        })
    }

    fn patched(target: &Value, patch: &JsonPatch) -> Result<Value, PatchError> {
        let mut value = target.clone();
        apply(&mut value, patch).map(|()| value)
    }

    #[test]
    fn each_operation_does_what_the_rfc_says() {
        let target = json!({"a": {"b": [1, 2]}, "c/d": "x"});
        let cases = [
            (JsonPatch::new().add("/a/b/1", 9), json!({"a": {"b": [1, 9, 2]}, "c/d": "x"})),
            (JsonPatch::new().add("/a/b/-", 9), json!({"a": {"b": [1, 2, 9]}, "c/d": "x"})),
            (JsonPatch::new().remove("/c~1d"), json!({"a": {"b": [1, 2]}})),
            (JsonPatch::new().replace("/a", 1), json!({"a": 1, "c/d": "x"})),
            (
                JsonPatch::new().op(JsonPatchOp::Move { from: "/c~1d".into(), path: "/a/e".into() }),
                json!({"a": {"b": [1, 2], "e": "x"}}),
            ),
            (
                JsonPatch::new().op(JsonPatchOp::Copy { from: "/a/b/0".into(), path: "/f".into() }),
                json!({"a": {"b": [1, 2]}, "c/d": "x", "f": 1}),
            ),
            (JsonPatch::new().test("/a/b", json!([1, 2])).add("", json!([])), json!([])),
        ];
        for (patch, result) in cases {
            assert_eq!(patched(&target, &patch).unwrap(), result, "{patch:?}");
        }
    }

    #[test]
    fn a_failed_operation_is_named_and_nothing_is_changed() {
        let mut value = json!({"a": 1});
        let patch = JsonPatch::new().replace("/a", 2).remove("/b");
        let error = apply(&mut value, &patch).unwrap_err();
        assert_eq!(error.to_string(), r#"operation 1 at "/b": nothing is there"#);
        assert_eq!(value, json!({"a": 1}));
        assert!(apply(&mut value, &JsonPatch::new().test("/a", 2)).unwrap_err().is_failed_test());
        for path in ["a", "/x/y", "/a/0"] {
            assert!(apply(&mut value, &JsonPatch::new().add(path, 1)).is_err(), "{path}");
        }
    }

    #[test]
    fn a_value_cannot_be_moved_into_itself() {
        let patch = JsonPatch::new().op(JsonPatchOp::Move { from: "/a".into(), path: "/a/b".into() });
        assert!(patched(&json!({"a": {}}), &patch).is_err());
    }

    proptest! {
        #[test]
        fn a_difference_leads_from_one_value_to_the_other(from in tree(true), to in tree(true)) {
            prop_assert_eq!(patched(&from, &diff(&from, &to)).unwrap(), to);
        }

        #[test]
        fn a_patch_survives_its_wire_form(from in tree(true), to in tree(true)) {
            let patch = diff(&from, &to);
            let text = serde_json::to_string(&patch).unwrap();
            prop_assert_eq!(serde_json::from_str::<JsonPatch>(&text).unwrap(), patch);
        }
    }
}
