//! What a `CustomResourceDefinition` must be: the rules by which an API server refuses one, in its order and words.
//!
//! Left to a server: certificates.
//!
//! Source: `pkg/apis/apiextensions/validation` and `pkg/apiserver/schema` in k8s.io/apiextensions-apiserver v0.37.2.

mod conversion;
mod cost;
mod defaults;
pub mod diff;
mod hoist;
mod names;
mod nested;
mod rules;
mod schema;
mod structural;
pub(crate) mod tree;
mod version;

use kubist_naming as naming;
use serde_json::{Value, json};

use self::hoist::Parts;
pub use self::rules::{declared, field_path, scope};
use self::tree::{at, items, text, truth};
use crate::status::StatusCause;
use crate::validation::Matches;

/// Returns what is wrong with a definition; with its former state, also what may not change.
///
/// A list kind, singular name and conversion that the server would fill in must be there. Defaults are held against patterns by `matches`.
pub fn check(definition: &Value, old: Option<&Value>, matches: Matches<'_>) -> Vec<StatusCause> {
    check_all(definition, old, Asker { names_bounds: false, matches })
}

/// Does as [`check`] for a new definition, and says of rules that may cost too much which bounds are missing. Whether defaults match their
/// patterns is left to a server.
pub fn explain(definition: &Value) -> Vec<StatusCause> {
    check_all(definition, None, Asker { names_bounds: true, matches: &|_, _| true })
}

/// What differs between those who ask.
#[derive(Clone, Copy)]
struct Asker<'a> {
    /// Whether what is said of costs names the bounds that are missing, which a server does not.
    names_bounds: bool,
    matches: Matches<'a>,
}

fn check_all(definition: &Value, old: Option<&Value>, asker: Asker<'_>) -> Vec<StatusCause> {
    let mut causes = Vec::new();
    let spec = definition.get("spec").unwrap_or(&Value::Null);
    if old.is_none() {
        check_name(definition, spec, &mut causes);
    }
    check_spec(spec, &Parts::of(spec, old, asker), &mut causes);
    if let Some(old) = old {
        check_update(definition, old, &mut causes);
    }
    names::check(at(definition, "status.acceptedNames"), "status.acceptedNames", &mut causes);
    check_stored_versions(definition, spec, &mut causes);
    check_approval(definition, old, &mut causes);
    let was_preserving = old.is_some_and(|old| truth(at(old, "spec.preserveUnknownFields")));
    if truth(spec.get("preserveUnknownFields")) && !was_preserving {
        let detail =
            "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead";
        causes.push(StatusCause::invalid("spec.preserveUnknownFields", &true.into(), detail));
    }
    causes
}

fn check_name(definition: &Value, spec: &Value, causes: &mut Vec<StatusCause>) {
    let name = text(at(definition, "metadata.name"));
    let mut problems: Vec<String> =
        naming::dns1123_subdomain(name).err().map(|error| error.server_messages()).unwrap_or_default();
    if name != format!("{}.{}", text(at(spec, "names.plural")), text(spec.get("group"))) {
        problems.push("must be spec.names.plural+\".\"+spec.group".to_owned());
    }
    if name.is_empty() {
        causes.push(StatusCause::required("metadata.name", "name or generateName is required"));
        return;
    }
    causes.extend(problems.iter().map(|problem| StatusCause::invalid("metadata.name", &name.into(), problem)));
}

fn check_spec(spec: &Value, parts: &Parts<'_>, causes: &mut Vec<StatusCause>) {
    let group = text(spec.get("group"));
    if group.is_empty() {
        causes.push(StatusCause::required("spec.group", ""));
    } else if let Err(error) = naming::dns1123_subdomain(group) {
        causes.push(StatusCause::invalid("spec.group", &group.into(), &error.server_messages().join(",")));
    } else if !group.contains('.') {
        causes.push(StatusCause::invalid("spec.group", &group.into(), "should be a domain with at least one dot"));
    }
    match text(spec.get("scope")) {
        "Cluster" | "Namespaced" => {}
        "" => causes.push(StatusCause::required("spec.scope", "")),
        other => causes.push(StatusCause::not_supported("spec.scope", &other.into(), &["Cluster", "Namespaced"])),
    }

    for (index, version) in parts.versions.iter().enumerate() {
        if at(version, "schema.openAPIV3Schema").is_none() {
            let field = format!("spec.versions[{index}].schema.openAPIV3Schema");
            causes.push(StatusCause::required(&field, ""));
        }
    }
    for index in 0..parts.versions.len() {
        version::check(parts, index, causes);
    }
    let mut names: Vec<&str> = parts.versions.iter().map(|version| text(version.get("name"))).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    if names.len() != count {
        causes.push(parts.wrong("must contain unique version names"));
    }
    if parts.versions.iter().filter(|version| truth(version.get("storage"))).count() != 1 {
        causes.push(parts.wrong("must have exactly one version marked as storage version"));
    }
    // The server still has a field for the first version, and checks it again.
    let first = parts.versions.first().map(|version| text(version.get("name"))).filter(|name| !name.is_empty());
    if let Some((name, error)) = first.and_then(|name| Some((name, naming::dns1035_label(name).err()?))) {
        causes.push(StatusCause::invalid("spec.version", &name.into(), &error.server_messages().join(",")));
    }
    let of_names = spec.get("names");
    for field in ["plural", "singular", "kind", "listKind"] {
        if text(of_names.and_then(|names| names.get(field))).is_empty() {
            causes.push(StatusCause::required(&format!("spec.names.{field}"), ""));
        }
    }
    names::check(of_names, "spec.names", causes);
    version::check_hoisted(parts, causes);
    conversion::check(spec, causes);
}

fn check_update(definition: &Value, old: &Value, causes: &mut Vec<StatusCause>) {
    let is_established = items(at(old, "status.conditions"))
        .iter()
        .any(|condition| text(condition.get("type")) == "Established" && text(condition.get("status")) == "True");
    let fixed: &[&str] = if is_established {
        &["spec.scope", "spec.names.kind", "spec.group", "spec.names.plural"]
    } else {
        &["spec.group", "spec.names.plural"]
    };
    for field in fixed {
        let now = text(at(definition, field));
        if now != text(at(old, field)) {
            causes.push(StatusCause::invalid(field, &now.into(), "field is immutable"));
        }
    }
}

/// Versions that objects may still be stored in stay, and the one that they are stored in now is among them.
fn check_stored_versions(definition: &Value, spec: &Value, causes: &mut Vec<StatusCause>) {
    const FIELD: &str = "status.storedVersions";
    let stored: Vec<&str> = items(at(definition, FIELD)).iter().filter_map(Value::as_str).collect();
    let versions = items(spec.get("versions"));
    if stored.is_empty() {
        causes.push(StatusCause::invalid(FIELD, &Value::Null, "must have at least one stored version"));
        return;
    }
    for version in versions.iter().filter(|version| truth(version.get("storage"))) {
        let name = text(version.get("name"));
        if !stored.contains(&name) {
            let detail = format!("must have the storage version {name}");
            causes.push(StatusCause::invalid(FIELD, &json!(stored), &detail));
        }
    }
    for (index, name) in stored.iter().enumerate() {
        if !versions.iter().any(|version| text(version.get("name")) == *name) {
            let detail = format!(
                "missing from spec.versions; {name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in {name} and removes {name} from status.storedVersions"
            );
            causes.push(StatusCause::invalid(&format!("{FIELD}[{index}]"), &(*name).into(), &detail));
        }
    }
}

/// The groups of Kubernetes itself need an approval, or the word that there is none.
fn check_approval(definition: &Value, old: Option<&Value>, causes: &mut Vec<StatusCause>) {
    const KEY: &str = "api-approved.kubernetes.io";
    const SEE: &str = "see https://github.com/kubernetes/enhancements/pull/1111";
    let group = text(at(definition, "spec.group"));
    let annotation =
        |of: &Value| text(at(of, "metadata.annotations").and_then(|annotations| annotations.get(KEY))).to_owned();
    let approval = annotation(definition);
    if !kubist_naming::is_protected_group(group) || old.is_some_and(|old| annotation(old) == approval) {
        return;
    }
    let field = format!("metadata.annotations[{KEY}]");
    let is_url = approval.split_once("://").is_some_and(|(scheme, rest)| {
        !scheme.is_empty() && scheme.chars().all(char::is_alphanumeric) && !rest.is_empty() && !rest.starts_with('/')
    });
    if approval.is_empty() {
        let detail = format!("protected groups must have approval annotation {KEY:?}, {SEE}");
        causes.push(StatusCause::required(&field, &detail));
    } else if !approval.starts_with("unapproved") && !is_url {
        let detail = format!(
            "protected groups must have approval annotation {KEY:?} with either a URL or a reason starting with \"unapproved\", {SEE}"
        );
        causes.push(StatusCause::invalid(&field, &approval.into(), &detail));
    }
}

#[cfg(test)]
mod tests;
