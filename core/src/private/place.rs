//! Which field an error of `serde_json` is about, found from the line and column that it names.

use kubist_model::DecodeError;

/// Turns an error into one that has the path of the field instead of line and column.
pub(super) fn located(error: &serde_json::Error, bytes: &[u8]) -> DecodeError {
    let text = error.to_string();
    let (problem, _) = text.rsplit_once(" at line ").unwrap_or((&text, ""));
    if !error.is_data() {
        // What is no JSON has no fields.
        return DecodeError::new(text);
    }
    let decoded = DecodeError::new(problem);
    match path(bytes, error.line(), error.column()) {
        Some(path) if !path.is_empty() => decoded.at(&path),
        _ => decoded,
    }
}

/// Returns the path of what ends at a line and column of a JSON text; both count from 1, columns in bytes.
fn path(bytes: &[u8], line: usize, column: usize) -> Option<String> {
    let start: usize = bytes.split_inclusive(|byte| *byte == b'\n').take(line.checked_sub(1)?).map(<[u8]>::len).sum();
    let before = bytes.get(..start + column).unwrap_or(bytes);
    let mut frames: Vec<Frame> = Vec::new();
    let mut rest = before;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'{' => frames.push(Frame::Object(None, true)),
            b'[' => frames.push(Frame::Array(0)),
            b'}' | b']' => drop(frames.pop()),
            b',' => match frames.last_mut() {
                Some(Frame::Array(index)) => *index += 1,
                Some(Frame::Object(_, expects_key)) => *expects_key = true,
                None => {}
            },
            b'"' => {
                let end = end_of_string(rest)?;
                if let Some(Frame::Object(key, expects_key @ true)) = frames.last_mut() {
                    *key =
                        serde_json::from_slice(&before[before.len() - rest.len() - 1..before.len() - rest.len() + end])
                            .ok();
                    *expects_key = false;
                }
                rest = &rest[end..];
            }
            _ => {}
        }
    }
    Some(frames.iter().map(Frame::place).collect())
}

/// Returns where a string ends, behind its closing quote.
fn end_of_string(text: &[u8]) -> Option<usize> {
    let mut escaped = false;
    for (index, byte) in text.iter().enumerate() {
        match byte {
            b'"' if !escaped => return Some(index + 1),
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    None
}

enum Frame {
    /// The key that was read last, and whether the next string is a key.
    Object(Option<String>, bool),
    Array(usize),
}

impl Frame {
    fn place(&self) -> String {
        match self {
            Self::Object(Some(key), _) if key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') => {
                format!(".{key}")
            }
            Self::Object(Some(key), _) => format!("[{key:?}]"),
            Self::Object(None, _) => String::new(),
            Self::Array(index) => format!("[{index}]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[expect(dead_code, reason = "only decoded")]
    struct Shape {
        name: String,
        ports: Option<Vec<Port>>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[expect(dead_code, reason = "only decoded")]
    struct Port {
        number: u16,
        #[serde(rename = "x/y")]
        slash: Option<bool>,
    }

    fn message(json: &str) -> String {
        located(&serde_json::from_str::<Shape>(json).unwrap_err(), json.as_bytes()).to_string()
    }

    #[test]
    fn the_field_that_does_not_decode_is_named_by_its_path() {
        assert_eq!(message(r#"{"name": 3}"#), ".name: invalid type: integer `3`, expected a string");
        assert_eq!(
            message("{\"name\": \"a \\\" {\",\n \"ports\": [{\"number\": 1}, {\"number\": \"web\"}]}"),
            ".ports[1].number: invalid type: string \"web\", expected u16"
        );
        assert_eq!(
            message(r#"{"name": "a", "ports": [{"number": 1, "x/y": 5}]}"#),
            ".ports[0][\"x/y\"]: invalid type: integer `5`, expected a boolean"
        );
    }

    #[test]
    fn a_missing_field_is_told_at_the_struct_that_misses_it() {
        assert_eq!(message(r#"{"name": "a", "ports": [{"number": 1}, {}]}"#), ".ports[1]: missing field `number`");
        assert_eq!(message("{}"), "missing field `name`");
    }

    #[test]
    fn what_is_no_json_keeps_line_and_column() {
        assert_eq!(message("{\"name\": "), "EOF while parsing a value at line 1 column 9");
    }
}
