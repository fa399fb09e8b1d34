//! DELETE of an object or of a collection.
//!
//! Source: `Store.Delete` in `pkg/registry/generic/registry/store.go` and `BeforeDelete` in `pkg/registry/rest/delete.go` of k8s.io/apiserver.

use kubist_model::{DeleteOptions, PropagationPolicy, Status, StatusDetails, Time};
use serde_json::{Value, json};

use super::filter::Filter;
use super::request::Ask;
use super::{Answer, metadata, respond};
use crate::error::ApiError;
use crate::registry::{GraceRule, Propagation};
use crate::store::Stored;
use crate::tree;

const ORPHAN: &str = "orphan";
const FOREGROUND: &str = "foregroundDeletion";

/// What became of an object.
enum Outcome {
    /// It is gone; its last state.
    Gone(Value),
    /// It is being deleted.
    Waits(Value),
}

pub(super) fn delete(ask: &Ask) -> Result<Answer, ApiError> {
    let options = options(ask)?;
    match remove(ask, &options)? {
        Outcome::Gone(object) if ask.row.returns_deleted => Ok(respond::object(ask, 200, &object, &[])),
        Outcome::Waits(object) => Ok(respond::object(ask, 200, &object, &[])),
        Outcome::Gone(object) => {
            let info = &ask.row.info;
            let details = StatusDetails {
                name: ask.name.as_str().into(),
                group: info.group.as_ref().into(),
                kind: info.plural.as_ref().into(),
                uid: tree::meta(&object, "uid").into(),
                ..StatusDetails::default()
            };
            let status = Status { code: 0, ..Status::success() }.with_details(details);
            let status = serde_json::to_value(status).expect("a Status is JSON");
            Ok(respond::value(ask, 200, &status, &[]))
        }
    }
}

/// Deletes every object that the selectors mean, one after the other; answers with what was meant.
pub(super) fn delete_collection(ask: &Ask) -> Result<Answer, ApiError> {
    let options = options(ask)?;
    let list_options = ask.list_options(false)?;
    let filter = Filter::new(&ask.row, &ask.namespace, "", &list_options)?;
    let prefix = if ask.namespace.is_empty() { String::new() } else { format!("{}/", ask.namespace) };
    let snapshot = ask.shared.store.list(&ask.row.storage, &prefix, &prefix, None);
    let snapshot = snapshot.map_err(|_| Status::internal("the latest state is always there"))?;
    let api_version = ask.api_version();
    let mut items = Vec::new();
    for (_, object) in snapshot.items.iter().filter(|(_, object)| filter.matches(object)) {
        let one = ask.about(tree::meta(object, "namespace"), tree::meta(object, "name"));
        match remove(&one, &options) {
            Ok(_) => items.push(ask.presented.item(&ask.row, object)),
            Err(error) if error.code() == 404 => {}
            Err(error) => return Err(error),
        }
    }
    let list = json!({
        "kind": ask.row.info.list_kind, "apiVersion": api_version,
        "metadata": { "resourceVersion": ask.shared.store.revision().to_string() }, "items": items,
    });
    Ok(respond::value(ask, 200, &list, &[]))
}

fn options(ask: &Ask) -> Result<DeleteOptions, ApiError> {
    DeleteOptions::from_request(&ask.body, &ask.query).map_err(|error| match error.option() {
        Some(option) => Ask::unreadable("DeleteOptions", option),
        None => Status::bad_request(error.to_string()).into(),
    })
}

fn remove(ask: &Ask, options: &DeleteOptions) -> Result<Outcome, ApiError> {
    loop {
        let stored = ask.shared.store.get(&ask.row.storage, &ask.path()).ok_or_else(|| ask.not_found())?;
        check_preconditions(ask, options, &stored)?;
        let write = ask.write();
        if let Some(behaviour) = &ask.row.behaviour {
            behaviour.before_delete(&write, &stored.object)?;
        }
        if let Some(outcome) = step(ask, options, &stored) {
            return Ok(outcome);
        }
    }
}

/// Deletes or marks an object; nothing if somebody else was faster.
fn step(ask: &Ask, options: &DeleteOptions, stored: &Stored) -> Option<Outcome> {
    let old = &*stored.object;
    let mut object = old.clone();
    set_finalizers(ask, options, &mut object);
    let waits_for_finalizers = !tree::finalizers(&object).is_empty() || is_namespace_with_content(&object);
    let grace = grace(ask.row.grace, options, old);
    if !waits_for_finalizers && grace == 0 {
        if ask.row.grace == GraceRule::Pod {
            mark(ask, &mut object, old, 0);
        }
        if options.dry_run {
            return Some(Outcome::Gone(object));
        }
        let change = if object == *old {
            ask.shared.store.remove(&ask.row.storage, &ask.path(), stored.revision).ok()?
        } else {
            ask.shared.store.replace_and_remove(&ask.row.storage, &ask.path(), stored.revision, object.clone()).ok()?
        };
        if let Some(behaviour) = &ask.row.behaviour {
            behaviour.stored(&ask.shared, &change);
        }
        return Some(Outcome::Gone(object));
    }
    let was_marked = tree::is_being_deleted(old);
    let old_grace = tree::at(old, &["metadata", "deletionGracePeriodSeconds"]).and_then(Value::as_i64);
    if !was_marked || old_grace.is_some_and(|old| grace < old) {
        mark(ask, &mut object, old, grace);
        if tree::text(&object, &["kind"]) == "Namespace" {
            tree::set(&mut object, &["status", "phase"], Some("Terminating".into()));
            tree::set_meta(&mut object, "deletionGracePeriodSeconds", None);
        }
    }
    if object == *old || options.dry_run {
        return Some(Outcome::Waits(object));
    }
    let change = ask.shared.store.replace(&ask.row.storage, &ask.path(), stored.revision, object).ok()?;
    if let Some(behaviour) = &ask.row.behaviour {
        behaviour.stored(&ask.shared, &change);
    }
    change.object.map(|object| Outcome::Waits((*object).clone()))
}

/// Writes down when an object ends.
fn mark(ask: &Ask, object: &mut Value, old: &Value, grace: i64) {
    let now = ask.shared.clock.now();
    let end = Time::from_unix_seconds(Time::from(now).unix_seconds() + grace);
    tree::set_meta(object, "deletionTimestamp", Some(end.to_string().into()));
    tree::set_meta(object, "deletionGracePeriodSeconds", Some(grace.into()));
    if !tree::is_being_deleted(old) && tree::at(old, &["metadata", "generation"]).is_some() {
        metadata::bump(object, old);
    }
}

/// The seconds that an object gets to end.
fn grace(rule: GraceRule, options: &DeleteOptions, object: &Value) -> i64 {
    if rule == GraceRule::Immediate {
        return 0;
    }
    let asked = options.grace_period_seconds;
    let own = tree::at(object, &["spec", "terminationGracePeriodSeconds"]).and_then(Value::as_i64);
    // Nobody runs a pod that was not given to a node, or that has ended.
    let is_idle = tree::text(object, &["spec", "nodeName"]).is_empty()
        || matches!(tree::text(object, &["status", "phase"]), "Succeeded" | "Failed");
    match asked.or(own).unwrap_or(30) {
        _ if is_idle => 0,
        negative if negative < 0 => 1,
        seconds => seconds,
    }
}

/// Adds or removes the finalizers that the garbage collector acts on.
fn set_finalizers(ask: &Ask, options: &DeleteOptions, object: &mut Value) {
    if ask.row.propagation == Propagation::Unsupported {
        return;
    }
    let known: Vec<String> = tree::finalizers(object).into_iter().map(str::to_owned).collect();
    let has = |name: &str| known.iter().any(|finalizer| finalizer == name);
    let (orphan, foreground) = match options.propagation_policy {
        Some(PropagationPolicy::Orphan) => (true, false),
        Some(PropagationPolicy::Foreground) => (false, true),
        Some(PropagationPolicy::Background) => (false, false),
        None if has(ORPHAN) || has(FOREGROUND) => (has(ORPHAN), has(FOREGROUND)),
        None => (ask.row.propagation == Propagation::Orphan, false),
    };
    let mut wanted: Vec<String> = known.iter().filter(|name| *name != ORPHAN && *name != FOREGROUND).cloned().collect();
    wanted.extend(orphan.then(|| ORPHAN.to_owned()));
    wanted.extend(foreground.then(|| FOREGROUND.to_owned()));
    if wanted != known {
        tree::set_meta(object, "finalizers", (!wanted.is_empty()).then(|| wanted.into()));
    }
}

fn is_namespace_with_content(object: &Value) -> bool {
    tree::text(object, &["kind"]) == "Namespace"
        && tree::at(object, &["spec", "finalizers"]).and_then(Value::as_array).is_some_and(|list| !list.is_empty())
}

fn check_preconditions(ask: &Ask, options: &DeleteOptions, stored: &Stored) -> Result<(), ApiError> {
    // The real server names the kind here where it names the resource elsewhere.
    let info = &ask.row.info;
    let conflict = |why: String| Err(Status::conflict(&info.kind, &info.group, &ask.name, &why).into());
    let found = tree::meta(&stored.object, "uid");
    if let Some(uid) = options.preconditions.uid.as_ref().filter(|uid| uid.as_str() != found) {
        return conflict(format!(
            "the UID in the precondition ({uid}) does not match the UID in record ({found}). The object might have been deleted and then recreated"
        ));
    }
    let current = stored.revision.to_string();
    if let Some(version) = options.preconditions.resource_version.as_ref().filter(|version| version.as_str() != current)
    {
        return conflict(format!(
            "the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record ({current}). The object might have been modified"
        ));
    }
    Ok(())
}
