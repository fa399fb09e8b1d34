//! Which objects a list, a watch or a delete is about.

use std::sync::Arc;

use kubist_model::selector::{FieldSelector, LabelMatcher};
use kubist_model::{ListOptions, Status};
use serde_json::Value;

use crate::error::ApiError;
use crate::registry::{Origin, ResourceDef};
use crate::tree;

/// A label selector, a field selector and a namespace.
#[derive(Debug)]
pub(crate) struct Filter {
    labels: LabelMatcher,
    fields: FieldSelector,
    row: Arc<ResourceDef>,
    namespace: String,
    name: String,
}

impl Filter {
    /// Reads the selectors of a request.
    pub(crate) fn new(
        row: &Arc<ResourceDef>,
        namespace: &str,
        name: &str,
        options: &ListOptions,
    ) -> Result<Filter, ApiError> {
        let unreadable = |error: &dyn std::fmt::Display| Status::bad_request(error.to_string());
        let labels = options.label_selector.as_deref().unwrap_or_default();
        let labels = labels.parse().map_err(|error| unreadable(&error))?;
        let fields = options.field_selector.as_deref().unwrap_or_default();
        let fields: FieldSelector = fields.parse().map_err(|error| unreadable(&error))?;
        for requirement in fields.requirements() {
            let field = requirement.field.as_str();
            let known = matches!(field, "metadata.name")
                || (field == "metadata.namespace" && row.is_namespaced())
                || row.field_selectors.iter().any(|selector| selector.label == field);
            if !known {
                // Kinds that add no field of their own have another sentence for it.
                let message = if row.field_selectors.is_empty() && row.origin == Origin::BuiltIn {
                    format!("{field:?} is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")
                } else {
                    format!("field label not supported: {field}")
                };
                return Err(Status::bad_request(message).into());
            }
        }
        let (row, namespace, name) = (Arc::clone(row), namespace.to_owned(), name.to_owned());
        Ok(Filter { labels, fields, row, namespace, name })
    }

    /// Returns the row of the objects.
    pub(crate) fn row(&self) -> &ResourceDef {
        &self.row
    }

    /// Tells whether nothing but the namespace is asked of objects.
    pub(crate) fn is_everything(&self) -> bool {
        self.labels.requirements().is_empty() && self.fields.requirements().is_empty() && self.name.is_empty()
    }

    /// Tells whether an object is meant.
    pub(crate) fn matches(&self, object: &Value) -> bool {
        let label = |key: &str| tree::at(object, &["metadata", "labels", key]).and_then(Value::as_str);
        (self.namespace.is_empty() || tree::meta(object, "namespace") == self.namespace)
            && (self.name.is_empty() || tree::meta(object, "name") == self.name)
            && self.labels.matches(label)
            && self.fields_match(object)
    }

    fn fields_match(&self, object: &Value) -> bool {
        self.fields.requirements().iter().all(|requirement| {
            let found = match requirement.field.as_str() {
                "metadata.name" => tree::meta(object, "name").to_owned(),
                "metadata.namespace" => tree::meta(object, "namespace").to_owned(),
                field => self.selectable(object, field),
            };
            (found == requirement.value) == requirement.equal
        })
    }

    fn selectable(&self, object: &Value, field: &str) -> String {
        let Some(selector) = self.row.field_selectors.iter().find(|selector| selector.label == field) else {
            return String::new();
        };
        match tree::at(object, &selector.path) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Null) | None => selector.default.to_owned(),
            Some(other) => other.to_string(),
        }
    }
}
