//! From structs to JSON, straight into bytes.

use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::write::whole;
use super::{ListField, MapField, Message, Ref, TextField, shown};
use crate::decimal::put_u64;
use crate::int_or_string::IntOrString;
use crate::wire::EncodeError;

/// What the last object needed: the next one is likely of the same kind.
static LAST_LENGTH: AtomicUsize = AtomicUsize::new(0);
/// How much is set aside at most before anything is written.
const MOST_SET_ASIDE: usize = 16 * 1024;

/// Appends a message as JSON: what [`serialize`](super::serialize) and `serde_json` would make of it, byte for byte.
///
/// # Errors
///
/// A value that JSON cannot hold.
pub fn encode_json(message: &dyn Message, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let start = out.len();
    // A little more, so that one digit more does not move it all.
    out.reserve(LAST_LENGTH.load(Ordering::Relaxed).min(MOST_SET_ASIDE) * 17 / 16);
    put_message(message, out)?;
    LAST_LENGTH.store(out.len() - start, Ordering::Relaxed);
    Ok(())
}

fn put_message(message: &dyn Message, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let table = message.table();
    out.push(b'{');
    if let Some((api_version, kind)) = table.kind {
        out.extend_from_slice(b"\"apiVersion\":");
        put_text(api_version, out);
        out.extend_from_slice(b",\"kind\":");
        put_text(kind, out);
        out.push(b',');
    }
    for (field, value) in shown(message) {
        out.extend_from_slice(field.key.as_bytes());
        put(&value, out)?;
        out.push(b',');
    }
    end(b'}', out);
    Ok(())
}

fn put(value: &Ref<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    match value {
        Ref::Null => out.extend_from_slice(b"null"),
        Ref::Str(text) => put_text(text, out),
        Ref::Bool(truth) => out.extend_from_slice(if *truth { b"true" } else { b"false" }),
        Ref::Int(value) => put_integer(*value, out),
        Ref::Float(value) => match whole(*value) {
            Some(value) => put_integer(value, out),
            None => serde_json::to_writer(out, value)?,
        },
        Ref::Text(value) => put_displayed(*value, out),
        Ref::IntOrString(IntOrString::Int(value)) => put_integer((*value).into(), out),
        Ref::IntOrString(IntOrString::String(text)) => put_text(text, out),
        Ref::Choice(choice) => put(&choice.current().1, out)?,
        Ref::Bytes(bytes) => put_base64(bytes, out)?,
        Ref::Json(value) => put_value(value, out)?,
        Ref::Fields(fields) => out.extend_from_slice(fields.as_json().as_bytes()),
        Ref::Message(message) => put_message(*message, out)?,
        Ref::List(list) => put_list(*list, out)?,
        Ref::Map(map) => put_map(*map, out)?,
    }
    Ok(())
}

fn put_list(list: &dyn ListField, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    out.push(b'[');
    for index in 0..list.len() {
        put(&list.item(index), out)?;
        out.push(b',');
    }
    end(b']', out);
    Ok(())
}

fn put_map(map: &dyn MapField, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    out.push(b'{');
    let mut result = Ok(());
    map.each(&mut |key, value| {
        put_text(key, out);
        out.push(b':');
        result = put(&value, out);
        out.push(b',');
        result.is_ok()
    });
    end(b'}', out);
    result
}

/// Ends a list or an object: with a bracket in the place of the last comma, if there is one.
fn end(bracket: u8, out: &mut Vec<u8>) {
    match out.last_mut() {
        Some(last @ b',') => *last = bracket,
        _ => out.push(bracket),
    }
}

fn put_integer(value: i64, out: &mut Vec<u8>) {
    if value < 0 {
        out.push(b'-');
    }
    put_u64(value.unsigned_abs(), out);
}

fn put_value(value: &Value, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    Ok(serde_json::to_writer(out, value)?)
}

fn put_displayed(value: &dyn TextField, out: &mut Vec<u8>) {
    out.push(b'"');
    let start = out.len();
    value.put(out);
    if is_plain(&out[start..]) {
        out.push(b'"');
    } else {
        let text = out.split_off(start);
        put_escaped(&text, out);
        out.push(b'"');
    }
}

fn put_base64(bytes: &[u8], out: &mut Vec<u8>) -> Result<(), EncodeError> {
    out.push(b'"');
    let start = out.len();
    let length = base64::encoded_len(bytes.len(), true).unwrap_or_default();
    out.resize(start + length, 0);
    STANDARD.encode_slice(bytes, &mut out[start..]).map_err(|error| EncodeError::new(error.to_string()))?;
    out.push(b'"');
    Ok(())
}

fn put_text(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    if is_plain(bytes) {
        out.extend_from_slice(bytes);
    } else {
        put_escaped(bytes, out);
    }
    out.push(b'"');
}

/// Tells whether a byte stands in a string as it is.
const fn stands(byte: u8) -> bool {
    byte >= 0x20 && byte != b'"' && byte != b'\\'
}

/// Returns zero if all eight bytes stand as they are.
fn marks(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHS: u64 = ONES << 7;
    let quotes = word ^ (ONES * u64::from(b'"'));
    let backslashes = word ^ (ONES * u64::from(b'\\'));
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word;
    (below(word, 0x20) | below(quotes, 1) | below(backslashes, 1)) & HIGHS
}

/// Tells whether a text needs no escape.
fn is_plain(bytes: &[u8]) -> bool {
    let Some(last) = bytes.last_chunk::<8>() else { return is_plain_short(bytes) };
    let (blocks, rest) = bytes.as_chunks::<32>();
    // Without a branch within, which the compiler turns into a few instructions a block.
    let stand = |block: &[u8; 32]| block.iter().fold(true, |all, byte| all & stands(*byte));
    if !blocks.iter().all(stand) {
        return false;
    }
    let (words, _) = rest.as_chunks::<8>();
    // The last word overlaps the one before it.
    words.iter().fold(marks(u64::from_ne_bytes(*last)), |found, word| found | marks(u64::from_ne_bytes(*word))) == 0
}

fn is_plain_short(bytes: &[u8]) -> bool {
    let half = |bytes: &[u8; 4]| u64::from(u32::from_ne_bytes(*bytes));
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => marks(half(first) << 32 | half(last)) == 0,
        _ => bytes.iter().all(|byte| stands(*byte)),
    }
}

fn put_escaped(bytes: &[u8], out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut plain = 0;
    for (index, &byte) in bytes.iter().enumerate() {
        if stands(byte) {
            continue;
        }
        out.extend_from_slice(&bytes[plain..index]);
        plain = index + 1;
        let short = match byte {
            b'"' | b'\\' => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0c => b'f',
            _ => {
                let (high, low) = (HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]);
                out.extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
                continue;
            }
        };
        out.extend_from_slice(&[b'\\', short]);
    }
    out.extend_from_slice(&bytes[plain..]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        put_text(text, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_byte_is_written_as_serde_json_writes_it_wherever_it_stands() {
        for length in [0, 1, 3, 4, 7, 8, 9, 15, 16, 31, 32, 33, 63, 64, 71] {
            for at in 0..=length {
                for byte in 0..0x80_u8 {
                    let mut text = "a".repeat(length);
                    text.insert(at, char::from(byte));
                    assert_eq!(written(&text), serde_json::to_string(&text).unwrap());
                }
            }
        }
    }

    #[test]
    fn integers_are_written_to_their_last_digit() {
        for value in [0, 1, -1, 9, 10, 99, 100, 12_345, i64::MAX, i64::MIN] {
            let mut out = Vec::new();
            put_integer(value, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), value.to_string());
        }
    }

    proptest! {
        #[test]
        fn texts_are_written_as_serde_json_writes_them(text in any::<String>()) {
            prop_assert_eq!(written(&text), serde_json::to_string(&text).unwrap());
        }
    }
}
