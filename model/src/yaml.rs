//! YAML that every reader takes for the same values.
//!
//! kubectl and the Go libraries read YAML 1.1, in which `on`, `no` and `y` are booleans and `1:30` is a number; most Rust
//! libraries read and write YAML 1.2, in which they are texts. What this module writes is quoted wherever any of them could see
//! something else than a text.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// Writes a value as a YAML document, the keys of all maps sorted.
///
/// ```
/// use kubist_model::yaml;
/// use serde_json::json;
///
/// let text = yaml::to_string(&json!({ "name": "web", "modes": ["on", "off"], "port": 80 }));
/// assert_eq!(text, "modes:\n- \"on\"\n- \"off\"\nname: web\nport: 80\n");
/// ```
pub fn to_string(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Object(fields) if !fields.is_empty() => map(fields, 0, &mut out),
        Value::Array(items) if !items.is_empty() => list(items, 0, &mut out),
        scalar => {
            write_scalar(scalar, 0, &mut out);
            out.push('\n');
        }
    }
    out
}

/// Writes the fields of a map; the place of the first is where the output stands.
fn map(fields: &Map<String, Value>, indent: usize, out: &mut String) {
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_unstable_by_key(|(key, _)| *key);
    for (index, (key, value)) in fields.into_iter().enumerate() {
        if index > 0 {
            spaces(indent, out);
        }
        // A key is never a block.
        if is_plain(key) {
            out.push_str(key);
        } else {
            quoted(key, out);
        }
        out.push(':');
        match value {
            Value::Object(fields) if !fields.is_empty() => {
                out.push('\n');
                spaces(indent + 2, out);
                map(fields, indent + 2, out);
            }
            Value::Array(items) if !items.is_empty() => {
                out.push('\n');
                spaces(indent, out);
                list(items, indent, out);
            }
            scalar => {
                out.push(' ');
                write_scalar(scalar, indent + 2, out);
                out.push('\n');
            }
        }
    }
}

fn list(items: &[Value], indent: usize, out: &mut String) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            spaces(indent, out);
        }
        out.push_str("- ");
        match item {
            Value::Object(fields) if !fields.is_empty() => map(fields, indent + 2, out),
            Value::Array(items) if !items.is_empty() => list(items, indent + 2, out),
            scalar => {
                write_scalar(scalar, indent + 2, out);
                out.push('\n');
            }
        }
    }
}

/// Writes what stands on the line of its key; the further lines of a text stand at `indent`.
fn write_scalar(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::String(text) if is_plain(text) => out.push_str(text),
        Value::String(text) if is_block(text) => block(text, indent, out),
        Value::String(text) => quoted(text, out),
        // Empty maps and lists, numbers, booleans and null are written as in JSON.
        other => {
            write!(out, "{other}").expect("a string takes all");
        }
    }
}

fn spaces(count: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', count));
}

/// Tells whether a text may stand without quotes, whatever version of YAML is read.
fn is_plain(text: &str) -> bool {
    let mut chars = text.chars();
    let starts_well = match chars.next() {
        // `.5`, `.inf` and `.nan` are numbers.
        Some('.') => {
            chars.next().is_some_and(|c| c.is_ascii_alphabetic())
                && !matches!(text.to_ascii_lowercase().as_str(), ".inf" | ".nan")
        }
        Some(first) => first.is_alphabetic() || matches!(first, '_' | '/' | '$' | '('),
        None => false,
    };
    starts_well
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(|c| is_escaped(c) || matches!(c, '\n' | '\t'))
        && !matches!(
            text.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
        )
}

/// Tells whether a text is best read as lines.
fn is_block(text: &str) -> bool {
    text.contains('\n')
        && text.chars().any(|c| c != '\n' && c != ' ')
        // The number of spaces before the first line would have to be written, and readers differ in it.
        && !text.starts_with([' ', '\n', '\t'])
        && !text.chars().any(is_escaped)
        // Spaces at the ends of lines are invisible in an editor, which may take them away.
        && !text.lines().any(|line| line.ends_with([' ', '\t']))
}

fn block(text: &str, indent: usize, out: &mut String) {
    let body = text.trim_end_matches('\n');
    out.push_str(match text.len() - body.len() {
        0 => "|-",
        1 => "|",
        _ => "|+",
    });
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        out.push('\n');
        if !line.is_empty() {
            spaces(indent, out);
            out.push_str(line);
        }
    }
}

fn quoted(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_escaped(c) => {
                let code = u32::from(c);
                let written = if code > 0xFFFF { write!(out, "\\U{code:08x}") } else { write!(out, "\\u{code:04x}") };
                written.expect("a string takes all");
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Tells whether a character cannot stand for itself: what does not print, and what some reader takes for the end of a line.
fn is_escaped(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_any_reader_could_take_for_something_else_is_quoted() {
        for text in [
            "on",
            "Off",
            "yes",
            "NO",
            "y",
            "N",
            "true",
            "Null",
            "~",
            "",
            "1.0",
            "0777",
            "0x1F",
            "1_000",
            "1:30",
            "2001-01-01",
            "=",
            "<<",
            ".inf",
            ".NaN",
            ".5",
            "+1",
            "-",
            "- a",
            "a: b",
            "a:",
            "#c",
            "a #c",
            "@x",
            "`x",
            "%x",
            "*x",
            "&x",
            "!x",
            "[a]",
            "{a}",
            " a",
            "a ",
            "?",
            "|",
            ">",
            "'",
            "\"",
            "a\tb",
        ] {
            let written = to_string(&json!(text));
            assert!(written.starts_with('"') && written.ends_with("\"\n"), "{text:?} is written as {written}");
        }
    }

    #[test]
    fn what_can_only_be_a_text_is_not() {
        for text in [
            "web",
            "v1",
            ".spec.replicas",
            "a-b_c",
            "it's",
            "self.a == 'b' || c",
            "https://example.com/x",
            "a#b",
            "é",
            "/metrics",
        ] {
            assert_eq!(to_string(&json!(text)), format!("{text}\n"));
        }
    }

    #[test]
    fn lines_are_written_as_lines() {
        let value = json!({ "a": "one\n two\n\nthree", "b": ["one\ntwo\n", "one\n\n"], "c": " one\ntwo", "d": "one \ntwo", "e": "\n" });
        let expected = "a: |-
  one
   two

  three
b:
- |
  one
  two
- |+
  one

c: \" one\\ntwo\"
d: \"one \\ntwo\"
e: \"\\n\"
";
        assert_eq!(to_string(&value), expected);
    }

    #[test]
    fn nested_lists_and_empty_values_keep_their_shape() {
        let value = json!({ "z": [[1, [2]], [{ "b": {}, "a": [] }], { "x": { "y": null } }], "on": 1.5 });
        let expected = "\"on\": 1.5
z:
- - 1
  - - 2
- - a: []
    b: {}
- x:
    \"y\": null
";
        assert_eq!(to_string(&value), expected);
    }

    #[test]
    fn what_does_not_print_is_escaped() {
        assert_eq!(to_string(&json!("a\u{7f}\u{2028}\r\"\\\u{1}")), "\"a\\u007f\\u2028\\r\\\"\\\\\\u0001\"\n");
    }
}
