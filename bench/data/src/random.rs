//! Numbers that look random and are the same each time.

/// A xorshift generator; the seed decides everything.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: usize) -> Self {
        let mut random = Self(seed as u64 ^ 0x5851_F42D_4C95_7F2D);
        // Neighbouring seeds begin alike; a few steps part them.
        for _ in 0..8 {
            random.next();
        }
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below the limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap_or(0)
    }

    pub(crate) fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    /// Characters from the alphabet.
    pub(crate) fn word(&mut self, length: usize, alphabet: &[u8]) -> String {
        (0..length).map(|_| char::from(alphabet[self.below(alphabet.len())])).collect()
    }

    pub(crate) fn hex(&mut self, length: usize) -> String {
        self.word(length, b"0123456789abcdef")
    }

    /// What Kubernetes puts behind a generated name: no vowels, so that no words come out.
    pub(crate) fn suffix(&mut self, length: usize) -> String {
        self.word(length, b"bcdfghjklmnpqrstvwxz2456789")
    }

    pub(crate) fn uid(&mut self) -> String {
        format!("{}-{}-4{}-a{}-{}", self.hex(8), self.hex(4), self.hex(3), self.hex(3), self.hex(12))
    }
}
