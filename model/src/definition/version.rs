//! One version: its name, columns, subresources, selectable fields, and what all versions have alike.

use kubist_naming as naming;
use serde_json::Value;

use super::hoist::Parts;
use super::schema;
use super::tree::{at, items, text, truth};
use crate::status::StatusCause;

/// The most fields that lists may be selected by.
const MOST_SELECTABLE: usize = 8;

pub(super) fn check(parts: &Parts<'_>, index: usize, causes: &mut Vec<StatusCause>) {
    let version = &parts.versions[index];
    let place = format!("spec.versions[{index}]");
    let name = text(version.get("name"));
    if let Err(error) = naming::dns1035_label(name) {
        let detail = error.server_messages().join(",");
        causes.push(StatusCause::invalid(&format!("{place}.name"), &name.into(), &detail));
    }
    deprecation(version, &format!("{place}.deprecationWarning"), causes);
    if let Some(schema) = parts.own(index, "schema").and_then(|schema| schema.get("openAPIV3Schema")) {
        let place = format!("{place}.schema.openAPIV3Schema");
        schema::check(schema, &place, parts.has_status(index), parts.how(index), causes);
    }
    subresources(parts.own(index, "subresources"), &format!("{place}.subresources"), causes);
    columns(parts.own(index, "additionalPrinterColumns"), &format!("{place}.additionalPrinterColumns"), causes);
    let schema = at(version, "schema.openAPIV3Schema");
    selectable(parts.own(index, "selectableFields"), schema, &format!("{place}.selectableFields"), causes);
}

/// Checks what all versions have alike.
pub(super) fn check_hoisted(parts: &Parts<'_>, causes: &mut Vec<StatusCause>) {
    let schema = parts.hoisted("schema").and_then(|schema| schema.get("openAPIV3Schema"));
    if let Some(schema) = schema {
        let has_status = (0..parts.versions.len()).any(|index| parts.has_status(index));
        schema::check(schema, "spec.validation.openAPIV3Schema", has_status, parts.how(0), causes);
    }
    subresources(parts.hoisted("subresources"), "spec.subresources", causes);
    columns(parts.hoisted("additionalPrinterColumns"), "spec.additionalPrinterColumns", causes);
    selectable(parts.hoisted("selectableFields"), schema, "spec.selectableFields", causes);
}

fn deprecation(version: &Value, place: &str, causes: &mut Vec<StatusCause>) {
    let Some(warning) = version.get("deprecationWarning").and_then(Value::as_str) else { return };
    let mut wrong = |detail: &str| causes.push(StatusCause::invalid(place, &warning.into(), detail));
    if !truth(version.get("deprecated")) {
        wrong("can only be set for deprecated versions");
        return;
    }
    if warning.len() > 256 {
        wrong("must be <= 256 characters long");
    }
    if warning.is_empty() {
        wrong("must not be an empty string");
    }
    if let Some((at, _)) = warning.char_indices().find(|(_, c)| c.is_control()) {
        let found = "non-printable character found at index";
        wrong(&format!("must only contain printable UTF-8 characters; {found} {at}"));
    }
}

fn subresources(subresources: Option<&Value>, place: &str, causes: &mut Vec<StatusCause>) {
    let Some(scale) = subresources.and_then(|subresources| subresources.get("scale")) else { return };
    for (field, starts, detail, is_required) in [
        ("specReplicasPath", &[".spec."][..], "should be a json path under .spec", true),
        ("statusReplicasPath", &[".status."][..], "should be a json path under .status", true),
        (
            "labelSelectorPath",
            &[".spec.", ".status."][..],
            "should be a json path under either .spec or .status",
            false,
        ),
    ] {
        let place = format!("{place}.scale.{field}");
        let path = text(scale.get(field));
        if path.is_empty() {
            if is_required {
                causes.push(StatusCause::required(&place, ""));
            }
        } else if !path.starts_with('.') {
            causes.push(StatusCause::invalid(&place, &path.into(), SIMPLE_PATH));
        } else if !starts.iter().any(|start| path.starts_with(start)) {
            causes.push(StatusCause::invalid(&place, &path.into(), detail));
        }
    }
}

const SIMPLE_PATH: &str = "must be a simple json path starting with .";

fn columns(columns: Option<&Value>, place: &str, causes: &mut Vec<StatusCause>) {
    const TYPES: [&str; 5] = ["boolean", "date", "integer", "number", "string"];
    const FORMATS: [&str; 8] = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];
    for (index, column) in items(columns).iter().enumerate() {
        let place = |field: &str| format!("{place}[{index}].{field}");
        let word = |field: &str| text(column.get(field));
        if word("name").is_empty() {
            causes.push(StatusCause::required(&place("name"), ""));
        }
        let one_of = |words: &[&str]| format!("must be one of {}", words.join(","));
        match word("type") {
            "" => causes.push(StatusCause::required(&place("type"), &one_of(&TYPES))),
            known if TYPES.contains(&known) => {}
            other => causes.push(StatusCause::invalid(&place("type"), &other.into(), &one_of(&TYPES))),
        }
        let format = word("format");
        if !format.is_empty() && !FORMATS.contains(&format) {
            causes.push(StatusCause::invalid(&place("format"), &format.into(), &one_of(&FORMATS)));
        }
        match word("jsonPath") {
            "" => causes.push(StatusCause::required(&place("JSONPath"), "")),
            path if path.starts_with('.') => {}
            path => causes.push(StatusCause::invalid(&place("JSONPath"), &path.into(), SIMPLE_PATH)),
        }
    }
}

fn selectable(selectable: Option<&Value>, schema: Option<&Value>, place: &str, causes: &mut Vec<StatusCause>) {
    let mut seen: Vec<&str> = Vec::new();
    for (index, field) in items(selectable).iter().enumerate() {
        let place = format!("{place}[{index}].jsonPath");
        let path = text(field.get("jsonPath"));
        if path.is_empty() {
            causes.push(StatusCause::required(&place, ""));
            continue;
        }
        let Some(found) = path.strip_prefix('.').and_then(|steps| field_schema(schema?, steps)) else {
            let detail = "is an invalid path: does not refer to a valid field";
            causes.push(StatusCause::invalid(&place, &path.into(), detail));
            continue;
        };
        if path.starts_with(".metadata") {
            causes.push(StatusCause::invalid(&place, &path.into(), "must not point to fields in metadata"));
        }
        if !matches!(text(found.get("type")), "string" | "boolean" | "integer") {
            let detail = "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.";
            causes.push(StatusCause::invalid(&place, &path.into(), detail));
        }
        if seen.contains(&path) {
            causes.push(StatusCause::duplicate(&place, &path.into()));
        } else {
            seen.push(path);
        }
    }
    if seen.len() > MOST_SELECTABLE {
        let message = format!("Too many: {}: must have at most {MOST_SELECTABLE} items", seen.len());
        let (reason, field) = ("FieldValueTooMany".into(), place.into());
        causes.push(StatusCause { reason, message: message.into(), field });
    }
}

/// The schema of a field by its dotted path.
pub(super) fn field_schema<'a>(schema: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(schema, |schema, name| schema.get("properties")?.get(name))
}
