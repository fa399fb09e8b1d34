//! Reading a pattern, and writing the other one on the way.

use crate::class::{self, Class};
use crate::error::{Error, What};
use crate::escape::{escape, literal};
use crate::flags::{self, Flags, Opening};
use crate::limits::{MOST_REPEATS, Measure};

/// Says what Go says of a pattern.
///
/// # Errors
///
/// Where Go cannot read it.
pub fn check(pattern: &str) -> Result<(), Error> {
    translate(pattern).map(drop)
}

/// Returns the pattern that means the same in the syntax of the crate `regex`.
///
/// Groups lose their names and numbers: what the server asks of a pattern is where it matches, never what a group held.
///
/// # Errors
///
/// Where Go cannot read the pattern.
pub fn translate(pattern: &str) -> Result<String, Error> {
    let mut parser = Parser {
        pattern,
        at: 0,
        flags: Flags::default(),
        levels: Vec::new(),
        level: Level::default(),
        out: String::with_capacity(pattern.len() + 8),
    };
    parser.run()?;
    Ok(parser.out)
}

/// A part of the pattern that a repetition behind it would repeat.
#[derive(Clone, Copy, Debug)]
struct Part {
    /// Where it begins in what was written.
    start: usize,
    kind: Kind,
    measure: Measure,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// One character or, once something stands behind it, several.
    Literal {
        folds_case: bool,
    },
    Sequence,
    Choice,
    Repeated,
    Other,
}

/// What is open: the pattern itself, or a group.
#[derive(Debug, Default)]
struct Level {
    /// What held before the group, and holds again behind it.
    flags: Flags,
    is_numbered: bool,
    start: usize,
    /// What stood before each `|`.
    branches: Vec<Part>,
    /// What stands behind the last one.
    parts: Vec<Part>,
}

struct Parser<'a> {
    pattern: &'a str,
    at: usize,
    flags: Flags,
    /// The groups around the innermost.
    levels: Vec<Level>,
    level: Level,
    out: String,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.pattern[self.at..]
    }

    fn run(&mut self) -> Result<(), Error> {
        // Where the repetition began that stands directly before.
        let mut repetition = None;
        while let Some(c) = self.rest().chars().next() {
            let before = self.at;
            let last = repetition.take();
            match c {
                '*' | '+' | '?' => {
                    self.at += 1;
                    self.repeat(before, u32::from(c == '+'), (c == '?').then_some(1), last)?;
                    repetition = Some(before);
                }
                '{' => match count(self.rest()) {
                    Some((min, max, length)) => {
                        self.at += length;
                        if min > MOST_REPEATS || max.is_some_and(|max| max < min || max > MOST_REPEATS) {
                            return Err(Error::new(What::RepeatSize, &self.pattern[before..self.at]));
                        }
                        self.repeat(before, min, max, last)?;
                        repetition = Some(before);
                    }
                    None => self.character('{')?,
                },
                '(' => self.open()?,
                ')' => self.close()?,
                '|' => {
                    self.at += 1;
                    self.sequence()?;
                    self.level.branches.append(&mut self.level.parts);
                    self.out.push('|');
                }
                '^' => self.symbol(1, if self.flags.has(Flags::MULTI_LINE) { "(?m:^)" } else { r"\A" })?,
                '$' => self.symbol(1, if self.flags.has(Flags::MULTI_LINE) { "(?m:$)" } else { r"\z" })?,
                '.' => self.symbol(1, if self.flags.has(Flags::DOT_IS_ALL) { "(?s:.)" } else { r"[^\n]" })?,
                '[' => {
                    let (class, length) = class::bracketed(self.rest())?;
                    self.class(&class, length)?;
                }
                '\\' => self.escape()?,
                _ => self.character(c)?,
            }
        }
        self.choice()?;
        if self.levels.is_empty() { Ok(()) } else { Err(Error::new(What::MissingParen, self.pattern)) }
    }

    /// Takes a part in; `start` is where it was written.
    fn push(&mut self, start: usize, kind: Kind, measure: Measure) -> Result<(), Error> {
        self.join();
        self.level.parts.push(Part { start, kind, measure });
        self.check(measure)
    }

    /// Makes one of the last two parts, if both are characters: no repetition can stand behind the first any more.
    fn join(&mut self) {
        if let [.., first, second] = self.level.parts.as_mut_slice()
            && let (Kind::Literal { folds_case: one }, Kind::Literal { folds_case: other }) = (first.kind, second.kind)
            && one == other
        {
            first.measure = first.measure.beside(second.measure);
            self.level.parts.pop();
        }
    }

    fn check(&self, part: Measure) -> Result<(), Error> {
        part.check().map_err(|what| Error::new(what, self.pattern))
    }

    fn character(&mut self, c: char) -> Result<(), Error> {
        self.at += c.len_utf8();
        self.code_point(c.into())
    }

    fn code_point(&mut self, c: u32) -> Result<(), Error> {
        let (start, folds_case) = (self.out.len(), self.flags.has(Flags::FOLDS_CASE));
        if char::from_u32(c).is_none() {
            Class::default().write(&mut self.out);
        } else if folds_case {
            self.out.push_str("(?i:");
            literal(c, &mut self.out);
            self.out.push(')');
        } else {
            literal(c, &mut self.out);
        }
        self.push(start, Kind::Literal { folds_case }, Measure::ONE)
    }

    fn symbol(&mut self, length: usize, written: &str) -> Result<(), Error> {
        self.at += length;
        let start = self.out.len();
        self.out.push_str(written);
        self.push(start, Kind::Other, Measure::ONE)
    }

    fn class(&mut self, class: &Class, length: usize) -> Result<(), Error> {
        self.at += length;
        let start = self.out.len();
        if self.flags.has(Flags::FOLDS_CASE) {
            self.out.push_str("(?i:");
            class.write(&mut self.out);
            self.out.push(')');
        } else {
            class.write(&mut self.out);
        }
        self.push(start, Kind::Other, Measure::ONE)
    }

    fn escape(&mut self) -> Result<(), Error> {
        let rest = self.rest();
        let written = match rest.as_bytes().get(1) {
            Some(b'A') => r"\A",
            Some(b'b') => r"(?-u:\b)",
            Some(b'B') => r"(?-u:\B)",
            Some(b'z') => r"\z",
            Some(b'C') => return Err(Error::new(What::Escape, &rest[..2])),
            Some(b'Q') => return self.quoted(),
            _ => "",
        };
        if !written.is_empty() {
            return self.symbol(2, written);
        }
        if let Some((class, length)) = class::escaped(rest)? {
            return self.class(&class, length);
        }
        let (c, length) = escape(rest)?;
        self.at += length;
        self.code_point(c)
    }

    /// `\Q…\E`, or to the end.
    fn quoted(&mut self) -> Result<(), Error> {
        self.at += 2;
        let rest = self.rest();
        let quoted = rest.split_once("\\E").map_or(rest, |(quoted, _)| quoted);
        for c in quoted.chars() {
            self.character(c)?;
        }
        if quoted.len() < rest.len() {
            self.at += 2;
        }
        Ok(())
    }

    /// Repeats the last part. `before` is where the repetition begins, `last` where the one began that stands directly before.
    fn repeat(&mut self, before: usize, min: u32, max: Option<u32>, last: Option<usize>) -> Result<(), Error> {
        let written = &self.pattern[before..self.at];
        let is_counted = written.starts_with('{');
        let is_reversed = self.rest().starts_with('?');
        self.at += usize::from(is_reversed);
        let wrong = |what, start| Err(Error::new(what, &self.pattern[start..self.at]));
        if let Some(last) = last {
            return wrong(What::NestedRepeat, last);
        }
        let Some(part) = self.level.parts.last_mut() else { return wrong(What::MissingRepeatArgument, before) };
        if part.kind == Kind::Repeated {
            self.out.insert_str(part.start, "(?:");
            self.out.push(')');
        }
        self.out.push_str(written);
        if is_reversed != self.flags.has(Flags::IS_LAZY) {
            self.out.push('?');
        }
        part.kind = Kind::Repeated;
        part.measure = match written {
            "*" => part.measure.above(2),
            "+" | "?" => part.measure.above(1),
            _ => part.measure.repeated(min, max),
        };
        let measure = part.measure;
        self.check(measure)?;
        let is_checked = is_counted && (min >= 2 || max.is_some_and(|max| max >= 2));
        if is_checked && measure.repeats > MOST_REPEATS {
            return Err(Error::new(What::RepeatSize, &self.pattern[before..self.at]));
        }
        Ok(())
    }

    fn open(&mut self) -> Result<(), Error> {
        let mut inside = self.flags;
        let mut is_numbered = true;
        if self.rest().starts_with("(?") {
            let (opening, length) = flags::opening(self.rest(), self.flags)?;
            self.at += length;
            match opening {
                Opening::Named => {}
                Opening::Group(flags) => (inside, is_numbered) = (flags, false),
                Opening::Flags(flags) => {
                    self.flags = flags;
                    return Ok(());
                }
            }
        } else {
            self.at += 1;
        }
        self.join();
        let group = Level { flags: self.flags, is_numbered, start: self.out.len(), ..Level::default() };
        self.levels.push(std::mem::replace(&mut self.level, group));
        self.flags = inside;
        self.out.push_str("(?:");
        Ok(())
    }

    fn close(&mut self) -> Result<(), Error> {
        let part = self.choice()?;
        let Some(around) = self.levels.pop() else { return Err(Error::new(What::UnexpectedParen, self.pattern)) };
        self.at += 1;
        self.out.push(')');
        let group = std::mem::replace(&mut self.level, around);
        self.flags = group.flags;
        // A group without a number is no part of its own to Go; here it has its parentheses, so that no repetition needs more.
        let (kind, measure) = match part.kind {
            _ if group.is_numbered => (Kind::Other, part.measure.above(2)),
            Kind::Repeated => (Kind::Other, part.measure),
            kind => (kind, part.measure),
        };
        self.push(group.start, kind, measure)
    }

    /// Makes one part of those behind the last `|`.
    fn sequence(&mut self) -> Result<(), Error> {
        self.join();
        let parts = std::mem::take(&mut self.level.parts);
        self.unite(&parts, Kind::Sequence, 0)
    }

    /// Makes one part of a whole level, and returns it.
    fn choice(&mut self) -> Result<Part, Error> {
        self.sequence()?;
        let mut parts = std::mem::take(&mut self.level.branches);
        parts.append(&mut self.level.parts);
        let between = parts.len() as u64 - 1;
        self.unite(&parts, Kind::Choice, between)?;
        Ok(self.level.parts[0])
    }

    /// Makes one part of several. Those of its own kind are no level below it.
    fn unite(&mut self, parts: &[Part], kind: Kind, more: u64) -> Result<(), Error> {
        let start = self.out.len();
        match parts {
            [] => self.push(start, Kind::Other, Measure::ONE),
            [one] => self.push(one.start, one.kind, one.measure),
            [first, ..] => {
                let inner = |part: &Part| Measure {
                    height: part.measure.height - u32::from(part.kind == kind),
                    ..part.measure
                };
                let all = parts.iter().map(inner).reduce(Measure::beside).unwrap_or(Measure::ONE);
                self.push(first.start, kind, Measure { height: all.height + 1, size: all.size + more, ..all })
            }
        }
    }
}

/// Reads `{2}`, `{2,}` or `{2,3}`: both numbers and the length. Nothing if braces are only characters here.
fn count(text: &str) -> Option<(u32, Option<u32>, usize)> {
    let length = text[1..].bytes().take_while(|b| b.is_ascii_digit() || *b == b',').count();
    if !text[1 + length..].starts_with('}') {
        return None;
    }
    let inside = &text[1..=length];
    let (min, max) = match inside.split_once(',') {
        None => (number(inside)?, Some(number(inside)?)),
        Some((min, "")) => (number(min)?, None),
        Some((min, max)) => (number(min)?, Some(number(max)?)),
    };
    Some((min, max, length + 2))
}

/// A number without zeros before it. What is larger than any that may stand here is the largest.
fn number(digits: &str) -> Option<u32> {
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let has_zeros = digits.len() > 1 && digits.starts_with('0');
    (is_number && !has_zeros).then(|| digits.parse().unwrap_or(u32::MAX))
}
