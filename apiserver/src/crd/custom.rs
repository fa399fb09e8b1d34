//! What custom resources do: their schema prunes, fills and checks them.

use std::sync::Arc;

use kubist_model::{StatusCause, validation};
use serde_json::Value;

use super::{STORAGE, establish, scale};
use crate::registry::{Behaviour, ScalePaths, Write};
use crate::schema;
use crate::shared::Shared;
use crate::store::Change;
use crate::tree;

/// One version of a custom resource.
#[derive(Debug)]
pub(super) struct Custom {
    pub(super) schema: Value,
    pub(super) rules: Option<schema::Rules>,
    pub(super) patterns: schema::Patterns,
    /// The name of the definition.
    pub(super) definition: String,
    /// Where the scale reads and writes, if there is one.
    pub(super) scale: Option<ScalePaths>,
    /// What the server warns of at each request.
    pub(super) warning: Option<String>,
}

impl Behaviour for Custom {
    fn decode(&self, object: &mut Value, warnings: &mut Vec<String>) -> Vec<String> {
        warnings.extend(self.warning.clone());
        let mut unknown = schema::prune(&self.schema, object);
        unknown.sort();
        schema::default(&self.schema, object);
        unknown
    }

    fn present(&self, object: &mut Value) {
        schema::default(&self.schema, object);
    }

    fn validate(&self, write: &Write<'_>, object: &Value, old: Option<&Value>) -> Vec<StatusCause> {
        if old.is_none() && self.is_terminating(write.shared) {
            return Vec::new();
        }
        let mut causes =
            validation::values(&self.schema, object, old, &|pattern, text| self.patterns.matches(pattern, text));
        if let Some(paths) = &self.scale {
            causes.extend(scale::check(paths, object));
        }
        causes.extend(validation::others(&self.schema, object, old));
        if let Some(rules) = &self.rules {
            if causes.iter().any(keeps_rules_back) {
                let detail = "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation";
                causes.push(StatusCause::invalid("<nil>", &Value::Null, detail));
            } else {
                causes.extend(rules.check(&self.schema, object, old, &self.patterns));
            }
        }
        causes
    }

    fn stored(&self, shared: &Arc<Shared>, change: &Change) {
        if change.object.is_none() && self.is_terminating(shared) {
            establish::terminate(shared, &self.definition);
        }
    }
}

impl Custom {
    fn is_terminating(&self, shared: &Arc<Shared>) -> bool {
        shared.store.get(STORAGE, &self.definition).is_some_and(|definition| tree::is_being_deleted(&definition.object))
    }
}

/// Tells whether a mistake is one that rules need not be asked about, since they count on what it says.
fn keeps_rules_back(cause: &StatusCause) -> bool {
    matches!(
        cause.reason.as_str(),
        "FieldValueNotSupported"
            | "FieldValueRequired"
            | "FieldValueTooLong"
            | "FieldValueTooMany"
            | "FieldValueTypeInvalid"
    )
}
