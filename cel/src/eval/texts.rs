//! Texts.

use super::value::{Outcome, Value};
use super::{Library, formatting};

pub(super) fn call(name: &str, args: &[Value], library: &dyn Library) -> Option<Outcome> {
    if name == "format"
        && let [Value::String(format), Value::List(list)] = args
    {
        return Some(formatting::format(format, &list.items).map(Value::string));
    }
    if name == "join" {
        return join(args);
    }
    let texts: Vec<&str> = args.iter().map_while(Value::text).collect();
    let number = match args.get(texts.len()) {
        None => None,
        Some(Value::Int(number)) if args.len() == texts.len() + 1 || args.len() == texts.len() + 2 => Some(*number),
        Some(_) => return None,
    };
    let second = match args.get(texts.len() + 1) {
        Some(Value::Int(number)) => Some(*number),
        Some(_) => return None,
        None => None,
    };
    Some(Ok(match (name, texts.as_slice(), number, second) {
        ("contains", [text, part], None, None) => Value::Bool(text.contains(part)),
        ("startsWith", [text, part], None, None) => Value::Bool(text.starts_with(part)),
        ("endsWith", [text, part], None, None) => Value::Bool(text.ends_with(part)),
        ("matches", [text, pattern], None, None) => {
            return Some(library.find(pattern, text, 1).map(|found| Value::Bool(!found.is_empty())));
        }
        ("find", [text, pattern], None, None) => {
            let found = library.find(pattern, text, 1).map_err(|why| illegal(&why));
            return Some(found.map(|found| Value::string(found.first().map_or("", String::as_str))));
        }
        ("findAll", [text, pattern], most, None) => {
            let most = most.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
            return Some(library.find(pattern, text, most).map_err(|why| illegal(&why)).map(Value::texts));
        }
        ("lowerAscii", [text], None, None) => Value::string(text.to_ascii_lowercase()),
        ("upperAscii", [text], None, None) => Value::string(text.to_ascii_uppercase()),
        ("trim", [text], None, None) => Value::string(text.trim()),
        ("strings.quote", [text], None, None) => Value::string(quoted(text)),
        ("replace", [text, from, to], None, None) => Value::string(text.replace(from, to)),
        ("replace", [text, from, to], Some(count), None) => match usize::try_from(count) {
            Ok(count) => Value::string(text.replacen(from, to, count)),
            Err(_) => Value::string(text.replace(from, to)),
        },
        ("split", [text, separator], count, None) => split(text, separator, count),
        ("charAt", [text], Some(at), None) => {
            let found = usize::try_from(at).ok().filter(|at| *at <= text.chars().count());
            return Some(
                found
                    .map(|at| Value::string(text.chars().nth(at).map(String::from).unwrap_or_default()))
                    .ok_or_else(|| out_of_range(at)),
            );
        }
        ("substring", [text], Some(start), end) => return Some(substring(text, start, end)),
        ("indexOf", [text, part], offset, None) => return Some(index_of(text, part, offset.unwrap_or(0))),
        ("lastIndexOf", [text, part], offset, None) => return Some(last_index_of(text, part, offset)),
        _ => return None,
    }))
}

fn illegal(why: &str) -> String {
    format!("Illegal regex: {why}")
}

fn out_of_range(at: i64) -> String {
    format!("index out of range: {at}")
}

fn join(args: &[Value]) -> Option<Outcome> {
    let (list, separator) = match args {
        [Value::List(list)] => (list, ""),
        [Value::List(list), Value::String(separator)] => (list, &**separator),
        _ => return None,
    };
    let texts: Option<Vec<&str>> = list.items.iter().map(Value::text).collect();
    Some(texts.map(|texts| Value::string(texts.join(separator))).ok_or_else(|| super::NO_OVERLOAD.to_owned()))
}

fn split(text: &str, separator: &str, count: Option<i64>) -> Value {
    let all = || -> Vec<String> {
        if separator.is_empty() {
            text.chars().map(String::from).collect()
        } else {
            text.split(separator).map(str::to_owned).collect()
        }
    };
    let mut parts = match count {
        Some(0) => Vec::new(),
        _ => all(),
    };
    if let Some(most) =
        count.and_then(|count| usize::try_from(count).ok()).filter(|most| *most > 0 && parts.len() > *most)
    {
        let rest = parts.split_off(most - 1).join(separator);
        parts.push(rest);
    }
    Value::texts(parts)
}

fn substring(text: &str, start: i64, end: Option<i64>) -> Outcome {
    let length = text.chars().count();
    let end_or_length = end.unwrap_or(i64::try_from(length).unwrap_or(i64::MAX));
    if end.is_some() && start > end_or_length {
        return Err(format!("invalid substring range. start: {start}, end: {end_or_length}"));
    }
    let inside = |at: i64| usize::try_from(at).ok().filter(|at| *at <= length).ok_or_else(|| out_of_range(at));
    let (start, end) = (inside(start)?, inside(end_or_length)?);
    Ok(Value::string(text.chars().skip(start).take(end - start).collect::<String>()))
}

fn index_of(text: &str, part: &str, offset: i64) -> Outcome {
    let from = usize::try_from(offset).map_err(|_| out_of_range(offset))?;
    let (text, part): (Vec<char>, Vec<char>) = (text.chars().collect(), part.chars().collect());
    if part.is_empty() {
        return Ok(Value::count(from.min(text.len())));
    }
    let found = (from..text.len()).find(|at| text[*at..].starts_with(&part));
    Ok(found.map_or(Value::Int(-1), Value::count))
}

fn last_index_of(text: &str, part: &str, offset: Option<i64>) -> Outcome {
    let (text, part): (Vec<char>, Vec<char>) = (text.chars().collect(), part.chars().collect());
    let from = match offset {
        None if part.is_empty() => return Ok(Value::count(text.len())),
        None => text.len().saturating_sub(1),
        Some(offset) => usize::try_from(offset).map_err(|_| out_of_range(offset))?,
    };
    if part.is_empty() {
        return Ok(Value::count(from.min(text.len())));
    }
    if from >= text.len() {
        return Ok(Value::Int(-1));
    }
    let found = (0..=from).rev().find(|at| text[*at..].starts_with(&part));
    Ok(found.map_or(Value::Int(-1), Value::count))
}

/// A text as an expression would write it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{b}' => quoted.push_str("\\v"),
            '\\' => quoted.push_str("\\\\"),
            '"' => quoted.push_str("\\\""),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
