//! What a value was before, as far as that can be told.
//!
//! Source: `CorrelatedObject` in `pkg/cel/common/equality.go` of k8s.io/apiserver.

use serde_json::Value;

use super::lists;
use crate::definition::tree::{items, text};

/// The value that stood in the same place; none where the place cannot be told.
#[derive(Clone, Copy)]
pub(super) struct Old<'a>(Option<&'a Value>);

impl<'a> Old<'a> {
    pub(super) fn root(old: Option<&'a Value>) -> Self {
        Self(old)
    }

    /// The same field of what was there. Types are never forgiven: a change of them is not to be seen.
    pub(super) fn field(self, path: &str, name: &str) -> Self {
        let is_type = path.is_empty() && matches!(name, "apiVersion" | "kind");
        Self(self.0.filter(|_| !is_type).and_then(|old| old.get(name)))
    }

    /// The item with the same keys. The items of other lists have no place that lasts.
    pub(super) fn item(self, schema: &Value, item: &Value) -> Self {
        if text(schema.get("x-kubernetes-list-type")) != "map" {
            return Self(None);
        }
        let key = lists::key(schema, item);
        Self(items(self.0).iter().find(|old| lists::key(schema, old) == key))
    }

    /// Tells whether the value is what was there; keyed lists may have another order.
    pub(super) fn is_same(self, schema: &Value, value: &Value) -> bool {
        let Some(old) = self.0 else { return false };
        match (value, old) {
            (Value::Array(new), Value::Array(was)) if text(schema.get("x-kubernetes-list-type")) == "map" => {
                let item = schema.get("items").unwrap_or(&Value::Null);
                new.len() == was.len() && new.iter().all(|value| self.item(schema, value).is_same(item, value))
            }
            (Value::Object(new), Value::Object(was)) => {
                let below = |name: &str| {
                    let property = schema.get("properties").and_then(|properties| properties.get(name));
                    property.or_else(|| schema.get("additionalProperties")).unwrap_or(&Value::Null)
                };
                new.len() == was.len()
                    && new.iter().all(|(name, value)| Self(was.get(name)).is_same(below(name), value))
            }
            (value, old) => value == old,
        }
    }
}
