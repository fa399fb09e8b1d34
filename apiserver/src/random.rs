//! Random names and ids, from a seed that a test can fix.

use std::fmt::Write as _;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

/// The letters of generated names: no vowels and nothing that looks like another letter, so that no words appear.
const ALPHABET: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";

/// A source of random numbers for names and ids; nothing here is a secret.
#[derive(Debug)]
pub(crate) struct Random {
    state: AtomicU64,
}

impl Random {
    /// Starts from a seed: the same seed gives the same names and ids.
    pub(crate) fn seeded(seed: u64) -> Random {
        Random { state: AtomicU64::new(seed) }
    }

    /// Starts from a seed that the process chose.
    pub(crate) fn from_process() -> Random {
        Random::seeded(RandomState::new().build_hasher().finish())
    }

    /// Returns the five letters that the server appends to `generateName`.
    pub(crate) fn suffix(&self) -> String {
        let mut bits = self.next();
        let mut suffix = String::with_capacity(5);
        for _ in 0..5 {
            let letter = ALPHABET[usize::try_from(bits % 27).unwrap_or(0)];
            suffix.push(char::from(letter));
            bits /= 27;
        }
        suffix
    }

    /// Returns a version 4 UUID.
    pub(crate) fn uuid(&self) -> String {
        let mut bytes = (u128::from(self.next()) << 64 | u128::from(self.next())).to_be_bytes();
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let mut text = String::with_capacity(36);
        for (index, byte) in bytes.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            write!(text, "{byte:02x}").expect("a String takes everything");
        }
        text
    }

    /// `SplitMix64` (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
    fn next(&self) -> u64 {
        let state = self.state.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed).wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn a_uuid_is_of_version_4() {
        let uuid = Random::seeded(7).uuid();
        assert_eq!(uuid.len(), 36);
        assert_eq!(&uuid[14..15], "4");
        assert!("89ab".contains(&uuid[19..20]), "{uuid}");
    }

    #[test]
    fn the_same_seed_gives_the_same_names() {
        assert_eq!(Random::seeded(1).suffix(), Random::seeded(1).suffix());
        assert_eq!(Random::from_process().suffix().len(), 5);
    }
}
