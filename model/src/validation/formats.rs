//! The formats of texts that the server knows.
//!
//! Source: `pkg/apiserver/validation/formats.go` in k8s.io/apiextensions-apiserver, `pkg/validation/strfmt` in k8s.io/kube-openapi.

use core::net::{Ipv4Addr, Ipv6Addr};

use serde_json::Value;

use crate::definition::tree::{text, truth};

/// The format of a schema as the server reads it: empty if it knows none of this name for its type.
pub(crate) fn known(schema: &Value) -> &str {
    let format = text(schema.get("format"));
    let is_either = truth(schema.get("x-kubernetes-int-or-string"));
    let is_known = match text(schema.get("type")) {
        _ if format.is_empty() => false,
        "integer" if !is_either => matches!(format, "int32" | "int64"),
        "number" => matches!(format, "float" | "double"),
        "object" | "array" | "boolean" => false,
        _ => checker(format).is_some(),
    };
    if is_known { format } else { "" }
}

/// Tells whether a text has a format; every text has one that is not known.
pub(super) fn fits(format: &str, text: &str) -> bool {
    checker(format).is_none_or(|check| check(text))
}

fn checker(format: &str) -> Option<fn(&str) -> bool> {
    Some(match format.replace('-', "").as_str() {
        "bsonobjectid" => |text| text.len() == 24 && hex(text),
        "uri" => uri,
        "email" => email,
        "hostname" => hostname,
        "ipv4" => ipv4,
        "ipv6" => |text| text.contains(':') && ip(text),
        "cidr" => cidr,
        "mac" => mac,
        "uuid" => |text| uuid(text, None),
        "uuid3" => |text| uuid(text, Some(b'3')),
        "uuid4" => |text| uuid(text, Some(b'4')),
        "uuid5" => |text| uuid(text, Some(b'5')),
        "isbn" => |text| isbn10(text) || isbn13(text),
        "isbn10" => isbn10,
        "isbn13" => isbn13,
        "creditcard" => credit_card,
        "ssn" => ssn,
        "hexcolor" => |text| {
            let digits = text.strip_prefix('#').unwrap_or(text);
            matches!(digits.len(), 3 | 6) && hex(digits)
        },
        "rgbcolor" => rgb_color,
        "byte" => base64,
        "password" => |_| true,
        "date" => date,
        "duration" => duration,
        "datetime" => date_time,
        "k8sshortname" => |text| kubist_naming::dns1123_label(text).is_ok(),
        "k8slongname" => |text| kubist_naming::dns1123_subdomain(text).is_ok(),
        _ => return None,
    })
}

fn hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// As `url.ParseRequestURI`: a path from the root, or a scheme and what belongs to it.
fn uri(text: &str) -> bool {
    if text.bytes().any(|byte| byte.is_ascii_control()) || !escapes_are_whole(text) {
        return false;
    }
    if text.starts_with('/') || text == "*" {
        return true;
    }
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let mut letters = scheme.bytes();
    let is_scheme = letters.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && letters.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let authority = rest.strip_prefix("//").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or(""));
    is_scheme && authority.is_none_or(authority_is_right)
}

fn escapes_are_whole(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or("");
    path.match_indices('%').all(|(at, _)| path.get(at + 1..at + 3).is_some_and(hex))
}

fn authority_is_right(authority: &str) -> bool {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = match host.rsplit_once(':') {
        Some((before, port)) if !host.ends_with(']') => (before, port),
        _ => (host, ""),
    };
    let is_host = |letter: char| !" \"<>\\^`{|}".contains(letter);
    (port.is_empty() || digits(port)) && host.chars().all(is_host)
}

/// As `mail.ParseAddress`: an address, or a name and an address in angle brackets.
fn email(text: &str) -> bool {
    let text = text.trim();
    let address = match text.strip_suffix('>') {
        Some(before) => match before.rsplit_once('<') {
            Some((_, address)) => address,
            None => return false,
        },
        None => text,
    };
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    let is_atom = |atom: &str| {
        !atom.is_empty()
            && atom.chars().all(|letter| {
                letter.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(letter) || !letter.is_ascii()
            })
    };
    let is_quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    (is_quoted || local.split('.').all(is_atom)) && domain.split('.').all(is_atom)
}

fn hostname(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric() || (!letter.is_ascii() && !letter.is_whitespace());
    let is_label = |label: &str| {
        let inner = |letter: char| is_letter(letter) || letter == '-';
        label.len() <= 63 && label.starts_with(is_letter) && label.ends_with(is_letter) && label.chars().all(inner)
    };
    let top = text.rsplit('.').next().unwrap_or("");
    // One label of its own may hold digits; the last of several is letters.
    let is_top = !text.contains('.') || (top.chars().count() >= 2 && top.chars().all(char::is_alphabetic));
    text.len() <= 255 && is_top && text.split('.').all(is_label)
}

/// Zeros in front of a number are let through, as for all addresses that were valid once.
fn sloppy_ipv4(text: &str) -> bool {
    let number = |part: &str| match part.trim_start_matches('0') {
        "" if !part.is_empty() => "0".to_owned(),
        rest => rest.to_owned(),
    };
    text.split('.').map(number).collect::<Vec<_>>().join(".").parse::<Ipv4Addr>().is_ok()
}

fn ip(text: &str) -> bool {
    if text.contains(':') { text.parse::<Ipv6Addr>().is_ok() } else { sloppy_ipv4(text) }
}

fn ipv4(text: &str) -> bool {
    text.contains('.') && ip(text)
}

fn cidr(text: &str) -> bool {
    let Some((address, length)) = text.split_once('/') else { return false };
    let most = if address.contains(':') { 128 } else { 32 };
    ip(address) && digits(length) && length.parse::<u8>().is_ok_and(|length| length <= most)
}

fn mac(text: &str) -> bool {
    let grouped = |separator: char, width: usize, counts: [usize; 3]| {
        let groups: Vec<&str> = text.split(separator).collect();
        counts.contains(&groups.len()) && groups.iter().all(|group| group.len() == width && hex(group))
    };
    grouped(':', 2, [6, 8, 20]) || grouped('-', 2, [6, 8, 20]) || grouped('.', 4, [3, 4, 10])
}

fn uuid(text: &str, version: Option<u8>) -> bool {
    // A hyphen may stand between the groups, or not.
    let mut rest = text;
    let mut all = String::new();
    for (index, width) in [8, 4, 4, 4, 12].into_iter().enumerate() {
        if index > 0 {
            rest = rest.strip_prefix('-').unwrap_or(rest);
        }
        let Some((group, behind)) = rest.split_at_checked(width) else { return false };
        all.push_str(group);
        rest = behind;
    }
    let letters = all.as_bytes();
    let is_version = version.is_none_or(|version| letters[12] == version);
    let has_variant = matches!(version, Some(b'4' | b'5'));
    rest.is_empty() && hex(&all) && is_version && (!has_variant || b"89abAB".contains(&letters[16]))
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect()
}

fn isbn10(text: &str) -> bool {
    let text = without_spaces(text);
    let Some((body, check)) = text.split_at_checked(9) else { return false };
    let check = match check {
        "X" => 10,
        digit if digits(digit) && digit.len() == 1 => u32::from(digit.as_bytes()[0] - b'0'),
        _ => return false,
    };
    let sum: u32 = body.bytes().zip(1..).map(|(byte, place)| place * u32::from(byte.wrapping_sub(b'0'))).sum();
    digits(body) && (sum + 10 * check).is_multiple_of(11)
}

fn isbn13(text: &str) -> bool {
    let text = without_spaces(text);
    let weighed = text.bytes().zip([1, 3].into_iter().cycle());
    text.len() == 13
        && digits(&text)
        && weighed.map(|(byte, weight)| weight * u32::from(byte - b'0')).sum::<u32>().is_multiple_of(10)
}

fn credit_card(text: &str) -> bool {
    let number: String = text.chars().filter(char::is_ascii_digit).collect();
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| number.starts_with(prefix));
    let is_known = match number.len() {
        13 => starts(&["4"]),
        14 => starts(&["300", "301", "302", "303", "304", "305", "36", "38"]),
        15 => starts(&["34", "37", "2131", "1800"]),
        16 => starts(&["4", "51", "52", "53", "54", "55", "6011", "65", "35"]),
        _ => false,
    };
    let sum: u32 = number
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, byte)| match (index % 2, u32::from(byte - b'0')) {
            (0, digit) => digit,
            (_, digit) => digit * 2 / 10 + digit * 2 % 10,
        })
        .sum();
    is_known && sum.is_multiple_of(10)
}

fn ssn(text: &str) -> bool {
    let separated = |at: usize| text.as_bytes().get(at).is_some_and(|byte| b"- ".contains(byte));
    let number = without_spaces(text);
    text.len() == 11 && separated(3) && separated(6) && number.len() == 9 && digits(&number)
}

fn rgb_color(text: &str) -> bool {
    let Some(inner) = text.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')')) else { return false };
    let parts: Vec<&str> = inner.split(',').map(str::trim).collect();
    let is_byte = |part: &&str| digits(part) && (*part == "0" || !part.starts_with('0')) && part.parse::<u8>().is_ok();
    parts.len() == 3 && parts.iter().all(is_byte)
}

fn base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    !text.is_empty() && text.len().is_multiple_of(4) && text.len() - body.len() <= 2 && body.bytes().all(is_letter)
}

fn date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let number = |part: &str, width: usize| part.parse::<u32>().ok().filter(|_| part.len() == width && digits(part));
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

fn date_time(text: &str) -> bool {
    let text = text.to_lowercase();
    let Some((day, time)) = text.split_once('t') else { return false };
    let two = |at: usize, most: &str| time.get(at..at + 2).is_some_and(|part| digits(part) && part <= most);
    let colons = time.get(2..3) == Some(":") && time.get(5..6) == Some(":");
    let Some(rest) = time.get(8..) else { return false };
    // One character of any kind, then digits: the server's pattern has an unescaped dot there.
    let mut letters = rest.chars();
    let fraction =
        letters.next().map(|_| letters.as_str()).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let zone = |text: &str| {
        text == "z"
            || (text.len() == 6
                && text.starts_with(['+', '-'])
                && text.get(1..3).is_some_and(digits)
                && text.get(3..4) == Some(":")
                && text.get(4..6).is_some_and(digits))
    };
    let behind = fraction.map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    date(day) && colons && two(0, "23") && two(3, "59") && two(6, "59") && (zone(rest) || behind.is_some_and(zone))
}

/// As `time.ParseDuration`, or numbers with units in words anywhere in the text.
fn duration(text: &str) -> bool {
    go_duration(text) || words_of_time(text)
}

fn go_duration(text: &str) -> bool {
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    if rest == "0" {
        return true;
    }
    let is_digit = |c: char| c.is_ascii_digit();
    let mut parts = 0;
    while !rest.is_empty() {
        let behind = rest.trim_start_matches(|c: char| is_digit(c) || c == '.');
        let number = &rest[..rest.len() - behind.len()];
        if !number.contains(is_digit) || number.matches('.').count() > 1 {
            return false;
        }
        let unit = ["ns", "us", "µs", "μs", "ms", "s", "m", "h"]
            .into_iter()
            .filter(|unit| behind.starts_with(unit))
            .max_by_key(|unit| unit.len());
        let Some(unit) = unit else { return false };
        rest = &behind[unit.len()..];
        parts += 1;
    }
    parts > 0
}

fn words_of_time(text: &str) -> bool {
    const EXACT: [&str; 11] = ["ns", "us", "µs", "ms", "s", "m", "h", "hr", "d", "w", "wk"];
    const STEMS: [&str; 8] = ["nano", "micro", "milli", "sec", "min", "hour", "day", "week"];
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let behind = rest[at..].trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        let end = behind.find(|c: char| !c.is_ascii_alphabetic() && c != 'µ').unwrap_or(behind.len());
        let unit = behind[..end].to_lowercase();
        found |= EXACT.contains(&unit.as_str()) || STEMS.iter().any(|stem| unit.starts_with(stem));
        rest = &behind[end..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_the_formats_that_the_server_says_they_have() {
        let cases: &[(&str, &[&str], &[&str])] = &[
            ("date", &["2026-02-28", "2024-02-29"], &["2026-02-29", "2026-2-1", "x"]),
            (
                "date-time",
                &["2026-01-01T00:00:00Z", "2026-01-01t23:59:59.5+01:00"],
                &["2026-01-01", "2026-01-01T24:00:00Z"],
            ),
            ("duration", &["1h30m", "1.5s", "22 ns", "3 days", "-1us", "0"], &["", "1", "h", "1 fortnight"]),
            ("ipv4", &["1.2.3.4", "010.0.0.1", "::ffff:1.2.3.4"], &["1.2.3", "::1"]),
            ("ipv6", &["::1", "fe80::1"], &["1.2.3.4", "g::"]),
            ("cidr", &["10.0.0.0/8", "::/0"], &["10.0.0.0", "10.0.0.0/33"]),
            ("mac", &["01:23:45:67:89:ab", "0123.4567.89ab"], &["01:23", "01:23:45:67:89:zz"]),
            ("uuid", &["6ba7b810-9dad-11d1-80b4-00c04fd430c8", "6BA7B8109DAD11D180B400C04FD430C8"], &["6ba7b810", ""]),
            ("uuid4", &["16fd2706-8baf-433b-82eb-8c7fada847da"], &["6ba7b810-9dad-11d1-80b4-00c04fd430c8"]),
            (
                "uri",
                &["https://example.com/a?b#c", "/a", "mailto:x@y"],
                &["example.com", "", "http://a b", "http://a:b/"],
            ),
            ("email", &["a@b", "A B <a.b@example.com>"], &["a", "a@", "a b@c"]),
            ("hostname", &["example.com", "a", "1a.example"], &["-a", "a_b.com", "a.1", ""]),
            ("byte", &["aGk=", "aGkh"], &["", "a", "a=Gk", "aG!h"]),
            ("hexcolor", &["#fff", "00ff00"], &["#ff", "#ggg"]),
            ("rgbcolor", &["rgb(0, 10,255)"], &["rgb(0,0,256)", "rgb(00,0,0)"]),
            ("isbn", &["0321751043", "978-0321751041"], &["0321751044"]),
            ("creditcard", &["4111 1111 1111 1111"], &["4111 1111 1111 1112"]),
            ("ssn", &["111-22-3333"], &["111223333"]),
            ("bsonobjectid", &["507f1f77bcf86cd799439011"], &["507f"]),
            ("k8s-short-name", &["a-b"], &["A", "a.b"]),
            ("k8s-long-name", &["a.b-c"], &["a..b"]),
            ("password", &["anything"], &[]),
        ];
        for (format, good, bad) in cases {
            for text in *good {
                assert!(fits(format, text), "{text:?} is {format}");
            }
            for text in *bad {
                assert!(!fits(format, text), "{text:?} is no {format}");
            }
        }
    }
}
