//! What a value may be: bounds, enums, patterns, formats.

use serde_json::Value;

use super::super::tree::{items, text, truth};
use super::schema::{Kind, Place, kind};
use super::{Changes, Class};
use crate::validation::known_format;

pub(super) fn diff(old: &Value, new: &Value, place: &Place<'_>, changes: &mut Changes) {
    bounds(old, new, place, changes);
    choices(old, new, place, changes);
    texts(old, new, place, changes);
    combinations(old, new, place, changes);
}

/// The bounds: what each is called, and whether more of it takes less.
const BOUNDS: &[(&str, &str, bool)] = &[
    ("minimum", "minimum", true),
    ("maximum", "maximum", false),
    ("minLength", "minimum length", true),
    ("maxLength", "maximum length", false),
    ("minItems", "minimum number of items", true),
    ("maxItems", "maximum number of items", false),
    ("minProperties", "minimum number of fields", true),
    ("maxProperties", "maximum number of fields", false),
];

fn bounds(old: &Value, new: &Value, place: &Place<'_>, changes: &mut Changes) {
    for &(field, name, is_lower) in BOUNDS {
        let exclusive = match field {
            "minimum" => "exclusiveMinimum",
            "maximum" => "exclusiveMaximum",
            _ => "",
        };
        let bound = |schema: &Value| {
            let number = schema.get(field)?.as_f64()?;
            Some((number, truth(schema.get(exclusive)), limited(&schema[field], truth(schema.get(exclusive)))))
        };
        match (bound(old), bound(new)) {
            (None, Some((.., shown))) => {
                changes.add(place.tighter(new), place.path(), format!("the {name} {shown} is added"));
            }
            (Some((.., shown)), None) => {
                changes.add(Class::Safe, place.path(), format!("the {name} {shown} is removed"));
            }
            (Some((before, before_is_open, from)), Some((after, after_is_open, to)))
                if (before, before_is_open) != (after, after_is_open) =>
            {
                let (lower, higher) = if is_lower { (before, after) } else { (after, before) };
                // The same number takes less when it is not itself allowed any more.
                let is_tighter = lower < higher || (before - after == 0.0 && after_is_open);
                let class = if is_tighter { place.tighter(new) } else { Class::Safe };
                let how = if is_tighter { "tightens" } else { "loosens" };
                changes.add(class, place.path(), format!("the {name} {how} from {from} to {to}"));
            }
            _ => {}
        }
    }
    match (old.get("multipleOf"), new.get("multipleOf")) {
        (Some(before), None) => {
            changes.add(Class::Safe, place.path(), format!("it need no longer be a multiple of {before}"));
        }
        (before, Some(after)) if before != Some(after) => {
            let is_looser = before.and_then(Value::as_f64).zip(after.as_f64()).is_some_and(|(b, a)| b % a == 0.0);
            let class = if is_looser { Class::Safe } else { place.tighter(new) };
            changes.add(class, place.path(), format!("it must be a multiple of {after}"));
        }
        _ => {}
    }
    match (truth(old.get("uniqueItems")), truth(new.get("uniqueItems"))) {
        (false, true) => changes.add(place.tighter(new), place.path(), "no item may be there twice"),
        (true, false) => changes.add(Class::Safe, place.path(), "an item may be there twice"),
        _ => {}
    }
}

fn limited(bound: &Value, is_open: bool) -> String {
    if is_open { format!("{bound} (itself not allowed)") } else { bound.to_string() }
}

fn choices(old: &Value, new: &Value, place: &Place<'_>, changes: &mut Changes) {
    let list = |values: Vec<&Value>| values.into_iter().map(short).collect::<Vec<_>>().join(", ");
    match (old.get("enum"), new.get("enum")) {
        (None, Some(values)) => {
            let text = format!("only {} are allowed", list(items(Some(values)).iter().collect()));
            changes.add(place.tighter(new), place.path(), text);
        }
        (Some(_), None) => changes.add(Class::Safe, place.path(), "any value is allowed, not only those of the enum"),
        (Some(before), Some(after)) => {
            let (before, after) = (items(Some(before)), items(Some(after)));
            let gone: Vec<&Value> = before.iter().filter(|value| !after.contains(value)).collect();
            let added: Vec<&Value> = after.iter().filter(|value| !before.contains(value)).collect();
            if !gone.is_empty() {
                changes.add(place.tighter(new), place.path(), format!("{} is no longer allowed", list(gone)));
            }
            if !added.is_empty() {
                changes.add(Class::Safe, place.path(), format!("{} is also allowed", list(added)));
            }
        }
        (None, None) => {}
    }
}

fn texts(old: &Value, new: &Value, place: &Place<'_>, changes: &mut Changes) {
    let of = |schema: &Value, field: &str| text(schema.get(field)).to_owned();
    let (before, after) = (of(old, "pattern"), of(new, "pattern"));
    match (before.is_empty(), after.is_empty()) {
        (true, false) => changes.add(place.tighter(new), place.path(), format!("it must match `{after}`")),
        (false, true) => changes.add(Class::Safe, place.path(), format!("it need no longer match `{before}`")),
        (false, false) if before != after => {
            changes.add(place.tighter(new), place.path(), format!("it must match `{after}`, no longer `{before}`"));
        }
        _ => {}
    }
    let (before, after) = (of(old, "format"), of(new, "format"));
    if before == after {
        return;
    }
    if after.is_empty() {
        changes.add(Class::Safe, place.path(), format!("it need no longer have the format {before}"));
    } else if !is_checked(new) {
        changes.add(Class::Safe, place.path(), format!("the format is {after}, which the server does not check"));
    } else if matches!((&*before, &*after), ("int32", "int64") | ("float", "double")) {
        changes.add(Class::Safe, place.path(), format!("the format grows from {before} to {after}"));
    } else {
        changes.add(place.tighter(new), place.path(), format!("it must have the format {after}"));
    }
}

/// Tells whether the server holds values to the format of a schema. Every text is a password.
fn is_checked(schema: &Value) -> bool {
    kind(schema) != Kind::Port && !matches!(&*known_format(schema).replace('-', ""), "" | "password")
}

/// Conditions that are made of schemas. Whether one takes more than another is not looked into.
fn combinations(old: &Value, new: &Value, place: &Place<'_>, changes: &mut Changes) {
    for field in ["allOf", "anyOf", "oneOf", "not"] {
        match (old.get(field), new.get(field)) {
            (None, Some(_)) => {
                changes.add(place.tighter(new), place.path(), format!("the conditions of `{field}` are added"));
            }
            (Some(_), None) => {
                changes.add(Class::Safe, place.path(), format!("the conditions of `{field}` are removed"));
            }
            (Some(before), Some(after)) if before != after => {
                let grows =
                    field == "anyOf" && items(Some(before)).iter().all(|known| items(Some(after)).contains(known));
                let shrinks =
                    field == "allOf" && items(Some(after)).iter().all(|known| items(Some(before)).contains(known));
                let class = if grows || shrinks { Class::Safe } else { place.tighter(new) };
                changes.add(class, place.path(), format!("the conditions of `{field}` are others"));
            }
            _ => {}
        }
    }
}

/// A value, on one line and not too long.
pub(super) fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 60 { text } else { text.chars().take(59).chain(['…']).collect() }
}
