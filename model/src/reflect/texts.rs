//! Texts among bytes that are mostly none.

use std::ops::Range;

/// How much of a document is looked at together.
const WINDOW: usize = 1000;
/// Texts that are longer are looked at by themselves.
const LONG: usize = 128;

/// The texts of a document in protobuf, many of them looked at together, which is much faster than to look at each.
///
/// A piece of the document is copied with something else for each byte that is not ASCII, and the copy is checked. Texts that are ASCII are taken from
/// there; what is skipped is never looked at.
pub(super) struct Texts<'a> {
    document: &'a [u8],
    ascii: String,
    /// Where the copy begins.
    from: usize,
}

impl<'a> Texts<'a> {
    pub(super) fn of(document: &'a [u8]) -> Self {
        Self { document, ascii: String::new(), from: 0 }
    }

    /// Reads a text of the document; `None` if it is no UTF-8.
    #[inline]
    pub(super) fn text(&mut self, place: Range<usize>) -> Option<&str> {
        let bytes = self.document.get(place.clone())?;
        if bytes.len() > LONG || !is_ascii(bytes) {
            return std::str::from_utf8(bytes).ok();
        }
        if place.start < self.from || place.end > self.from + self.ascii.len() {
            self.look_at(place.start);
        }
        self.ascii.get(place.start - self.from..place.end - self.from)
    }

    /// Copies the piece that begins here.
    #[inline(never)]
    fn look_at(&mut self, from: usize) {
        let mut ascii = std::mem::take(&mut self.ascii).into_bytes();
        ascii.clear();
        let end = self.document.len().min(from + WINDOW);
        ascii.extend(self.document[from..end].iter().map(|byte| byte & 0x7f));
        self.ascii = String::from_utf8(ascii).expect("bytes of seven bits are ASCII");
        self.from = from;
    }
}

/// Tells whether all bytes are ASCII; for short texts faster than the one of `std`.
#[inline]
fn is_ascii(bytes: &[u8]) -> bool {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (words, rest) = bytes.as_chunks::<8>();
    // To look for the first that is none keeps the compiler from making much of what is nearly always a word or two.
    let is_none = |word: &[u8; 8]| u64::from_ne_bytes(*word) & HIGH != 0;
    !words.iter().any(is_none)
        && bytes.last_chunk::<8>().map_or_else(|| rest.iter().all(u8::is_ascii), |last| !is_none(last))
}
