//! Objects, and what becomes of them.

use crate::corpus::Corpus;
use crate::random::Random;

/// What stands in JSON, and what nearly does.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    " ",
    "\n",
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "1.5",
    "1e3",
    "1E-400",
    "1e400",
    "01",
    ".5",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "123456789012345678901234567890.5",
    "{}",
    "[]",
    "\"\"",
    "\"a\":",
    ",\"a\":1",
    "\\n",
    "\\u00e9",
    "\\ud83d\\ude00",
    "\\ud83d",
    "\\ude00",
    "\\u12",
    "\\x",
    "\u{1}",
    "\u{7f}",
    "é",
    "😀",
    "\u{feff}",
    "[[[[[[[[[[[[[[[[",
    "]]]]]]]]]]]]]]]]",
    "{\"a\":{\"a\":{\"a\":",
    "}}}",
    "\"kind\":null,",
    "\"managedFields\":[{\"a\":\"]\"}],",
    "\"metadata\":{},",
    "\"2Gi\"",
];

/// Returns an object, mostly with something done to it, or JSON of any shape in an object.
pub(crate) fn document(corpus: &Corpus, random: &mut Random) -> Vec<u8> {
    let mut bytes = if random.once_in(2) { corpus.object(random).as_bytes().to_vec() } else { any_object(random) };
    if random.once_in(8) {
        bytes = spaced(&bytes, random);
    }
    for _ in 0..random.below(4) {
        mutate(&mut bytes, random);
    }
    bytes
}

/// Does something to bytes.
pub(crate) fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    let start = random.below(bytes.len() + 1);
    let end = (start + random.below(12)).min(bytes.len());
    match random.below(6) {
        0 => drop(bytes.drain(start..end)),
        1 => drop(bytes.splice(start..end, random.pick(PIECES).bytes())),
        2 => drop(bytes.splice(start..start, random.pick(PIECES).bytes())),
        3 => {
            let copy = bytes[start..end].to_vec();
            let at = random.below(bytes.len() + 1);
            drop(bytes.splice(at..at, copy));
        }
        4 if start < end => bytes[start] ^= 1 << random.below(8),
        _ if random.once_in(4) => bytes.truncate(start),
        _ => {}
    }
}

/// Puts white space between tokens, where there may be some.
fn spaced(text: &[u8], random: &mut Random) -> Vec<u8> {
    let (mut out, mut in_string, mut escaped) = (Vec::new(), false, false);
    for byte in text {
        let is_token = !in_string && b"{}[]:,".contains(byte);
        if is_token && random.once_in(3) {
            out.extend_from_slice(random.pick::<str>(&[" ", "\n\t", "\r\n    "]).as_bytes());
        }
        out.push(*byte);
        if is_token && random.once_in(3) {
            out.push(b' ');
        }
        in_string ^= *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
    }
    out
}

fn any_object(random: &mut Random) -> Vec<u8> {
    let mut out = Vec::new();
    fields(&mut out, random, 0);
    out
}

fn value(out: &mut Vec<u8>, random: &mut Random, depth: usize) {
    match random.below(if depth < 6 { 8 } else { 5 }) {
        0 => out.extend_from_slice(random.pick::<str>(&["null", "true", "false", "\"\"", "{}", "[]"]).as_bytes()),
        1 => number(out, random),
        2..=4 => string(out, random),
        5 => {
            out.push(b'[');
            for index in 0..random.below(6) {
                if index > 0 {
                    out.push(b',');
                }
                value(out, random, depth + 1);
            }
            out.push(b']');
        }
        6 if random.once_in(40) => {
            let levels = 110 + random.below(30);
            out.extend(std::iter::repeat_n(b'[', levels).chain(std::iter::repeat_n(b']', levels)));
        }
        _ => fields(out, random, depth + 1),
    }
}

fn fields(out: &mut Vec<u8>, random: &mut Random, depth: usize) {
    out.push(b'{');
    for index in 0..random.below(6) {
        if index > 0 {
            out.push(b',');
        }
        if random.once_in(4) {
            out.extend_from_slice(
                random.pick::<str>(&["\"kind\"", "\"metadata\"", "\"managedFields\"", "\"a\""]).as_bytes(),
            );
        } else {
            string(out, random);
        }
        out.push(b':');
        value(out, random, depth);
    }
    out.push(b'}');
}

fn number(out: &mut Vec<u8>, random: &mut Random) {
    let text = match random.below(5) {
        0 => random.below(1000).to_string(),
        1 => (random.next() >> random.below(64)).cast_signed().to_string(),
        2 => (random.next() >> random.below(64)).to_string(),
        3 => format!("-{}.{}", random.below(1000), random.next() >> random.below(64)),
        _ => format!("{}e{}{}", random.below(10), random.pick::<str>(&["", "+", "-"]), random.below(320)),
    };
    out.extend_from_slice(text.as_bytes());
}

fn string(out: &mut Vec<u8>, random: &mut Random) {
    out.push(b'"');
    let length = if random.once_in(6) { random.below(200) } else { random.below(20) };
    for _ in 0..length {
        match random.below(40) {
            0 => out.extend_from_slice(
                random.pick::<str>(&["\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\ud83d\\ude00", "\\u0000"]).as_bytes(),
            ),
            1 => out
                .extend_from_slice(random.pick::<str>(&["é", "😀", "\u{7f}", "{", "}", "[", "]", ",", ":"]).as_bytes()),
            letter => out.push(b"abcdefghijklmnopqrstuvwxyz-./0123456789 _"[letter]),
        }
    }
    out.push(b'"');
}
