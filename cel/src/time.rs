//! Durations and times, as texts write them.

/// A duration in nanoseconds, as Go writes it: `1h30m`, `1.5s`, `-2ms`.
pub fn duration(text: &str) -> Option<i64> {
    let (is_negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total: u128 = 0;
    while !rest.is_empty() {
        let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let whole = digits(rest);
        let number: u128 = if whole == 0 { 0 } else { rest[..whole].parse().ok()? };
        let mut after = &rest[whole..];
        let mut fraction = "";
        if let Some(behind) = after.strip_prefix('.') {
            let length = digits(behind);
            fraction = &behind[..length];
            after = &behind[length..];
        }
        if whole == 0 && fraction.is_empty() {
            return None;
        }
        let length = after.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(after.len());
        let unit: u128 = match &after[..length] {
            "ns" => 1,
            "us" | "\u{b5}s" | "\u{3bc}s" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => return None,
        };
        total = total.checked_add(number.checked_mul(unit)?)?;
        let digits: u128 =
            fraction.get(..fraction.len().min(18)).filter(|f| !f.is_empty()).map_or(Some(0), |f| f.parse().ok())?;
        let power = 10u128.pow(u32::try_from(fraction.len().min(18)).ok()?);
        total = total.checked_add(digits * unit / power)?;
        rest = &after[length..];
    }
    let most = if is_negative { u128::from(i64::MIN.unsigned_abs()) } else { u128::from(i64::MAX.unsigned_abs()) };
    if total > most {
        return None;
    }
    let nanoseconds = i128::try_from(total).ok()?;
    i64::try_from(if is_negative { -nanoseconds } else { nanoseconds }).ok()
}

/// A point in time, as RFC 3339 writes it: seconds since 1970 and nanoseconds.
pub fn timestamp(text: &str) -> Option<(i64, u32)> {
    let bytes = text.as_bytes();
    let number = |from: usize, length: usize| -> Option<i64> {
        let digits = text.get(from..from + length)?;
        if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
    };
    let is = |at: usize, wanted: u8| bytes.get(at) == Some(&wanted);
    if !(is(4, b'-') && is(7, b'-') && (is(10, b'T') || is(10, b't')) && is(13, b':') && is(16, b':')) {
        return None;
    }
    let days = date(number(0, 4)?, number(5, 2)?, number(8, 2)?)?;
    let (hour, minute, second) = (number(11, 2)?, number(14, 2)?, number(17, 2)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let mut rest = &text[19..];
    let mut nanoseconds = 0;
    if let Some(behind) = rest.strip_prefix(['.', ',']) {
        let length = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
        if length == 0 {
            return None;
        }
        nanoseconds = format!("{:0<9}", &behind[..length.min(9)]).parse().ok()?;
        rest = &behind[length..];
    }
    let offset = match rest {
        "Z" | "z" => 0,
        _ => offset(rest)?,
    };
    Some((days * 86_400 + hour * 3_600 + minute * 60 + second - offset, nanoseconds))
}

/// The seconds that `+01:30` stands for.
pub(crate) fn offset(text: &str) -> Option<i64> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = text[1..].split_once(':')?;
    let number =
        |text: &str| (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse::<i64>().ok());
    let (hours, minutes) = (number(hours)??, number(minutes)??);
    (hours <= 24 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}

/// The days from 1970 to a date, if there is such a date.
pub(crate) fn date(year: i64, month: i64, day: i64) -> Option<i64> {
    const DAYS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let index = usize::try_from(month - 1).ok()?;
    let most = *DAYS.get(index)? + i64::from(is_leap && month == 2);
    if day < 1 || day > most {
        return None;
    }
    // Years start in March, so that the odd day is the last one.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}
