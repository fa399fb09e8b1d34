//! From one type to another, and the parts of times.

use super::value::{Outcome, Value};
use super::{clock, formatting};
use crate::time;

pub(super) fn call(name: &str, args: &[Value]) -> Option<Outcome> {
    match (name, args) {
        ("size", [value]) => size(value).map(Ok),
        ("type", [value]) => Some(Ok(Value::Type(value.type_name().into()))),
        ("dyn", [value]) => Some(Ok(value.clone())),
        ("int", [value]) => int(value),
        ("uint", [value]) => uint(value),
        ("double", [value]) => double(value),
        ("string", [value]) => string(value),
        ("bool", [Value::Bool(truth)]) => Some(Ok(Value::Bool(*truth))),
        ("bool", [Value::String(text)]) => Some(match &**text {
            "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(Value::Bool(true)),
            "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(Value::Bool(false)),
            _ => Err(unreadable("bool")),
        }),
        ("bytes", [Value::Bytes(bytes)]) => Some(Ok(Value::Bytes(bytes.clone()))),
        ("bytes", [Value::String(text)]) => Some(Ok(Value::Bytes(text.as_bytes().into()))),
        ("duration", [value @ Value::Duration(_)]) | ("timestamp", [value @ Value::Timestamp(..)]) => {
            Some(Ok(value.clone()))
        }
        ("duration", [Value::String(text)]) => {
            Some(time::duration(text).map(Value::Duration).ok_or_else(|| unreadable("google.protobuf.Duration")))
        }
        ("timestamp", [Value::String(text)]) => {
            let read = time::timestamp(text).map(|(seconds, nanos)| Value::Timestamp(seconds, nanos));
            Some(read.ok_or_else(|| unreadable("google.protobuf.Timestamp")))
        }
        ("timestamp", [Value::Int(seconds)]) => Some(super::operators::moved(*seconds, 0, 0)),
        (_, [Value::Timestamp(seconds, nanos)]) => clock::part(name, *seconds, *nanos).map(|part| Ok(Value::Int(part))),
        (_, [Value::Timestamp(seconds, nanos), Value::String(zone)]) => Some(match clock::zone(zone) {
            Ok(ahead) => Ok(Value::Int(clock::part(name, seconds + ahead, *nanos)?)),
            Err(why) => Err(why),
        }),
        (_, [Value::Duration(nanos)]) => Some(Ok(Value::Int(match name {
            "getHours" => nanos / 3_600_000_000_000,
            "getMinutes" => nanos / 60_000_000_000,
            "getSeconds" => nanos / 1_000_000_000,
            "getMilliseconds" => nanos / 1_000_000,
            _ => return None,
        }))),
        _ => None,
    }
}

fn size(value: &Value) -> Option<Value> {
    Some(Value::count(match value {
        Value::String(text) => text.chars().count(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(list) => list.items.len(),
        Value::Map(map) => map.entries.len(),
        _ => return None,
    }))
}

#[expect(clippy::cast_possible_truncation, reason = "what does not fit is refused first")]
fn int(value: &Value) -> Option<Outcome> {
    const OVERFLOW: &str = "integer overflow";
    Some(match value {
        Value::Int(number) => Ok(Value::Int(*number)),
        Value::Uint(number) => i64::try_from(*number).map(Value::Int).map_err(|_| OVERFLOW.to_owned()),
        Value::Double(number) if number.abs() < 9_223_372_036_854_775_000.0 => Ok(Value::Int(*number as i64)),
        Value::Double(_) => Err(OVERFLOW.to_owned()),
        Value::String(text) => text.parse().map(Value::Int).map_err(|_| unreadable("int")),
        Value::Timestamp(seconds, _) => Ok(Value::Int(*seconds)),
        Value::Duration(nanos) => Ok(Value::Int(*nanos)),
        _ => return None,
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what does not fit is refused first")]
fn uint(value: &Value) -> Option<Outcome> {
    const OVERFLOW: &str = "unsigned integer overflow";
    Some(match value {
        Value::Uint(number) => Ok(Value::Uint(*number)),
        Value::Int(number) => u64::try_from(*number).map(Value::Uint).map_err(|_| OVERFLOW.to_owned()),
        Value::Double(number) if (0.0..18_446_744_073_709_550_000.0).contains(number) => {
            Ok(Value::Uint(*number as u64))
        }
        Value::Double(_) => Err(OVERFLOW.to_owned()),
        Value::String(text) => text.parse().map(Value::Uint).map_err(|_| unreadable("uint")),
        _ => return None,
    })
}

fn unreadable(to: &str) -> String {
    format!("type conversion error from 'string' to '{to}'")
}

#[expect(clippy::cast_precision_loss, reason = "as the server converts them")]
fn double(value: &Value) -> Option<Outcome> {
    Some(match value {
        Value::Double(number) => Ok(Value::Double(*number)),
        Value::Int(number) => Ok(Value::Double(*number as f64)),
        Value::Uint(number) => Ok(Value::Double(*number as f64)),
        Value::String(text) => text.parse().map(Value::Double).map_err(|_| unreadable("double")),
        _ => return None,
    })
}

fn string(value: &Value) -> Option<Outcome> {
    Some(match value {
        Value::Bytes(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Value::string(text)),
            Err(_) => Err("invalid UTF-8 in bytes, cannot convert to string".to_owned()),
        },
        Value::String(_)
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Uint(_)
        | Value::Double(_)
        | Value::Duration(_)
        | Value::Timestamp(..)
        | Value::Ip(_)
        | Value::Cidr(..) => Ok(Value::string(formatting::plain(value))),
        _ => return None,
    })
}
