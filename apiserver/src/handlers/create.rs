//! POST of an object.
//!
//! Source: `pkg/endpoints/handlers/create.go` and `pkg/registry/generic/registry/store.go` in k8s.io/apiserver.

use kubist_model::{Reason, Status, StatusCause, StatusDetails, Time};
use serde_json::Value;

use super::request::Ask;
use super::{Answer, metadata, respond};
use crate::error::ApiError;
use crate::tree;

/// How often a name is made of a `generateName` before giving up.
const NAME_TRIES: usize = 8;
/// What is left of a name for the prefix, so that the five letters fit.
const PREFIX_LENGTH: usize = 58;

pub(super) fn create(ask: &Ask) -> Result<Answer, ApiError> {
    let options = ask.write_options("CreateOptions")?;
    let object = ask.object()?;
    let mut warnings = Vec::new();
    let object = store(ask, object, &options, &mut warnings)?;
    Ok(respond::object(ask, 201, &object, &warnings))
}

/// Creates an object from a decoded body; also what a PUT does where it may create.
pub(super) fn store(
    ask: &Ask,
    mut object: Value,
    options: &kubist_model::CreateOptions,
    warnings: &mut Vec<String>,
) -> Result<Value, ApiError> {
    if !object.get("metadata").is_none_or(Value::is_object) {
        return Err(Status::bad_request("metadata must be an object").into());
    }
    if !tree::meta(&object, "resourceVersion").is_empty() {
        let message = "resourceVersion should not be set on objects to be created";
        return Err(Status { code: 500, ..Status::failure(Reason::Unknown, message) }.into());
    }
    settle_namespace(ask, &mut object)?;
    metadata::wipe(&mut object);
    let generated = tree::meta(&object, "name").is_empty() && !tree::meta(&object, "generateName").is_empty();
    let info = &ask.row.info;
    if ask.row.is_namespaced() {
        check_namespace(ask, &object)?;
    }
    ask.decode(&mut object, options.field_validation, warnings)?;
    if ask.row.has_status() && ask.row.origin == crate::registry::Origin::Custom {
        tree::set(&mut object, &["status"], None);
    }
    tree::set_meta(&mut object, "creationTimestamp", Some(Time::from(ask.shared.clock.now()).to_string().into()));
    metadata::start_generation(ask.row.generation, &mut object);
    for _ in 0..NAME_TRIES {
        let mut object = object.clone();
        tree::set_meta(&mut object, "uid", Some(ask.shared.random.uuid().into()));
        if generated {
            let prefix: String = tree::meta(&object, "generateName").chars().take(PREFIX_LENGTH).collect();
            tree::set_meta(&mut object, "name", Some((prefix + &ask.shared.random.suffix()).into()));
        }
        let write = ask.write();
        if let Some(behaviour) = &ask.row.behaviour {
            behaviour.prepare_for_create(&write, &mut object);
        }
        let mut causes = metadata::validate(&ask.row, &object);
        if let Some(behaviour) = &ask.row.behaviour {
            causes.extend(behaviour.validate(&write, &object, None));
        }
        let name = tree::meta(&object, "name").to_owned();
        if !causes.is_empty() {
            return Err(ask.invalid(&name, causes));
        }
        let path = ask.path_of(&name);
        if options.dry_run {
            if ask.shared.store.get(&ask.row.storage, &path).is_none() {
                return Ok(object);
            }
        } else if let Ok(change) = ask.shared.store.insert(&ask.row.storage, &path, object) {
            if let Some(behaviour) = &ask.row.behaviour {
                behaviour.stored(&ask.shared, &change);
            }
            return Ok(change.object.map(|object| (*object).clone()).unwrap_or_default());
        }
        if !generated {
            return Err(exists(ask, &name, &path));
        }
    }
    Err(Status::generate_name_conflict(&info.plural, &info.group, tree::meta(&object, "generateName")).into())
}

fn exists(ask: &Ask, name: &str, path: &str) -> ApiError {
    let info = &ask.row.info;
    let mut status = Status::already_exists(&info.plural, &info.group, name);
    let old = ask.shared.store.get(&ask.row.storage, path);
    if old.is_some_and(|old| tree::is_being_deleted(&old.object)) {
        status.message = format!("object is being deleted: {}", status.message).into();
    }
    status.into()
}

/// The namespace is that of the URL; a body may repeat it.
pub(super) fn settle_namespace(ask: &Ask, object: &mut Value) -> Result<(), ApiError> {
    let said = tree::meta(object, "namespace");
    if !ask.row.is_namespaced() {
        if said.is_empty() {
            return Ok(());
        }
        let message = "the namespace of the provided object does not match the namespace sent on the request";
        return Err(Status::bad_request(message).into());
    }
    if !said.is_empty() && said != ask.namespace {
        let message = "the namespace of the provided object does not match the namespace sent on the request";
        return Err(Status::bad_request(message).into());
    }
    if ask.namespace.is_empty() {
        return Err(Ask::not_allowed());
    }
    tree::set_meta(object, "namespace", Some(ask.namespace.clone().into()));
    Ok(())
}

/// Objects live in namespaces that exist and stay. Source: the `NamespaceLifecycle` admission plugin.
fn check_namespace(ask: &Ask, object: &Value) -> Result<(), ApiError> {
    let Some(namespace) = ask.shared.store.get("namespaces", &ask.namespace) else {
        return Err(Status::not_found("namespaces", "", &ask.namespace).into());
    };
    if !tree::is_being_deleted(&namespace.object) {
        return Ok(());
    }
    let (info, namespace) = (&ask.row.info, &ask.namespace);
    let why = format!("unable to create new content in namespace {namespace} because it is being terminated");
    let name = tree::meta(object, "name");
    let cause = StatusCause {
        reason: "NamespaceTerminating".into(),
        message: format!("namespace {namespace} is being terminated").into(),
        field: "metadata.namespace".into(),
    };
    let details = StatusDetails {
        name: name.into(),
        group: info.group.as_ref().into(),
        kind: info.plural.as_ref().into(),
        causes: vec![cause],
        ..StatusDetails::default()
    };
    Err(Status::forbidden(&info.plural, &info.group, name, &why).with_details(details).into())
}
