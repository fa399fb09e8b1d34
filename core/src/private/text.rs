//! Messages that are put together while the program is compiled.

/// A text of limited length, for a constant.
pub(super) struct Text {
    bytes: [u8; 400],
    length: usize,
}

impl Text {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; 400], length: 0 }
    }

    pub(super) const fn push(&mut self, more: &str) {
        self.push_bytes(more.as_bytes());
    }

    pub(super) const fn push_bytes(&mut self, more: &[u8]) {
        let mut at = 0;
        while at < more.len() && self.length < self.bytes.len() {
            self.bytes[self.length] = more[at];
            self.length += 1;
            at += 1;
        }
    }

    /// Fails with the text.
    #[track_caller]
    pub(super) const fn panic(&self) -> ! {
        match std::str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => panic!("{}", text),
            Err(_) => panic!("a name was cut in the middle of a letter"),
        }
    }
}
