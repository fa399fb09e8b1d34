//! Finding the end of an object or a list without reading it.

/// How many bytes are looked at together: a bit of a word for each.
const BLOCK: usize = 64;
const EVENS: u64 = 0x5555_5555_5555_5555;

/// How far an object or a list has been looked through.
///
/// Only quotes, backslashes and brackets are looked at, and their shapes are not told apart; whoever reads the value checks the rest.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Brackets {
    /// How many are open.
    depth: u32,
    /// All ones inside of a string.
    in_string: u64,
    /// One if the next byte stands behind a backslash.
    escaped: u64,
}

impl Brackets {
    /// Goes on at `at`. Returns where the value ends; `None` if that is not among the bytes, which have all been looked at then.
    pub(crate) fn advance(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let (blocks, rest) = bytes[at..].as_chunks::<BLOCK>();
        for (index, block) in blocks.iter().enumerate() {
            if let Some(length) = self.block(block, BLOCK) {
                return Some(at + index * BLOCK + length);
            }
        }
        if rest.is_empty() {
            return None;
        }
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        let length = self.block(&last, rest.len())?;
        Some(at + blocks.len() * BLOCK + length)
    }

    /// Looks at a block. Only so many bytes of it count, and those behind them are zero.
    #[inline]
    fn block(&mut self, block: &[u8; BLOCK], length: usize) -> Option<usize> {
        let backslashes = columns(block, b'\\');
        let escaped = if backslashes == 0 {
            std::mem::take(&mut self.escaped)
        } else {
            self.escape(transposed(backslashes), length)
        };
        let quotes = transposed(columns(block, b'"')) & !escaped;
        let strings = to_the_next(quotes) ^ self.in_string;
        self.in_string = (strings.cast_signed() >> 63).cast_unsigned();
        let outside = transposed(!strings);
        // Square brackets and braces differ by one bit.
        let folded = block.map(|byte| byte | 0x20);
        let mut opens = columns(&folded, b'{') & outside;
        let mut closes = columns(&folded, b'}') & outside;
        if closes.count_ones() < self.depth {
            self.depth = self.depth + opens.count_ones() - closes.count_ones();
            return None;
        }
        (opens, closes) = (transposed(opens), transposed(closes));
        while closes != 0 {
            let (open, close) = (opens.trailing_zeros(), closes.trailing_zeros());
            if open < close {
                opens &= opens - 1;
                self.depth += 1;
                continue;
            }
            closes &= closes - 1;
            self.depth -= 1;
            if self.depth == 0 {
                return Some(close as usize + 1);
            }
        }
        self.depth += opens.count_ones();
        None
    }

    /// Finds the bytes that stand behind a backslash which does not itself: of each run of backslashes, every second one counts.
    fn escape(&mut self, backslashes: u64, length: usize) -> u64 {
        let backslashes = backslashes & !self.escaped;
        let behind = backslashes << 1 | self.escaped;
        // To add a run that begins at an odd place carries a one to its end, and so to a place whose oddness is wrong.
        let odd_starts = backslashes & !EVENS & !behind;
        let (even_runs, carried) = odd_starts.overflowing_add(backslashes);
        let escaped = (EVENS ^ (even_runs << 1)) & behind;
        self.escaped = if length == BLOCK { carried.into() } else { escaped >> length & 1 };
        escaped
    }
}

/// Finds a byte: a bit for each place, which are numbered by columns of eight: the second bit is for the ninth byte. So eight words are joined at once.
#[inline]
fn columns(block: &[u8; BLOCK], wanted: u8) -> u64 {
    const ROWS: [u8; BLOCK] = {
        let (mut rows, mut index) = ([0; BLOCK], 0);
        while index < BLOCK {
            rows[index] = 1 << (index / 8);
            index += 1;
        }
        rows
    };
    let mut found = ROWS;
    for (row, byte) in found.iter_mut().zip(block) {
        *row &= if *byte == wanted { u8::MAX } else { 0 };
    }
    let (words, _) = found.as_chunks();
    words.iter().fold(0, |columns, word| columns | u64::from_le_bytes(*word))
}

/// Numbers by rows what was numbered by columns, and back.
///
/// Source: `transpose8` in Warren, Hacker's Delight, 7-3.
#[inline]
const fn transposed(bits: u64) -> u64 {
    let bits = swapped(bits, 0x00aa_00aa_00aa_00aa, 7);
    let bits = swapped(bits, 0x0000_cccc_0000_cccc, 14);
    swapped(bits, 0x0000_0000_f0f0_f0f0, 28)
}

/// Swaps the masked bits with those that stand so much higher.
#[inline]
const fn swapped(bits: u64, mask: u64, distance: u32) -> u64 {
    let different = (bits ^ (bits >> distance)) & mask;
    bits ^ different ^ (different << distance)
}

/// From each odd one on, sets the bits up to the next one.
#[inline]
fn to_the_next(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The end as it is found byte by byte.
    fn naive(text: &[u8]) -> Option<usize> {
        let (mut depth, mut in_string, mut escaped) = (0, false, false);
        for (at, byte) in text.iter().enumerate() {
            match byte {
                b'"' if !escaped => in_string = !in_string,
                b'{' | b'[' if !in_string => depth += 1,
                b'}' | b']' if !in_string => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
            escaped = *byte == b'\\' && !escaped;
        }
        None
    }

    proptest! {
        #[test]
        fn the_end_is_found_wherever_the_bytes_are_cut(
            text in r#"\[([\[\]{}:,a]|(\\{1,3}["a]?)|("[^"]{0,90}")|"){0,60}\]{1,9}"#, cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
        ) {
            let text = text.as_bytes();
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len())).chain([text.len()]).collect();
            cuts.sort_unstable();
            let (mut brackets, mut at, mut found) = (Brackets::default(), 0, None);
            for cut in cuts {
                found = brackets.advance(&text[..cut], at);
                at = cut;
                if found.is_some() {
                    break;
                }
            }
            prop_assert_eq!(found, naive(text));
        }
    }
}
