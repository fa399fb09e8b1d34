//! Entries of managedFields.

use crate::json::{Json, map};

/// Says that a manager owns these fields; `api_version` is the object's.
pub(crate) fn managed(manager: &str, api_version: &str, time: &str, subresource: Option<&str>, fields: Json) -> Json {
    let mut entry = map! {
        "manager": manager,
        "operation": "Update",
        "apiVersion": api_version,
        "time": time,
        "fieldsType": "FieldsV1",
        "fieldsV1": fields,
    };
    if let Some(subresource) = subresource {
        entry.push("subresource", subresource);
    }
    entry
}
