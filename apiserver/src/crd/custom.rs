//! What custom resources do: their schema prunes, fills and checks them.

use std::sync::Arc;

use kubist_model::StatusCause;
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
        let mut causes = self.check(object);
        // What was wrong before and did not change is let through, so that a stricter schema does not lock objects.
        if let Some(old) = old {
            let before = self.check(old);
            let pointer =
                |field: &str| format!("/{}", field.trim_start_matches('.').replace(['.', '['], "/").replace(']', ""));
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
    fn check(&self, object: &Value) -> Vec<StatusCause> {
        let mut causes = schema::check(&self.schema, object);
        if let Some(paths) = &self.scale {
            causes.extend(scale::check(paths, object));
        }
        causes
    }

    fn is_terminating(&self, shared: &Arc<Shared>) -> bool {
        shared.store.get(STORAGE, &self.definition).is_some_and(|definition| tree::is_being_deleted(&definition.object))
    }
}
