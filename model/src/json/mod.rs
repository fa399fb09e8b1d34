//! Reading JSON that lies in memory, without serde.
//!
//! The reader takes what RFC 8259 calls JSON, and nothing else. It says only whether a text is good: where one is not, or where its answer
//! would not be sure, it stops without a word, and whoever asked lets `serde_json` read the text again and say what is wrong. So nothing is
//! spent on errors, and their texts are said in one place.

mod brackets;
mod number;
mod text;

pub(crate) use self::brackets::Brackets;
pub(crate) use self::number::Number;
pub(crate) use self::text::start_to_sort;

/// How deep values may be nested, as with `serde_json`.
const MAX_DEPTH: usize = 127;

/// What has been read; `None` where it is not good.
pub(crate) type Read<T = ()> = Option<T>;

/// A place in a text, and how deep it is.
pub(crate) struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// The last string that was written with escapes.
    unescaped: String,
}

/// The first eight bytes behind the opening quote of a key, so that most keys are told apart by one comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Start {
    word: u64,
    /// Which bytes count, where the key with its closing quote and the colon is shorter.
    mask: u64,
}

impl Start {
    /// Returns that of a key which is written as it stands in JSON: `"name":`.
    pub(crate) const fn of(key: &str) -> Self {
        let (key, mut start, mut index) = (key.as_bytes(), Self { word: 0, mask: 0 }, 1);
        while index < key.len() && index <= 8 {
            let shift = 8 * (index - 1);
            start.word |= (key[index] as u64) << shift;
            start.mask |= 0xff << shift;
            index += 1;
        }
        start
    }

    /// Tells whether a key begins so.
    #[inline]
    pub(crate) const fn is(&self, word: u64) -> bool {
        word & self.mask == self.word
    }
}

pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0, unescaped: String::new() }
    }

    /// Returns how much has been read.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Returns what has not been read.
    pub(crate) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Goes behind what someone else has read.
    pub(crate) fn go_behind(&mut self, length: usize) {
        self.at += length;
    }

    /// Fails if there is more than white space.
    pub(crate) fn end(mut self) -> Read {
        self.token().is_none().then_some(())
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes to the next byte that is no white space.
    #[inline]
    pub(crate) fn token(&mut self) -> Option<u8> {
        match self.byte()? {
            byte @ b'!'.. => Some(byte),
            _ => self.behind_spaces(),
        }
    }

    #[cold]
    fn behind_spaces(&mut self) -> Option<u8> {
        while is_space(self.byte()?) {
            self.at += 1;
        }
        self.byte()
    }

    /// Goes behind the next token, which must be this one.
    #[inline]
    fn expect(&mut self, token: u8) -> Read {
        (self.token()? == token).then(|| self.at += 1)
    }

    /// Goes behind `true`, `false` or `null`. What follows is seen by who looks for the next token.
    #[inline]
    pub(crate) fn literal(&mut self, literal: &str) -> Read {
        self.text.as_bytes().get(self.at..)?.starts_with(literal.as_bytes()).then(|| self.at += literal.len())
    }

    pub(crate) fn bool(&mut self) -> Read<bool> {
        match self.token()? {
            b't' => self.literal("true").map(|()| true),
            _ => self.literal("false").map(|()| false),
        }
    }

    /// Goes into an object; false if it is empty, and done with.
    #[inline]
    pub(crate) fn enter_object(&mut self) -> Read<bool> {
        self.enter(b'{', b'}')
    }

    /// Goes to the next field of an object; false behind the last one.
    #[inline]
    pub(crate) fn next_field(&mut self) -> Read<bool> {
        self.next(b'}')
    }

    /// Goes into a list; false if it is empty, and done with.
    #[inline]
    pub(crate) fn enter_list(&mut self) -> Read<bool> {
        self.enter(b'[', b']')
    }

    /// Goes to the next item of a list; false behind the last one.
    #[inline]
    pub(crate) fn next_item(&mut self) -> Read<bool> {
        self.next(b']')
    }

    #[inline]
    fn enter(&mut self, open: u8, close: u8) -> Read<bool> {
        self.expect(open)?;
        if self.depth == MAX_DEPTH {
            return None;
        }
        if self.token()? == close {
            self.at += 1;
            return Some(false);
        }
        self.depth += 1;
        Some(true)
    }

    #[inline]
    fn next(&mut self, close: u8) -> Read<bool> {
        let token = self.token()?;
        self.at += 1;
        if token == close {
            self.depth -= 1;
            return Some(false);
        }
        (token == b',').then_some(true)
    }

    /// Goes behind a value of any kind.
    pub(crate) fn skip(&mut self) -> Read {
        match self.token()? {
            b'"' => drop(self.string()?),
            b'{' => {
                let mut more = self.enter_object()?;
                while more {
                    self.key()?;
                    self.skip()?;
                    more = self.next_field()?;
                }
            }
            b'[' => {
                let mut more = self.enter_list()?;
                while more {
                    self.skip()?;
                    more = self.next_item()?;
                }
            }
            b't' => self.literal("true")?,
            b'f' => self.literal("false")?,
            b'n' => self.literal("null")?,
            _ => drop(self.number()?),
        }
        Some(())
    }

    /// Goes behind a value of any kind and returns its text.
    pub(crate) fn raw(&mut self) -> Read<&'a str> {
        self.token()?;
        let start = self.at;
        self.skip()?;
        self.text.get(start..self.at)
    }

    /// Goes behind a value that nobody reads, without a look at what is in its brackets.
    pub(crate) fn skip_unread(&mut self) -> Read {
        match self.token()? {
            b'{' | b'[' => self.at = Brackets::default().advance(self.text.as_bytes(), self.at)?,
            _ => self.skip()?,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests;
