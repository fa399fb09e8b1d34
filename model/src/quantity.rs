//! Amounts of resources: `500m`, `1Gi`, `2e3`.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::decimal::put_u64;

/// An exact amount, such as `500m` CPUs or `1Gi` of memory.
///
/// Amounts are compared and computed exactly, to a billionth, and printed in the canonical form that the API server prints: no fraction,
/// the greatest suffix that needs none, and the family of suffixes that it was written with. Amounts finer than a billionth are rounded up,
/// away from zero; the greatest one is 2⁶³ − 1 as in Go, further away is cut off there.
/// Source: `pkg/api/resource/quantity.go` in k8s.io/apimachinery v0.37.2.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quantity {
    /// Billionths.
    nanos: i128,
    format: Suffixes,
}

/// The family of suffixes that an amount is printed with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Suffixes {
    /// `n u m k M G T P E`
    #[default]
    Decimal,
    /// `Ki Mi Gi Ti Pi Ei`
    Binary,
    /// `e3`
    Exponent,
}

const NANOS: i128 = 1_000_000_000;
const MAX_NANOS: i128 = i64::MAX as i128 * NANOS;

impl Quantity {
    /// Makes an amount of whole units.
    pub fn from_units(units: i64) -> Self {
        Self::decimal(i128::from(units) * NANOS)
    }

    /// Makes an amount of thousandths.
    pub fn from_millis(millis: i64) -> Self {
        Self::decimal(i128::from(millis) * 1_000_000)
    }

    fn decimal(nanos: i128) -> Self {
        Self { nanos: nanos.clamp(-MAX_NANOS, MAX_NANOS), format: Suffixes::Decimal }
    }

    /// Returns the amount in whole units, rounded up as Go's `Value` does; cut off at 2⁶³ − 1.
    pub fn units(&self) -> i64 {
        ceil_div(self.nanos, NANOS)
    }

    /// Returns the amount in thousandths, rounded up as Go's `MilliValue` does; cut off at 2⁶³ − 1.
    pub fn millis(&self) -> i64 {
        ceil_div(self.nanos, 1_000_000)
    }

    /// Tells whether the amount is zero.
    pub fn is_zero(&self) -> bool {
        self.nanos == 0
    }

    fn with_nanos(self, other: Self, nanos: i128) -> Self {
        // Go takes the other's format when this one is zero.
        let format = if self.nanos == 0 { other.format } else { self.format };
        Self { nanos: nanos.clamp(-MAX_NANOS, MAX_NANOS), format }
    }
}

/// Rounds away from zero, as Go does.
fn ceil_div(value: i128, by: i128) -> i64 {
    let quotient = value / by;
    let rounded = if value % by == 0 { quotient } else { quotient + value.signum() };
    i64::try_from(rounded).unwrap_or(if value > 0 { i64::MAX } else { i64::MIN })
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.nanos == other.nanos
    }
}

impl Eq for Quantity {}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.nanos.cmp(&other.nanos)
    }
}

impl Hash for Quantity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.nanos.hash(state);
    }
}

impl Add for Quantity {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        self.with_nanos(other, self.nanos + other.nanos)
    }
}

impl Sub for Quantity {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.with_nanos(other, self.nanos - other.nanos)
    }
}

impl Neg for Quantity {
    type Output = Self;

    fn neg(self) -> Self {
        Self { nanos: -self.nanos, ..self }
    }
}

impl AddAssign for Quantity {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Quantity {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), Add::add)
    }
}

impl From<i64> for Quantity {
    fn from(units: i64) -> Self {
        Self::from_units(units)
    }
}

/// A text that is no amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantityError {
    text: Box<str>,
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no quantity; write a number with an optional suffix: 0.5, 500m, 2k, 1Gi, 1e3", self.text)
    }
}

impl std::error::Error for QuantityError {}

impl FromStr for Quantity {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, QuantityError> {
        parse(text).ok_or_else(|| QuantityError { text: text.into() })
    }
}

const DECIMAL: [(&str, i32); 10] =
    [("n", -9), ("u", -6), ("m", -3), ("", 0), ("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18)];
const BINARY: [(&str, u32); 6] = [("Ki", 10), ("Mi", 20), ("Gi", 30), ("Ti", 40), ("Pi", 50), ("Ei", 60)];

fn parse(text: &str) -> Option<Quantity> {
    let (negative, unsigned) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let end = unsigned.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(unsigned.len());
    let (number, suffix) = unsigned.split_at(end);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if fraction.contains('.') || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let (format, exponent, shift) = scale_of(suffix)?;

    // The value is `digits × 10^(exponent − fraction) × 2^shift`; in billionths, 9 more.
    let joined;
    let digits = if fraction.is_empty() {
        whole
    } else {
        joined = [whole, fraction].concat();
        joined.as_str()
    };
    let digits = digits.trim_start_matches('0');
    let power = exponent + 9 - i32::try_from(fraction.len()).ok()?;
    let nanos = billionths(digits, power, shift);
    let nanos = nanos.min(MAX_NANOS);
    Some(Quantity { nanos: if negative { -nanos } else { nanos }, format })
}

fn scale_of(suffix: &str) -> Option<(Suffixes, i32, u32)> {
    if let Some((_, power)) = DECIMAL.iter().find(|(known, _)| *known == suffix) {
        return Some((Suffixes::Decimal, *power, 0));
    }
    if let Some((_, shift)) = BINARY.iter().find(|(known, _)| *known == suffix) {
        return Some((Suffixes::Binary, 0, *shift));
    }
    let power = suffix.strip_prefix(['e', 'E'])?;
    Some((Suffixes::Exponent, power.parse::<i32>().ok()?, 0))
}

/// `digits × 10^power × 2^shift`, rounded up; what is greater than can be is cut off.
fn billionths(digits: &str, power: i32, shift: u32) -> i128 {
    if digits.is_empty() {
        return 0;
    }
    // What does not fit into 128 bits together with the shift is rounded: digits from the 38th on, or from the 20th on before `Ei`.
    let mut value: i128 = 0;
    let mut dropped = 0;
    let mut inexact = false;
    for digit in digits.bytes() {
        let next = i128::from(digit - b'0');
        match value.checked_mul(10).and_then(|v| v.checked_add(next)) {
            Some(v) if dropped == 0 && v <= i128::MAX >> (shift + 1) => value = v,
            _ => {
                dropped += 1;
                inexact |= next != 0;
            }
        }
    }
    let power = power + dropped;
    let scaled = value.checked_mul(1 << shift).unwrap_or(i128::MAX);
    if power >= 0 {
        let factor = u32::try_from(power).ok().and_then(|power| 10_i128.checked_pow(power));
        return factor.and_then(|factor| scaled.checked_mul(factor)).unwrap_or(i128::MAX);
    }
    match power.checked_neg().and_then(|p| u32::try_from(p).ok()).and_then(|p| 10_i128.checked_pow(p)) {
        Some(divisor) => scaled / divisor + i128::from(scaled % divisor != 0 || inexact),
        None => 1,
    }
}

impl Quantity {
    /// Returns the count and the suffix that it is written with, without the sign.
    fn parts(&self) -> (u128, &'static str) {
        let nanos = self.nanos.unsigned_abs();
        let (units, fraction) = (nanos / NANOS.unsigned_abs(), nanos % NANOS.unsigned_abs());
        if fraction != 0 {
            let (count, power) = without_thousands(nanos, -9);
            return (count, self.suffix(power));
        }
        let Ok(units) = u64::try_from(units) else { return (units, "") };
        if self.format == Suffixes::Binary && units >= 1024 {
            let fits = BINARY.iter().rev().find(|(_, shift)| units.trailing_zeros() >= *shift);
            return fits.map_or((units.into(), ""), |(suffix, shift)| ((units >> shift).into(), *suffix));
        }
        let (mut count, mut power) = (units, 0);
        while count != 0 && count % 1000 == 0 && power < 18 {
            (count, power) = (count / 1000, power + 3);
        }
        (count.into(), self.suffix(power))
    }

    fn suffix(&self, power: i32) -> &'static str {
        const EXPONENTS: [&str; 10] = ["e-9", "e-6", "e-3", "", "e3", "e6", "e9", "e12", "e15", "e18"];
        let found = DECIMAL.iter().zip(EXPONENTS).find(|((_, known), _)| *known == power);
        found.map_or("", |((suffix, _), exponent)| match self.format {
            Suffixes::Exponent => exponent,
            Suffixes::Decimal | Suffixes::Binary => suffix,
        })
    }

    /// Appends the text.
    pub(crate) fn append_to(&self, out: &mut Vec<u8>) {
        let (count, suffix) = self.parts();
        if self.nanos < 0 {
            out.push(b'-');
        }
        match u64::try_from(count) {
            Ok(count) => put_u64(count, out),
            Err(_) => out.extend_from_slice(count.to_string().as_bytes()),
        }
        out.extend_from_slice(suffix.as_bytes());
    }
}

/// Divides by a thousand as long as nothing is left over.
fn without_thousands(mut count: u128, mut power: i32) -> (u128, i32) {
    while count != 0 && count.is_multiple_of(1000) {
        (count, power) = (count / 1000, power + 3);
    }
    (count, power)
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, suffix) = self.parts();
        let sign = if self.nanos < 0 { "-" } else { "" };
        write!(f, "{sign}{count}{suffix}")
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(QuantityVisitor)
    }
}

struct QuantityVisitor;

impl de::Visitor<'_> for QuantityVisitor {
    type Value = Quantity;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a quantity such as \"500m\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Quantity, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Quantity, E> {
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Quantity, E> {
        value.to_string().parse().map_err(E::custom)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Quantity, E> {
        value.to_string().parse().map_err(E::custom)
    }
}

impl schemars::JsonSchema for Quantity {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Quantity".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schema().try_into().unwrap_or_default()
    }
}

/// The schema of a quantity.
pub(crate) fn schema() -> serde_json::Value {
    let mut schema = crate::int_or_string::schema();
    schema["pattern"] = PATTERN.into();
    schema
}

/// What controller-gen writes for a quantity.
const PATTERN: &str = r"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn quantity(text: &str) -> Quantity {
        text.parse().unwrap()
    }

    #[test]
    fn amounts_are_printed_in_canonical_form() {
        for (text, canonical) in [
            ("0", "0"),
            ("0.5", "500m"),
            ("1.0", "1"),
            ("1000m", "1"),
            ("1500m", "1500m"),
            ("1000", "1k"),
            ("1024", "1024"),
            ("1Gi", "1Gi"),
            ("1024Mi", "1Gi"),
            ("1.5Gi", "1536Mi"),
            ("0.5Ki", "512"),
            ("0.1Ki", "102400m"),
            ("1e3", "1e3"),
            ("1E3", "1e3"),
            ("12e-1", "1200e-3"),
            ("1E", "1E"),
            ("-1.5", "-1500m"),
            ("+3", "3"),
            ("100n", "100n"),
            ("0.0000000001", "1n"),
            (".5", "500m"),
            ("5.", "5"),
            ("10E", "9223372036854775807"),
        ] {
            assert_eq!(quantity(text).to_string(), canonical, "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", "m", "1.2.3", "1 Gi", "1ki", "1KI", "e3", "1e", "1e3m", "--1", "1g", "."] {
            assert!(text.parse::<Quantity>().is_err(), "{text}");
        }
    }

    #[test]
    fn amounts_compare_and_add_across_suffixes() {
        assert_eq!(quantity("1"), quantity("1000m"));
        assert!(quantity("1G") < quantity("1Gi"));
        assert_eq!((quantity("1Gi") + quantity("512Mi")).to_string(), "1536Mi");
        assert_eq!((quantity("1") - quantity("1500m")).to_string(), "-500m");
        assert_eq!(quantity("1500m").units(), 2);
        assert_eq!(quantity("0.1m").millis(), 1);
    }

    proptest! {
        #[test]
        fn every_printed_amount_is_read_back(nanos in -MAX_NANOS..MAX_NANOS, binary: bool) {
            let format = if binary { Suffixes::Binary } else { Suffixes::Decimal };
            let amount = Quantity { nanos, format };
            prop_assert_eq!(quantity(&amount.to_string()), amount);
        }

        #[test]
        fn adding_and_taking_away_again_changes_nothing(a in any::<i32>(), b in any::<i32>()) {
            let (a, b) = (Quantity::from_millis(a.into()), Quantity::from_millis(b.into()));
            prop_assert_eq!(a + b - b, a);
        }
    }
}
