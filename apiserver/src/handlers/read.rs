//! GET of one object.

use super::request::Ask;
use super::{Answer, list, respond};
use crate::error::ApiError;

/// Reads an object: the latest state, or one that is not older than asked.
pub(super) async fn get(ask: &Ask) -> Result<Answer, ApiError> {
    let options = kubist_model::GetOptions::from_query(&ask.query);
    if let Some(version) = options.resource_version {
        list::wait_for(ask, list::revision(&version)?).await?;
    }
    now(ask)
}

/// Reads an object as it is.
pub(super) fn now(ask: &Ask) -> Result<Answer, ApiError> {
    let stored = ask.shared.store.get(&ask.row.storage, &ask.path()).ok_or_else(|| ask.not_found())?;
    Ok(respond::object(ask, 200, &stored.object, &[]))
}
