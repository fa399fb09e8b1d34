//! Texts of `format` against the values that fill them.

use crate::source::Problem;
use crate::types::Type;

/// A call of `format` on a constant text, with the values that are written beside it.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) at: usize,
    pub(crate) text: String,
    pub(crate) args: Vec<(usize, Type)>,
}

/// What is wrong with a call, if anything is.
pub(crate) fn check(call: &Call) -> Option<Problem> {
    let wrong = |message: String| Some(Problem::new(call.at, message));
    let mut filled = 0;
    let mut rest = call.text.as_str();
    while let Some(at) = rest.find('%') {
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            rest = after;
            continue;
        }
        let Some((place, arg)) = call.args.get(filled) else {
            return wrong(format!("index {filled} out of range"));
        };
        filled += 1;
        let clause =
            rest.strip_prefix('.').map_or(rest, |after| after.trim_start_matches(|c: char| c.is_ascii_digit()));
        let Some(letter) = clause.chars().next() else {
            let why = if rest.is_empty() {
                "unexpected end of string"
            } else {
                "could not parse formatting clause: error while parsing precision: could not find end of precision specifier"
            };
            return wrong(why.to_owned());
        };
        rest = &clause[letter.len_utf8()..];
        let (takes, what): (fn(&Type) -> bool, &str) = match letter {
            's' => continue,
            'd' => (is_integer, "decimal clause can only be used on integers"),
            'f' => (is_double, "fixed-point clause can only be used on doubles"),
            'e' => (is_double, "scientific clause can only be used on doubles"),
            'b' => {
                (|of| is_integer(of) || matches!(of, Type::Bool), "only integers and bools can be formatted as binary")
            }
            'x' | 'X' => (
                |of| is_integer(of) || matches!(of, Type::String | Type::Bytes),
                "only integers, byte buffers, and strings can be formatted as hex",
            ),
            'o' => (is_integer, "octal clause can only be used on integers"),
            other => {
                return wrong(format!("could not parse formatting clause: unrecognized formatting clause \"{other}\""));
            }
        };
        if !takes(arg) && !arg.is_dyn() {
            let message = format!("error during formatting: {what}, was given {}", name_of(arg));
            return Some(Problem::new(*place, message));
        }
    }
    let given = call.args.len();
    if given > filled {
        return wrong(format!("too many arguments supplied to string.format (expected {filled}, got {given})"));
    }
    None
}

fn is_integer(of: &Type) -> bool {
    matches!(of, Type::Int | Type::Uint)
}

/// Texts too, since not every number has digits.
fn is_double(of: &Type) -> bool {
    matches!(of, Type::Double | Type::String)
}

/// The name of a type without what is in it.
fn name_of(of: &Type) -> String {
    match of {
        Type::List(_) => "list".to_owned(),
        Type::Map(_) => "map".to_owned(),
        Type::Null => "null_type".to_owned(),
        Type::Duration => "google.protobuf.Duration".to_owned(),
        Type::Timestamp => "google.protobuf.Timestamp".to_owned(),
        Type::Opaque(name, _) => (*name).to_owned(),
        other => other.to_string(),
    }
}
