//! Characters behind a backslash, and characters as the other syntax writes them.

use std::fmt::Write as _;

use crate::error::{Error, What};

/// The largest code point; Go counts surrogates among the characters, so that one is a number here.
pub(crate) const LAST: u32 = 0x0010_FFFF;

/// Reads a text that begins with a backslash: the character that it stands for, and how much of the text that takes.
pub(crate) fn escape(text: &str) -> Result<(u32, usize), Error> {
    let mut chars = text.char_indices().skip(1);
    let Some((_, c)) = chars.next() else { return Err(Error::new(What::TrailingBackslash, "")) };
    let end = 1 + c.len_utf8();
    let known = match c {
        'a' => 7,
        'f' => 12,
        'n' => 10,
        'r' => 13,
        't' => 9,
        'v' => 11,
        'x' => return hexadecimal(text),
        // One digit alone would be a reference back, which there is not.
        '0'..='7' if c == '0' || text[end..].starts_with(is_octal) => {
            let digits = text[1..].bytes().take(3).take_while(|b| is_octal(char::from(*b))).count();
            let value = text[1..=digits].bytes().fold(0, |value, digit| value * 8 + u32::from(digit - b'0'));
            return Ok((value, 1 + digits));
        }
        _ if c.is_ascii() && !c.is_ascii_alphanumeric() => u32::from(c),
        _ => return Err(Error::new(What::Escape, &text[..end])),
    };
    Ok((known, end))
}

fn is_octal(c: char) -> bool {
    matches!(c, '0'..='7')
}

/// `\x7F` or `\x{10FFFF}`.
fn hexadecimal(text: &str) -> Result<(u32, usize), Error> {
    let wrong = |end: usize| Err(Error::new(What::Escape, &text[..end]));
    let mut value = 0;
    let in_braces = text[2..].starts_with('{');
    let start = if in_braces { 3 } else { 2 };
    for (number, (at, c)) in text[start..].char_indices().enumerate() {
        let end = start + at + c.len_utf8();
        match c.to_digit(16) {
            // Go looks at both characters before it says that one is no digit.
            Some(digit) if !in_braces && number == 1 => return Ok((value * 16 + digit, end)),
            None if !in_braces && number == 0 => {
                return wrong(end + text[end..].chars().next().map_or(0, char::len_utf8));
            }
            None if in_braces && c == '}' && number > 0 => return Ok((value, end)),
            Some(digit) if value * 16 + digit <= LAST => value = value * 16 + digit,
            _ => return wrong(end),
        }
    }
    wrong(text.len())
}

/// Writes a character so that it means itself, in a class and outside. No surrogate, which is no character to Rust.
pub(crate) fn literal(c: u32, out: &mut String) {
    let Some(c) = char::from_u32(c) else { return };
    match c {
        '_' | '<' | '>' | ' ' => out.push(c),
        _ if c.is_ascii_punctuation() => out.extend(['\\', c]),
        _ if c.is_control() => {
            // A text takes whatever is written to it.
            let _ = write!(out, "\\x{{{:X}}}", u32::from(c));
        }
        _ => out.push(c),
    }
}
