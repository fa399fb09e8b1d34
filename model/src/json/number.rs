//! Numbers.

use super::{Read, Reader};

/// A number, as `serde_json` tells them apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    Integer(i64),
    /// One that is too large for the above.
    Unsigned(u64),
    /// One with a fraction or an exponent, or that is too large or small for both.
    Float(f64),
}

/// So many digits fit into 64 bits, whichever they are.
const SAFE_DIGITS: usize = 18;

impl Reader<'_> {
    /// Reads a whole number of 64 bits.
    #[inline]
    pub(crate) fn integer(&mut self) -> Read<i64> {
        match self.number()? {
            Number::Integer(integer) => Some(integer),
            _ => None,
        }
    }

    /// Reads a number as a float.
    pub(crate) fn float(&mut self) -> Read<f64> {
        match self.number()? {
            #[expect(clippy::cast_precision_loss, reason = "JSON does not tell 1 from 1.0; Go rounds likewise")]
            Number::Integer(integer) => Some(integer as f64),
            Number::Unsigned(_) => None,
            Number::Float(float) => Some(float),
        }
    }

    /// Reads a number.
    #[inline]
    pub(crate) fn number(&mut self) -> Read<Number> {
        let is_negative = self.token()? == b'-';
        let start = self.at;
        let first = start + usize::from(is_negative);
        let mut value: i64 = 0;
        let digits = self.text.as_bytes().get(first..)?;
        let mut length = 0;
        while let Some(digit @ b'0'..=b'9') = digits.get(length) {
            value = value.wrapping_mul(10).wrapping_add((digit - b'0').into());
            length += 1;
        }
        // A zero in front is for zero alone.
        if length == 0 || (length > 1 && digits[0] == b'0') {
            return None;
        }
        self.at = first + length;
        let goes_on = matches!(digits.get(length), Some(b'.' | b'e' | b'E'));
        if goes_on || length > SAFE_DIGITS || (is_negative && value == 0) {
            return self.rare(start, goes_on);
        }
        Some(Number::Integer(if is_negative { -value } else { value }))
    }

    /// Reads a number whose whole part has been read, and which is none of the common ones.
    #[cold]
    fn rare(&mut self, start: usize, goes_on: bool) -> Read<Number> {
        if goes_on {
            self.fraction()?;
        } else {
            let text = self.text.get(start..self.at)?;
            // There is no zero below zero but among floats.
            if let Some(integer) = text.parse().ok().filter(|integer| *integer != 0) {
                return Some(Number::Integer(integer));
            }
            if let Ok(unsigned) = text.parse() {
                return Some(Number::Unsigned(unsigned));
            }
        }
        let float: f64 = self.text.get(start..self.at)?.parse().ok()?;
        float.is_finite().then_some(Number::Float(float))
    }

    /// Goes behind a fraction and an exponent.
    fn fraction(&mut self) -> Read {
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.digits()?;
        }
        Some(())
    }

    fn digits(&mut self) -> Read {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }
}
