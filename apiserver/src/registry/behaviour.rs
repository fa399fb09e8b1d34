//! What a kind does that no row can say.

use std::fmt;
use std::sync::Arc;

use kubist_model::StatusCause;
use serde_json::Value;

use crate::error::ApiError;
use crate::shared::Shared;
use crate::store::Change;

/// The steps of a write at which a kind can step in.
///
/// Objects are JSON trees whose `apiVersion`, `kind` and system metadata the generic handler owns. All steps are
/// synchronous and hold no lock, except where they say so.
#[expect(unused_variables, reason = "the defaults do nothing; the names document what an implementation gets")]
pub(crate) trait Behaviour: fmt::Debug + Send + Sync {
    /// Prunes unknown fields of an object that a request brought, also of the result of a patch, and fills defaults.
    /// Returns the paths of what was unknown; `warnings` takes what else the client should know.
    fn decode(&self, object: &mut Value, warnings: &mut Vec<String>) -> Vec<String> {
        Vec::new()
    }

    /// Fills what only the server may fill at create: runs after names, uid and timestamps are set, before validation.
    fn prepare_for_create(&self, write: &Write<'_>, object: &mut Value) {}

    /// Restores or derives fields at update: runs after metadata and status were restored, before validation.
    /// `write.subresource` is empty for the object itself.
    fn prepare_for_update(&self, write: &Write<'_>, object: &mut Value, old: &Value) {}

    /// Returns what is wrong with the object; every cause becomes part of one 422. `old` is absent at create.
    fn validate(&self, write: &Write<'_>, object: &Value, old: Option<&Value>) -> Vec<StatusCause> {
        Vec::new()
    }

    /// Completes a stored object on its way out, such as with defaults that came after it.
    fn present(&self, object: &mut Value) {}

    /// Refuses a delete, or lets it go on.
    fn before_delete(&self, write: &Write<'_>, object: &Value) -> Result<(), ApiError> {
        Ok(())
    }

    /// Learns that a change was stored. The store is not locked: read and write through [`Shared::store`] and change
    /// the table through [`Shared::registry`]. Changes of one object may be announced out of order, so act on what the
    /// store holds now.
    fn stored(&self, shared: &Arc<Shared>, change: &Change) {}
}

/// What a behaviour may know about the request that writes.
#[derive(Debug)]
pub(crate) struct Write<'a> {
    /// The server's parts.
    pub(crate) shared: &'a Arc<Shared>,
    /// The subresource that is written; empty for the object itself.
    pub(crate) subresource: &'a str,
}
