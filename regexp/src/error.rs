//! What Go says of a pattern that it cannot read.

use std::error;
use std::fmt;

/// Why a pattern is none, in Go's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    what: What,
    part: String,
}

impl Error {
    pub(crate) fn new(what: What, part: &str) -> Self {
        Self { what, part: part.to_owned() }
    }

    /// Returns the kind of mistake: `missing closing ]`.
    pub fn what(&self) -> &'static str {
        self.what.words()
    }

    /// Returns the part of the pattern that it is about, which may be all of it, or nothing.
    pub fn part(&self) -> &str {
        &self.part
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error parsing regexp: {}: `{}`", self.what(), self.part)
    }
}

impl error::Error for Error {}

/// Go's `ErrorCode`, but for two that no text of Rust meets: an internal error, and what is not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    CharRange,
    Escape,
    NamedCapture,
    PerlSyntax,
    NestedRepeat,
    RepeatSize,
    MissingBracket,
    MissingParen,
    MissingRepeatArgument,
    TrailingBackslash,
    UnexpectedParen,
    TooDeep,
    TooLarge,
}

impl What {
    fn words(self) -> &'static str {
        match self {
            Self::CharRange => "invalid character class range",
            Self::Escape => "invalid escape sequence",
            Self::NamedCapture => "invalid named capture",
            Self::PerlSyntax => "invalid or unsupported Perl syntax",
            Self::NestedRepeat => "invalid nested repetition operator",
            Self::RepeatSize => "invalid repeat count",
            Self::MissingBracket => "missing closing ]",
            Self::MissingParen => "missing closing )",
            Self::MissingRepeatArgument => "missing argument to repetition operator",
            Self::TrailingBackslash => "trailing backslash at end of expression",
            Self::UnexpectedParen => "unexpected )",
            Self::TooDeep => "expression nests too deeply",
            Self::TooLarge => "expression too large",
        }
    }
}
