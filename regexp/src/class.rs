//! Classes: `[a-z\d[:alpha:]\p{Greek}]`, and those that are an escape alone.

use crate::error::{Error, What};
use crate::escape::{LAST, escape, literal};
use crate::names::unicode_class;

/// A class, as the other syntax writes what stands in its brackets.
#[derive(Clone, Debug, Default)]
pub(crate) struct Class {
    items: String,
    is_negated: bool,
}

/// Halves of characters, which are code points to Go and nothing to Rust.
const SURROGATES: (u32, u32) = (0xD800, 0xDFFF);

impl Class {
    fn range(&mut self, low: u32, high: u32) {
        let (low, high) = (
            if (SURROGATES.0..=SURROGATES.1).contains(&low) { SURROGATES.1 + 1 } else { low },
            if (SURROGATES.0..=SURROGATES.1).contains(&high) { SURROGATES.0 - 1 } else { high },
        );
        if low > high {
            return;
        }
        literal(low, &mut self.items);
        if low < high {
            self.items.push('-');
            literal(high, &mut self.items);
        }
    }

    /// Adds a class to this one, or all that is not in it.
    fn add(&mut self, items: &str, is_negated: bool) {
        match (items, is_negated) {
            ("", true) => self.range(0, LAST),
            (_, true) => self.items.extend(["[^", items, "]"]),
            (_, false) => self.items.push_str(items),
        }
    }

    /// Writes the class with its brackets.
    pub(crate) fn write(&self, out: &mut String) {
        let (open, items) = match (self.items.as_str(), self.is_negated) {
            // The other syntax has no brackets with nothing inside.
            ("", false) => ("[^", r"\x{0}-\x{10FFFF}"),
            ("", true) => ("[", r"\x{0}-\x{10FFFF}"),
            (items, false) => ("[", items),
            (items, true) => ("[^", items),
        };
        out.extend([open, items, "]"]);
    }
}

/// Reads the class that a text begins with: `[…]`; and how much of the text it takes.
pub(crate) fn bracketed(text: &str) -> Result<(Class, usize), Error> {
    let mut class = Class { is_negated: text[1..].starts_with('^'), ..Class::default() };
    let start = if class.is_negated { 2 } else { 1 };
    let mut at = start;
    // A bracket that closes is one of the characters if it comes first.
    while at == start || !text[at..].starts_with(']') {
        let rest = &text[at..];
        if let Some(length) = item(rest, &mut class)? {
            at += length;
            continue;
        }
        let (low, length) = character(rest, text)?;
        at += length;
        let mut high = low;
        // A dash that comes last is a character.
        if text[at..].len() >= 2 && text[at..].starts_with('-') && !text[at..].starts_with("-]") {
            let (found, length) = character(&text[at + 1..], text)?;
            at += 1 + length;
            high = found;
            if high < low {
                return Err(Error::new(What::CharRange, &rest[..rest.len() - text[at..].len()]));
            }
        }
        class.range(low, high);
    }
    Ok((class, at + 1))
}

/// Reads the class that a text begins with, if that is an escape: `\d`, `\PL`.
pub(crate) fn escaped(text: &str) -> Result<Option<(Class, usize)>, Error> {
    let mut class = Class::default();
    let found = match unicode(text, &mut class)? {
        None => perl(text, &mut class),
        found => found,
    };
    Ok(found.map(|length| (class, length)))
}

/// One of the classes that may stand in brackets.
fn item(text: &str, class: &mut Class) -> Result<Option<usize>, Error> {
    let posix = posix(text, class)?;
    if posix.is_some() {
        return Ok(posix);
    }
    let unicode = unicode(text, class)?;
    Ok(unicode.or_else(|| perl(text, class)))
}

fn character(text: &str, class: &str) -> Result<(u32, usize), Error> {
    match text.chars().next() {
        None => Err(Error::new(What::MissingBracket, class)),
        Some('\\') => escape(text),
        Some(c) => Ok((c.into(), c.len_utf8())),
    }
}

/// `\d`, `\s`, `\w` and what is not in them; ASCII alone.
fn perl(text: &str, class: &mut Class) -> Option<usize> {
    let name = text.strip_prefix('\\')?.chars().next()?;
    let items = match name.to_ascii_lowercase() {
        'd' => "0-9",
        's' => r"\x{9}\x{A}\x{C}\x{D} ",
        'w' => "0-9A-Z_a-z",
        _ => return None,
    };
    class.add(items, name.is_ascii_uppercase());
    Some(2)
}

/// `[:alpha:]`, `[:^alpha:]`.
fn posix(text: &str, class: &mut Class) -> Result<Option<usize>, Error> {
    let Some(end) = text.strip_prefix("[:").and_then(|rest| rest.find(":]")) else { return Ok(None) };
    let length = 2 + end + 2;
    let name = &text[2..2 + end];
    let (name, is_negated) = name.strip_prefix('^').map_or((name, false), |name| (name, true));
    let items = match name {
        "alnum" => "0-9A-Za-z",
        "alpha" => "A-Za-z",
        "ascii" => r"\x{0}-\x{7F}",
        "blank" => r"\x{9} ",
        "cntrl" => r"\x{0}-\x{1F}\x{7F}",
        "digit" => "0-9",
        "graph" => r"\!-\~",
        "lower" => "a-z",
        "print" => r" -\~",
        "punct" => r"\!-\/\:-\@\[-\`\{-\~",
        "space" => r"\x{9}-\x{D} ",
        "upper" => "A-Z",
        "word" => "0-9A-Z_a-z",
        "xdigit" => "0-9A-Fa-f",
        _ => return Err(Error::new(What::CharRange, &text[..length])),
    };
    class.add(items, is_negated);
    Ok(Some(length))
}

/// `\pL`, `\p{Greek}`, `\P{Greek}`, `\p{^Greek}`.
fn unicode(text: &str, class: &mut Class) -> Result<Option<usize>, Error> {
    let mut is_negated = text.starts_with("\\P");
    if !is_negated && !text.starts_with("\\p") {
        return Ok(None);
    }
    let rest = &text[2..];
    let (mut name, length) = if rest.starts_with('{') {
        let end = rest.find('}').ok_or_else(|| Error::new(What::CharRange, text))?;
        (&rest[1..end], 2 + end + 1)
    } else {
        let end = rest.chars().next().map_or(0, char::len_utf8);
        (&rest[..end], 2 + end)
    };
    if let Some(rest) = name.strip_prefix('^') {
        (name, is_negated) = (rest, !is_negated);
    }
    let items = unicode_class(name).ok_or_else(|| Error::new(What::CharRange, &text[..length]))?;
    class.add(&items, is_negated);
    Ok(Some(length))
}
