//! The rules of a schema besides its structure.

use serde_json::{Value, json};

use super::rules::How;
use super::tree::{fields, items, text, truth};
use super::{defaults, structural};
use crate::status::StatusCause;

const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

/// What changes on the way down.
#[derive(Clone, Copy, Default)]
struct Context<'a> {
    /// Why there may be no defaults here; none where there may.
    no_defaults: Option<&'a str>,
    is_inside_meta: bool,
}

/// Checks the schema of a version.
pub(super) fn check(schema: &Value, place: &str, has_status: bool, how: How<'_>, causes: &mut Vec<StatusCause>) {
    if has_status {
        root_with_status(schema, place, causes);
    }
    if truth(schema.get("nullable")) {
        causes.push(StatusCause::forbidden(&format!("{place}.nullable"), "nullable cannot be true at the root"));
    }
    let mut found = Vec::new();
    rules(schema, place, Context::default(), true, &mut found);
    // What has no structure at all is said by the rules alone.
    if !has_unsupported(schema) {
        let mut structure = structural::check(schema, place);
        if structure.is_empty() {
            defaults::check(schema, place, how.asker.matches, &mut structure);
        }
        if structure.is_empty() {
            found.extend(super::rules::check(schema, place, &found, how));
        }
        causes.extend(structure);
    }
    causes.extend(found);
}

/// With a status of its own, the root may hold nothing that the part of the status would lose.
fn root_with_status(schema: &Value, place: &str, causes: &mut Vec<StatusCause>) {
    const ALLOWED: &str = "[Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations]";
    const FORBIDDEN: [&str; 13] = [
        "$ref",
        "default",
        "enum",
        "maxProperties",
        "minProperties",
        "allOf",
        "oneOf",
        "anyOf",
        "not",
        "additionalProperties",
        "x-kubernetes-embedded-resource",
        "x-kubernetes-int-or-string",
        "x-kubernetes-map-type",
    ];
    let kind = text(schema.get("type"));
    if !kind.is_empty() && kind != "object" {
        let detail =
            "only \"object\" is allowed as the type at the root of the schema if the status subresource is enabled";
        causes.push(StatusCause::invalid(&format!("{place}.type"), &kind.into(), detail));
    } else if FORBIDDEN.iter().any(|name| schema.get(*name).is_some_and(|value| !value.is_null())) {
        let detail =
            format!("only {ALLOWED} fields are allowed at the root of the schema if the status subresource is enabled");
        causes.push(StatusCause::invalid(place, schema, &detail));
    }
}

/// What no structural schema can be made of.
const UNSUPPORTED: [&str; 6] = ["id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref"];

fn has_unsupported(schema: &Value) -> bool {
    let here = UNSUPPORTED.iter().any(|name| is_set(schema, name)) || schema.get("items").is_some_and(Value::is_array);
    here || children(schema).any(|(_, child)| has_unsupported(child))
}

fn is_set(schema: &Value, name: &str) -> bool {
    schema.get(name).is_some_and(|value| match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        _ => true,
    })
}

/// The schemas in a schema, with their places.
fn children(schema: &Value) -> impl Iterator<Item = (String, &Value)> {
    let single = ["additionalProperties", "not", "items"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), schema.get(name).filter(|child| child.is_object())?)));
    let named = ["properties", "definitions"]
        .into_iter()
        .flat_map(|group| fields(schema.get(group)).map(move |(name, child)| (format!("{group}[{name}]"), child)));
    let listed = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|group| {
        items(schema.get(group)).iter().enumerate().map(move |(index, child)| (format!("{group}[{index}]"), child))
    });
    single.chain(named).chain(listed)
}

fn rules(schema: &Value, place: &str, context: Context<'_>, is_root: bool, causes: &mut Vec<StatusCause>) {
    basics(schema, place, context, causes);
    if truth(schema.get("uniqueItems")) {
        let detail = "uniqueItems cannot be set to true since the runtime complexity becomes quadratic";
        causes.push(StatusCause::forbidden(&format!("{place}.uniqueItems"), detail));
    }
    let additional = schema.get("additionalProperties").filter(|additional| !additional.is_null());
    if additional.is_some_and(|additional| *additional != Value::Bool(true)) && is_set(schema, "properties") {
        let detail = "additionalProperties and properties are mutual exclusive";
        causes.push(StatusCause::forbidden(&format!("{place}.additionalProperties"), detail));
    }
    let is_embedded = truth(schema.get("x-kubernetes-embedded-resource"));
    for (step, child) in children(schema) {
        let mut context = context;
        let reason;
        if step == "additionalProperties" && context.is_inside_meta {
            context.no_defaults = Some("inside additionalProperties applying to object metadata");
        }
        let meta = ["metadata", "kind", "apiVersion"].into_iter().find(|name| step == format!("properties[{name}]"));
        if let Some(name) = meta.filter(|_| is_root || is_embedded) {
            context.is_inside_meta = true;
            if is_root {
                reason = format!("in top-level {name}");
                context.no_defaults = Some(&reason);
            }
        }
        rules(child, &format!("{place}.{step}"), context, false, causes);
    }
    extensions(schema, place, causes);
    validations(schema, place, causes);
}

fn basics(schema: &Value, place: &str, context: Context<'_>, causes: &mut Vec<StatusCause>) {
    let field = |name: &str| format!("{place}.{name}");
    let kind = text(schema.get("type"));
    if !kind.is_empty() && !TYPES.contains(&kind) {
        causes.push(StatusCause::not_supported(&field("type"), &kind.into(), &TYPES));
    }
    if let Some(reason) = context.no_defaults.filter(|_| schema.get("default").is_some_and(|value| !value.is_null())) {
        causes.push(StatusCause::forbidden(&field("default"), &format!("must not be set {reason}")));
    }
    for name in UNSUPPORTED {
        if is_set(schema, name) {
            causes.push(StatusCause::forbidden(&field(name), &format!("{name} is not supported")));
        }
    }
    if kind == "null" {
        let detail = "type cannot be set to null, use nullable as an alternative";
        causes.push(StatusCause::forbidden(&field("type"), detail));
    }
    if schema.get("items").is_some_and(Value::is_array) {
        causes.push(StatusCause::forbidden(&field("items"), "items must be a schema object and not an array"));
    }
    if context.is_inside_meta && truth(schema.get("x-kubernetes-embedded-resource")) {
        let detail = "must not be used inside of resource meta";
        causes.push(StatusCause::forbidden(&field("x-kubernetes-embedded-resource"), detail));
    }
}

/// Which type a schema must have for an extension.
fn of_type(schema: &Value, place: &str, wanted: &str, extension: &str) -> Option<StatusCause> {
    let field = format!("{place}.type");
    let detail = format!("must be {wanted} if {extension} is specified");
    match text(schema.get("type")) {
        found if found == wanted => None,
        "" => Some(StatusCause::required(&field, &detail)),
        other => Some(StatusCause::invalid(&field, &other.into(), &detail)),
    }
}

fn extensions(schema: &Value, place: &str, causes: &mut Vec<StatusCause>) {
    const LIST_TYPE: &str = "x-kubernetes-list-type";
    const MAP_TYPE: &str = "x-kubernetes-map-type";
    const KEYS: &str = "x-kubernetes-list-map-keys";
    let field = |name: &str| format!("{place}.{name}");
    if schema.get("x-kubernetes-preserve-unknown-fields") == Some(&Value::Bool(false)) {
        let detail = "must be true or undefined";
        causes.push(StatusCause::invalid(&field("x-kubernetes-preserve-unknown-fields"), &false.into(), detail));
    }
    if let Some(map_type) = schema.get(MAP_TYPE) {
        causes.extend(of_type(schema, place, "object", MAP_TYPE));
        if !matches!(text(Some(map_type)), "atomic" | "granular") {
            causes.push(StatusCause::not_supported(&field(MAP_TYPE), map_type, &["atomic", "granular"]));
        }
    }
    let list_type = schema.get(LIST_TYPE);
    let item = schema.get("items").filter(|items| items.is_object());
    if list_type.is_some() {
        if let Some(cause) = of_type(schema, place, "array", LIST_TYPE) {
            causes.push(cause);
        } else if text(list_type) == "set" {
            causes.extend(item.and_then(|item| not_atomic(item, place)));
        }
    }
    if let Some(list_type) = list_type.filter(|list_type| !matches!(text(Some(*list_type)), "atomic" | "set" | "map")) {
        causes.push(StatusCause::not_supported(&field(LIST_TYPE), list_type, &["atomic", "set", "map"]));
    }
    let keys = items(schema.get(KEYS));
    if !keys.is_empty() && text(list_type) != "map" {
        let detail = "must be map if x-kubernetes-list-map-keys is non-empty";
        causes.push(match list_type {
            None => StatusCause::required(&field(LIST_TYPE), detail),
            Some(other) => StatusCause::invalid(&field(LIST_TYPE), other, detail),
        });
    }
    if text(list_type) == "map" {
        keyed(schema, item, keys, place, causes);
    }
    if matches!(text(list_type), "map" | "set")
        && let Some(item) = item
    {
        required_keys(item, text(list_type), keys, place, causes);
    }
}

/// The items of a set are compared whole.
fn not_atomic(item: &Value, place: &str) -> Option<StatusCause> {
    let detail = "must be atomic as item of a list with x-kubernetes-list-type=set";
    let list_type = item.get("x-kubernetes-list-type");
    match text(item.get("type")) {
        "array" if list_type.is_some_and(|list_type| *list_type != "atomic") => {
            let field = format!("{place}.items.x-kubernetes-list-type");
            Some(StatusCause::invalid(&field, list_type.unwrap_or(&Value::Null), detail))
        }
        "object" if text(item.get("x-kubernetes-map-type")) != "atomic" => {
            let field = format!("{place}.items.x-kubernetes-map-type");
            Some(StatusCause::invalid(&field, list_type.unwrap_or(&Value::Null), detail))
        }
        _ => None,
    }
}

/// A list whose items are told apart by some of their fields.
fn keyed(schema: &Value, item: Option<&Value>, keys: &[Value], place: &str, causes: &mut Vec<StatusCause>) {
    let field = |name: &str| format!("{place}.{name}");
    let keys_field = field("x-kubernetes-list-map-keys");
    if keys.is_empty() {
        causes.push(StatusCause::required(&keys_field, "must not be empty if x-kubernetes-list-type is map"));
    }
    if schema.get("items").is_none() {
        let detail = "must have a schema if x-kubernetes-list-type is map";
        causes.push(StatusCause::required(&field("items"), detail));
    }
    let Some(item) = item else { return };
    let kind = text(item.get("type"));
    if kind != "object" {
        let detail = "must be object if parent array's x-kubernetes-list-type is map";
        causes.push(StatusCause::invalid(&field("items.type"), &kind.into(), detail));
        return;
    }
    for (index, key) in keys.iter().enumerate() {
        let name = text(Some(key));
        match item.get("properties").and_then(|properties| properties.get(name)) {
            Some(property) if matches!(text(property.get("type")), "array" | "object") => {
                let detail = "must be a scalar type if parent array's x-kubernetes-list-type is map";
                let field = field(&format!("items.properties[{name}].type"));
                causes.push(StatusCause::invalid(&field, &kind.into(), detail));
            }
            Some(_) => {}
            None => {
                let detail = "entries must all be names of item properties";
                causes.push(StatusCause::invalid(&keys_field, &json!(keys), detail));
            }
        }
        if keys[..index].contains(key) {
            causes.push(StatusCause::invalid(&keys_field, &json!(keys), "must not contain duplicate entries"));
        }
    }
}

/// What tells items apart must be there in each.
fn required_keys(item: &Value, list_type: &str, keys: &[Value], place: &str, causes: &mut Vec<StatusCause>) {
    if truth(item.get("nullable")) {
        let detail = format!("cannot be nullable when x-kubernetes-list-type is {list_type}");
        causes.push(StatusCause::forbidden(&format!("{place}.items.nullable"), &detail));
    }
    if list_type != "map" {
        return;
    }
    let required = items(item.get("required"));
    for key in keys {
        let name = text(Some(key));
        let Some(property) = item.get("properties").and_then(|properties| properties.get(name)) else { continue };
        let field = format!("{place}.items.properties[{name}]");
        if !required.contains(key) && property.get("default").is_none() {
            let detail =
                "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property";
            causes.push(StatusCause::required(&format!("{field}.default"), detail));
        }
        if truth(property.get("nullable")) {
            let detail = "this property is in x-kubernetes-list-map-keys, so it cannot be nullable";
            causes.push(StatusCause::forbidden(&format!("{field}.nullable"), detail));
        }
    }
}

/// What can be said of rules without reading CEL.
fn validations(schema: &Value, place: &str, causes: &mut Vec<StatusCause>) {
    const REASONS: [&str; 4] =
        ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"];
    for (index, rule) in items(schema.get("x-kubernetes-validations")).iter().enumerate() {
        let field = |name: &str| format!("{place}.x-kubernetes-validations[{index}].{name}");
        let word = |name: &str| text(rule.get(name));
        let breaks = |text: &str| text.contains(['\n', '\r']);
        let (expression, message) = (word("rule").trim(), word("message"));
        if expression.is_empty() {
            causes.push(StatusCause::required(&field("rule"), "rule is not specified"));
        } else if !message.is_empty() && message.trim().is_empty() {
            causes.push(StatusCause::invalid(&field("message"), &message.into(), "must be non-empty if specified"));
        } else if breaks(message.trim()) {
            causes.push(StatusCause::invalid(&field("message"), &message.into(), "must not contain line breaks"));
        } else if breaks(expression) && message.trim().is_empty() {
            let detail = "message must be specified if rule contains line breaks";
            causes.push(StatusCause::required(&field("message"), detail));
        }
        let message_expression = word("messageExpression");
        if !message_expression.is_empty() && message_expression.trim().is_empty() {
            let detail = "messageExpression must be non-empty if specified";
            causes.push(StatusCause::required(&field("messageExpression"), detail));
        }
        if let Some(reason) = rule.get("reason").filter(|reason| !REASONS.contains(&text(Some(reason)))) {
            causes.push(StatusCause::not_supported(&field("reason"), reason, &REASONS));
        }
        let path = word("fieldPath");
        if path.is_empty() {
            continue;
        }
        let mut wrong = |detail: &str| causes.push(StatusCause::invalid(&field("fieldPath"), &path.into(), detail));
        if path.trim().is_empty() {
            wrong("must be non-empty if specified");
        }
        if breaks(path) {
            wrong("must not contain line breaks");
        }
        if super::rules::field_path(schema, path).is_none() {
            wrong("must be a valid path");
        }
    }
}
