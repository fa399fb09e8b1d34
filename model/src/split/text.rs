//! Text that arrives in pieces.

/// Text of which pieces arrive, and which goes away at its front.
///
/// It is checked while it arrives, so that nobody who reads it needs to.
#[derive(Debug, Default)]
pub(super) struct ArrivingText {
    text: String,
    /// The beginning of a character whose rest has not arrived.
    cut: Vec<u8>,
    /// Where the first bytes stood that are no UTF-8; a replacement character stands there now.
    broken: Option<usize>,
}

impl ArrivingText {
    /// Takes the next bytes.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let joined;
        let mut bytes = bytes;
        if !self.cut.is_empty() {
            joined = [&std::mem::take(&mut self.cut), bytes].concat();
            bytes = &joined;
        }
        loop {
            let error = match std::str::from_utf8(bytes) {
                Ok(text) => return self.text.push_str(text),
                Err(error) => error,
            };
            let (sound, rest) = bytes.split_at(error.valid_up_to());
            self.text.push_str(std::str::from_utf8(sound).unwrap_or_default());
            let Some(length) = error.error_len() else {
                self.cut = rest.to_vec();
                return;
            };
            self.broken.get_or_insert(self.text.len());
            self.text.push(char::REPLACEMENT_CHARACTER);
            bytes = &rest[length..];
        }
    }

    /// Forgets the first bytes.
    pub(super) fn forget(&mut self, length: usize) {
        self.text.drain(..length);
        self.broken = self.broken.and_then(|at| at.checked_sub(length));
    }

    /// Returns what is there, as far as it is made of whole characters.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns how many bytes are there.
    pub(super) fn len(&self) -> usize {
        self.text.len() + self.cut.len()
    }

    /// Returns where the first bytes stood that are no UTF-8.
    pub(super) fn broken(&self) -> Option<usize> {
        self.broken
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn text_is_the_same_wherever_it_is_cut(
            text in prop_oneof!["\\PC{0,20}".prop_map(String::into_bytes), prop::collection::vec(any::<u8>(), 0..20)],
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
        ) {
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len() + 1)).chain([0, text.len()]).collect();
            cuts.sort_unstable();
            let mut arriving = ArrivingText::default();
            for range in cuts.windows(2) {
                arriving.push(&text[range[0]..range[1]]);
            }
            let broken = std::str::from_utf8(&text).err().filter(|error| error.error_len().is_some());
            prop_assert_eq!(arriving.broken(), broken.map(|error| error.valid_up_to()));
            let lossy = String::from_utf8_lossy(&text);
            prop_assert!(lossy.starts_with(arriving.as_str()));
            prop_assert!(lossy[arriving.as_str().len()..].chars().all(|char| char == char::REPLACEMENT_CHARACTER));
        }
    }
}
