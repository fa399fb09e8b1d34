//! From one type to another, and the parts of times.

use super::value::{Outcome, Value};
use super::{clock, formatting};
use crate::scalar::{self, INT_OVERFLOW, NOT_UTF_8, UINT_OVERFLOW, unreadable};
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
        ("bool", [Value::String(text)]) => Some(scalar::bool(text).map(Value::Bool).ok_or_else(|| unreadable("bool"))),
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

fn int(value: &Value) -> Option<Outcome> {
    Some(match value {
        Value::Int(number) => Ok(Value::Int(*number)),
        Value::Uint(number) => i64::try_from(*number).map(Value::Int).map_err(|_| INT_OVERFLOW.to_owned()),
        Value::Double(number) => scalar::int_of_double(*number).map(Value::Int).ok_or_else(|| INT_OVERFLOW.to_owned()),
        Value::String(text) => scalar::int(text).map(Value::Int).ok_or_else(|| unreadable("int")),
        Value::Timestamp(seconds, _) => Ok(Value::Int(*seconds)),
        Value::Duration(nanos) => Ok(Value::Int(*nanos)),
        _ => return None,
    })
}

fn uint(value: &Value) -> Option<Outcome> {
    Some(match value {
        Value::Uint(number) => Ok(Value::Uint(*number)),
        Value::Int(number) => u64::try_from(*number).map(Value::Uint).map_err(|_| UINT_OVERFLOW.to_owned()),
        Value::Double(number) => {
            scalar::uint_of_double(*number).map(Value::Uint).ok_or_else(|| UINT_OVERFLOW.to_owned())
        }
        Value::String(text) => scalar::uint(text).map(Value::Uint).ok_or_else(|| unreadable("uint")),
        _ => return None,
    })
}

#[expect(clippy::cast_precision_loss, reason = "as the server converts them")]
fn double(value: &Value) -> Option<Outcome> {
    Some(match value {
        Value::Double(number) => Ok(Value::Double(*number)),
        Value::Int(number) => Ok(Value::Double(*number as f64)),
        Value::Uint(number) => Ok(Value::Double(*number as f64)),
        Value::String(text) => scalar::double(text).map(Value::Double).ok_or_else(|| unreadable("double")),
        _ => return None,
    })
}

fn string(value: &Value) -> Option<Outcome> {
    Some(match value {
        Value::Bytes(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Value::string(text)),
            Err(_) => Err(NOT_UTF_8.to_owned()),
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
