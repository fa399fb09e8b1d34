//! What calls cost as they run, in the API server's units: `tests/corpus/run.txt` holds the figures.
//!
//! Where the checker does not know which overload a call comes to, the server counts one; here the values say which it is.
//!
//! Source: `interpreter/runtimecost.go` and `ext` in cel-go v0.29.2, `pkg/cel/library/cost.go` in k8s.io/apiserver v0.37.2.

use super::value::{Outcome, Value};

/// A new list, and a new map.
pub(super) const LIST: u64 = 10;
pub(super) const MAP: u64 = 30;

/// How long the pattern of a format may be, as the server says.
const PATTERNS: &[(&str, u64)] = &[
    ("dns1035Label", 30),
    ("dns1035LabelPrefix", 30),
    ("dns1123Label", 30),
    ("dns1123LabelPrefix", 30),
    ("dns1123Subdomain", 60),
    ("dns1123SubdomainPrefix", 60),
    ("labelValue", 40),
    ("qualifiedName", 60),
    ("uri", 1_103),
    ("uuid", 70),
    ("byte", 84),
    ("date", 71),
    ("datetime", 71),
];

/// What a call costs besides its arguments.
pub(super) fn of_call(name: &str, args: &[Value], found: &Outcome) -> u64 {
    let result = || found.as_ref().map_or(1, size);
    match (name, args) {
        ("isSorted" | "sum" | "max" | "min" | "indexOf" | "lastIndexOf", [list, ..]) => traversal(list),
        (
            "url" | "lowerAscii" | "upperAscii" | "substring" | "trim" | "isIP" | "cidr" | "isCIDR" | "quantity"
            | "isQuantity" | "semver" | "isSemver" | "strings.quote" | "format",
            [text, ..],
        )
        | ("ip" | "bytes", [text @ Value::String(_)])
        | ("string", [text @ Value::Bytes(_)])
        | ("startsWith" | "endsWith", [_, text]) => tenth(size(text)),
        ("replace" | "split" | "ip.isCanonical", [text, ..]) => tenth(2 * size(text)),
        ("join", _) => tenth(2 * result()),
        ("find" | "findAll" | "matches", [text, pattern, ..]) => tenth(1 + size(text)) * size(pattern).div_ceil(4),
        ("contains", [text, part]) => tenth(size(text)) * tenth(size(part)),
        ("containsIP" | "containsCIDR", [network, other]) => {
            let network = size(network);
            let masked = if name == "containsCIDR" { tenth(network) + 1 } else { 0 };
            let read = if matches!(other, Value::String(_)) { tenth(size(other)) } else { 0 };
            tenth(2 * network) + masked + read
        }
        ("validate", [Value::Format(format), text]) => {
            let pattern = PATTERNS.iter().find(|(known, _)| **known == **format).map_or(0, |(_, length)| *length);
            tenth(1 + size(text)) * pattern.div_ceil(4)
        }
        ("_==_", [one, _]) if is_of_kubernetes(one) => 1,
        ("_==_" | "_!=_", [one, other]) => tenth(size(one).min(size(other))),
        ("_<_" | "_<=_" | "_>_" | "_>=_", [one @ (Value::String(_) | Value::Bytes(_)), other]) => {
            tenth(size(one).min(size(other)))
        }
        ("_+_", [one @ (Value::String(_) | Value::Bytes(_)), other]) => tenth(size(one) + size(other)),
        ("@in", [_, list @ Value::List(_)]) => size(list),
        ("slice" | "lists.range" | "reverse", _) => allocating(1.0, result()),
        ("flatten", [list]) => allocating(1.0, size(list)),
        ("flatten", [list, Value::Int(depth)]) => {
            #[expect(clippy::cast_precision_loss, reason = "the server computes in floating point too")]
            let depth = *depth as f64;
            allocating(if depth < 0.0 { 1.0 } else { depth }, size(list))
        }
        ("distinct" | "sort", [list]) | ("@sortByAssociatedKeys", [_, list]) => each_with_each(list),
        ("sets.contains" | "sets.intersects", [one, other]) => 1 + size(one) * size(other),
        ("sets.equivalent", [one, other]) => 1 + 2 * size(one) * size(other),
        _ => 1,
    }
}

/// Whether the server makes a set of a list that is always the same.
pub(super) fn is_set(list: &Value) -> bool {
    let Value::List(list) = list else { return false };
    list.items.iter().all(|item| {
        matches!(item, Value::Bool(_) | Value::Int(_) | Value::Uint(_) | Value::Double(_) | Value::String(_))
    })
}

/// How large the result of a call would be, in what going through it would cost. The server does not count it, and makes the result whatever its size.
pub(super) fn growth(name: &str, values: &[Value]) -> u64 {
    let length = |value: Option<&Value>| value.and_then(Value::text).map_or(0, str::len) as u64;
    match name {
        "lists.range" => match values {
            [Value::Int(count)] => u64::try_from(*count).unwrap_or(0),
            _ => 0,
        },
        "replace" => length(values.first()).saturating_add(1).saturating_mul(length(values.get(2))) / 10,
        "join" => values.first().map_or(0, size).saturating_mul(length(values.get(1))) / 10,
        _ => 0,
    }
}

/// The characters, bytes, items or entries of a value; one for what has none.
fn size(value: &Value) -> u64 {
    let size = match value {
        Value::String(text) => text.chars().count(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(list) => list.items.len(),
        Value::Map(map) => map.entries.len(),
        Value::Optional(Some(value)) => return size(value),
        Value::Ip(address) => {
            if address.is_ipv4() {
                4
            } else {
                16
            }
        }
        Value::Cidr(_, length) => usize::from(length.div_ceil(8)),
        _ => 1,
    };
    size as u64
}

/// What it costs to go through so much text.
fn tenth(length: u64) -> u64 {
    scaled(length, 0.1, f64::ceil)
}

/// What it costs to go through a value with all that is in it.
fn traversal(value: &Value) -> u64 {
    match value {
        Value::String(text) => scaled(text.len() as u64, 0.1, f64::floor),
        Value::Bytes(bytes) => scaled(bytes.len() as u64, 0.1, f64::floor),
        Value::List(list) => list.items.iter().map(traversal).sum(),
        Value::Map(map) => map.entries.iter().map(|(key, value)| traversal(key) + traversal(value)).sum(),
        _ => 1,
    }
}

fn allocating(factor: f64, count: u64) -> u64 {
    scaled(count, factor, f64::floor).saturating_add(1 + LIST)
}

fn each_with_each(list: &Value) -> u64 {
    let is_text =
        matches!(list, Value::List(list) if matches!(list.items.first(), Some(Value::String(_) | Value::Bytes(_))));
    let count = size(list);
    allocating(if is_text { 2.1 } else { 2.0 }, count.saturating_mul(count))
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the server computes in floating point too"
)]
fn scaled(number: u64, factor: f64, round: fn(f64) -> f64) -> u64 {
    round(number as f64 * factor) as u64
}

fn is_of_kubernetes(value: &Value) -> bool {
    matches!(
        value,
        Value::Quantity(_) | Value::Ip(_) | Value::Cidr(..) | Value::Url(_) | Value::Semver(_) | Value::Format(_)
    )
}
