//! Points in time as the API writes them: RFC 3339 in UTC, with whole seconds or microseconds.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::decimal::put_padded;

/// A point in time with the precision of a second: `2026-11-24T09:00:00Z`.
///
/// `metav1.Time` in Go. Fractions are dropped when it is parsed, as the API server drops them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    seconds: i64,
}

/// A point in time with the precision of a microsecond: `2026-11-24T09:00:00.000000Z`.
///
/// `metav1.MicroTime` in Go; leases and events use it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MicroTime {
    microseconds: i64,
}

/// The last second of the year 9999, the last that RFC 3339 can write.
const LAST_SECOND: i64 = 253_402_300_799;
/// The first second of the year 0.
const FIRST_SECOND: i64 = -62_167_219_200;
const SECONDS_A_DAY: i64 = 86_400;

impl Time {
    /// Makes a time from seconds since 1970; what RFC 3339 cannot write is moved to the nearest year of 0 to 9999.
    pub fn from_unix_seconds(seconds: i64) -> Self {
        Self { seconds: seconds.clamp(FIRST_SECOND, LAST_SECOND) }
    }

    /// Returns the seconds since 1970; negative before.
    pub fn unix_seconds(self) -> i64 {
        self.seconds
    }

    /// Returns how long after another time this is; zero if it is not after.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_secs(self.seconds.saturating_sub(earlier.seconds).try_into().unwrap_or(0))
    }
}

impl MicroTime {
    /// Makes a time from microseconds since 1970; what RFC 3339 cannot write is moved to the nearest year of 0 to 9999.
    pub fn from_unix_microseconds(microseconds: i64) -> Self {
        Self { microseconds: microseconds.clamp(FIRST_SECOND * 1_000_000, LAST_SECOND * 1_000_000 + 999_999) }
    }

    /// Returns the microseconds since 1970; negative before.
    pub fn unix_microseconds(self) -> i64 {
        self.microseconds
    }

    /// Returns how long after another time this is; zero if it is not after.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(self.microseconds.saturating_sub(earlier.microseconds).try_into().unwrap_or(0))
    }
}

impl From<MicroTime> for Time {
    fn from(time: MicroTime) -> Self {
        Self { seconds: time.microseconds.div_euclid(1_000_000) }
    }
}

impl From<Time> for MicroTime {
    fn from(time: Time) -> Self {
        Self { microseconds: time.seconds * 1_000_000 }
    }
}

impl From<SystemTime> for MicroTime {
    fn from(time: SystemTime) -> Self {
        let micros = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_micros()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_micros()).map_or(i64::MIN, |micros| -micros),
        };
        Self::from_unix_microseconds(micros)
    }
}

impl From<SystemTime> for Time {
    fn from(time: SystemTime) -> Self {
        MicroTime::from(time).into()
    }
}

impl From<MicroTime> for SystemTime {
    fn from(time: MicroTime) -> Self {
        let distance = Duration::from_micros(time.microseconds.unsigned_abs());
        if time.microseconds < 0 { UNIX_EPOCH - distance } else { UNIX_EPOCH + distance }
    }
}

impl From<Time> for SystemTime {
    fn from(time: Time) -> Self {
        MicroTime::from(time).into()
    }
}

impl Time {
    /// Appends the text.
    pub(crate) fn append_to(self, out: &mut Vec<u8>) {
        put_date_and_time(self.seconds, out);
        out.push(b'Z');
    }
}

impl MicroTime {
    /// Appends the text.
    pub(crate) fn append_to(self, out: &mut Vec<u8>) {
        put_date_and_time(self.microseconds.div_euclid(1_000_000), out);
        out.push(b'.');
        put_padded::<6>(self.microseconds.rem_euclid(1_000_000).unsigned_abs(), out);
        out.push(b'Z');
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Vec::with_capacity(20);
        self.append_to(&mut text);
        f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Display for MicroTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Vec::with_capacity(27);
        self.append_to(&mut text);
        f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for Time {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        MicroTime::from_str(text).map(Self::from)
    }
}

impl FromStr for MicroTime {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        parse(text).map(|microseconds| Self { microseconds }).ok_or_else(|| TimeError { text: text.into() })
    }
}

/// A text that is no RFC 3339 time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeError {
    text: Box<str>,
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no time; write it as 2026-11-24T09:00:00Z", self.text)
    }
}

impl std::error::Error for TimeError {}

/// Microseconds since 1970 of an RFC 3339 text; further digits of the fraction are dropped.
fn parse(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let number = |at: usize, digits: usize| -> Option<i64> {
        bytes
            .get(at..at + digits)?
            .iter()
            .try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0')))
    };
    let mark = |at: usize, expected: u8| (bytes.get(at)?.eq_ignore_ascii_case(&expected)).then_some(());

    let (year, month, day) = (number(0, 4)?, number(5, 2)?, number(8, 2)?);
    let (hour, minute, second) = (number(11, 2)?, number(14, 2)?, number(17, 2)?);
    for (at, expected) in [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')] {
        mark(at, expected)?;
    }
    let sound = (1..=12).contains(&month)
        && (1..=days_in_month(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    if !sound {
        return None;
    }

    let mut at = 19;
    let mut micros = 0;
    if bytes.get(at) == Some(&b'.') {
        let digits = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        micros = number(at + 1, digits.min(6))? * 10_i64.pow(6 - u32::try_from(digits.min(6)).ok()?);
        at += 1 + digits;
    }
    let offset = match *bytes.get(at)? {
        b'Z' | b'z' if bytes.len() == at + 1 => 0,
        sign @ (b'+' | b'-') if bytes.len() == at + 6 => {
            mark(at + 3, b':')?;
            let (hours, minutes) = (number(at + 1, 2)?, number(at + 4, 2)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let seconds = hours * 3600 + minutes * 60;
            if sign == b'+' { seconds } else { -seconds }
        }
        _ => return None,
    };
    let seconds = days_from_date(year, month, day) * SECONDS_A_DAY + hour * 3600 + minute * 60 + second - offset;
    Some(seconds.clamp(FIRST_SECOND, LAST_SECOND) * 1_000_000 + micros)
}

fn put_date_and_time(seconds: i64, out: &mut Vec<u8>) {
    let (year, month, day) = date_from_days(seconds.div_euclid(SECONDS_A_DAY));
    let second = seconds.rem_euclid(SECONDS_A_DAY);
    put_padded::<4>(year.unsigned_abs(), out);
    for (mark, part) in
        [(b'-', month), (b'-', day), (b'T', second / 3600), (b':', second / 60 % 60), (b':', second % 60)]
    {
        out.push(mark);
        put_padded::<2>(part.unsigned_abs(), out);
    }
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

// The calendar repeats every 400 years of 146,097 days. Both functions count years from March, so that the leap day is the last day of a
// year and the months' lengths follow one line: (153 m + 2) / 5 days lie before the m-th month.
// Source: Howard Hinnant, "chrono-compatible low-level date algorithms".
const DAYS_IN_400_YEARS: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const DAYS_TO_1970: i64 = 719_468;

fn days_from_date(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month_from_march = (month + 9) % 12;
    let (cycle, year_of_cycle) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    cycle * DAYS_IN_400_YEARS + year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year
        - DAYS_TO_1970
}

fn date_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + DAYS_TO_1970;
    let (cycle, day_of_cycle) = (days.div_euclid(DAYS_IN_400_YEARS), days.rem_euclid(DAYS_IN_400_YEARS));
    let year_of_cycle = (day_of_cycle - day_of_cycle / 1_460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
    let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = cycle * 400 + year_of_cycle + i64::from(month <= 2);
    (year, month, day)
}

macro_rules! as_text {
    ($($time:ident),*) => {$(
        impl Serialize for $time {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $time {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<'_, str>::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }

        impl schemars::JsonSchema for $time {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($time).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schema().try_into().unwrap_or_default()
            }
        }
    )*};
}
as_text!(Time, MicroTime);

/// The schema of a time.
pub(crate) fn schema() -> serde_json::Value {
    serde_json::json!({ "type": "string", "format": "date-time" })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_days_are_printed_as_the_calendar_says() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_795_510_800, "2026-11-24T09:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (FIRST_SECOND, "0000-01-01T00:00:00Z"),
            (LAST_SECOND, "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(Time::from_unix_seconds(seconds).to_string(), text);
            assert_eq!(text.parse(), Ok(Time::from_unix_seconds(seconds)));
        }
    }

    #[test]
    fn offsets_and_fractions_are_understood() {
        let expected: MicroTime = "2026-11-24T09:00:00.250000Z".parse().unwrap();
        for text in ["2026-11-24T10:30:00.25+01:30", "2026-11-24T08:00:00.2500009-01:00", "2026-11-24t09:00:00.25z"] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2026",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-11-24 09:00:00Z",
            "2026-11-24T09:00:00",
            "2026-11-24T24:00:00Z",
            "2026-11-24T09:00:00.Z",
            "2026-11-24T09:00:00+0100",
            "2026-11-24T09:00:00Zx",
        ] {
            assert!(text.parse::<Time>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_printed_time_is_read_back(micros in FIRST_SECOND * 1_000_000..=LAST_SECOND * 1_000_000) {
            let time = MicroTime::from_unix_microseconds(micros);
            prop_assert_eq!(time.to_string().parse(), Ok(time));
            prop_assert_eq!(MicroTime::from(SystemTime::from(time)), time);
        }
    }
}
