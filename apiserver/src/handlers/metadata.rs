//! The rules of metadata that hold for every kind.
//!
//! Source: `pkg/api/validation/objectmeta.go` in k8s.io/apimachinery.

use kubist_model::StatusCause;
use kubist_model::validation::labels_and_annotations;
use kubist_naming as naming;
use serde_json::Value;

use super::request::cause;
use crate::registry::{GenerationRule, NameRule, ResourceDef};
use crate::tree;

/// Fields that only the server fills at create.
const SYSTEM: [&str; 6] =
    ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "generation"];

/// Removes what only the server may fill.
pub(super) fn wipe(object: &mut Value) {
    for field in SYSTEM {
        tree::set_meta(object, field, None);
    }
    // Field management is not built yet; what a client sends of it would be a lie.
    tree::set_meta(object, "managedFields", None);
}

/// What is wrong with the metadata of a new object.
pub(super) fn validate(row: &ResourceDef, object: &Value) -> Vec<StatusCause> {
    let mut causes = Vec::new();
    let name = tree::meta(object, "name");
    if name.is_empty() {
        causes.push(StatusCause::required("metadata.name", "name or generateName is required"));
    } else {
        causes.extend(invalid("metadata.name", name, check_name(row.names, name)));
    }
    causes.extend(object.get("metadata").map(labels_and_annotations).unwrap_or_default());
    for finalizer in tree::finalizers(object) {
        causes.extend(invalid("metadata.finalizers", finalizer, naming::qualified_name(finalizer)));
    }
    for (index, owner) in owners(object).iter().enumerate() {
        for field in ["apiVersion", "kind", "name", "uid"] {
            if tree::text(owner, &[field]).is_empty() {
                let place = format!("metadata.ownerReferences[{index}].{field}").replace("apiVersion", "version");
                causes.push(cause(
                    "FieldValueInvalid",
                    &place,
                    format!("Invalid value: \"\": {} must not be empty", field.replace("apiVersion", "version")),
                ));
            }
        }
    }
    causes
}

/// What an update may not change.
pub(super) fn validate_update(object: &Value, old: &Value) -> Vec<StatusCause> {
    let mut causes = Vec::new();
    for field in ["name", "namespace", "uid", "creationTimestamp"] {
        let (new, was) = (tree::meta(object, field), tree::meta(old, field));
        if new != was {
            causes.push(cause(
                "FieldValueInvalid",
                &format!("metadata.{field}"),
                format!("Invalid value: {new:?}: field is immutable"),
            ));
        }
    }
    if tree::is_being_deleted(old) {
        let known = tree::finalizers(old);
        let added: Vec<&str> =
            tree::finalizers(object).into_iter().filter(|finalizer| !known.contains(finalizer)).collect();
        if !added.is_empty() {
            let list = added.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
            let message = format!(
                "Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{{{list}}}"
            );
            causes.push(cause("FieldValueForbidden", "metadata.finalizers", message));
        }
    }
    causes
}

/// The causes of a name that breaks its grammar, in the server's words.
fn invalid(field: &str, name: &str, checked: Result<(), naming::NameError>) -> Vec<StatusCause> {
    let problems = checked.err().map(|error| error.server_messages()).unwrap_or_default();
    problems.iter().map(|problem| StatusCause::invalid(field, &name.into(), problem)).collect()
}

fn check_name(rule: NameRule, name: &str) -> Result<(), naming::NameError> {
    match rule {
        NameRule::Subdomain => naming::dns1123_subdomain(name),
        NameRule::Label => naming::dns1123_label(name),
        NameRule::PathSegment => naming::path_segment(name),
    }
}

fn owners(object: &Value) -> &[Value] {
    tree::at(object, &["metadata", "ownerReferences"]).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Sets the generation of a new object.
pub(super) fn start_generation(rule: GenerationRule, object: &mut Value) {
    if rule != GenerationRule::Unset {
        tree::set_meta(object, "generation", Some(1.into()));
    }
}

/// Moves the generation where the change is one of what is wanted.
pub(super) fn move_generation(rule: GenerationRule, object: &mut Value, old: &Value) {
    tree::copy_meta(old, object, "generation");
    let without = |value: &Value, fields: &[&str]| {
        let mut value = value.as_object().cloned().unwrap_or_default();
        value.retain(|name, _| !fields.contains(&name.as_str()));
        value
    };
    let ignored: &[&str] = match rule {
        GenerationRule::Unset => return,
        GenerationRule::SpecChanges => {
            if object.get("spec") != old.get("spec") {
                bump(object, old);
            }
            return;
        }
        GenerationRule::AllButMetadataAndStatus => &["metadata", "status", "apiVersion"],
        GenerationRule::AllButMetadata => &["metadata", "apiVersion"],
        GenerationRule::AllButMetadataSaveLabels => {
            if tree::at(object, &["metadata", "labels"]) != tree::at(old, &["metadata", "labels"]) {
                bump(object, old);
                return;
            }
            &["metadata", "apiVersion"]
        }
    };
    if without(object, ignored) != without(old, ignored) {
        bump(object, old);
    }
}

/// Counts one more.
pub(super) fn bump(object: &mut Value, old: &Value) {
    let generation = tree::at(old, &["metadata", "generation"]).and_then(Value::as_i64).unwrap_or(0);
    tree::set_meta(object, "generation", Some((generation + 1).into()));
}
