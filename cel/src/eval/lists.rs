//! Lists, sets and maps.

use std::cmp::Ordering;

use super::value::{List, Outcome, Value, compare, equal};
use super::{NO_OVERLOAD, formatting};

pub(super) fn call(name: &str, args: &[Value]) -> Option<Outcome> {
    Some(match (name, args) {
        ("isSorted", [Value::List(list)]) => {
            Ok(Value::Bool(list.items.is_sorted_by(|one, other| compare(one, other).is_some_and(Ordering::is_le))))
        }
        ("sum", [Value::List(list)]) => sum(list),
        ("min", [Value::List(list)]) => extreme(list, "min", Ordering::Less),
        ("max", [Value::List(list)]) => extreme(list, "max", Ordering::Greater),
        ("indexOf", [Value::List(list), item]) => Ok(position(list.items.iter().position(|found| equal(found, item)))),
        ("lastIndexOf", [Value::List(list), item]) => {
            Ok(position(list.items.iter().rposition(|found| equal(found, item))))
        }
        ("distinct", [Value::List(list)]) => {
            let mut distinct: Vec<Value> = Vec::new();
            for item in &list.items {
                if !distinct.iter().any(|known| equal(known, item)) {
                    distinct.push(item.clone());
                }
            }
            Ok(Value::list(distinct))
        }
        ("reverse", [Value::List(list)]) => Ok(Value::list(list.items.iter().rev().cloned().collect())),
        ("sort", [Value::List(list)]) => sorted(list, &list.items),
        ("@sortByAssociatedKeys", [Value::List(list), Value::List(keys)]) => sorted(list, &keys.items),
        ("flatten", [Value::List(list)]) => Ok(Value::list(flat(list, 1))),
        ("flatten", [Value::List(_), Value::Int(depth)]) if *depth < 0 => Err("level must be non-negative".to_owned()),
        ("flatten", [Value::List(list), Value::Int(depth)]) => Ok(Value::list(flat(list, *depth))),
        ("slice", [Value::List(list), Value::Int(start), Value::Int(end)]) => slice(list, *start, *end),
        ("lists.range", [Value::Int(count)]) => Ok(Value::list((0..*count).map(Value::Int).collect())),
        ("sets.contains", [Value::List(list), Value::List(part)]) => Ok(Value::Bool(contains(list, part))),
        ("sets.equivalent", [Value::List(one), Value::List(other)]) => {
            Ok(Value::Bool(contains(one, other) && contains(other, one)))
        }
        ("sets.intersects", [Value::List(one), Value::List(other)]) => {
            Ok(Value::Bool(one.items.iter().any(|item| other.items.iter().any(|found| equal(found, item)))))
        }
        ("cel.@mapInsert", [Value::Map(map), Value::Map(more)]) => insert(&map.entries, &more.entries),
        ("cel.@mapInsert", [Value::Map(map), key, value]) => insert(&map.entries, &[(key.clone(), value.clone())]),
        _ => return None,
    })
}

fn position(found: Option<usize>) -> Value {
    found.map_or(Value::Int(-1), Value::count)
}

fn sum(list: &List) -> Outcome {
    let Some((first, rest)) = list.items.split_first() else { return Ok(Value::Int(0)) };
    rest.iter().try_fold(first.clone(), |sum, item| {
        super::operators::call("_+_", &[sum, item.clone()]).unwrap_or_else(|| Err(NO_OVERLOAD.to_owned()))
    })
}

fn extreme(list: &List, name: &str, wanted: Ordering) -> Outcome {
    let Some((first, rest)) = list.items.split_first() else { return Err(format!("{name} called on empty list")) };
    rest.iter().try_fold(first.clone(), |best, item| match compare(item, &best) {
        Some(order) if order == wanted => Ok(item.clone()),
        Some(_) => Ok(best),
        None => Err(NO_OVERLOAD.to_owned()),
    })
}

fn sorted(list: &List, keys: &[Value]) -> Outcome {
    let mut order: Vec<usize> = (0..list.items.len().min(keys.len())).collect();
    if order.iter().any(|at| compare(&keys[*at], &keys[0]).is_none()) {
        return Err("list elements must have the same type".to_owned());
    }
    order.sort_by(|one, other| compare(&keys[*one], &keys[*other]).unwrap_or(Ordering::Equal));
    Ok(Value::list(order.into_iter().map(|at| list.items[at].clone()).collect()))
}

fn flat(list: &List, depth: i64) -> Vec<Value> {
    let mut items = Vec::new();
    for item in &list.items {
        match item {
            Value::List(inner) if depth > 0 => items.extend(flat(inner, depth - 1)),
            other => items.push(other.clone()),
        }
    }
    items
}

fn slice(list: &List, start: i64, end: i64) -> Outcome {
    let wrong = |why: &str| Err(format!("cannot slice({start}, {end}), {why}"));
    if start < 0 || end < 0 {
        return wrong("negative indexes not supported");
    }
    if start > end {
        return wrong("start index must be less than or equal to end index");
    }
    let (from, to) = (usize::try_from(start).unwrap_or(usize::MAX), usize::try_from(end).unwrap_or(usize::MAX));
    match list.items.get(from..to) {
        Some(items) => Ok(Value::list(items.to_vec())),
        None => wrong(&format!("list is length {}", list.items.len())),
    }
}

fn contains(list: &List, part: &List) -> bool {
    part.items.iter().all(|item| list.items.iter().any(|found| equal(found, item)))
}

fn insert(entries: &[(Value, Value)], more: &[(Value, Value)]) -> Outcome {
    let mut all = entries.to_vec();
    for (key, value) in more {
        if all.iter().any(|(known, _)| equal(known, key)) {
            return Err(format!("insert failed: key {} already exists", formatting::plain(key)));
        }
        all.push((key.clone(), value.clone()));
    }
    Ok(Value::map(all))
}
