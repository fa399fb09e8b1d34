//! Text to tokens.

use crate::source::Problem;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Operators and brackets, the words `in`, `true`, `false` and `null` too; the text says which.
    Symbol,
    Ident,
    /// An identifier in backticks.
    Quoted,
    Int,
    Uint,
    Float,
    String,
    Bytes,
    End,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    pub(crate) text: &'a str,
    /// Where it starts, in bytes.
    pub(crate) at: usize,
}

impl Token<'_> {
    pub(crate) fn is(&self, symbol: &str) -> bool {
        self.kind == Kind::Symbol && self.text == symbol
    }

    /// How errors print the token.
    pub(crate) fn shown(&self) -> String {
        if self.kind == Kind::End {
            return "'<EOF>'".to_owned();
        }
        format!("'{}'", self.text.replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t"))
    }
}

const TWO: [&str; 6] = ["==", "!=", "<=", ">=", "&&", "||"];
const ONE: &str = "<>[]{}().,-!?:+*/%";
const WORDS: [&str; 4] = ["in", "true", "false", "null"];

/// Cuts a text into tokens; the last one is always the end.
pub(crate) fn tokens<'a>(text: &'a str, problems: &mut Vec<Problem>) -> Vec<Token<'a>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{c}') {
            at += 1;
        } else if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else {
            match token(rest) {
                Ok((kind, length)) => {
                    tokens.push(Token { kind, text: &rest[..length], at });
                    at += length;
                }
                Err(length) => {
                    let shown = Token { kind: Kind::Ident, text: &rest[..length], at }.shown();
                    problems.push(Problem::new(at, format!("Syntax error: token recognition error at: {shown}")));
                    at += length;
                }
            }
        }
    }
    tokens.push(Token { kind: Kind::End, text: "", at });
    tokens
}

/// The kind and length of the first token, or the length of what is none.
fn token(rest: &str) -> Result<(Kind, usize), usize> {
    let bytes = rest.as_bytes();
    if let Some(found) = string(rest) {
        return found;
    }
    let first = bytes[0];
    if first.is_ascii_alphabetic() || first == b'_' {
        let length = run(bytes, |b| b.is_ascii_alphanumeric() || b == b'_');
        let kind = if WORDS.contains(&&rest[..length]) { Kind::Symbol } else { Kind::Ident };
        return Ok((kind, length));
    }
    if first.is_ascii_digit() || first == b'.' && bytes.get(1).is_some_and(u8::is_ascii_digit) {
        return Ok(number(bytes));
    }
    if first == b'`' {
        let length = run(&bytes[1..], |b| b.is_ascii_alphanumeric() || b"_.-/ ".contains(&b));
        return match bytes.get(length + 1) {
            Some(b'`') if length > 0 => Ok((Kind::Quoted, length + 2)),
            // As far as it could have been one.
            Some(_) => Err(length + 1 + next(rest, length + 1)),
            None => Err(length + 1),
        };
    }
    if TWO.iter().any(|symbol| rest.starts_with(symbol)) {
        return Ok((Kind::Symbol, 2));
    }
    if ONE.as_bytes().contains(&first) {
        return Ok((Kind::Symbol, 1));
    }
    // `=`, `&` and `|` alone: the character that should have been the second belongs to the mistake.
    if b"=&|".contains(&first) && bytes.len() > 1 {
        return Err(1 + next(rest, 1));
    }
    Err(next(rest, 0))
}

/// The length of the character at a place.
fn next(rest: &str, at: usize) -> usize {
    rest[at..].chars().next().map_or(0, char::len_utf8)
}

fn run(bytes: &[u8], is_in: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|b| !is_in(*b)).unwrap_or(bytes.len())
}

fn number(bytes: &[u8]) -> (Kind, usize) {
    let digits = |at: usize| run(&bytes[at.min(bytes.len())..], |b| b.is_ascii_digit());
    let unsigned = |at: usize| matches!(bytes.get(at), Some(b'u' | b'U'));
    if bytes.starts_with(b"0x") {
        let length = run(&bytes[2..], |b| b.is_ascii_hexdigit());
        if length > 0 {
            return if unsigned(2 + length) { (Kind::Uint, 3 + length) } else { (Kind::Int, 2 + length) };
        }
    }
    let mut length = digits(0);
    let mut kind = Kind::Int;
    if bytes.get(length) == Some(&b'.') && digits(length + 1) > 0 {
        length += 1 + digits(length + 1);
        kind = Kind::Float;
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        let exponent = digits(length + 1 + sign);
        if exponent > 0 {
            return (Kind::Float, length + 1 + sign + exponent);
        }
    }
    if kind == Kind::Int && unsigned(length) {
        return (Kind::Uint, length + 1);
    }
    (kind, length)
}

/// A string or bytes literal, if the text starts like one.
fn string(rest: &str) -> Option<Result<(Kind, usize), usize>> {
    let bytes = rest.as_bytes();
    let mut start = 0;
    let mut kind = Kind::String;
    if matches!(bytes[start], b'b' | b'B') {
        kind = Kind::Bytes;
        start += 1;
    }
    let is_raw = matches!(bytes.get(start), Some(b'r' | b'R'));
    start += usize::from(is_raw);
    let quote = *bytes.get(start).filter(|b| matches!(b, b'"' | b'\''))?;
    let is_triple = bytes[start..].starts_with(&[quote; 3]);
    let mut at = start + if is_triple { 3 } else { 1 };
    loop {
        let Some(byte) = bytes.get(at) else {
            // Two quotes that might have opened three are an empty string.
            let empty = start + 2;
            return Some(if is_triple { Ok((kind, empty)) } else { Err(at) });
        };
        match *byte {
            b if b == quote => {
                if !is_triple {
                    return Some(Ok((kind, at + 1)));
                }
                if bytes[at..].starts_with(&[quote; 3]) {
                    return Some(Ok((kind, at + 3)));
                }
                at += 1;
            }
            b'\n' | b'\r' if !is_triple => return Some(Err(at + 1)),
            b'\\' if !is_raw => match escape_length(&bytes[at..]) {
                Ok(length) => at += length,
                // What is no escape ends what could have been a string.
                Err(wrong) => return Some(Err(at + wrong + next(rest, at + wrong))),
            },
            b if b.is_ascii() => at += 1,
            _ => at += next(rest, at),
        }
    }
}

/// The length of an escape, or how far it is one.
fn escape_length(bytes: &[u8]) -> Result<usize, usize> {
    let hex = |count: usize| {
        let found = run(&bytes[2..], |b| b.is_ascii_hexdigit()).min(count);
        if found == count { Ok(2 + count) } else { Err(2 + found) }
    };
    match bytes.get(1) {
        Some(b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'"' | b'\'' | b'\\' | b'?' | b'`') => Ok(2),
        Some(b'x' | b'X') => hex(2),
        Some(b'u') => hex(4),
        Some(b'U') => hex(8),
        Some(b'0'..=b'3') => {
            let octal = run(&bytes[2..], |b| (b'0'..=b'7').contains(&b)).min(2);
            if octal == 2 { Ok(4) } else { Err(2 + octal) }
        }
        _ => Err(1),
    }
}
