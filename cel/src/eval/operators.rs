//! Operators.

use std::cmp::Ordering;
use std::rc::Rc;

use super::value::{List, ListKind, Outcome, Value, compare, equal, same_keys};
use super::{NO_OVERLOAD, formatting};
use crate::scalar::{INT_OVERFLOW, TIMESTAMP_OVERFLOW, UINT_OVERFLOW, is_time};

const DURATION: &str = "duration overflow";

pub(super) fn call(name: &str, args: &[Value]) -> Option<Outcome> {
    Some(match (name, args) {
        ("!_", [Value::Bool(truth)]) => Ok(Value::Bool(!truth)),
        ("-_", [Value::Int(number)]) => number.checked_neg().map(Value::Int).ok_or_else(|| INT_OVERFLOW.to_owned()),
        ("-_", [Value::Double(number)]) => Ok(Value::Double(-number)),
        ("_==_", [one, other]) => Ok(Value::Bool(equal(one, other))),
        ("_!=_", [one, other]) => Ok(Value::Bool(!equal(one, other))),
        ("_<_", [one, other]) => ordered(one, other, Ordering::is_lt),
        ("_<=_", [one, other]) => ordered(one, other, Ordering::is_le),
        ("_>_", [one, other]) => ordered(one, other, Ordering::is_gt),
        ("_>=_", [one, other]) => ordered(one, other, Ordering::is_ge),
        ("_+_", [one, other]) => add(one, other),
        ("_-_", [one, other]) => subtract(one, other),
        ("_*_", [one, other]) => arithmetic(one, other, i64::checked_mul, u64::checked_mul, |a, b| a * b),
        ("_/_", [Value::Int(_), Value::Int(0)] | [Value::Uint(_), Value::Uint(0)]) => {
            Err("division by zero".to_owned())
        }
        ("_/_", [one, other]) => arithmetic(one, other, i64::checked_div, u64::checked_div, |a, b| a / b),
        ("_%_", [Value::Int(_), Value::Int(0)] | [Value::Uint(_), Value::Uint(0)]) => Err("modulus by zero".to_owned()),
        ("_%_", [Value::Int(one), Value::Int(other)]) => {
            one.checked_rem(*other).map(Value::Int).ok_or_else(|| INT_OVERFLOW.to_owned())
        }
        ("_%_", [Value::Uint(one), Value::Uint(other)]) => Ok(Value::Uint(one % other)),
        ("@in", [item, Value::List(list)]) => Ok(Value::Bool(list.items.iter().any(|found| equal(found, item)))),
        ("@in", [key, Value::Map(map)]) => Ok(Value::Bool(map.get(key).is_some())),
        ("_[_]", [Value::List(list), key]) => index(list, key).and_then(|value| value.clone().read()),
        ("_[_]", [Value::Map(map), key]) => match map.get(key) {
            Some(value) => value.clone().read(),
            None => Err(format!("no such key: {}", formatting::plain(key))),
        },
        _ => return None,
    })
}

fn ordered(one: &Value, other: &Value, is: fn(Ordering) -> bool) -> Outcome {
    if let (Value::Double(number), _) | (_, Value::Double(number)) = (one, other)
        && number.is_nan()
    {
        return Err("NaN values cannot be ordered".to_owned());
    }
    compare(one, other).map(|order| Value::Bool(is(order))).ok_or_else(|| NO_OVERLOAD.to_owned())
}

fn arithmetic(
    one: &Value,
    other: &Value,
    ints: fn(i64, i64) -> Option<i64>,
    uints: fn(u64, u64) -> Option<u64>,
    doubles: fn(f64, f64) -> f64,
) -> Outcome {
    match (one, other) {
        (Value::Int(one), Value::Int(other)) => {
            ints(*one, *other).map(Value::Int).ok_or_else(|| INT_OVERFLOW.to_owned())
        }
        (Value::Uint(one), Value::Uint(other)) => {
            uints(*one, *other).map(Value::Uint).ok_or_else(|| UINT_OVERFLOW.to_owned())
        }
        (Value::Double(one), Value::Double(other)) => Ok(Value::Double(doubles(*one, *other))),
        _ => Err(NO_OVERLOAD.to_owned()),
    }
}

fn add(one: &Value, other: &Value) -> Outcome {
    match (one, other) {
        (Value::String(one), Value::String(other)) => Ok(Value::string(format!("{one}{other}"))),
        (Value::Bytes(one), Value::Bytes(other)) => Ok(Value::Bytes([&**one, &**other].concat().into())),
        (Value::Duration(one), Value::Duration(other)) => {
            one.checked_add(*other).map(Value::Duration).ok_or_else(|| DURATION.to_owned())
        }
        (Value::Duration(by), Value::Timestamp(seconds, nanos))
        | (Value::Timestamp(seconds, nanos), Value::Duration(by)) => moved(*seconds, *nanos, i128::from(*by)),
        (Value::List(one), Value::List(other)) => Ok(Value::List(Rc::new(joined(one, other)))),
        _ => arithmetic(one, other, i64::checked_add, u64::checked_add, |a, b| a + b),
    }
}

/// Two lists as one; those that are sets or have keys are merged.
fn joined(one: &List, other: &List) -> List {
    let mut items = one.items.clone();
    for item in &other.items {
        let former = match &one.kind {
            ListKind::Atomic => None,
            ListKind::Set => items.iter_mut().find(|former| equal(former, item)),
            ListKind::Keyed(keys) => items.iter_mut().find(|former| same_keys(keys, former, item)),
        };
        match former {
            Some(former) => *former = item.clone(),
            None => items.push(item.clone()),
        }
    }
    List { items, kind: one.kind.clone() }
}

fn subtract(one: &Value, other: &Value) -> Outcome {
    match (one, other) {
        (Value::Duration(one), Value::Duration(other)) => {
            one.checked_sub(*other).map(Value::Duration).ok_or_else(|| DURATION.to_owned())
        }
        (Value::Timestamp(seconds, nanos), Value::Duration(by)) => moved(*seconds, *nanos, -i128::from(*by)),
        (Value::Timestamp(one, of_one), Value::Timestamp(other, of_other)) => {
            let nanos =
                (i128::from(*one) - i128::from(*other)) * 1_000_000_000 + i128::from(*of_one) - i128::from(*of_other);
            i64::try_from(nanos).map(Value::Duration).map_err(|_| DURATION.to_owned())
        }
        _ => arithmetic(one, other, i64::checked_sub, u64::checked_sub, |a, b| a - b),
    }
}

/// A point in time, by so many nanoseconds later.
pub(super) fn moved(seconds: i64, nanos: u32, by: i128) -> Outcome {
    let all = i128::from(seconds) * 1_000_000_000 + i128::from(nanos) + by;
    let seconds = i64::try_from(all.div_euclid(1_000_000_000)).map_err(|_| TIMESTAMP_OVERFLOW.to_owned())?;
    let nanos = u32::try_from(all.rem_euclid(1_000_000_000)).map_err(|_| TIMESTAMP_OVERFLOW.to_owned())?;
    if is_time(seconds) { Ok(Value::Timestamp(seconds, nanos)) } else { Err(TIMESTAMP_OVERFLOW.to_owned()) }
}

/// An item of a list.
pub(super) fn index<'a>(list: &'a List, key: &Value) -> Result<&'a Value, String> {
    let at = match key {
        Value::Int(at) => usize::try_from(*at).ok(),
        Value::Uint(at) => usize::try_from(*at).ok(),
        Value::Double(at) if at.fract() == 0.0 => format!("{at:.0}").parse().ok(),
        _ => return Err(NO_OVERLOAD.to_owned()),
    };
    at.and_then(|at| list.items.get(at)).ok_or_else(|| format!("index out of bounds: {}", formatting::plain(key)))
}
