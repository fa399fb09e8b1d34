//! The table of functions, read.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::table;
use crate::types::{OPTIONAL, Param, Type};

/// One way to call a function.
#[derive(Debug)]
pub(crate) struct Overload {
    /// Whether the first argument is a target.
    pub(crate) is_method: bool,
    pub(crate) args: Vec<Type>,
    pub(crate) result: Type,
}

/// The overloads of a function; none if there is no such function.
pub(crate) fn find(name: &str) -> Option<&'static [Overload]> {
    functions().get(name).map(Vec::as_slice)
}

/// The ways to call a function, as `target.name(arguments) -> result`.
pub fn signatures(name: &str) -> Vec<String> {
    let of = |overload: &Overload| {
        let mut args: Vec<String> = overload.args.iter().map(ToString::to_string).collect();
        let target = if overload.is_method { format!("{}.", args.remove(0)) } else { String::new() };
        format!("{target}{name}({}) -> {}", args.join(", "), overload.result)
    };
    find(name).into_iter().flatten().map(of).collect()
}

/// The names of all functions that can be written, without operators.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    functions()
        .keys()
        .copied()
        .filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.contains('@'))
}

/// Types with methods, whose names stand before the dot of a signature.
const OPAQUE: &[&str] = &[
    "kubernetes.Quantity",
    "kubernetes.URL",
    "kubernetes.Semver",
    "kubernetes.NamedFormat",
    "kubernetes.authorization.Authorizer",
    "kubernetes.authorization.Decision",
    "kubernetes.authorization.GroupCheck",
    "kubernetes.authorization.PathCheck",
    "kubernetes.authorization.ResourceCheck",
    "net.CIDR",
    "net.IP",
];

fn functions() -> &'static HashMap<&'static str, Vec<Overload>> {
    static FUNCTIONS: OnceLock<HashMap<&'static str, Vec<Overload>>> = OnceLock::new();
    FUNCTIONS.get_or_init(|| {
        let mut functions: HashMap<_, Vec<_>> = HashMap::new();
        for row in table::ALL.iter().copied().flatten() {
            if let Some((name, overload)) = read(row) {
                functions.entry(name).or_default().push(overload);
            }
        }
        functions
    })
}

/// Reads `target.name(args) -> result`.
fn read(row: &'static str) -> Option<(&'static str, Overload)> {
    let (call, result) = row.rsplit_once(" -> ")?;
    let result = whole(result)?;
    if call.starts_with(|c: char| !c.is_ascii_alphabetic()) {
        let open =
            call.rfind('(').filter(|_| !call.contains("list(") && !call.contains("map(") && !call.contains("type("));
        let open = open.or_else(|| call.find('('))?;
        return Some((&call[..open], Overload { is_method: false, args: arguments(&call[open..])?, result }));
    }
    if let Some((target, rest)) = of_type(call)
        && let Some(method) = rest.strip_prefix('.')
    {
        let open = method.find('(')?;
        let mut args = vec![target];
        args.extend(arguments(&method[open..])?);
        return Some((&method[..open], Overload { is_method: true, args, result }));
    }
    let open = call.find('(')?;
    Some((&call[..open], Overload { is_method: false, args: arguments(&call[open..])?, result }))
}

fn whole(text: &'static str) -> Option<Type> {
    of_type(text).filter(|(_, rest)| rest.is_empty()).map(|(found, _)| found)
}

/// Reads `(type, type)`.
fn arguments(text: &'static str) -> Option<Vec<Type>> {
    let mut rest = text.strip_prefix('(')?.strip_suffix(')')?;
    let mut args = Vec::new();
    while !rest.is_empty() {
        let (arg, after) = of_type(rest)?;
        args.push(arg);
        rest = after.strip_prefix(", ").unwrap_or(after);
    }
    Some(args)
}

/// Reads a type, and gives what follows it.
fn of_type(text: &'static str) -> Option<(Type, &'static str)> {
    let inner = |name: &str| text.strip_prefix(name).and_then(|rest| rest.strip_prefix('('));
    if let Some(rest) = inner("list") {
        let (item, rest) = of_type(rest)?;
        return Some((Type::list(item), rest.strip_prefix(')')?));
    }
    if let Some(rest) = inner("map") {
        let (key, rest) = of_type(rest)?;
        let (value, rest) = of_type(rest.strip_prefix(", ")?)?;
        return Some((Type::map(key, value), rest.strip_prefix(')')?));
    }
    if let Some(rest) = inner(OPTIONAL) {
        let (value, rest) = of_type(rest)?;
        return Some((Type::optional(value), rest.strip_prefix(')')?));
    }
    if let Some(rest) = inner("type") {
        let (of, rest) = of_type(rest)?;
        return Some((Type::Type(Some(of.into())), rest.strip_prefix(')')?));
    }
    for name in OPAQUE {
        if let Some(rest) = text.strip_prefix(name).filter(|rest| !rest.starts_with(|c: char| c.is_alphanumeric())) {
            return Some((Type::Opaque(name, [].into()), rest));
        }
    }
    let length = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let (name, rest) = text.split_at(length);
    let found = match name {
        "bool" => Type::Bool,
        "int" => Type::Int,
        "uint" => Type::Uint,
        "double" => Type::Double,
        "string" => Type::String,
        "bytes" => Type::Bytes,
        "duration" => Type::Duration,
        "timestamp" => Type::Timestamp,
        "dyn" => Type::Dyn,
        _ => match name.as_bytes() {
            [letter @ b'A'..=b'Z'] => Type::Param(Param::Letter(*letter)),
            _ => return None,
        },
    };
    // What is called like a function is one: `string(int)`, `duration(string)`.
    if rest.starts_with('(') { None } else { Some((found, rest)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_as_it_is_written() {
        for row in table::ALL.iter().copied().flatten() {
            let (name, _) = read(row).unwrap_or_else(|| panic!("{row}"));
            assert!(signatures(name).contains(&(*row).to_owned()), "{row}: {:?}", signatures(name));
        }
        assert_eq!(find("size").map(<[_]>::len), Some(8));
    }
}
