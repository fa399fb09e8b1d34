//! Arguments written as constants that no run could take.
//!
//! The server finds them at two times: some as it checks an expression, the others as it makes a program of it, since it computes then what is the
//! same in each run. Source: `cel/validator.go` and `interpreter/decorators.go` of cel-go v0.29.2.

use crate::ast::{Expr, Literal, Node};
use crate::scalar::{self, INT_OVERFLOW, NOT_UTF_8, TIMESTAMP_OVERFLOW, UINT_OVERFLOW, is_time, unreadable};
use crate::source::Problem;
use crate::time;

/// Checks the literals that stand for durations, times and patterns.
pub(crate) fn check(expr: &Expr, problems: &mut Vec<Problem>) {
    let mut found = [Vec::new(), Vec::new(), Vec::new()];
    walk(expr, &mut found);
    problems.extend(found.into_iter().flatten());
}

fn walk(expr: &Expr, found: &mut [Vec<Problem>; 3]) {
    if let Node::Call(name, _, args) = &expr.node
        && let Some(Expr { node: Node::Literal(literal), at, .. }) = args.first()
    {
        let wrong = || Problem::new(*at, format!("invalid {name} argument"));
        match (name.as_str(), literal) {
            ("duration", Literal::String(text)) if time::duration(text).is_none() => found[0].push(wrong()),
            ("timestamp", Literal::String(text)) if time::timestamp(text).is_none() => found[1].push(wrong()),
            ("timestamp", Literal::Int(seconds)) if !is_time(*seconds) => found[1].push(wrong()),
            // The first argument is the pattern of `text.matches(pattern)`, and the text of `matches(text, pattern)`: the server takes it for the
            // pattern in both.
            ("matches", Literal::String(pattern)) => {
                if let Err(error) = kubist_regexp::check(pattern) {
                    let reason = Some(format!("{}: `{}`", error.what(), error.part()));
                    found[2].push(Problem { reason, ..wrong() });
                }
            }
            _ => {}
        }
    }
    for child in expr.children() {
        walk(child, found);
    }
}

/// Checks what a server computes as it makes a program of an expression that [`check`](crate::check()) has found right: conversions of constants,
/// and patterns.
///
/// # Errors
///
/// The first constant that no conversion takes, or pattern that Go cannot read.
pub fn instantiate(expr: &Expr) -> Result<(), Problem> {
    plan(expr).map(drop)
}

/// A value that is the same in each run, as far as a conversion asks for it.
#[derive(Clone, Debug)]
enum Constant {
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    Text(String),
    Bytes(Vec<u8>),
    Duration(i64),
    Timestamp(i64),
    /// One that no number or text can be made of, by its type.
    Other(&'static str),
}

impl Constant {
    fn of(literal: &Literal) -> Self {
        match literal {
            Literal::Null => Self::Other("null_type"),
            Literal::Bool(truth) => Self::Bool(*truth),
            Literal::Int(number) => Self::Int(*number),
            Literal::Uint(number) => Self::Uint(*number),
            Literal::Double(number) => Self::Double(*number),
            Literal::String(text) => Self::Text(text.clone()),
            Literal::Bytes(bytes) => Self::Bytes(bytes.clone()),
        }
    }

    fn type_name(&self) -> &'static str {
        match self {
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Uint(_) => "uint",
            Self::Double(_) => "double",
            Self::Text(_) => "string",
            Self::Bytes(_) => "bytes",
            Self::Duration(_) => "google.protobuf.Duration",
            Self::Timestamp(_) => "google.protobuf.Timestamp",
            Self::Other(name) => name,
        }
    }
}

/// The value of an expression, if it is the same in each run and known here.
fn plan(expr: &Expr) -> Result<Option<Constant>, Problem> {
    match &expr.node {
        Node::Literal(literal) => Ok(Some(Constant::of(literal))),
        Node::Call(name, target, args) => {
            let mut known = Vec::new();
            let args = target.as_deref().into_iter().chain(args);
            for arg in args.clone() {
                known.push(plan(arg)?);
            }
            match (name.as_str(), known.as_slice()) {
                (_, [Some(constant)]) if target.is_none() => {
                    let at = args.clone().next().map_or(expr.at, |arg| arg.at);
                    convert(name, constant).map_err(|message| Problem::new(at, message))
                }
                ("matches" | "find" | "findAll", [_, Some(Constant::Text(pattern)), ..]) => {
                    let at = args.clone().nth(1).map_or(expr.at, |arg| arg.at);
                    kubist_regexp::check(pattern).map_err(|error| Problem::new(at, error.to_string()))?;
                    Ok(None)
                }
                _ => Ok(None),
            }
        }
        other => {
            let mut is_constant = true;
            for child in expr.children() {
                is_constant &= plan(child)?.is_some();
            }
            Ok(match other {
                Node::List(..) if is_constant => Some(Constant::Other("list")),
                Node::Map(_) if is_constant => Some(Constant::Other("map")),
                _ => None,
            })
        }
    }
}

/// What a conversion makes of a constant; nothing for other functions, and where the words of a text are not known here.
fn convert(name: &str, from: &Constant) -> Result<Option<Constant>, String> {
    let read = |value: Option<Constant>, to: &str| value.map(Some).ok_or_else(|| unreadable(to));
    let fit = |value: Option<Constant>, overflow: &str| value.map(Some).ok_or_else(|| overflow.to_owned());
    match (name, from) {
        ("dyn", value)
        | ("bool", value @ Constant::Bool(_))
        | ("int", value @ Constant::Int(_))
        | ("uint", value @ Constant::Uint(_))
        | ("double", value @ Constant::Double(_))
        | ("string", value @ Constant::Text(_))
        | ("bytes", value @ Constant::Bytes(_))
        | ("duration", value @ Constant::Duration(_))
        | ("timestamp", value @ Constant::Timestamp(_)) => Ok(Some(value.clone())),
        ("type", _) => Ok(Some(Constant::Other("type"))),
        ("bool", Constant::Text(text)) => read(scalar::bool(text).map(Constant::Bool), "bool"),
        ("int", Constant::Text(text)) => read(scalar::int(text).map(Constant::Int), "int"),
        ("int", Constant::Uint(number)) => fit(i64::try_from(*number).ok().map(Constant::Int), INT_OVERFLOW),
        ("int", Constant::Double(number)) => fit(scalar::int_of_double(*number).map(Constant::Int), INT_OVERFLOW),
        ("int", Constant::Duration(number) | Constant::Timestamp(number)) => Ok(Some(Constant::Int(*number))),
        ("uint", Constant::Text(text)) => read(scalar::uint(text).map(Constant::Uint), "uint"),
        ("uint", Constant::Int(number)) => fit(u64::try_from(*number).ok().map(Constant::Uint), UINT_OVERFLOW),
        ("uint", Constant::Double(number)) => fit(scalar::uint_of_double(*number).map(Constant::Uint), UINT_OVERFLOW),
        ("double", Constant::Text(text)) => read(scalar::double(text).map(Constant::Double), "double"),
        #[expect(clippy::cast_precision_loss, reason = "as the server converts them")]
        ("double", Constant::Int(number)) => Ok(Some(Constant::Double(*number as f64))),
        #[expect(clippy::cast_precision_loss, reason = "as the server converts them")]
        ("double", Constant::Uint(number)) => Ok(Some(Constant::Double(*number as f64))),
        ("string", Constant::Bool(truth)) => Ok(Some(Constant::Text(truth.to_string()))),
        ("string", Constant::Int(number)) => Ok(Some(Constant::Text(number.to_string()))),
        ("string", Constant::Uint(number)) => Ok(Some(Constant::Text(number.to_string()))),
        ("string", Constant::Bytes(bytes)) => {
            let text = String::from_utf8(bytes.clone());
            text.map(|text| Some(Constant::Text(text))).map_err(|_| NOT_UTF_8.to_owned())
        }
        ("string", Constant::Double(_) | Constant::Duration(_) | Constant::Timestamp(_)) => Ok(None),
        ("bytes", Constant::Text(text)) => Ok(Some(Constant::Bytes(text.clone().into_bytes()))),
        ("duration", Constant::Text(text)) => {
            read(time::duration(text).map(Constant::Duration), "google.protobuf.Duration")
        }
        ("timestamp", Constant::Text(text)) => {
            let seconds = time::timestamp(text).map(|(seconds, _)| seconds);
            read(seconds.map(Constant::Timestamp), "google.protobuf.Timestamp")
        }
        ("timestamp", Constant::Int(seconds)) if is_time(*seconds) => Ok(Some(Constant::Timestamp(*seconds))),
        ("timestamp", Constant::Int(_)) => Err(TIMESTAMP_OVERFLOW.to_owned()),
        ("bool" | "int" | "uint" | "double" | "string" | "bytes" | "duration" | "timestamp", other) => {
            Err(format!("no such overload: {name}({})", other.type_name()))
        }
        _ => Ok(None),
    }
}
