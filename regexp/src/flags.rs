//! The flags of a group: `(?i)`, `(?m-s:…)`.

use crate::error::{Error, What};

/// What `i`, `m`, `s` and `U` have turned on.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Flags(u8);

impl Flags {
    pub(crate) const FOLDS_CASE: Self = Self(1);
    pub(crate) const MULTI_LINE: Self = Self(2);
    pub(crate) const DOT_IS_ALL: Self = Self(4);
    pub(crate) const IS_LAZY: Self = Self(8);

    pub(crate) fn has(self, flag: Self) -> bool {
        self.0 & flag.0 != 0
    }

    fn set(&mut self, flag: Self, is_on: bool) {
        self.0 = if is_on { self.0 | flag.0 } else { self.0 & !flag.0 };
    }
}

/// What stands behind `(?`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Opening {
    /// `(?P<name>` or `(?<name>`.
    Named,
    /// `(?i:`, with the flags inside.
    Group(Flags),
    /// `(?i)`, with the flags from here on.
    Flags(Flags),
}

/// Reads a text that begins with `(?`, and says how much of it the opening takes.
pub(crate) fn opening(text: &str, flags: Flags) -> Result<(Opening, usize), Error> {
    for prefix in ["(?P<", "(?<"] {
        // A name that the pattern ends before is not taken for one.
        if text.starts_with(prefix) && text.len() > prefix.len() {
            return name(text, prefix.len()).map(|length| (Opening::Named, length));
        }
    }
    let mut inside = flags;
    let (mut is_on, mut saw_flag) = (true, false);
    for (at, c) in text.char_indices().skip(2) {
        let end = at + c.len_utf8();
        let flag = match c {
            'i' => Flags::FOLDS_CASE,
            'm' => Flags::MULTI_LINE,
            's' => Flags::DOT_IS_ALL,
            'U' => Flags::IS_LAZY,
            '-' if is_on => {
                (is_on, saw_flag) = (false, false);
                continue;
            }
            ':' if is_on || saw_flag => return Ok((Opening::Group(inside), end)),
            ')' if is_on || saw_flag => return Ok((Opening::Flags(inside), end)),
            _ => return Err(Error::new(What::PerlSyntax, &text[..end])),
        };
        inside.set(flag, is_on);
        saw_flag = true;
    }
    Err(Error::new(What::PerlSyntax, text))
}

fn name(text: &str, start: usize) -> Result<usize, Error> {
    let end = text.find('>').ok_or_else(|| Error::new(What::NamedCapture, text))?;
    let name = &text[start..end];
    let is_name = !name.is_empty() && name.bytes().all(|b| b == b'_' || b.is_ascii_alphanumeric());
    if is_name { Ok(end + 1) } else { Err(Error::new(What::NamedCapture, &text[..=end])) }
}
