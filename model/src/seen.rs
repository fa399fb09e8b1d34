//! Texts that come again and again.
//!
//! The objects of a list are alike: images, names of configurations, keys of labels. What was read twice lately is kept, and whoever reads it once more
//! shares it, which costs less than memory of its own.

use std::cell::RefCell;

use crate::str::Str;

/// How many texts are kept for a thread.
const PLACES: usize = 1024;
/// How long they are at most, so that no more than 192 KiB are kept.
const LONGEST: usize = 192;

/// What was read last of the texts that belong here.
#[derive(Clone, Default)]
struct Place {
    hash: u32,
    /// Empty if it was read once: most of what comes once does not come again.
    text: Str,
}

thread_local! {
    static SEEN: RefCell<Vec<Place>> = const { RefCell::new(Vec::new()) };
}

/// Returns the text, shared with an equal one if that was read lately.
pub(crate) fn find(text: &str) -> Str {
    find_bytes(text.as_bytes(), || Some(text)).unwrap_or_default()
}

/// Returns the text that bytes are, shared with an equal one if that was read lately: then nobody has to look whether they are a text.
pub(crate) fn find_bytes<'t>(bytes: &[u8], text: impl FnOnce() -> Option<&'t str>) -> Option<Str> {
    let Some(hash) = hash(bytes) else { return text().map(Str::from) };
    SEEN.with_borrow_mut(|seen| {
        if seen.is_empty() {
            seen.resize(PLACES, Place::default());
        }
        let place = &mut seen[hash as usize % PLACES];
        if place.hash != hash {
            let text = text()?;
            *place = Place { hash, text: Str::new() };
            return Some(text.into());
        }
        if place.text.as_str().as_bytes() != bytes {
            place.text = text()?.into();
        }
        Some(place.text.clone())
    })
}

/// Returns a number for a text that is long enough to be shared and short enough to be kept.
fn hash(text: &[u8]) -> Option<u32> {
    let word = |bytes: Option<&[u8; 8]>| bytes.map(|bytes| u64::from_le_bytes(*bytes));
    let middle = text.get(text.len() / 2 - 4..)?;
    let (first, middle, last) = (word(text.first_chunk())?, word(middle.first_chunk())?, word(text.last_chunk())?);
    let mixed = (first ^ middle.rotate_left(23) ^ last.rotate_left(41)).wrapping_add(text.len() as u64);
    // The high half depends on all bits.
    (text.len() <= LONGEST).then(|| (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_same(a: &Str, b: &Str) -> bool {
        std::ptr::eq(a.as_str(), b.as_str())
    }

    #[test]
    fn what_was_read_twice_is_shared_from_then_on() {
        let text = "kubernetes.io/hostname";
        let [first, second, third] = [(); 3].map(|()| find(text));
        assert_eq!([&first, &second, &third], [text; 3]);
        assert!(!is_same(&first, &second) && is_same(&second, &third));
    }

    #[test]
    fn texts_of_one_hash_do_not_take_one_anothers_place_for_theirs() {
        // They differ where the hash does not look.
        let (a, b) = ("aaaaaaaa-1-aaaaaaaa-2-aaaaaaaa", "aaaaaaaa-3-aaaaaaaa-4-aaaaaaaa");
        assert_eq!(hash(a.as_bytes()), hash(b.as_bytes()));
        for text in [a, b, a, a, b, b] {
            assert_eq!(find(text), *text);
        }
    }

    #[test]
    fn bytes_of_no_text_are_none_whatever_was_read_before() {
        let bytes = [b"kubernetes.io/".as_slice(), &[0xff], b"-hostname"].concat();
        for _ in 0..3 {
            assert!(find_bytes(&bytes, || std::str::from_utf8(&bytes).ok()).is_none());
        }
    }

    #[test]
    fn long_texts_are_not_kept() {
        let text = "x".repeat(LONGEST + 1);
        let [_, second, third] = [(); 3].map(|()| find(&text));
        assert!(!is_same(&second, &third));
    }
}
