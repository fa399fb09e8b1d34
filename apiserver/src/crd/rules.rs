//! What a definition must be. The part of the real server's rules that names, versions and scopes are about; the rest of its checks of schemas
//! comes with the issue "The derive, complete".

use kubist_model::StatusCause;
use kubist_naming as naming;
use serde_json::Value;

use super::rows::{flag, versions};
use crate::handlers::cause;
use crate::tree;

/// Returns what is wrong with a definition.
pub(super) fn check(object: &Value, old: Option<&Value>) -> Vec<StatusCause> {
    let mut causes = Vec::new();
    let text = |path: &[&str]| tree::text(object, path).to_owned();
    let (group, plural, kind) =
        (text(&["spec", "group"]), text(&["spec", "names", "plural"]), text(&["spec", "names", "kind"]));
    let name = tree::meta(object, "name");
    let wanted = format!("{plural}.{group}");
    if name != wanted {
        let message = format!("Invalid value: {name:?}: must be spec.names.plural+\".\"+spec.group");
        causes.push(cause("FieldValueInvalid", "metadata.name", message));
    }
    required(&group, "spec.group", &mut causes);
    if !group.is_empty() && group.split('.').count() < 2 {
        let message = format!("Invalid value: {group:?}: should be a domain with at least one dot");
        causes.push(cause("FieldValueInvalid", "spec.group", message));
    }
    let scope = text(&["spec", "scope"]);
    if scope.is_empty() {
        required(&scope, "spec.scope", &mut causes);
    } else if !matches!(scope.as_str(), "Cluster" | "Namespaced") {
        let message = format!("Unsupported value: {scope:?}: supported values: \"Cluster\", \"Namespaced\"");
        causes.push(cause("FieldValueNotSupported", "spec.scope", message));
    }
    required(&plural, "spec.names.plural", &mut causes);
    required(&kind, "spec.names.kind", &mut causes);
    for (field, value) in
        [("plural", &plural), ("singular", &text(&["spec", "names", "singular"])), ("kind", &kind.to_lowercase())]
    {
        if !value.is_empty() && naming::dns1035_label(value).is_err() {
            let message = format!("Invalid value: {value:?}: {LABEL}");
            causes.push(cause("FieldValueInvalid", &format!("spec.names.{field}"), message));
        }
    }
    check_versions(object, &mut causes);
    if let Some(old) = old {
        for (path, was) in [
            (&["spec", "group"][..], &group),
            (&["spec", "names", "plural"][..], &plural),
            (&["spec", "scope"][..], &scope),
        ] {
            if tree::text(old, path) != was {
                let message = format!("Invalid value: {was:?}: field is immutable");
                causes.push(cause("FieldValueInvalid", &path.join("."), message));
            }
        }
        let names: Vec<&str> = versions(object).iter().map(|version| tree::text(version, &["name"])).collect();
        let stored = tree::at(object, &["status", "storedVersions"]).and_then(Value::as_array);
        for (index, gone) in
            stored.into_iter().flatten().filter_map(Value::as_str).enumerate().filter(|(_, name)| !names.contains(name))
        {
            let message = format!(
                "Invalid value: {gone:?}: missing from spec.versions; {gone} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in {gone} and removes {gone} from status.storedVersions"
            );
            causes.push(cause("FieldValueInvalid", &format!("status.storedVersions[{index}]"), message));
        }
    }
    causes
}

fn check_versions(object: &Value, causes: &mut Vec<StatusCause>) {
    let versions = versions(object);
    if versions.is_empty() {
        causes.push(cause(
            "FieldValueRequired",
            "spec.versions",
            "Required value: must have exactly one version marked as storage version".to_owned(),
        ));
        return;
    }
    let mut seen = Vec::new();
    for (index, version) in versions.iter().enumerate() {
        let place = format!("spec.versions[{index}]");
        let name = tree::text(version, &["name"]);
        if naming::dns1035_label(name).is_err() {
            causes.push(cause(
                "FieldValueInvalid",
                &format!("{place}.name"),
                format!("Invalid value: {name:?}: {LABEL}"),
            ));
        }
        if seen.contains(&name) {
            causes.push(cause(
                "FieldValueInvalid",
                "spec.versions",
                format!("Invalid value: {name:?}: must contain unique version names"),
            ));
        }
        seen.push(name);
        let schema = tree::at(version, &["schema", "openAPIV3Schema"]);
        match schema {
            None => causes.push(cause(
                "FieldValueRequired",
                &format!("{place}.schema.openAPIV3Schema"),
                "Required value".to_owned(),
            )),
            Some(schema) if tree::text(schema, &["type"]) != "object" => {
                let field = format!("{place}.schema.openAPIV3Schema.type");
                let message = match tree::text(schema, &["type"]) {
                    "" => "Required value: must not be empty at the root".to_owned(),
                    other => format!("Invalid value: {other:?}: must be object at the root"),
                };
                let reason = if message.starts_with("Required") { "FieldValueRequired" } else { "FieldValueInvalid" };
                causes.push(cause(reason, &field, message));
            }
            Some(_) => {}
        }
    }
    let stored = versions.iter().filter(|version| flag(version, "storage")).count();
    if stored != 1 {
        let message = "Invalid value: must have exactly one version marked as storage version".to_owned();
        causes.push(cause("FieldValueInvalid", "spec.versions", message));
    }
}

fn required(text: &str, field: &str, causes: &mut Vec<StatusCause>) {
    if text.is_empty() {
        causes.push(cause("FieldValueRequired", field, "Required value".to_owned()));
    }
}

/// The server's own sentence. Source: `pkg/util/validation/validation.go` in k8s.io/apimachinery.
const LABEL: &str = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
