//! Bounds of numbers.

use serde_json::{Number, Value};

use super::{Outcome, field, nowhere};
use crate::definition::tree::truth;
use crate::status::{StatusCause, go_float};

/// A number as the server holds it.
#[derive(Clone, Copy)]
enum Held {
    Int(i64),
    Float(f64),
}

impl Held {
    fn of(number: &Number) -> Self {
        match (number.as_i64(), number.as_f64()) {
            (Some(value), _) => Self::Int(value),
            (None, value) => Self::Float(value.unwrap_or(f64::NAN)),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "the server rounds likewise")]
    fn float(self) -> f64 {
        match self {
            Self::Int(value) => value as f64,
            Self::Float(value) => value,
        }
    }
}

pub(super) fn check(schema: &Value, types: &[&str], format: &str, number: &Number, path: &str) -> Outcome {
    let mut outcome = Outcome { passed: 1, ..Outcome::default() };
    let held = Held::of(number);
    // A value of one of several types has no range.
    let (ty, format) = match types {
        ["integer"] => ("integer", format),
        ["number"] => ("number", format),
        _ => ("", ""),
    };
    let range = |number: Held, what: &str| out_of_range(number, ty, format, what, path);
    outcome.problems.extend(range(held, "Checked").as_deref().map(nowhere));
    let bound = |name: &str| schema.get(name).and_then(Value::as_f64);
    if let Some(factor) = bound("multipleOf") {
        let problem = range(Held::Float(factor), "MultipleOf");
        let (is_multiple, shown) = multiple(held, factor, problem.is_none());
        outcome.problems.extend(problem.as_deref().map(nowhere));
        if !is_multiple {
            outcome.add(wrong(path, number, &format!("a multiple of {shown}")));
        }
    }
    let limits = [
        ("minimum", "exclusiveMinimum", "Minimum boundary", "greater than"),
        ("maximum", "exclusiveMaximum", "Maximum boundary", "less than"),
    ];
    for (name, exclusive, what, words) in limits {
        let Some(limit) = bound(name) else { continue };
        let exclusive = truth(schema.get(exclusive));
        let problem = range(Held::Float(limit), what);
        let (order, shown) = compare(held, limit, problem.is_none());
        outcome.problems.extend(problem.as_deref().map(nowhere));
        let is_beyond = if name == "maximum" { order.is_gt() } else { order.is_lt() };
        if is_beyond || (exclusive && order.is_eq()) {
            let or_equal = if exclusive { "" } else { " or equal to" };
            outcome.add(wrong(path, number, &format!("{words}{or_equal} {shown}")));
        }
    }
    outcome
}

fn wrong(path: &str, number: &Number, words: &str) -> StatusCause {
    StatusCause::invalid(field(path), &number.clone().into(), &format!("{path} in body should be {words}"))
}

/// Compares a value with a limit, which is cut to an integer for an integer; returns the limit as it is printed, too.
#[expect(clippy::cast_possible_truncation, reason = "the server cuts likewise")]
fn compare(held: Held, limit: f64, native: bool) -> (std::cmp::Ordering, String) {
    match held {
        Held::Int(value) if native => (value.cmp(&(limit as i64)), (limit as i64).to_string()),
        _ => (held.float().total_cmp(&limit), go_float(limit)),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the server cuts likewise")]
fn multiple(held: Held, factor: f64, native: bool) -> (bool, String) {
    match held {
        Held::Int(value) if native => {
            let factor = factor as i64;
            (factor != 0 && value % factor == 0, factor.to_string())
        }
        _ => {
            let quotient = if factor < 1.0 { 1.0 / factor * held.float() } else { held.float() / factor };
            ((quotient - quotient.round()).abs() < 1e-9 * quotient.abs().max(1.0), go_float(factor))
        }
    }
}

fn out_of_range(number: Held, ty: &str, format: &str, what: &str, path: &str) -> Option<String> {
    let (least, most) = match (ty, format) {
        ("integer", "int32") => (f64::from(i32::MIN), f64::from(i32::MAX)),
        // The first number that does not fit is 2^63.
        ("integer", _) => (-9_223_372_036_854_775_808.0, 9_223_372_036_854_774_784.0),
        (_, "float") => (f64::from(f32::MIN), f64::from(f32::MAX)),
        _ => return None,
    };
    let fits = match number {
        Held::Int(_) if format != "int32" => true,
        number => {
            let value = number.float();
            (least..=most).contains(&value) && (ty != "integer" || value.fract() == 0.0)
        }
    };
    let described = if format.is_empty() { " (default format)".to_owned() } else { format!(" with format {format}") };
    (!fits).then(|| format!("{what} value must be of type {ty}{described} in {path}"))
}
