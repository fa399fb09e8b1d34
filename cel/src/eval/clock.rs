//! The parts of points in time, and durations and times as texts.

use std::fmt::Write as _;

/// Year, month, day and day of the year of a day since 1970; months and days count from one, days of a year from zero.
pub(super) fn civil(days: i64) -> (i64, i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let start = crate::time::date(year, 1, 1).unwrap_or_default();
    (year, month, day, days - start)
}

/// A part of a point in time, by the name of the function.
pub(super) fn part(name: &str, seconds: i64, nanoseconds: u32) -> Option<i64> {
    let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day, of_year) = civil(days);
    Some(match name {
        "getFullYear" => year,
        "getMonth" => month - 1,
        "getDayOfYear" => of_year,
        "getDayOfMonth" => day - 1,
        "getDate" => day,
        "getDayOfWeek" => (days + 4).rem_euclid(7),
        "getHours" => of_day / 3_600,
        "getMinutes" => of_day / 60 % 60,
        "getSeconds" => of_day % 60,
        "getMilliseconds" => i64::from(nanoseconds / 1_000_000),
        _ => return None,
    })
}

/// The seconds that a time zone is ahead of UTC, where it is UTC or written as an offset.
pub(super) fn zone(name: &str) -> Result<i64, String> {
    if name == "UTC" || name.is_empty() {
        return Ok(0);
    }
    let signed = if name.starts_with(['+', '-']) { name.to_owned() } else { format!("+{name}") };
    crate::time::offset(&signed).ok_or_else(|| format!("unknown time zone {name}"))
}

/// `2026-01-31T12:00:00.5Z`
pub(super) fn timestamp(seconds: i64, nanoseconds: u32) -> String {
    let (year, month, day, _) = civil(seconds.div_euclid(86_400));
    let of_day = seconds.rem_euclid(86_400);
    let mut text =
        format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}", of_day / 3_600, of_day / 60 % 60, of_day % 60);
    if nanoseconds > 0 {
        let fraction = format!("{nanoseconds:09}");
        let _ = write!(text, ".{}", fraction.trim_end_matches('0'));
    }
    text.push('Z');
    text
}

/// `90.5s`
pub(super) fn duration(nanoseconds: i64) -> String {
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let all = nanoseconds.unsigned_abs();
    let fraction = format!(".{:09}", all % 1_000_000_000);
    format!("{sign}{}{}s", all / 1_000_000_000, fraction.trim_end_matches('0').trim_end_matches('.'))
}
