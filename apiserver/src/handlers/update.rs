//! PUT of an object or of its status, and what every other write of an existing object ends in.
//!
//! Source: `Store.Update` in `pkg/registry/generic/registry/store.go` and `pkg/registry/rest/update.go` of k8s.io/apiserver.

use std::sync::Arc;

use kubist_model::{CreateOptions, Status};
use serde_json::Value;

use super::request::{Ask, cause};
use super::{Answer, create, metadata, respond};
use crate::error::ApiError;
use crate::registry::{Origin, StatusWrite};
use crate::store::Stored;
use crate::tree;

pub(super) fn update(ask: &Ask) -> Result<Answer, ApiError> {
    let options = ask.write_options("UpdateOptions")?;
    let mut object = ask.object()?;
    let name = tree::meta(&object, "name");
    if name != ask.name {
        let message = if name.is_empty() {
            "name must be provided".to_owned()
        } else {
            format!("the name of the object ({name}) does not match the name on the URL ({})", ask.name)
        };
        return Err(Status::bad_request(message).into());
    }
    create::settle_namespace(ask, &mut object)?;
    let mut warnings = Vec::new();
    ask.decode(&mut object, options.field_validation, &mut warnings)?;
    loop {
        let Some(stored) = ask.shared.store.get(&ask.row.storage, &ask.path()) else {
            if ask.row.create_on_update && ask.subresource.is_empty() {
                let object = create::store(ask, object, &options, &mut warnings)?;
                return Ok(respond::object(ask, 201, &object, &warnings));
            }
            return Err(ask.not_found());
        };
        if let Some(object) = write(ask, &stored, object.clone(), &options)? {
            return Ok(respond::object(ask, 200, &object, &warnings));
        }
    }
}

/// Writes a new state over a stored one. Returns nothing if somebody else was faster and the request does not mind.
pub(super) fn write(
    ask: &Ask,
    stored: &Stored,
    mut object: Value,
    options: &CreateOptions,
) -> Result<Option<Value>, ApiError> {
    let old = &*stored.object;
    check_version(ask, &object, stored)?;
    check_uid(ask, &object, old)?;
    for field in [
        "creationTimestamp",
        "deletionTimestamp",
        "deletionGracePeriodSeconds",
        "selfLink",
        "managedFields",
        "resourceVersion",
    ] {
        tree::copy_meta(old, &mut object, field);
    }
    if tree::meta(&object, "uid").is_empty() {
        tree::copy_meta(old, &mut object, "uid");
    }
    match ask.subresource.as_str() {
        "status" => object = status_only(ask.row.status_write, &object, old),
        "finalize" => {
            let finalizers = tree::at(&object, &["spec", "finalizers"]).cloned();
            object = old.clone();
            tree::set(&mut object, &["spec", "finalizers"], finalizers);
        }
        _ if ask.row.has_status() => tree::set(&mut object, &["status"], old.get("status").cloned()),
        _ => {}
    }
    // Set empty lists and maps of metadata aside: the server does not store them.
    for field in ["labels", "annotations", "finalizers", "ownerReferences"] {
        let empty = tree::at(&object, &["metadata", field]).is_some_and(|value| match value {
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            _ => false,
        });
        if empty {
            tree::set_meta(&mut object, field, None);
        }
    }
    if matches!(ask.subresource.as_str(), "" | "scale") {
        metadata::move_generation(ask.row.generation, &mut object, old);
    } else {
        tree::copy_meta(old, &mut object, "generation");
    }
    let write = ask.write();
    if let Some(behaviour) = &ask.row.behaviour {
        behaviour.prepare_for_update(&write, &mut object, old);
    }
    let mut causes = metadata::validate(&ask.row, &object);
    causes.extend(metadata::validate_update(&object, old));
    for path in &ask.row.immutable {
        if tree::at(&object, path) != tree::at(old, path) {
            let value = tree::at(&object, path).cloned().unwrap_or_default();
            causes.push(cause(
                "FieldValueInvalid",
                &path.join("."),
                format!("Invalid value: {value}: field is immutable"),
            ));
        }
    }
    if let Some(behaviour) = &ask.row.behaviour {
        causes.extend(behaviour.validate(&write, &object, Some(old)));
    }
    if !causes.is_empty() {
        return Err(ask.invalid(&ask.name, causes));
    }
    if object == *old || options.dry_run {
        return Ok(Some(object));
    }
    Ok(commit(ask, stored, object))
}

/// Stores a new state, or removes the object if the last finalizer of a deleted one has gone.
fn commit(ask: &Ask, stored: &Stored, object: Value) -> Option<Value> {
    let (storage, path) = (&ask.row.storage, ask.path());
    let grace = tree::at(&object, &["metadata", "deletionGracePeriodSeconds"]).and_then(Value::as_i64).unwrap_or(0);
    let waits = !tree::finalizers(&object).is_empty() || !namespace_finalizers(&object).is_empty();
    let goes = tree::is_being_deleted(&object) && !waits && grace == 0;
    let change = if goes {
        // The event of the deletion shows what was stored last, with the finalizer that went.
        match ask.shared.store.remove(storage, &path, stored.revision) {
            Ok(change) => change,
            Err(_) => return None,
        }
    } else {
        match ask.shared.store.replace(storage, &path, stored.revision, object.clone()) {
            Ok(change) => change,
            Err(_) => return None,
        }
    };
    if let Some(behaviour) = &ask.row.behaviour {
        behaviour.stored(&ask.shared, &change);
    }
    let written = if goes { object } else { change.object.as_ref().map_or(object, |object| Value::clone(object)) };
    Some(written)
}

fn namespace_finalizers(object: &Value) -> Vec<&Value> {
    if tree::text(object, &["kind"]) != "Namespace" {
        return Vec::new();
    }
    tree::at(object, &["spec", "finalizers"]).and_then(Value::as_array).into_iter().flatten().collect()
}

/// A version in the body must be the current one; some kinds insist on one.
fn check_version(ask: &Ask, object: &Value, stored: &Stored) -> Result<(), ApiError> {
    let version = tree::meta(object, "resourceVersion");
    if version.is_empty() || version == "0" {
        if ask.row.unconditional_update || ask.method == http::Method::PATCH {
            return Ok(());
        }
        let message = "Invalid value: 0: must be specified for an update".to_owned();
        let causes = vec![cause("FieldValueInvalid", "metadata.resourceVersion", message)];
        // The real server names the resource here where it names the kind elsewhere.
        let info = &ask.row.info;
        return Err(Status::invalid(&info.plural, &info.group, &ask.name, causes).into());
    }
    if version == stored.revision.to_string() { Ok(()) } else { Err(ask.modified()) }
}

/// A uid in the body is a precondition.
fn check_uid(ask: &Ask, object: &Value, old: &Value) -> Result<(), ApiError> {
    let (asked, found) = (tree::meta(object, "uid"), tree::meta(old, "uid"));
    if asked.is_empty() || asked == found {
        return Ok(());
    }
    let info = &ask.row.info;
    let key = if ask.row.is_namespaced() { format!("{}/{}", ask.namespace, ask.name) } else { ask.name.clone() };
    let key = match ask.row.origin {
        Origin::BuiltIn => format!("/registry/{}/{key}", info.plural),
        Origin::Custom => format!("/registry/{}/{}/{key}", info.group, info.plural),
    };
    let why = format!(
        "StorageError: invalid object, Code: 4, Key: {key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: {asked}, UID in object meta: {found}"
    );
    Err(Status::conflict(&info.plural, &info.group, &ask.name, &why).into())
}

/// A write to the status takes the status, and for built-in kinds labels and annotations.
fn status_only(rule: StatusWrite, object: &Value, old: &Value) -> Value {
    let mut result = old.clone();
    tree::set(&mut result, &["status"], object.get("status").cloned());
    if rule == StatusWrite::StatusAndMetadata {
        for field in ["labels", "annotations", "finalizers", "ownerReferences"] {
            tree::copy_meta(object, &mut result, field);
        }
    }
    result
}

/// Changes a stored object until nobody else was faster.
pub(super) fn change(
    ask: &Ask,
    options: &CreateOptions,
    mut make: impl FnMut(&Arc<Value>) -> Result<Value, ApiError>,
) -> Result<Value, ApiError> {
    loop {
        let stored = ask.shared.store.get(&ask.row.storage, &ask.path()).ok_or_else(|| ask.not_found())?;
        let object = make(&stored.object)?;
        if let Some(object) = write(ask, &stored, object, options)? {
            return Ok(object);
        }
    }
}
