//! What changes for the objects of a version.

use serde_json::Value;

use super::super::tree::{fields, items, text, truth};
use super::limits;
use super::{Changes, Class};

/// Compares two schemas of whole objects.
pub(super) fn diff(old: &Value, new: &Value, version: &str, changes: &mut Changes) {
    node(old, new, &Place { version, path: String::new(), in_list: false }, changes);
}

/// Where a schema stands.
pub(super) struct Place<'a> {
    version: &'a str,
    path: String,
    /// Whether it stands in a list whose items the server cannot tell apart: a change of one checks all.
    in_list: bool,
}

impl Place<'_> {
    pub(super) fn path(&self) -> String {
        let path = if self.path.is_empty() { "." } else { &self.path };
        format!("{}: {path}", self.version)
    }

    fn below(&self, name: &str, in_list: bool) -> Self {
        Self { version: self.version, path: format!("{}{name}", self.path), in_list: self.in_list || in_list }
    }

    /// The class of what a value must now be, and maybe is not.
    ///
    /// A value that stays as it is passes. One that holds others does not stay when one of these changes.
    pub(super) fn tighter(&self, schema: &Value) -> Class {
        let holds_others =
            !matches!(kind(schema), Kind::Integer | Kind::Number | Kind::Text | Kind::Truth | Kind::Port);
        if self.in_list || holds_others { Class::Stored } else { Class::Clients }
    }
}

/// What values a schema takes, as far as the type goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    List,
    Text,
    Integer,
    Number,
    Truth,
    /// `x-kubernetes-int-or-string`.
    Port,
    Any,
}

pub(super) fn kind(schema: &Value) -> Kind {
    if truth(schema.get("x-kubernetes-int-or-string")) {
        return Kind::Port;
    }
    match text(schema.get("type")) {
        "object" => Kind::Object,
        "array" => Kind::List,
        "string" => Kind::Text,
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "boolean" => Kind::Truth,
        _ => Kind::Any,
    }
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::List => "array",
            Self::Text => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Truth => "boolean",
            Self::Port => "integer or string",
            Self::Any => "any value",
        }
    }

    /// Tells whether all values of the one are values of the other.
    fn is_within(self, other: Self) -> bool {
        self == other
            || matches!(
                (self, other),
                (_, Self::Any) | (Self::Integer, Self::Number) | (Self::Integer | Self::Text, Self::Port)
            )
    }
}

fn node(old: &Value, new: &Value, place: &Place<'_>, changes: &mut Changes) {
    if old == new {
        return;
    }
    let (before, after) = (kind(old), kind(new));
    if before != after {
        let (from, to) = (before.word(), after.word());
        if !before.is_within(after) {
            let class = match (before, after) {
                // Server-side apply takes both for numbers.
                (Kind::Number, Kind::Integer) => place.tighter(new),
                _ => Class::Stored,
            };
            let text = format!(
                "the type changes from {from} to {to}: other values are refused, and server-side apply cannot read stored ones"
            );
            let text = if class == Class::Stored {
                text
            } else {
                format!("the type changes from {from} to {to}: other values are refused")
            };
            changes.add(class, place.path(), text);
            return;
        }
        changes.add(Class::Safe, place.path(), format!("the type grows from {from} to {to}"));
    }
    properties(old, new, place, changes);
    required(old, new, place, changes);
    limits::diff(old, new, place, changes);
    lists(old, new, place, changes);
    rules(old, new, place, changes);
    defaults(old, new, place, changes);
    words(old, new, place, changes);
}

/// The fields of an object, the values of a map, and what is kept beside them.
fn properties(old: &Value, new: &Value, place: &Place<'_>, changes: &mut Changes) {
    let (keeps_before, keeps_after) = (keeps(old), keeps(new));
    let map = |schema: &Value| schema.get("additionalProperties").filter(|values| values.is_object()).cloned();
    if keeps_before && !keeps_after {
        let text = "unknown fields are no longer kept: the server drops them from stored objects when it reads them";
        changes.add(Class::Stored, place.path(), text);
    } else if !keeps_before && keeps_after {
        changes.add(Class::Safe, place.path(), "unknown fields are kept");
    }
    match (truth(old.get("x-kubernetes-embedded-resource")), truth(new.get("x-kubernetes-embedded-resource"))) {
        (false, true) => {
            let text = "the value must be a whole object, with apiVersion, kind and metadata";
            changes.add(Class::Stored, place.path(), text);
        }
        (true, false) if !keeps_after => {
            let text = "the value is no whole object any more: the server drops its apiVersion, kind and metadata where the schema does not name them";
            changes.add(Class::Stored, place.path(), text);
        }
        (true, false) => changes.add(Class::Safe, place.path(), "the value need not be a whole object any more"),
        _ => {}
    }
    for (name, before) in fields(old.get("properties")) {
        let below = place.below(&format!(".{name}"), false);
        match new.get("properties").and_then(|properties| properties.get(name)) {
            Some(after) => node(before, after, &below, changes),
            None if keeps_after => {
                changes.add(Class::Safe, below.path(), "the field is removed; it is kept as an unknown one");
            }
            None => {
                if let Some(values) = map(new) {
                    node(before, &values, &below, changes);
                } else {
                    let text = "the field is removed: the server drops it from what it reads and what it is sent";
                    changes.add(Class::Stored, below.path(), text);
                }
            }
        }
    }
    for (name, after) in fields(new.get("properties")) {
        if old.get("properties").is_some_and(|properties| properties.get(name).is_some()) {
            continue;
        }
        let below = place.below(&format!(".{name}"), false);
        match map(old) {
            Some(values) => node(&values, after, &below, changes),
            None if keeps_before && kind(after) != Kind::Any => {
                let text =
                    format!("the field is added as {}: before, it could be kept with any value", kind(after).word());
                changes.add(Class::Stored, below.path(), text);
            }
            None => changes.add(Class::Safe, below.path(), "the field is added"),
        }
    }
    match (map(old), map(new)) {
        (Some(before), Some(after)) => node(&before, &after, &place.below(".*", false), changes),
        (Some(_), None) if !keeps_after => {
            let text = "it is no map any more: the server drops what the schema does not name";
            changes.add(Class::Stored, place.path(), text);
        }
        (None, Some(_)) if !keeps_before => {
            changes.add(Class::Safe, place.path(), "it becomes a map, whose entries are kept");
        }
        _ => {}
    }
    if let (Some(before), Some(after)) = (old.get("items"), new.get("items")) {
        let is_known = text(new.get("x-kubernetes-list-type")) == "map";
        node(before, after, &place.below("[]", !is_known), changes);
    }
}

/// Tells whether unknown fields are kept.
fn keeps(schema: &Value) -> bool {
    truth(schema.get("x-kubernetes-preserve-unknown-fields"))
}

fn required(old: &Value, new: &Value, place: &Place<'_>, changes: &mut Changes) {
    let (before, after) = (items(old.get("required")), items(new.get("required")));
    let has_default = |name: &str| {
        let field = new.get("properties").and_then(|properties| properties.get(name));
        field.is_some_and(|field| field.get("default").is_some())
    };
    for name in after.iter().filter(|name| !before.contains(name)).filter_map(Value::as_str) {
        let path = place.below(&format!(".{name}"), false).path();
        if has_default(name) {
            changes.add(Class::Safe, path, "the field is required; its default is filled in where it is missing");
        } else {
            let text = "the field is required: stored objects without it cannot be changed beside it";
            changes.add(place.tighter(new), path, text);
        }
    }
    for name in before.iter().filter(|name| !after.contains(name)).filter_map(Value::as_str) {
        let is_there = new.get("properties").is_none_or(|properties| properties.get(name).is_some());
        if is_there {
            changes.add(Class::Safe, place.below(&format!(".{name}"), false).path(), "the field is no longer required");
        }
    }
}

/// How items of a list are told apart, and who owns the parts of a map.
fn lists(old: &Value, new: &Value, place: &Place<'_>, changes: &mut Changes) {
    let list_type = |schema: &Value| match text(schema.get("x-kubernetes-list-type")) {
        "" => "atomic".to_owned(),
        other => other.to_owned(),
    };
    if kind(new) == Kind::List {
        let (before, after) = (list_type(old), list_type(new));
        let keys = |schema: &Value| items(schema.get("x-kubernetes-list-map-keys")).to_vec();
        let named = |keys: &[Value]| keys.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ");
        if before != after {
            let text = format!("the list type changes from {before} to {after}");
            match &*after {
                "atomic" => {
                    let text = format!("{text}: server-side apply replaces the list as a whole");
                    changes.add(Class::Clients, place.path(), text);
                }
                "map" => {
                    let text = format!("{text}: two items with the same {} are refused", named(&keys(new)));
                    changes.add(Class::Clients, place.path(), text);
                }
                _ => {
                    changes.add(
                        Class::Clients,
                        place.path(),
                        format!("{text}: an item that is there twice is refused"),
                    );
                }
            }
        } else if after == "map" && keys(old) != keys(new) {
            let text = format!("the keys of the list change from {} to {}", named(&keys(old)), named(&keys(new)));
            changes.add(Class::Clients, place.path(), text);
        }
    }
    let map_type = |schema: &Value| match text(schema.get("x-kubernetes-map-type")) {
        "atomic" => "atomic",
        _ => "granular",
    };
    let (before, after) = (map_type(old), map_type(new));
    if before != after {
        let how = if after == "atomic" { "as a whole" } else { "field by field" };
        let text = format!("the map type changes from {before} to {after}: server-side apply owns it {how}");
        let class = if after == "atomic" { Class::Clients } else { Class::Safe };
        changes.add(class, place.path(), text);
    }
}

fn rules(old: &Value, new: &Value, place: &Place<'_>, changes: &mut Changes) {
    const FIELD: &str = "x-kubernetes-validations";
    let (before, after) = (items(old.get(FIELD)), items(new.get(FIELD)));
    let rule = |rule: &Value| text(rule.get("rule")).to_owned();
    for added in after {
        match before.iter().find(|known| rule(known) == rule(added)) {
            None if is_transition(&rule(added)) => {
                let text = format!("the rule `{}` is added: updates that it forbids are refused", rule(added));
                changes.add(Class::Clients, place.path(), text);
            }
            None => {
                let text = format!("the rule `{}` is added: values that it does not hold for are refused", rule(added));
                changes.add(place.tighter(new), place.path(), text);
            }
            Some(known) if known.get("optionalOldSelf") != added.get("optionalOldSelf") => {
                let text = format!("the rule `{}` holds for new values in another way", rule(added));
                changes.add(Class::Clients, place.path(), text);
            }
            Some(known) if known != added => {
                changes.add(Class::Safe, place.path(), format!("the rule `{}` says it in other words", rule(added)));
            }
            Some(_) => {}
        }
    }
    for gone in before.iter().filter(|known| !after.iter().any(|now| rule(now) == rule(known))) {
        changes.add(Class::Safe, place.path(), format!("the rule `{}` is removed", rule(gone)));
    }
}

/// Tells whether a rule compares a value with the one before.
fn is_transition(rule: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut quote = None;
    let mut word = String::new();
    for c in rule.chars().chain([' ']) {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if is_word(c) => word.push(c),
            None => {
                if word == "oldSelf" {
                    return true;
                }
                word.clear();
                if c == '"' || c == '\'' {
                    quote = Some(c);
                }
            }
        }
    }
    false
}

fn defaults(old: &Value, new: &Value, place: &Place<'_>, changes: &mut Changes) {
    let show = |value: &Value| limits::short(value);
    match (old.get("default"), new.get("default")) {
        (None, Some(value)) => {
            let text = format!("the default {} is filled in where there is no value", show(value));
            changes.add(Class::Safe, place.path(), text);
        }
        (Some(value), None) => {
            let text =
                format!("the default {} is removed: new objects have no value where they give none", show(value));
            changes.add(Class::Clients, place.path(), text);
        }
        (Some(before), Some(after)) if before != after => {
            let text =
                format!("the default changes from {} to {}: new objects get another value", show(before), show(after));
            changes.add(Class::Clients, place.path(), text);
        }
        _ => {}
    }
    match (truth(old.get("nullable")), truth(new.get("nullable"))) {
        (true, false) => {
            let text = "null is no longer a value: the server drops it from what it reads and what it is sent";
            changes.add(Class::Stored, place.path(), text);
        }
        (false, true) => changes.add(Class::Safe, place.path(), "null is a value"),
        _ => {}
    }
}

/// What is only for readers.
fn words(old: &Value, new: &Value, place: &Place<'_>, changes: &mut Changes) {
    for (field, what) in [
        ("description", "description"),
        ("title", "title"),
        ("example", "example"),
        ("externalDocs", "link to documentation"),
    ] {
        let text = match (old.get(field), new.get(field)) {
            (None, Some(_)) => format!("the {what} is added"),
            (Some(_), None) => format!("the {what} is removed"),
            (before, after) if before != after => format!("the {what} is another"),
            _ => continue,
        };
        changes.add(Class::Safe, place.path(), text);
    }
}

/// The first field that one schema keeps and the other drops.
pub(super) fn lost(old: &Value, new: &Value) -> Option<String> {
    fn find(old: &Value, new: &Value, path: &str) -> Option<String> {
        if keeps(new) || kind(new) == Kind::Any && !old.is_null() && new.is_null() {
            return None;
        }
        if let (Some(before), Some(after)) = (old.get("items"), new.get("items")) {
            return find(before, after, &format!("{path}[]"));
        }
        let map = new.get("additionalProperties").filter(|values| values.is_object());
        fields(old.get("properties")).find_map(|(name, before)| {
            let path = format!("{path}.{name}");
            match new.get("properties").and_then(|properties| properties.get(name)).or(map) {
                Some(after) => find(before, after, &path),
                None => Some(path),
            }
        })
    }
    find(old, new, "")
}
