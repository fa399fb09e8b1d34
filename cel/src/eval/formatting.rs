//! Values as texts.

use super::clock;
use super::texts::quoted;
use super::value::Value;

/// A value as `string` writes it, and as errors print it.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Uint(number) => number.to_string(),
        Value::Double(number) => double(*number),
        Value::String(text) | Value::Type(text) | Value::Format(text) => text.to_string(),
        Value::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Value::Duration(nanos) => clock::duration(*nanos),
        Value::Timestamp(seconds, nanos) => clock::timestamp(*seconds, *nanos),
        Value::Ip(address) => address.to_string(),
        Value::Cidr(address, length) => format!("{address}/{length}"),
        Value::List(list) => format!("[{}]", list.items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Value::Map(map) => {
            let entries: Vec<String> =
                map.entries.iter().map(|(key, value)| format!("{}:{}", shown(key), shown(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        other => other.type_name().to_owned(),
    }
}

/// A value inside of another one: texts in quotes.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Duration(nanos) => format!("duration({})", quoted(&clock::duration(*nanos))),
        Value::Timestamp(seconds, nanos) => format!("timestamp({})", quoted(&clock::timestamp(*seconds, *nanos))),
        Value::Bytes(bytes) => format!("b{}", quoted(&String::from_utf8_lossy(bytes))),
        Value::Double(number) => format!("{number:.6}"),
        other => plain(other),
    }
}

/// A number as Go writes it at its shortest.
fn double(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let scientific = format!("{number:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if number != 0.0 && !(-4..6).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{digits}e{sign}{:02}", exponent.abs());
    }
    format!("{number}")
}

/// The most digits behind the point.
const MOST_DIGITS: usize = 1_000;

/// Fills `%s` and its kind with values.
pub(super) fn format(format: &str, args: &[Value]) -> Result<String, String> {
    let mut text = String::new();
    let mut args = args.iter();
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            text.push('%');
            rest = after;
            continue;
        }
        let mut precision = None;
        if let Some(after) = rest.strip_prefix('.') {
            let length = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
            precision = Some(after[..length].parse::<usize>().map_err(|_| "could not parse precision".to_owned())?);
            if precision.is_some_and(|precision| precision > MOST_DIGITS) {
                return Err("error during formatting: precision is too large".to_owned());
            }
            rest = &after[length..];
        }
        let clause = rest.chars().next().ok_or("could not parse formatting clause: unexpected end of string")?;
        rest = &rest[clause.len_utf8()..];
        let arg = args.next().ok_or("index out of range")?;
        let filled = clause_of(clause, precision, arg);
        text.push_str(&filled.map_err(|why| format!("error during formatting: {why}"))?);
    }
    text.push_str(rest);
    Ok(text)
}

#[expect(clippy::cast_precision_loss, reason = "as the server prints them")]
fn clause_of(clause: char, precision: Option<usize>, arg: &Value) -> Result<String, String> {
    let digits = precision.unwrap_or(6);
    let wrong = |what: &str| Err(format!("{what}, was given {}", arg.type_name()));
    Ok(match (clause, arg) {
        ('s', _) | ('d', Value::Int(_) | Value::Uint(_)) => plain(arg),
        ('d', _) => return wrong("decimal clause can only be used on integers"),
        ('f', Value::Double(number)) => grouped(&format!("{number:.digits$}")),
        ('f', Value::Int(number)) => grouped(&format!("{:.digits$}", *number as f64)),
        ('f', _) => return wrong("fixed-point clause can only be used on doubles"),
        ('e', Value::Double(number)) => {
            // The server takes the precision here for a width.
            let scientific = format!("{number:.6e}");
            let (number, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
            let (sign, exponent) = exponent.strip_prefix('-').map_or(("", exponent), |exponent| ("\u{207b}", exponent));
            let raised = format!("{exponent:0>2}")
                .chars()
                .filter_map(|c| c.to_digit(10))
                .map(|digit| RAISED[digit as usize])
                .collect::<String>();
            format!("{number}×10{sign}{raised}")
        }
        ('e', _) => return wrong("scientific clause can only be used on doubles"),
        ('b', Value::Int(number)) => signed(*number, |number| format!("{number:b}")),
        ('b', Value::Uint(number)) => format!("{number:b}"),
        ('b', Value::Bool(truth)) => u8::from(*truth).to_string(),
        ('b', _) => return wrong("only integers and bools can be formatted as binary"),
        ('x', Value::Int(number)) => signed(*number, |number| format!("{number:x}")),
        ('x', Value::Uint(number)) => format!("{number:x}"),
        ('X', Value::Int(number)) => signed(*number, |number| format!("{number:X}")),
        ('X', Value::Uint(number)) => format!("{number:X}"),
        ('x', Value::String(text)) => hex(text.as_bytes()),
        ('X', Value::String(text)) => hex(text.as_bytes()).to_uppercase(),
        ('x', Value::Bytes(bytes)) => hex(bytes),
        ('X', Value::Bytes(bytes)) => hex(bytes).to_uppercase(),
        ('x' | 'X', _) => return wrong("only integers, byte buffers, and strings can be formatted as hex"),
        ('o', Value::Int(number)) => signed(*number, |number| format!("{number:o}")),
        ('o', Value::Uint(number)) => format!("{number:o}"),
        ('o', _) => return wrong("octal clause can only be used on integers"),
        _ => return Err(format!("unrecognized formatting clause {clause:?}")),
    })
}

/// Raised digits, for the power of ten of a number as English prints it.
const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// A number with commas between thousands, as English prints it.
fn grouped(number: &str) -> String {
    let (sign, rest) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut grouped = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.extend([".", fraction]);
    }
    grouped
}

fn hex(bytes: &[u8]) -> String {
    let digit = |digit: u8| char::from_digit(digit.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn signed(number: i64, digits: impl Fn(u64) -> String) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", digits(number.unsigned_abs()))
}
