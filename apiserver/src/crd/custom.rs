//! What custom resources do: their schema prunes, fills and checks them.

use std::sync::Arc;

use kubist_model::{FieldValidation, Status, StatusCause};
use serde_json::Value;

use super::{STORAGE, establish};
use crate::error::ApiError;
use crate::registry::{Behaviour, Write};
use crate::schema;
use crate::shared::Shared;
use crate::store::Change;
use crate::tree;

/// One version of a custom resource.
#[derive(Debug)]
pub(super) struct Custom {
    pub(super) schema: Value,
    /// The name of the definition.
    pub(super) definition: String,
    /// What the server warns of at each request.
    pub(super) warning: Option<String>,
}

impl Behaviour for Custom {
    fn decode(
        &self,
        object: &mut Value,
        validation: FieldValidation,
        warnings: &mut Vec<String>,
    ) -> Result<(), ApiError> {
        warnings.extend(self.warning.clone());
        let mut unknown: Vec<String> =
            schema::prune(&self.schema, object).iter().map(|path| format!("unknown field \"{path}\"")).collect();
        unknown.sort();
        match validation {
            FieldValidation::Ignore => {}
            FieldValidation::Warn => warnings.extend(unknown),
            FieldValidation::Strict if unknown.is_empty() => {}
            FieldValidation::Strict => {
                return Err(Status::bad_request(format!("strict decoding error: {}", unknown.join(", "))).into());
            }
        }
        schema::default(&self.schema, object);
        Ok(())
    }

    fn validate(&self, write: &Write<'_>, object: &Value, old: Option<&Value>) -> Vec<StatusCause> {
        let mut causes = schema::check(&self.schema, object);
        // What was wrong before and did not change is let through, so that a stricter schema does not lock objects.
        if let Some(old) = old {
            let before = schema::check(&self.schema, old);
            let pointer = |field: &str| format!("/{}", field.replace(['.', '['], "/").replace(']', ""));
            causes.retain(|cause| {
                let place = pointer(&cause.field);
                !before.contains(cause) || object.pointer(&place) != old.pointer(&place)
            });
        } else if self.is_terminating(write.shared) {
            causes.clear();
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
