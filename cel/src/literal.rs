//! Values as they are written.

use crate::ast::Literal;

type Read = Result<Literal, &'static str>;

pub(crate) fn int(text: &str, is_negative: bool) -> Read {
    let (digits, radix) = text.strip_prefix("0x").map_or((text, 10), |digits| (digits, 16));
    let signed = if is_negative { format!("-{digits}") } else { digits.to_owned() };
    i64::from_str_radix(&signed, radix).map(Literal::Int).map_err(|_| "invalid int literal")
}

pub(crate) fn uint(text: &str) -> Read {
    let text = &text[..text.len() - 1];
    let (digits, radix) = text.strip_prefix("0x").map_or((text, 10), |digits| (digits, 16));
    u64::from_str_radix(digits, radix).map(Literal::Uint).map_err(|_| "invalid uint literal")
}

pub(crate) fn double(text: &str, is_negative: bool) -> Read {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Literal::Double(if is_negative { -number } else { number })),
        _ => Err("invalid double literal"),
    }
}

pub(crate) fn string(text: &str) -> Read {
    let bytes = unescape(text, false)?;
    String::from_utf8(bytes).map(Literal::String).map_err(|_| "unable to unescape string")
}

pub(crate) fn bytes(text: &str) -> Read {
    unescape(text, true).map(Literal::Bytes)
}

/// Reads a literal with its quotes; escapes in bytes stand for bytes, those in texts for characters.
fn unescape(text: &str, is_bytes: bool) -> Result<Vec<u8>, &'static str> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let raw = text.strip_prefix(['r', 'R']);
    let quoted = raw.unwrap_or(&text);
    let is_triple = quoted.len() >= 6 && (quoted.starts_with("\"\"\"") || quoted.starts_with("'''"));
    let width = if is_triple { 3 } else { 1 };
    let inner = &quoted[width..quoted.len() - width];
    if raw.is_some() {
        return Ok(inner.as_bytes().to_vec());
    }
    let mut read = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c != '\\' {
            push(&mut read, c);
            continue;
        }
        let escape = rest.chars().next().ok_or("unable to unescape string, found '\\' as last character")?;
        rest = &rest[escape.len_utf8()..];
        let length = match escape {
            'x' | 'X' | '0'..='3' => 2,
            'u' => 4,
            'U' => 8,
            _ => {
                read.push(simple(escape)?);
                continue;
            }
        };
        let digits = rest.get(..length).ok_or("unable to unescape string")?;
        rest = &rest[length..];
        let code = if escape.is_ascii_digit() {
            u32::from_str_radix(&format!("{escape}{digits}"), 8)
        } else {
            u32::from_str_radix(digits, 16)
        };
        let code = code.map_err(|_| "unable to unescape string")?;
        if is_bytes {
            // Characters by their number have no place in bytes.
            read.push(u8::try_from(code).ok().filter(|_| length == 2).ok_or("unable to unescape string")?);
        } else {
            push(&mut read, char::from_u32(code).ok_or("invalid unicode code point")?);
        }
    }
    Ok(read)
}

fn push(bytes: &mut Vec<u8>, c: char) {
    bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

fn simple(escape: char) -> Result<u8, &'static str> {
    Ok(match escape {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'v' => 11,
        '\\' | '\'' | '"' | '`' | '?' => u8::try_from(escape).unwrap_or_default(),
        _ => return Err("unable to unescape string"),
    })
}
