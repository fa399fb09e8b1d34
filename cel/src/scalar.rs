//! Numbers and truths, as texts write them and as numbers of another type hold them.

/// An integer as a text.
pub(crate) fn int(text: &str) -> Option<i64> {
    text.parse().ok()
}

/// An integer without a sign, as a text.
pub(crate) fn uint(text: &str) -> Option<u64> {
    text.parse().ok().filter(|_| !text.starts_with('+'))
}

/// The words for true and false.
pub(crate) fn bool(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

/// A number as Go's `strconv.ParseFloat` reads it: also hexadecimal, with underscores between digits, and never more than there is.
pub(crate) fn double(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_negative = text.starts_with('-');
    let special = ["inf", "infinity"].iter().any(|name| unsigned.eq_ignore_ascii_case(name));
    if special || text.eq_ignore_ascii_case("nan") {
        return text.parse().ok();
    }
    let hexadecimal = unsigned.strip_prefix("0x").or_else(|| unsigned.strip_prefix("0X"));
    if !has_good_underscores(unsigned, hexadecimal.is_some()) {
        return None;
    }
    let number = match hexadecimal {
        Some(digits) => hexadecimal_double(&digits.replace('_', ""))?,
        None if unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') => {
            unsigned.replace('_', "").parse().ok()?
        }
        None => return None,
    };
    number.is_finite().then_some(if is_negative { -number } else { number })
}

/// Underscores stand between digits, or behind `0x`.
fn has_good_underscores(text: &str, is_hexadecimal: bool) -> bool {
    let is_digit = |c: Option<&u8>| match c {
        Some(b'x' | b'X') => is_hexadecimal,
        Some(c) => c.is_ascii_digit() || is_hexadecimal && c.is_ascii_hexdigit(),
        None => false,
    };
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter(|(_, c)| **c == b'_').all(|(at, _)| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        is_digit(before) && is_digit(bytes.get(at + 1)) && !matches!(bytes.get(at + 1), Some(b'x' | b'X'))
    })
}

/// `1.8p1`, behind `0x`; the exponent must be there.
fn hexadecimal_double(text: &str) -> Option<f64> {
    let (digits, exponent) = text.split_once(['p', 'P'])?;
    let exponent_digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    if exponent_digits.is_empty() || !exponent_digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut number = 0.0;
    for digit in whole.chars().chain(fraction.chars()) {
        number = number * 16.0 + f64::from(digit.to_digit(16)?);
    }
    let shift = i32::try_from(fraction.len()).ok()?.checked_mul(4)?;
    let exponent: i32 = exponent.parse().unwrap_or(if exponent.starts_with('-') { -9_999 } else { 9_999 });
    Some(number * 2.0_f64.powi(exponent.saturating_sub(shift)))
}

/// A number of 64 bits and a sign, without what stands behind the point.
#[expect(clippy::cast_possible_truncation, reason = "what does not fit is refused first")]
pub(crate) fn int_of_double(number: f64) -> Option<i64> {
    (number.abs() < 9_223_372_036_854_775_808.0).then_some(number as i64)
}

/// A number of 64 bits, without what stands behind the point.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what does not fit is refused first")]
pub(crate) fn uint_of_double(number: f64) -> Option<u64> {
    (0.0..18_446_744_073_709_551_616.0).contains(&number).then_some(number as u64)
}

pub(crate) const INT_OVERFLOW: &str = "integer overflow";
pub(crate) const UINT_OVERFLOW: &str = "unsigned integer overflow";
pub(crate) const NOT_UTF_8: &str = "invalid UTF-8 in bytes, cannot convert to string";
pub(crate) const TIMESTAMP_OVERFLOW: &str = "timestamp overflow";

/// What is said of a text that no value of a type can be made of.
pub(crate) fn unreadable(to: &str) -> String {
    format!("type conversion error from 'string' to '{to}'")
}

/// Whether a number of seconds since 1970 lies in the years 1 to 9999.
pub(crate) fn is_time(seconds: i64) -> bool {
    (-62_135_596_800..=253_402_300_799).contains(&seconds)
}
