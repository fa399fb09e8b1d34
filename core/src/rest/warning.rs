//! What the server warns of.

use http::HeaderMap;
use http::header::WARNING;

/// A warning of the API server: a deprecated version, an unknown field.
///
/// Source: RFC 7234 §5.5; the server sends code 299 and its own text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning(String);

impl Warning {
    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.0
    }

    pub(super) fn all(headers: &HeaderMap) -> Vec<Self> {
        headers.get_all(WARNING).iter().filter_map(|value| parse(value.to_str().ok()?)).collect()
    }
}

/// Reads `299 - "text"`, in which quotes and backslashes are escaped.
fn parse(value: &str) -> Option<Warning> {
    let mut parts = value.splitn(3, ' ');
    let (code, _agent, text) = (parts.next()?, parts.next()?, parts.next()?);
    if code != "299" {
        return None;
    }
    let quoted = text.trim().strip_prefix('"')?.strip_suffix('"')?;
    let mut plain = String::with_capacity(quoted.len());
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        plain.push(if character == '\\' { characters.next()? } else { character });
    }
    Some(Warning(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_is_read_with_its_quotes() {
        assert_eq!(parse(r#"299 - "unknown field \"spec.foo\"""#).unwrap().text(), r#"unknown field "spec.foo""#);
        assert_eq!(parse("199 - \"other\""), None);
        assert_eq!(parse("299 -"), None);
    }
}
