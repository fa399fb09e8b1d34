//! Strings.

use super::{Read, Reader};

const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGHS: u64 = ONES << 7;
/// How many words are looked at one by one; longer strings go by blocks.
const WORDS: usize = 6;
/// The length of a block.
const BLOCK: usize = 32;

impl Reader<'_> {
    /// Reads a string.
    #[inline]
    pub(crate) fn string(&mut self) -> Read<&str> {
        self.expect(b'"')?;
        let (text, start) = (self.text, self.at);
        let end = text_end(text.as_bytes(), start)?;
        if text.as_bytes()[end] == b'"' {
            self.at = end + 1;
            return text.get(start..end);
        }
        self.unescape(start, end)?;
        Some(&self.unescaped)
    }

    /// Reads a key and the colon behind it.
    #[inline]
    pub(crate) fn key(&mut self) -> Read<&str> {
        self.expect(b'"')?;
        let (text, start) = (self.text, self.at);
        let end = text_end(text.as_bytes(), start)?;
        if text.as_bytes().get(end..)?.starts_with(b"\":") {
            self.at = end + 2;
            return text.get(start..end);
        }
        // One with escapes, or with white space behind it.
        self.unescape(start, end)?;
        self.expect(b':')?;
        Some(&self.unescaped)
    }

    /// Reads a key as [`key`](Self::key) does, and returns with it its [`start_to_sort`].
    #[inline]
    pub(crate) fn key_to_sort(&mut self) -> Read<(&str, u64)> {
        self.token()?;
        let word = self.start_of_key()?;
        let key = self.key()?;
        let start = if key.len() < 8 { word & !(u64::MAX << (8 * key.len())) } else { word };
        // Wherever an escape begins in these bytes, it stands for one of those of the key.
        let start = if has_zero(start ^ (ONES * u64::from(b'\\'))) { start_to_sort(key) } else { start.swap_bytes() };
        Some((key, start))
    }

    /// Returns the eight bytes behind the quote that a key begins with.
    #[inline]
    pub(crate) fn start_of_key(&self) -> Option<u64> {
        let (first, rest) = self.text.as_bytes().get(self.at..)?.split_first()?;
        (*first == b'"').then(|| first_word(rest))
    }

    /// Goes behind a key that has the right start, if it is this one: `"name":`.
    #[inline]
    pub(crate) fn go_behind_key(&mut self, key: &str) -> bool {
        // The quote and the start have been compared.
        let is_key = key.len() <= 9
            || self
                .text
                .as_bytes()
                .get(self.at..self.at + key.len())
                .is_some_and(|found| is_same(found, key.as_bytes()));
        if is_key {
            self.at += key.len();
        }
        is_key
    }

    /// Reads a string that goes on with a backslash, or that ends there.
    #[cold]
    fn unescape(&mut self, mut start: usize, mut end: usize) -> Read {
        self.unescaped.clear();
        loop {
            self.unescaped.push_str(self.text.get(start..end)?);
            self.at = end + 1;
            match self.text.as_bytes()[end] {
                b'"' => return Some(()),
                b'\\' => {}
                _ => return None,
            }
            let escape = self.byte()?;
            self.at += 1;
            let meant = match escape {
                b'"' | b'\\' | b'/' => char::from(escape),
                b'b' => '\x08',
                b'f' => '\x0c',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'u' => self.unicode()?,
                _ => return None,
            };
            self.unescaped.push(meant);
            start = self.at;
            end = text_end(self.text.as_bytes(), start)?;
        }
    }

    /// Reads the digits behind `\u`, and the second half of a pair.
    fn unicode(&mut self) -> Read<char> {
        let unit = self.hex()?;
        if !(0xd800..0xdc00).contains(&unit) {
            // The second half of a pair alone is no character.
            return char::from_u32(unit);
        }
        self.text.as_bytes().get(self.at..)?.starts_with(b"\\u").then(|| self.at += 2)?;
        let low = self.hex()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
        char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + low)
    }

    fn hex(&mut self) -> Read<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        // Rust would take a sign.
        let are_digits = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        are_digits.then(|| u32::from_str_radix(digits, 16).ok())?
    }
}

/// Returns the first eight bytes of a key as a number that is sorted as they are.
pub(crate) fn start_to_sort(key: &str) -> u64 {
    first_word(key.as_bytes()).swap_bytes()
}

/// Compares texts of one length which begin alike, without a call if they are short.
#[inline]
fn is_same(a: &[u8], b: &[u8]) -> bool {
    a.last_chunk::<8>() == b.last_chunk() && (a.len() <= 17 || a == b)
}

/// Returns the first eight bytes, or as many as there are.
#[inline]
fn first_word(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or_else(|| last_word(bytes), |word| u64::from_le_bytes(*word))
}

/// Returns the word that fewer than eight bytes begin.
#[cold]
fn last_word(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// Finds the bytes of a word that cannot stand in a string: quotes, backslashes and control characters. The first one found is one; later ones may be none.
#[inline]
const fn ends(word: u64) -> u64 {
    let quotes = word ^ (ONES * b'"' as u64);
    let backslashes = word ^ (ONES * b'\\' as u64);
    let zeros = (quotes.wrapping_sub(ONES) & !quotes) | (backslashes.wrapping_sub(ONES) & !backslashes);
    (zeros | (word.wrapping_sub(ONES * 0x20) & !word)) & HIGHS
}

/// Tells whether one of the bytes is zero.
#[inline]
const fn has_zero(word: u64) -> bool {
    word.wrapping_sub(ONES) & !word & HIGHS != 0
}

#[inline]
const fn byte_of(ends: u64) -> usize {
    ends.trailing_zeros() as usize / 8
}

/// Finds the first byte that cannot stand in a string.
#[inline]
fn text_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let (words, _) = rest.as_chunks();
    for (index, word) in words.iter().take(WORDS).enumerate() {
        let ends = ends(u64::from_le_bytes(*word));
        if ends != 0 {
            return Some(at + index * 8 + byte_of(ends));
        }
    }
    far_end(rest, words.len().min(WORDS) * 8).map(|end| at + end)
}

/// The same for long strings, and for the end of the text.
#[cold]
fn far_end(rest: &[u8], start: usize) -> Option<usize> {
    let (blocks, _) = rest[start..].as_chunks::<BLOCK>();
    let ends = |byte: &u8| *byte == b'"' || *byte == b'\\' || *byte < b' ';
    let plain = blocks.iter().take_while(|block| !block.iter().fold(false, |found, byte| found | ends(byte))).count();
    let start = start + plain * BLOCK;
    rest[start..].iter().position(ends).map(|length| start + length)
}
