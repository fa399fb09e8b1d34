//! Whether a value is what a structural schema says, in the words of the server.
//!
//! Not here: CEL rules, and the fields of an embedded object's metadata but its name.
//!
//! Source: `pkg/validation/validate` in k8s.io/kube-openapi; `pkg/apiserver/validation` and `pkg/apiserver/schema/{listtype,objectmeta}` in
//! k8s.io/apiextensions-apiserver, which ask it.

mod embedded;
mod formats;
mod lists;
mod metadata;
mod numbers;
mod ratchet;

use serde_json::Value;

pub(crate) use self::formats::known as known_format;
pub use self::metadata::labels_and_annotations;
use self::ratchet::Old;
use crate::definition::tree::{fields, items, text, truth};
use crate::schema::type_of_value;
use crate::status::StatusCause;

/// Tells whether a text matches a regular expression of Go's syntax: the pattern, the text.
///
/// This crate has no engine of its own: who checks values of others brings one.
pub type Matches<'a> = &'a dyn Fn(&str, &str) -> bool;

/// Returns what is wrong with an object of a schema.
///
/// With the object that it replaces, what is wrong and did not change is let through, so that a stricter schema does not lock objects.
pub fn validate(schema: &Value, object: &Value, old: Option<&Value>, matches: Matches<'_>) -> Vec<StatusCause> {
    let mut causes = values(schema, object, old, matches);
    causes.extend(others(schema, object, old));
    causes
}

/// What [`validate`] asks of each value by itself: types, bounds, formats, conditions.
pub fn values(schema: &Value, object: &Value, old: Option<&Value>, matches: Matches<'_>) -> Vec<StatusCause> {
    Check { matches }.value(schema, object, Old::root(old), "").problems
}

/// What [`validate`] asks beside that: embedded objects, and lists in which each item stands once.
pub fn others(schema: &Value, object: &Value, old: Option<&Value>) -> Vec<StatusCause> {
    let mut causes = Vec::new();
    embedded::check(schema, object, "", &mut causes);
    let twice = |object| {
        let mut causes = Vec::new();
        lists::check(schema, object, "", &mut causes);
        causes
    };
    // A list that had the mistake before may keep it, wherever it is.
    if old.is_none_or(|old| twice(old).is_empty()) {
        causes.extend(twice(object));
    }
    causes
}

/// What came of some checks. The number of those that a value came through tells which of several schemas it was meant for.
#[derive(Default)]
struct Outcome {
    problems: Vec<StatusCause>,
    passed: u32,
}

impl Outcome {
    fn add(&mut self, problem: StatusCause) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    fn merge(&mut self, other: Self) {
        self.passed += other.passed;
        for problem in other.problems {
            self.add(problem);
        }
    }

    fn is_good(&self) -> bool {
        self.problems.is_empty()
    }
}

/// A problem that the server says of no field.
fn nowhere(detail: &str) -> StatusCause {
    StatusCause::invalid("<nil>", &"".into(), detail)
}

/// The name of a field as causes have it. The path of the object itself is none.
fn field(path: &str) -> &str {
    match path.strip_prefix('.').unwrap_or(path) {
        "" => "<nil>",
        path => path,
    }
}

/// The path of a field of an object.
fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn mistyped(path: &str, expected: &str, found: &str) -> StatusCause {
    StatusCause::type_invalid(
        field(path),
        &found.into(),
        &format!("{path} in body must be of type {expected}: {found:?}"),
    )
}

/// The types that a schema takes; several for an integer or a string.
fn types(schema: &Value) -> &[&str] {
    if truth(schema.get("x-kubernetes-int-or-string")) {
        return &["integer", "string"];
    }
    match text(schema.get("type")) {
        "object" => &["object"],
        "array" => &["array"],
        "string" => &["string"],
        "boolean" => &["boolean"],
        "integer" => &["integer"],
        "number" => &["number"],
        _ => &[],
    }
}

/// Tells whether a number with a point is an integer all the same: one that its 53 bits can tell from its neighbours.
fn is_whole(value: &Value) -> bool {
    value.as_f64().is_some_and(|number| number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_991.0)
}

#[derive(Clone, Copy)]
struct Check<'a> {
    matches: Matches<'a>,
}

impl Check<'_> {
    /// Checks a value, and forgives one that did not change.
    fn value(self, schema: &Value, value: &Value, old: Old<'_>, path: &str) -> Outcome {
        let mut outcome = self.fresh(schema, value, old, path);
        if !outcome.is_good() && old.is_same(schema, value) {
            outcome.problems.clear();
        }
        outcome
    }

    fn fresh(self, schema: &Value, value: &Value, old: Old<'_>, path: &str) -> Outcome {
        let (types, format) = (types(schema), known_format(schema));
        let mut outcome = Outcome::default();
        if value.is_null() {
            if types.is_empty() || truth(schema.get("nullable")) {
                outcome.passed += 1;
            } else {
                outcome.add(mistyped(path, &types.join(","), "null"));
            }
            outcome.merge(one_of_those(schema, value, path));
            return outcome;
        }
        if !types.is_empty() || !format.is_empty() {
            outcome.merge(type_and_format(types, format, value, path));
            outcome.passed += 1;
        }
        outcome.merge(self.conditions(schema, value, old, path));
        match value {
            Value::String(text) => outcome.merge(self.string(schema, text, format, path)),
            Value::Number(number) => {
                outcome.merge(numbers::check(schema, types, format, number, path));
                outcome.passed += 1;
            }
            Value::Array(list) => outcome.merge(self.list(schema, list, old, path)),
            _ => {}
        }
        outcome.merge(one_of_those(schema, value, path));
        if let Value::Object(entries) = value {
            outcome.merge(self.object(schema, entries, old, path));
            outcome.passed += 1;
        }
        // Each of the two above that comes to every value, and the value itself.
        outcome.passed += 3;
        outcome
    }

    /// `allOf`, `anyOf`, `oneOf` and `not`.
    fn conditions(self, schema: &Value, value: &Value, old: Old<'_>, path: &str) -> Outcome {
        let mut outcome = Outcome { passed: 1, ..Outcome::default() };
        let of = |keyword: &str| items(schema.get(keyword)).iter().map(|branch| self.fresh(branch, value, old, path));
        let (any, one, all) = (items(schema.get("anyOf")), items(schema.get("oneOf")), items(schema.get("allOf")));
        if !any.is_empty() {
            let (first, nearest) = first_and_nearest(of("anyOf"), true);
            if first.is_none() {
                outcome.add(nowhere(&format!("{path:?} must validate at least one schema (anyOf)")));
            }
            outcome.merge(first.map(|(first, _)| first).or(nearest).unwrap_or_default());
        }
        if !one.is_empty() {
            match first_and_nearest(of("oneOf"), false) {
                (None, nearest) => {
                    let detail = format!("{path:?} must validate one and only one schema (oneOf). Found none valid");
                    outcome.add(nowhere(&detail));
                    outcome.merge(nearest.unwrap_or_default());
                }
                (Some((first, 1)), _) => outcome.merge(first),
                (Some((_, valid)), _) => outcome.add(nowhere(&format!(
                    "{path:?} must validate one and only one schema (oneOf). Found {valid} valid alternatives"
                ))),
            }
        }
        if !all.is_empty() {
            let mut valid = 0;
            for result in of("allOf") {
                valid += usize::from(result.is_good());
                outcome.merge(result);
            }
            if valid < all.len() {
                let more = if valid == 0 { ". None validated" } else { "" };
                outcome.add(nowhere(&format!("{path:?} must validate all the schemas (allOf){more}")));
            }
        }
        if let Some(not) = schema.get("not").filter(|not| not.is_object())
            && self.fresh(not, value, old, path).is_good()
        {
            outcome.add(nowhere(&format!("{path:?} must not validate the schema (not)")));
        }
        outcome
    }

    fn string(self, schema: &Value, text: &str, format: &str, path: &str) -> Outcome {
        let mut outcome = Outcome { passed: 1, ..Outcome::default() };
        let limit = |name: &str| schema.get(name).and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
        let length = text.chars().count();
        let pattern = self::text(schema.get("pattern"));
        // The first of the three that is wrong.
        if let Some(most) = limit("maxLength").filter(|most| length > *most) {
            outcome.add(StatusCause::too_long(field(path), most));
        } else if let Some(least) = limit("minLength").filter(|least| length < *least) {
            let detail = format!("{path} in body should be at least {least} chars long");
            outcome.add(StatusCause::invalid(field(path), &text.into(), &detail));
        } else if !pattern.is_empty() && !(self.matches)(pattern, text) {
            let detail = format!("{path} in body should match '{pattern}'");
            outcome.add(StatusCause::invalid(field(path), &text.into(), &detail));
        }
        if !format.is_empty() {
            outcome.passed += 1;
            if !formats::fits(format, text) {
                outcome.add(mistyped(path, format, text));
            }
        }
        outcome
    }

    fn list(self, schema: &Value, list: &[Value], old: Old<'_>, path: &str) -> Outcome {
        let mut outcome = Outcome { passed: 2, ..Outcome::default() };
        if let Some(item) = schema.get("items").filter(|item| item.is_object()) {
            for (index, value) in list.iter().enumerate() {
                outcome.merge(self.value(item, value, old.item(schema, value), &format!("{path}[{index}]")));
            }
        }
        let limit = |name: &str| schema.get(name).and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
        if let Some(least) = limit("minItems").filter(|least| list.len() < *least) {
            let detail = format!("{path} in body should have at least {least} items");
            outcome.add(StatusCause::invalid(field(path), &list.len().into(), &detail));
        }
        if let Some(most) = limit("maxItems").filter(|most| list.len() > *most) {
            outcome.add(StatusCause::too_many(field(path), list.len(), most));
        }
        outcome
    }

    fn object(self, schema: &Value, entries: &serde_json::Map<String, Value>, old: Old<'_>, path: &str) -> Outcome {
        let mut outcome = Outcome::default();
        let limit = |name: &str| schema.get(name).and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
        if let Some(least) = limit("minProperties").filter(|least| entries.len() < *least) {
            let detail = format!("{path} in body should have at least {least} properties");
            outcome.add(StatusCause::invalid(field(path), &entries.len().into(), &detail));
        }
        if let Some(most) = limit("maxProperties").filter(|most| entries.len() > *most) {
            outcome.add(StatusCause::too_many(field(path), entries.len(), most));
        }
        let property = |name: &str| schema.get("properties").and_then(|properties| properties.get(name));
        if let Some(additional) = schema.get("additionalProperties").filter(|additional| additional.is_object()) {
            for (key, value) in entries.iter().filter(|(key, _)| property(key).is_none()) {
                let below = format!("{path}.{key}");
                outcome.merge(self.value(additional, value, old.field(path, key), &below));
            }
        }
        for (name, schema) in fields(schema.get("properties")) {
            if let Some(value) = entries.get(name) {
                outcome.merge(self.value(schema, value, old.field(path, name), &below(path, name)));
            }
        }
        for name in items(schema.get("required")).iter().filter_map(Value::as_str) {
            if !entries.contains_key(name) {
                outcome.add(StatusCause::required(field(&format!("{path}.{name}")), ""));
            }
        }
        outcome
    }
}

/// The first good one and how many are good; of the bad ones the one that came through most. `any` ends at the first good one.
fn first_and_nearest(results: impl Iterator<Item = Outcome>, any: bool) -> (Option<(Outcome, usize)>, Option<Outcome>) {
    let (mut first, mut nearest): (Option<(Outcome, usize)>, Option<Outcome>) = (None, None);
    for result in results {
        match &mut first {
            Some((_, valid)) => *valid += usize::from(result.is_good()),
            None if result.is_good() => {
                first = Some((result, 1));
                if any {
                    break;
                }
            }
            None if nearest.as_ref().is_none_or(|nearest| result.passed > nearest.passed) => nearest = Some(result),
            None => {}
        }
    }
    (first, nearest)
}

fn type_and_format(types: &[&str], format: &str, value: &Value, path: &str) -> Outcome {
    let found = match value {
        // The server holds an integer beyond 64 bits as a number.
        Value::Number(number) if !number.is_i64() => "number",
        value => type_of_value(value),
    };
    let found_format = match found {
        "integer" => "int64",
        "number" => "float64",
        _ => "",
    };
    let fits = types.contains(&found)
        || (found == "number" && types.contains(&"integer") && is_whole(value))
        || (found == "integer" && types.contains(&"number"));
    let mut outcome = Outcome::default();
    if fits {
        outcome.passed += 1;
        return outcome;
    }
    if !format.is_empty() && !value.is_string() && !value.is_array() {
        if format == found_format {
            outcome.passed += 1;
        } else {
            outcome.add(mistyped(path, format, found_format));
        }
        return outcome;
    }
    // What a text with a format must be, the format says.
    let is_left = !format.is_empty() && !types.contains(&"number") && !types.contains(&"integer");
    if is_left {
        outcome.passed += 1;
    } else {
        outcome.add(mistyped(path, &types.join(","), found));
    }
    outcome
}

fn one_of_those(schema: &Value, value: &Value, path: &str) -> Outcome {
    let known = items(schema.get("enum"));
    let mut outcome = Outcome::default();
    // Absence is none of them, even where they name it.
    if !known.is_empty() && (value.is_null() || !known.contains(value)) {
        let known: Vec<String> =
            known.iter().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        outcome.add(StatusCause::not_supported(field(path), value, &known));
    }
    outcome
}

#[cfg(test)]
mod tests;
