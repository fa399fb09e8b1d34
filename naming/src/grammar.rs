//! Which texts are names.

use std::fmt;

/// A text that is no name of the kind that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameError {
    text: String,
    what: &'static str,
    rule: &'static str,
    suggestion: Option<String>,
}

impl NameError {
    /// Returns the text that was refused.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns what the text should have been, such as "a DNS label".
    pub fn what(&self) -> &'static str {
        self.what
    }

    /// Returns the rule that it breaks.
    pub fn rule(&self) -> &'static str {
        self.rule
    }

    /// Returns the nearest text that would do, if one is near.
    pub fn suggestion(&self) -> Option<String> {
        self.suggestion.clone()
    }
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not {}: {}", self.text, self.what, self.rule)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, "; `{suggestion}` would do"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for NameError {}

const LABEL: &str = "at most 63 lowercase letters, digits and dashes, with a letter or digit at both ends";
const LABEL_1035: &str = "at most 63 lowercase letters, digits and dashes, a letter first and a letter or digit last";
const SUBDOMAIN: &str = "at most 253 characters; labels of lowercase letters, digits and dashes, joined by dots";
const VALUE: &str = "at most 63 letters, digits, dashes, dots and underscores, with a letter or digit at both ends";
const QUALIFIED: &str = "an optional DNS subdomain and a slash, then at most 63 letters, digits, dashes, dots and underscores, with a letter or digit at both ends";
const SEGMENT: &str = "not empty, not `.` or `..`, without `/` and `%`";

/// Checks a DNS label of RFC 1123: names of namespaces.
///
/// # Errors
///
/// The rule that the text breaks.
pub fn dns1123_label(text: &str) -> Result<(), NameError> {
    let good = text.len() <= 63 && is_label(text);
    check(good, text, "a DNS label", LABEL, dns1123_label)
}

/// Checks a DNS subdomain of RFC 1123: names of most objects, and API groups.
///
/// # Errors
///
/// The rule that the text breaks.
pub fn dns1123_subdomain(text: &str) -> Result<(), NameError> {
    let good = text.len() <= 253 && text.split('.').all(is_label);
    check(good, text, "a DNS subdomain", SUBDOMAIN, dns1123_subdomain)
}

/// Checks a DNS label of RFC 1035: names of services, plurals, short names and versions.
///
/// # Errors
///
/// The rule that the text breaks.
pub fn dns1035_label(text: &str) -> Result<(), NameError> {
    let good = text.len() <= 63 && is_label(text) && text.starts_with(|c: char| c.is_ascii_lowercase());
    check(good, text, "a DNS label that starts with a letter", LABEL_1035, dns1035_label)
}

/// Checks a qualified name: `name` or `example.com/name`.
///
/// # Errors
///
/// The rule that the text breaks.
pub fn qualified_name(text: &str) -> Result<(), NameError> {
    let (prefix, name) = text.split_once('/').map_or((None, text), |(prefix, name)| (Some(prefix), name));
    let good =
        !name.is_empty() && label_value(name).is_ok() && prefix.is_none_or(|prefix| dns1123_subdomain(prefix).is_ok());
    if good { Ok(()) } else { Err(error(text, "a qualified name", QUALIFIED, None)) }
}

/// Checks the key of a label or an annotation.
///
/// # Errors
///
/// The rule that the text breaks.
pub fn label_key(text: &str) -> Result<(), NameError> {
    qualified_name(text).map_err(|_| error(text, "a label key", QUALIFIED, None))
}

/// Checks the value of a label; it may be empty.
///
/// # Errors
///
/// The rule that the text breaks.
pub fn label_value(text: &str) -> Result<(), NameError> {
    let is_end = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let ends = is_end(text.chars().next()) && is_end(text.chars().next_back());
    let good = text.is_empty() || (text.len() <= 63 && ends && text.chars().all(inside));
    if good { Ok(()) } else { Err(error(text, "a label value", VALUE, None)) }
}

/// Checks a name that stands in a URL, the least that any object's name must be.
///
/// # Errors
///
/// The rule that the text breaks.
pub fn path_segment(text: &str) -> Result<(), NameError> {
    let good = !matches!(text, "" | "." | "..") && !text.contains(['/', '%']);
    if good { Ok(()) } else { Err(error(text, "a name", SEGMENT, None)) }
}

fn is_label(text: &str) -> bool {
    let is_end = |c: Option<u8>| c.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let bytes = text.as_bytes();
    is_end(bytes.first().copied())
        && is_end(bytes.last().copied())
        && bytes.iter().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == b'-')
}

fn check(
    good: bool,
    text: &str,
    what: &'static str,
    rule: &'static str,
    grammar: fn(&str) -> Result<(), NameError>,
) -> Result<(), NameError> {
    if good {
        return Ok(());
    }
    // Most slips are capitals, underscores and spaces.
    let near = text.trim().to_ascii_lowercase().replace(['_', ' '], "-");
    let near = near.trim_matches(['-', '.']).to_owned();
    let suggestion = (near != text && grammar(&near).is_ok()).then_some(near);
    Err(error(text, what, rule, suggestion))
}

fn error(text: &str, what: &'static str, rule: &'static str, suggestion: Option<String>) -> NameError {
    NameError { text: text.to_owned(), what, rule, suggestion }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_lowercase_and_end_with_letters_or_digits() {
        for text in ["a", "web-0", "0", &"a".repeat(63)] {
            assert_eq!(dns1123_label(text), Ok(()), "{text}");
        }
        for text in ["", "-a", "a-", "A", "a.b", "a_b", &"a".repeat(64)] {
            assert!(dns1123_label(text).is_err(), "{text}");
        }
        assert!(dns1035_label("0a").is_err());
        assert!(dns1035_label("a0").is_ok());
    }

    #[test]
    fn subdomains_are_labels_with_dots() {
        assert!(dns1123_subdomain("shop.example.com").is_ok());
        for text in ["", "a..b", ".a", "a.", "Shop.example.com", &"a".repeat(254)] {
            assert!(dns1123_subdomain(text).is_err(), "{text}");
        }
    }

    #[test]
    fn keys_have_an_optional_prefix_and_values_may_be_empty() {
        for key in ["app", "app.kubernetes.io/name", "A_b.c-9"] {
            assert!(label_key(key).is_ok(), "{key}");
        }
        for key in ["", "/a", "a/", "a/b/c", "-a", "Example.com/a", "a b"] {
            assert!(label_key(key).is_err(), "{key}");
        }
        assert!(label_value("").is_ok());
        assert!(label_value("a b").is_err());
    }

    #[test]
    fn a_slip_comes_with_the_name_that_would_do() {
        let error = dns1123_label("Web_Front").unwrap_err();
        assert_eq!(error.suggestion().as_deref(), Some("web-front"));
        assert_eq!(
            error.to_string(),
            "\"Web_Front\" is not a DNS label: at most 63 lowercase letters, digits and dashes, with a letter or digit at both ends; `web-front` would do"
        );
        assert_eq!(dns1123_label("ä").unwrap_err().suggestion(), None);
    }

    #[test]
    fn a_path_segment_stays_in_its_place() {
        assert!(path_segment("system:node").is_ok());
        for text in ["", ".", "..", "a/b", "a%2fb"] {
            assert!(path_segment(text).is_err(), "{text}");
        }
    }
}
