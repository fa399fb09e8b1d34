//! The scale subresource: an `autoscaling/v1 Scale` over two or three fields of the object.

use kubist_model::Status;
use serde_json::{Value, json};

use super::patch::{self, Change};
use super::request::{Ask, cause};
use super::{Answer, respond, update};
use crate::error::ApiError;
use crate::registry::ScalePaths;
use crate::tree;

pub(super) fn get(ask: &Ask) -> Result<Answer, ApiError> {
    let stored = ask.shared.store.get(&ask.row.storage, &ask.path()).ok_or_else(|| ask.not_found())?;
    Ok(respond::value(ask, 200, &shown(paths(ask)?, &stored.object), &[]))
}

pub(super) fn update(ask: &Ask) -> Result<Answer, ApiError> {
    let scale = ask.tree()?;
    let options = ask.write_options("UpdateOptions")?;
    let object = update::change(ask, &options, |old| scaled(ask, old, &scale))?;
    Ok(respond::value(ask, 200, &shown(paths(ask)?, &object), &[]))
}

pub(super) fn patch(ask: &Ask) -> Result<Answer, ApiError> {
    let change = Change::read(ask)?;
    let options = patch::options(ask)?;
    let object = update::change(ask, &options, |old| {
        let mut scale = change.apply(&shown(paths(ask)?, old))?;
        if tree::meta(&scale, "resourceVersion") == tree::meta(old, "resourceVersion") {
            tree::set_meta(&mut scale, "resourceVersion", None);
        }
        scaled(ask, old, &scale)
    })?;
    Ok(respond::value(ask, 200, &shown(paths(ask)?, &object), &[]))
}

fn paths(ask: &Ask) -> Result<&ScalePaths, ApiError> {
    ask.row.scale.as_ref().ok_or_else(|| Status::no_such_resource().into())
}

/// The object as its scale shows it.
fn shown(paths: &ScalePaths, object: &Value) -> Value {
    let number = |path: &[_]| tree::at(object, path).and_then(Value::as_i64);
    let mut metadata = json!({});
    for field in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
        if let Some(value) = tree::at(object, &["metadata", field]) {
            metadata[field] = value.clone();
        }
    }
    let mut spec = json!({});
    if let Some(replicas) = number(&paths.spec_replicas).filter(|replicas| *replicas != 0) {
        spec["replicas"] = replicas.into();
    }
    let mut status = json!({ "replicas": number(&paths.status_replicas).unwrap_or(0) });
    let selector = paths.selector.as_ref().and_then(|path| tree::at(object, path));
    let selector = selector.and_then(|value| match value {
        Value::String(text) => Some(text.clone()),
        other => {
            let selector: kubist_model::LabelSelector = serde_json::from_value(other.clone()).ok()?;
            Some(kubist_model::selector::LabelMatcher::try_from(&selector).ok()?.to_string())
        }
    });
    if let Some(selector) = selector.filter(|selector| !selector.is_empty()) {
        status["selector"] = selector.into();
    }
    json!({ "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": metadata, "spec": spec, "status": status })
}

/// The object with the replicas that a scale asks for.
fn scaled(ask: &Ask, old: &Value, scale: &Value) -> Result<Value, ApiError> {
    let name = tree::meta(scale, "name");
    if !name.is_empty() && name != ask.name {
        let message = format!("the name of the object ({name}) does not match the name on the URL ({})", ask.name);
        return Err(Status::bad_request(message).into());
    }
    let replicas = tree::at(scale, &["spec", "replicas"]).and_then(Value::as_i64).unwrap_or(0);
    if replicas < 0 {
        let message = format!("Invalid value: {replicas}: must be greater than or equal to 0");
        return Err(Status::invalid(
            "Scale",
            "autoscaling",
            &ask.name,
            vec![cause("FieldValueInvalid", "spec.replicas", message)],
        )
        .into());
    }
    let mut object = old.clone();
    tree::set(&mut object, &paths(ask)?.spec_replicas, Some(replicas.into()));
    let version = tree::meta(scale, "resourceVersion");
    tree::set_meta(&mut object, "resourceVersion", (!version.is_empty()).then(|| version.into()));
    Ok(object)
}
