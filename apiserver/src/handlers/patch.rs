//! PATCH of an object or of its status.

use kubist_model::patch::{self, JsonPatch, PatchType};
use kubist_model::{CreateOptions, Reason, Status};
use serde_json::Value;

use super::request::Ask;
use super::{Answer, respond, update};
use crate::error::ApiError;
use crate::registry::Origin;
use crate::tree;

/// The most operations of a JSON patch, as with the real server.
const MOST_OPERATIONS: usize = 10_000;

pub(super) fn patch(ask: &Ask) -> Result<Answer, ApiError> {
    let change = Change::read(ask)?;
    let options = ask.write_options("PatchOptions")?;
    let mut warnings = Vec::new();
    let object = update::change(ask, &options, |old| {
        warnings.clear();
        let mut object = change.apply(old)?;
        let version = tree::meta(&object, "resourceVersion").to_owned();
        ask.check_type(&mut object)?;
        if tree::meta(&object, "name") != ask.name {
            let message = format!(
                "the name of the object ({}) does not match the name on the URL ({})",
                tree::meta(&object, "name"),
                ask.name
            );
            return Err(Status::bad_request(message).into());
        }
        ask.decode(&mut object, options.field_validation, &mut warnings)?;
        // A version that the patch does not name is the one it was applied to, so that a race is tried again.
        if version == tree::meta(old, "resourceVersion") {
            tree::set_meta(&mut object, "resourceVersion", None);
        }
        Ok(object)
    })?;
    Ok(respond::object(ask, 200, &object, &warnings))
}

/// A patch that was read.
pub(super) enum Change {
    Json(JsonPatch),
    Merge(Value),
}

impl Change {
    /// Reads the body by its content type.
    pub(super) fn read(ask: &Ask) -> Result<Change, ApiError> {
        let content_type =
            ask.headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let accepted: &[PatchType] = match ask.row.origin {
            Origin::BuiltIn => &[PatchType::Json, PatchType::Merge, PatchType::Strategic, PatchType::Apply],
            Origin::Custom => &[PatchType::Json, PatchType::Merge, PatchType::Apply],
        };
        let kind = PatchType::from_content_type(content_type).filter(|kind| accepted.contains(kind));
        match kind {
            Some(PatchType::Json) => {
                let patch: JsonPatch = serde_json::from_slice(&ask.body).map_err(|error| unreadable(&error))?;
                if patch.operations().len() > MOST_OPERATIONS {
                    let count = patch.operations().len();
                    let why =
                        format!("The allowed maximum operations in a JSON patch is {MOST_OPERATIONS}, got {count}");
                    return Err(Status::request_entity_too_large(&why).into());
                }
                Ok(Change::Json(patch))
            }
            Some(PatchType::Merge) => {
                let patch: Value = serde_json::from_slice(&ask.body).map_err(|error| unreadable(&error))?;
                if !patch.is_object() {
                    return Err(Status::bad_request("error decoding patch: it must be an object").into());
                }
                Ok(Change::Merge(patch))
            }
            Some(other) => {
                let what = if other == PatchType::Apply { "server-side apply" } else { "strategic merge patches" };
                Err(Status::not_implemented(format!("the embedded API server does not do {what} yet")).into())
            }
            None => {
                let types: Vec<&str> = accepted.iter().map(|kind| kind.content_type()).collect();
                Err(Status::unsupported_media_type(&types).into())
            }
        }
    }

    /// Applies the patch to an object.
    pub(super) fn apply(&self, old: &Value) -> Result<Value, ApiError> {
        let mut object = old.clone();
        match self {
            Change::Merge(patch) => {
                patch::merge::apply(&mut object, patch);
                Ok(object)
            }
            Change::Json(patch) => match patch::json::apply(&mut object, patch) {
                Ok(()) => Ok(object),
                // The real server does not say which operation failed.
                Err(_) => Err(Status::failure(
                    Reason::Invalid,
                    "the server rejected our request due to an error in our request",
                )
                .with_details(kubist_model::StatusDetails::default())
                .into()),
            },
        }
    }
}

fn unreadable(error: &serde_json::Error) -> ApiError {
    if error.is_data() {
        Status::bad_request(format!("error decoding patch: {error}")).into()
    } else {
        Status::bad_request("invalid JSON patch").into()
    }
}

/// The options of a patch, as those of every write.
pub(super) fn options(ask: &Ask) -> Result<CreateOptions, ApiError> {
    ask.write_options("PatchOptions")
}
