//! The life of a definition: its names are accepted, it is established and served; at its end its objects go first.
//!
//! The real server does this in controllers, a moment later; here it is done before the write is answered, but in the same
//! separate writes, so that watches see the same.

use std::sync::Arc;

use kubist_model::Time;
use serde_json::{Value, json};

use super::rows::{rows, storage};
use super::{CLEANUP, STORAGE};
use crate::registry::Origin;
use crate::shared::Shared;
use crate::tree;

/// Accepts the names of a definition and serves it.
pub(super) fn establish(shared: &Arc<Shared>, name: &str) {
    let Some(stored) = shared.store.get(STORAGE, name) else { return };
    let taken = conflict(shared, &stored.object);
    change(shared, name, |definition| {
        let accepted = match &taken {
            Some((reason, message)) => condition("NamesAccepted", "False", reason, message),
            None => condition("NamesAccepted", "True", "NoConflicts", "no conflicts found"),
        };
        set_condition(shared, definition, accepted);
        if taken.is_none() {
            let names = tree::at(definition, &["spec", "names"]).cloned();
            tree::set(definition, &["status", "acceptedNames"], names);
        }
        if !is_true(definition, "Established") {
            let message =
                if taken.is_none() { "the initial names have been accepted" } else { "not all names are accepted" };
            let reason = if taken.is_none() { "Installing" } else { "NotAccepted" };
            set_condition(shared, definition, condition("Established", "False", reason, message));
        }
    });
    if taken.is_some() {
        return;
    }
    change(shared, name, |definition| {
        let established =
            condition("Established", "True", "InitialNamesAccepted", "the initial names have been accepted");
        set_condition(shared, definition, established);
    });
    if let Some(stored) = shared.store.get(STORAGE, name) {
        let (group, plural) = group_and_plural(&stored.object);
        shared.registry.replace(&group, &plural, rows(&stored.object));
    }
}

/// Deletes the objects of a definition that is being deleted, and the definition once they are gone.
pub(super) fn terminate(shared: &Arc<Shared>, name: &str) {
    let Some(stored) = shared.store.get(STORAGE, name) else { return };
    if !tree::finalizers(&stored.object).contains(&CLEANUP) {
        return;
    }
    let of: Arc<str> = storage(&stored.object).into();
    let Ok(snapshot) = shared.store.list(&of, "", "", None) else { return };
    let mut left = 0;
    for (path, object) in snapshot.items {
        let Some(current) = shared.store.get(&of, &path) else { continue };
        if tree::finalizers(&object).is_empty() {
            left += usize::from(shared.store.remove(&of, &path, current.revision).is_err());
        } else {
            left += 1;
            if !tree::is_being_deleted(&current.object) {
                let mut object = Value::clone(&current.object);
                let now = Time::from(shared.clock.now()).to_string();
                tree::set_meta(&mut object, "deletionTimestamp", Some(now.into()));
                tree::set_meta(&mut object, "deletionGracePeriodSeconds", Some(0.into()));
                // If somebody was faster, the next removal comes by here again.
                shared.store.replace(&of, &path, current.revision, object).ok();
            }
        }
    }
    if left > 0 {
        change(shared, name, |definition| {
            let message = "CustomResource deletion is in progress";
            set_condition(shared, definition, condition("Terminating", "True", "InstanceDeletionInProgress", message));
        });
        return;
    }
    // Others may hold the definition too; then only this finalizer goes.
    let storage: Arc<str> = STORAGE.into();
    while let Some(stored) = shared.store.get(STORAGE, name) {
        let mut object = Value::clone(&stored.object);
        let rest: Vec<Value> =
            tree::finalizers(&object).into_iter().filter(|known| *known != CLEANUP).map(Value::from).collect();
        let others = !rest.is_empty();
        tree::set_meta(&mut object, "finalizers", others.then(|| rest.into()));
        let done = if others {
            shared.store.replace(&storage, name, stored.revision, object).is_ok()
        } else {
            shared.store.replace_and_remove(&storage, name, stored.revision, object).is_ok()
        };
        if done {
            withdraw(shared, &stored.object);
            return;
        }
    }
}

/// Stops serving a definition.
pub(super) fn withdraw(shared: &Arc<Shared>, definition: &Value) {
    let (group, plural) = group_and_plural(definition);
    shared.registry.remove(&group, &plural);
    shared.store.end_watches(&storage(definition));
}

fn group_and_plural(definition: &Value) -> (String, String) {
    let text = |path: &[&str]| tree::text(definition, path).to_owned();
    (text(&["spec", "group"]), text(&["spec", "names", "plural"]))
}

/// Finds a name that another kind of the group has.
fn conflict(shared: &Arc<Shared>, definition: &Value) -> Option<(&'static str, String)> {
    let (group, plural) = group_and_plural(definition);
    let others: Vec<_> = shared.registry.in_group(&group).into_iter().filter(|row| row.info.plural != plural).collect();
    let name = |field: &str| tree::text(definition, &["spec", "names", field]).to_owned();
    let shorts = tree::at(definition, &["spec", "names", "shortNames"]).and_then(Value::as_array);
    let shorts: Vec<&str> = shorts.into_iter().flatten().filter_map(Value::as_str).collect();
    for row in &others {
        debug_assert!(row.origin == Origin::Custom || row.origin == Origin::BuiltIn);
        let taken = |text: &str| {
            row.info.plural == text
                || row.info.singular == text
                || row.info.short_names.iter().any(|short| short == text)
        };
        if taken(&plural) {
            return Some(("PluralConflict", format!("{plural:?} is already in use")));
        }
        let singular = name("singular");
        if taken(&singular) {
            return Some(("SingularConflict", format!("{singular:?} is already in use")));
        }
        if let Some(short) = shorts.iter().find(|short| taken(short)) {
            return Some(("ShortNamesConflict", format!("{short:?} is already in use")));
        }
        for (field, reason) in [("kind", "KindConflict"), ("listKind", "ListKindConflict")] {
            let text = name(field);
            if row.info.kind == text || row.info.list_kind == text {
                return Some((reason, format!("{text:?} is already in use")));
            }
        }
    }
    None
}

fn condition(kind: &str, status: &str, reason: &str, message: &str) -> Value {
    json!({ "type": kind, "status": status, "reason": reason, "message": message })
}

fn conditions(definition: &Value) -> Vec<Value> {
    tree::at(definition, &["status", "conditions"]).and_then(Value::as_array).cloned().unwrap_or_default()
}

fn is_true(definition: &Value, kind: &str) -> bool {
    conditions(definition).iter().any(|known| known["type"] == kind && known["status"] == "True")
}

/// Sets a condition; its time moves when its status changes.
fn set_condition(shared: &Arc<Shared>, definition: &mut Value, mut new: Value) {
    let mut list = conditions(definition);
    let now = Value::from(Time::from(shared.clock.now()).to_string());
    if let Some(known) = list.iter_mut().find(|known| known["type"] == new["type"]) {
        new["lastTransitionTime"] =
            if known["status"] == new["status"] { known["lastTransitionTime"].clone() } else { now };
        *known = new;
    } else {
        new["lastTransitionTime"] = now;
        list.push(new);
    }
    tree::set(definition, &["status", "conditions"], Some(list.into()));
}

/// Writes a definition if it changed, until nobody else was faster.
fn change(shared: &Arc<Shared>, name: &str, edit: impl Fn(&mut Value)) {
    let storage: Arc<str> = STORAGE.into();
    while let Some(stored) = shared.store.get(STORAGE, name) {
        let mut definition = Value::clone(&stored.object);
        edit(&mut definition);
        if definition == *stored.object || shared.store.replace(&storage, name, stored.revision, definition).is_ok() {
            return;
        }
    }
}
