//! Strings.

use std::ops::Range;

use super::{Key, Read, Reader, head};

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
        let plain = self.string_place()?;
        self.string_at(plain)
    }

    /// Reads a key and the colon behind it.
    #[inline]
    pub(crate) fn key(&mut self) -> Read<Key<'_>> {
        let text = self.text;
        let is_string = self.token()? == b'"';
        let start = self.at + 1;
        if is_string && let Some(word) = word(text.as_bytes(), start) {
            let ends = ends(word);
            let (head, end) = match ends {
                0 => (word, text_end(text.as_bytes(), start + 8)?),
                // The bytes behind the end do not count.
                _ => (word & ((ends & ends.wrapping_neg()) >> 7).wrapping_sub(1), start + byte_of(ends)),
            };
            if text.as_bytes().get(end..)?.starts_with(b"\":") {
                self.at = end + 2;
                return Some(Key { head, text: text.get(start..end)? });
            }
        }
        let plain = self.string_place()?;
        self.expect(b':')?;
        let text = self.string_at(plain)?;
        Some(Key { head: head(text.as_bytes()), text })
    }

    /// Goes behind a string and returns its place; `None` if it had escapes and stands in `unescaped`.
    #[inline]
    fn string_place(&mut self) -> Read<Option<Range<usize>>> {
        self.expect(b'"')?;
        let start = self.at;
        let end = text_end(self.text.as_bytes(), start)?;
        if self.text.as_bytes()[end] != b'"' {
            return self.unescape(start, end).map(|()| None);
        }
        self.at = end + 1;
        Some(Some(start..end))
    }

    #[inline]
    fn string_at(&self, plain: Option<Range<usize>>) -> Read<&str> {
        match plain {
            Some(range) => self.text.get(range),
            None => Some(&self.unescaped),
        }
    }

    /// Reads a string that goes on with a backslash.
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

#[inline]
fn word(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|word| u64::from_le_bytes(*word))
}

/// Finds the bytes of a word that cannot stand in a string: quotes, backslashes and control characters. The first one found is one; later ones may be none.
#[inline]
const fn ends(word: u64) -> u64 {
    let quotes = word ^ (ONES * b'"' as u64);
    let backslashes = word ^ (ONES * b'\\' as u64);
    let zeros = (quotes.wrapping_sub(ONES) & !quotes) | (backslashes.wrapping_sub(ONES) & !backslashes);
    (zeros | (word.wrapping_sub(ONES * 0x20) & !word)) & HIGHS
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
