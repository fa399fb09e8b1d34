//! Field selectors: `metadata.name=web,status.phase!=Running`.
//!
//! Source: `pkg/fields/selector.go` in k8s.io/apimachinery v0.37.2.

use std::fmt;
use std::str::FromStr;

use super::SelectorError;

/// Selects objects by the values of fields; all requirements must hold. An empty one selects everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldSelector(Vec<FieldRequirement>);

/// One requirement of a [`FieldSelector`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar has these three parts")]
pub struct FieldRequirement {
    /// The path of the field, such as `metadata.name`.
    pub field: String,
    /// The value.
    pub value: String,
    /// Whether the field must be equal to the value, or must not.
    pub equal: bool,
}

impl FieldSelector {
    /// Returns a selector that selects everything.
    pub fn everything() -> Self {
        Self::default()
    }

    /// Adds the requirement that a field has a value.
    #[must_use]
    pub fn equal(self, field: impl Into<String>, value: impl Into<String>) -> Self {
        self.and(FieldRequirement { field: field.into(), value: value.into(), equal: true })
    }

    /// Adds the requirement that a field does not have a value.
    #[must_use]
    pub fn not_equal(self, field: impl Into<String>, value: impl Into<String>) -> Self {
        self.and(FieldRequirement { field: field.into(), value: value.into(), equal: false })
    }

    fn and(mut self, requirement: FieldRequirement) -> Self {
        self.0.push(requirement);
        self
    }

    /// Returns the requirements.
    pub fn requirements(&self) -> &[FieldRequirement] {
        &self.0
    }

    /// Tells whether all requirements hold; `value_of` gives the value of a field, empty where it is absent.
    pub fn matches<'a>(&self, mut value_of: impl FnMut(&str) -> &'a str) -> bool {
        self.0.iter().all(|requirement| (value_of(&requirement.field) == requirement.value) == requirement.equal)
    }
}

impl fmt::Display for FieldSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, FieldRequirement { field, value, equal }) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let operator = if *equal { "=" } else { "!=" };
            write!(f, "{comma}{field}{operator}{}", escape(value))?;
        }
        Ok(())
    }
}

impl FromStr for FieldSelector {
    type Err = SelectorError;

    fn from_str(text: &str) -> Result<Self, SelectorError> {
        let mut requirements = Vec::new();
        for term in terms(text).filter(|term| !term.is_empty()) {
            let unclear = || SelectorError(format!("invalid selector: '{text}'; can't understand '{term}'"));
            let (field, equal, value) = split(term).ok_or_else(unclear)?;
            let value = unescape(value)?;
            requirements.push(FieldRequirement { field: field.to_owned(), value, equal });
        }
        Ok(Self(requirements))
    }
}

/// Splits at commas that no backslash stands before.
fn terms(text: &str) -> impl Iterator<Item = &str> {
    let mut escaped = false;
    text.split(move |character| {
        let ends = character == ',' && !escaped;
        escaped = character == '\\' && !escaped;
        ends
    })
}

/// Splits at the first operator that no backslash stands before.
fn split(term: &str) -> Option<(&str, bool, &str)> {
    let mut escaped = false;
    for (at, character) in term.char_indices() {
        let rest = &term[at..];
        if !escaped {
            for (operator, equal) in [("!=", false), ("==", true), ("=", true)] {
                if let Some(value) = rest.strip_prefix(operator) {
                    return Some((&term[..at], equal, value));
                }
            }
        }
        escaped = character == '\\' && !escaped;
    }
    None
}

fn escape(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in value.chars() {
        if matches!(character, '\\' | ',' | '=') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

fn unescape(value: &str) -> Result<String, SelectorError> {
    let mut plain = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some(next @ ('\\' | ',' | '=')) => plain.push(next),
                next => {
                    let sequence: String = next.into_iter().collect();
                    return Err(SelectorError(format!(
                        "invalid field selector: invalid escape sequence: \\{sequence}"
                    )));
                }
            },
            ',' | '=' => {
                return Err(SelectorError(format!(
                    "invalid field selector: unescaped character in value: {character}"
                )));
            }
            other => plain.push(other),
        }
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn requirements_are_read_with_either_operator() {
        let selector: FieldSelector = "metadata.name=a,status.phase!=Running,,spec.nodeName==n".parse().unwrap();
        let expected = FieldSelector::everything()
            .equal("metadata.name", "a")
            .not_equal("status.phase", "Running")
            .equal("spec.nodeName", "n");
        assert_eq!(selector, expected);
        assert!(selector.matches(|field| match field {
            "metadata.name" => "a",
            "spec.nodeName" => "n",
            _ => "",
        }));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let error = "metadata.name".parse::<FieldSelector>().unwrap_err();
        assert_eq!(error.to_string(), "invalid selector: 'metadata.name'; can't understand 'metadata.name'");
        assert!("a=b=c".parse::<FieldSelector>().is_err());
        assert!(r"a=\b".parse::<FieldSelector>().is_err());
    }

    proptest! {
        #[test]
        fn every_printed_selector_is_read_back(terms in prop::collection::vec(("[a-z.]{1,5}", r"[a-z,=\\!]{0,5}", any::<bool>()), 0..4)) {
            let selector = FieldSelector(terms.into_iter().map(|(field, value, equal)| FieldRequirement { field, value, equal }).collect());
            prop_assert_eq!(selector.to_string().parse(), Ok(selector));
        }
    }
}
