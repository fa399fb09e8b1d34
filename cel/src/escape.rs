//! Names of fields, as identifiers.

/// Words that no identifier may be, set aside for what expressions may come to say.
pub(crate) const SET_ASIDE: [&str; 17] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];
/// Words that say something already.
const TAKEN: [&str; 4] = ["true", "false", "null", "in"];

pub(crate) fn is_reserved(name: &str) -> bool {
    SET_ASIDE.contains(&name) || TAKEN.contains(&name)
}

/// The identifier that expressions use for a field; none if there is none.
pub fn escape(field: &str) -> Option<String> {
    if field.is_empty() || field.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if is_reserved(field) {
        return Some(format!("__{field}__"));
    }
    let mut escaped = String::with_capacity(field.len());
    let mut rest = field;
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        match c {
            '_' if rest.starts_with("__") => {
                taken = 2;
                escaped.push_str("__underscores__");
            }
            '.' => escaped.push_str("__dot__"),
            '-' => escaped.push_str("__dash__"),
            '/' => escaped.push_str("__slash__"),
            '_' => escaped.push('_'),
            c if c.is_ascii_alphanumeric() => escaped.push(c),
            _ => return None,
        }
        rest = &rest[taken..];
    }
    Some(escaped)
}

/// The field that an identifier stands for; none if an escape in it means nothing.
pub fn unescape(identifier: &str) -> Option<String> {
    let mut field = String::with_capacity(identifier.len());
    let mut rest = identifier;
    while let Some(start) = rest.find("__") {
        let after = &rest[start + 2..];
        // An escape is a word between two pairs of underscores.
        let Some(length) = after.find('_').filter(|length| *length > 0 && after[*length..].starts_with("__")) else {
            let end = start + 2 + after.find(|c| c != '_').unwrap_or(after.len());
            field.push_str(&rest[..end.min(rest.len())]);
            rest = &rest[end.min(rest.len())..];
            continue;
        };
        field.push_str(&rest[..start]);
        match &after[..length] {
            "underscores" => field.push_str("__"),
            "dot" => field.push('.'),
            "dash" => field.push('-'),
            "slash" => field.push('/'),
            word if is_reserved(word) && identifier.len() == length + 4 => field.push_str(word),
            _ => return None,
        }
        rest = &after[length + 2..];
    }
    field.push_str(rest);
    Some(field)
}
