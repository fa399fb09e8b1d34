//! Quantities: `100m`, `1.5Gi`, `2e3`.

use std::cmp::Ordering;

/// The most places before or behind the point.
const FURTHEST: i32 = 200;

/// A number of digits before or behind the point.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Quantity {
    digits: i128,
    /// The power of ten of the last digit.
    exponent: i32,
}

impl Quantity {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (is_negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, suffix) = rest.split_at(end);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') {
            return None;
        }
        let mut digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        let mut exponent = -i32::try_from(fraction.len()).ok()?;
        match suffix {
            "Ki" | "Mi" | "Gi" | "Ti" | "Pi" | "Ei" => {
                let power = 1 + u32::try_from("KMGTPE".find(&suffix[..1])?).ok()?;
                digits = digits.checked_mul(1024_i128.pow(power))?;
            }
            "n" => exponent -= 9,
            "u" => exponent -= 6,
            "m" => exponent -= 3,
            "" => {}
            "k" => exponent += 3,
            "M" => exponent += 6,
            "G" => exponent += 9,
            "T" => exponent += 12,
            "P" => exponent += 15,
            "E" => exponent += 18,
            _ => {
                let power = suffix.strip_prefix(['e', 'E'])?;
                exponent = exponent.checked_add(power.parse().ok()?)?;
            }
        }
        if !(-FURTHEST..=FURTHEST).contains(&exponent) {
            return None;
        }
        // Nothing is smaller than a billionth: what is, is rounded up.
        while exponent < -9 {
            digits = (digits + 9).div_euclid(10);
            exponent += 1;
        }
        Some(Self { digits: if is_negative { -digits } else { digits }, exponent }.reduced())
    }

    fn reduced(mut self) -> Self {
        while self.digits != 0 && self.digits % 10 == 0 {
            self.digits /= 10;
            self.exponent += 1;
        }
        if self.digits == 0 { Self::from(0) } else { self }
    }

    /// Two numbers with the same last place.
    fn aligned(self, other: Self) -> Option<(i128, i128, i32)> {
        let exponent = self.exponent.min(other.exponent);
        let lift = |of: Self| of.digits.checked_mul(10_i128.checked_pow(u32::try_from(of.exponent - exponent).ok()?)?);
        Some((lift(self)?, lift(other)?, exponent))
    }

    pub(super) fn plus(self, other: Self) -> Self {
        match self.aligned(other) {
            Some((one, other, exponent)) => Self { digits: one.saturating_add(other), exponent }.reduced(),
            None if self.exponent > other.exponent => self,
            None => other,
        }
    }

    pub(super) fn negated(self) -> Self {
        Self { digits: -self.digits, ..self }
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        match self.aligned(*other) {
            Some((one, other, _)) => one.cmp(&other),
            None => self.float().total_cmp(&other.float()),
        }
    }

    pub(super) fn sign(self) -> i64 {
        i64::try_from(self.digits.signum()).unwrap_or_default()
    }

    pub(super) fn integer(self) -> Option<i64> {
        let power = 10_i128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        i64::try_from(self.digits.checked_mul(power)?).ok()
    }

    pub(super) fn float(self) -> f64 {
        format!("{}e{}", self.digits, self.exponent).parse().unwrap_or_default()
    }
}

impl From<i64> for Quantity {
    fn from(number: i64) -> Self {
        let whole = Self { digits: number.into(), exponent: 0 };
        if number == 0 { whole } else { whole.reduced() }
    }
}
