//! Finding the end of a JSON value without reading it.

use memchr::memchr2;

use crate::json::{Brackets, is_space};

/// How far a value has been looked through.
///
/// Nothing is checked but what its end depends on; whoever reads the value checks the rest.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Scan {
    /// An object or a list: its end is its last bracket.
    Nested(Brackets),
    /// A string.
    String(Text),
    /// A number, `true`, `false` or `null`: its end is what cannot belong to it.
    Bare,
}

/// Where in relation to a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    Outside,
    Inside,
    /// Behind a backslash.
    Escaped,
}

impl Scan {
    /// Begins a value by its first byte.
    pub(crate) fn begin(first: u8) -> Option<Self> {
        match first {
            b'{' | b'[' => Some(Self::Nested(Brackets::default())),
            b'"' => Some(Self::String(Text::Outside)),
            b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => Some(Self::Bare),
            _ => None,
        }
    }

    /// Goes on at `at`, the first byte that was not looked at. Returns where the value ends, or `None` if that is not among the bytes.
    pub(crate) fn advance(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        match self {
            Self::Nested(brackets) => brackets.advance(bytes, at),
            Self::String(text) => {
                let mut at = at;
                if *text == Text::Outside {
                    // The opening quote.
                    *text = Text::Inside;
                    at += 1;
                }
                let at = string(text, bytes, at);
                (*text == Text::Outside).then_some(at)
            }
            Self::Bare => {
                let ends = |byte: &u8| matches!(byte, b',' | b']' | b'}') || is_space(*byte);
                bytes[at..].iter().position(ends).map(|length| at + length)
            }
        }
    }
}

/// Finds the first quote or backslash. Most strings are shorter than it takes to call memchr, so a few words are looked at before.
fn quote_or_backslash(bytes: &[u8]) -> Option<usize> {
    const WORDS: usize = 4;
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHS: u64 = ONES << 7;
    let has = |word: u64, byte: u8| {
        let zeros = word ^ (ONES * u64::from(byte));
        zeros.wrapping_sub(ONES) & !zeros & HIGHS
    };
    let (words, _) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().take(WORDS).enumerate() {
        let word = u64::from_le_bytes(*word);
        // Bits above the first match may be wrong; the first one is right.
        let found = has(word, b'"') | has(word, b'\\');
        if found != 0 {
            return Some(index * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let seen = words.len().min(WORDS) * 8;
    memchr2(b'"', b'\\', &bytes[seen..]).map(|length| seen + length)
}

/// Goes to behind the closing quote, or to the end of the bytes.
fn string(text: &mut Text, bytes: &[u8], mut at: usize) -> usize {
    loop {
        if at >= bytes.len() {
            return bytes.len();
        }
        if *text == Text::Escaped {
            at += 1;
            *text = Text::Inside;
            continue;
        }
        let Some(length) = quote_or_backslash(&bytes[at..]) else { return bytes.len() };
        at += length + 1;
        if bytes[at - 1] == b'"' {
            *text = Text::Outside;
            return at;
        }
        *text = Text::Escaped;
    }
}
