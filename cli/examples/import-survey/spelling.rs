//! Whether what came back is what went in.

use kubist::{MicroTime, Quantity, Time};
use serde_json::Value;

/// How two values go together; the later ones are worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    Same,
    /// Quantities and times in the spelling that Go's typed clients give them, too: `1000m` became `1`.
    Respelled,
    Different,
}

/// Compares what was read with what was written; `1` is `1.0`.
pub(crate) fn likeness(read: &Value, written: &Value) -> Likeness {
    match (read, written) {
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => Likeness::Same,
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => worst(a.iter().zip(b)),
        (Value::Object(a), Value::Object(b)) if a.len() == b.len() && a.keys().all(|name| b.contains_key(name)) => {
            worst(a.iter().filter_map(|(name, a)| Some((a, b.get(name)?))))
        }
        (a, b) if a == b => Likeness::Same,
        (Value::String(_) | Value::Number(_), Value::String(b)) => {
            let a = read.as_str().map_or_else(|| read.to_string(), str::to_owned);
            if is_same_quantity(&a, b) || is_same_time(&a, b) { Likeness::Respelled } else { Likeness::Different }
        }
        _ => Likeness::Different,
    }
}

fn worst<'a>(pairs: impl Iterator<Item = (&'a Value, &'a Value)>) -> Likeness {
    pairs.map(|(a, b)| likeness(a, b)).max().unwrap_or(Likeness::Same)
}

/// Only the usual spelling is written, so anything else in its place is a loss.
fn is_same_quantity(read: &str, written: &str) -> bool {
    let parsed = (read.parse::<Quantity>(), written.parse::<Quantity>());
    matches!(parsed, (Ok(a), Ok(b)) if a == b && b.to_string() == written)
}

fn is_same_time(read: &str, written: &str) -> bool {
    // A fraction that is gone is a loss.
    let parsed = (read.parse::<MicroTime>(), written.parse::<MicroTime>());
    matches!(parsed, (Ok(a), Ok(b)) if a == b && Time::from(b).to_string() == written)
}

#[cfg(test)]
mod tests {
    use kubist::json;

    use super::*;

    #[test]
    fn only_quantities_and_times_may_be_spelled_anew() {
        for (read, written, expected) in [
            (json!({ "a": [1] }), json!({ "a": [1.0] }), Likeness::Same),
            (json!({ "a": "1000m" }), json!({ "a": "1" }), Likeness::Respelled),
            (json!({ "a": 2 }), json!({ "a": "2" }), Likeness::Respelled),
            (json!("2026-01-01T01:00:00+01:00"), json!("2026-01-01T00:00:00Z"), Likeness::Respelled),
            (json!("2026-01-01T00:00:00.5Z"), json!("2026-01-01T00:00:00Z"), Likeness::Different),
            (json!(["1", "x"]), json!(["1000m", "x"]), Likeness::Different),
            (json!({ "a": "1" }), json!({}), Likeness::Different),
            (json!({}), json!({ "a": null }), Likeness::Different),
            (json!({ "a": "x" }), json!({ "a": "y" }), Likeness::Different),
        ] {
            assert_eq!(likeness(&read, &written), expected, "{read} {written}");
        }
    }
}
