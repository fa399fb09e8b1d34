//! What rules may cost: the budgets, and what is said of those that go beyond.
//!
//! Source: `getCostErrorMessage` in `validation.go` and `TotalCost` in `cel_validation.go` of `pkg/apis/apiextensions/validation`.

use kubist_cel::{Bound, Declared, Estimate};
use serde_json::Value;

use super::tree::text;
use crate::status::StatusCause;

/// The most that one expression may cost, for all the values that it may see in an object.
const OF_ONE: u64 = 10_000_000;
/// The most that all expressions of a schema may cost.
const OF_ALL: u64 = 100_000_000;
/// The most bytes of an object.
const LARGEST: u64 = 3 * 1024 * 1024;

/// How often the values in a value may stand there: by which bound, and how often it says. Nothing says so where the bound is missing.
pub(super) fn repetition(schema: &Value) -> (Option<Bound>, Option<u64>) {
    let bound = match text(schema.get("type")) {
        "object" if schema.get("additionalProperties").is_some_and(|values| !values.is_null()) => Bound::MaxProperties,
        "array" => Bound::MaxItems,
        _ => return (None, Some(1)),
    };
    let limit = schema.get(bound.keyword()).and_then(Value::as_i64);
    (Some(bound), limit.map(|limit| u64::try_from(limit).unwrap_or(0)))
}

/// How many of the smallest values fit into an object.
pub(super) fn most_that_fit(declared: &Declared) -> u64 {
    LARGEST / (declared.min_size + 1)
}

/// What a server says of an expression that may cost too much; nothing of one that may not.
pub(super) fn over_budget(what: &str, cost: u64) -> Option<String> {
    (cost > OF_ONE).then(|| exceeds(what, cost, OF_ONE))
}

#[expect(clippy::cast_precision_loss, reason = "the server divides in floating point too")]
fn exceeds(what: &str, cost: u64, budget: u64) -> String {
    let factor = cost as f64 / budget as f64;
    let shown = if factor > 100.0 {
        "more than 100".to_owned()
    } else if factor < 1.5 {
        format!("{factor:.6}")
    } else {
        format!("{factor:.1}")
    };
    format!(
        "{what} exceeds budget by factor of {shown}x (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)"
    )
}

/// A bound that is missing, at a place in objects.
pub(super) fn missing(path: &str, bound: Bound) -> String {
    format!("{path} has no {}", bound.keyword())
}

/// The bounds that are missing of the values that an expression goes through.
pub(super) fn all_missing(found: &Estimate, path: &str) -> Vec<String> {
    found.unbounded.iter().map(|(below, bound)| missing(&format!("{path}{below}"), *bound)).collect()
}

/// What comes behind the server's words.
pub(super) fn hint(missing: &[String]) -> String {
    if missing.is_empty() { String::new() } else { format!("; {}", missing.join(", ")) }
}

/// What the expressions of a schema cost together.
#[derive(Default)]
pub(super) struct Total {
    sum: u64,
    /// Those that count, the most expensive first, each with its place and what is missing.
    most: Vec<(u64, String, String)>,
}

impl Total {
    pub(super) fn add(&mut self, field: String, cost: u64, hint: String) {
        self.sum = self.sum.saturating_add(cost);
        if cost < OF_ALL / 100 {
            return;
        }
        self.most.push((cost, field, hint));
        self.most.sort_by_key(|(cost, ..)| std::cmp::Reverse(*cost));
        self.most.truncate(4);
    }

    /// Says which of them are too expensive together.
    pub(super) fn check(self, place: &str, causes: &mut Vec<StatusCause>) {
        if self.sum <= OF_ALL {
            return;
        }
        for (_, field, hint) in self.most {
            let detail = "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema";
            causes.push(StatusCause::forbidden(&field, &format!("{detail}{hint}")));
        }
        let what = "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema";
        causes.push(StatusCause::forbidden(place, &exceeds(what, self.sum, OF_ALL)));
    }
}
