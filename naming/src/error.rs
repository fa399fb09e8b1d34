//! What is wrong with a name, in words for people and in the server's words.

use std::error::Error;
use std::fmt;

/// A rule for names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Grammar {
    /// One label of a DNS name by RFC 1123, at most 63 bytes: namespaces, most names of services and ports.
    Dns1123Label,
    /// DNS labels joined by dots, at most 253 bytes: most object names, API groups.
    Dns1123Subdomain,
    /// As [`Grammar::Dns1123Label`], but it starts with a letter: resources, versions, short names.
    Dns1035Label,
    /// A name of at most 63 bytes with an optional `prefix/`: keys of labels and annotations, finalizers.
    QualifiedName,
    /// The value of a label, at most 63 bytes, or empty.
    LabelValue,
    /// A name that can stand in a URL path.
    PathSegment,
    /// A kind or list kind: a DNS-1035 label once it is in lower case.
    Kind,
    /// The group of an API: a DNS subdomain with at least one dot.
    ApiGroup,
}

impl Grammar {
    /// Returns what a name of this grammar is called, with its article.
    pub fn title(self) -> &'static str {
        match self {
            Self::Dns1123Label => "a DNS label",
            Self::Dns1123Subdomain => "a DNS subdomain",
            Self::Dns1035Label => "a DNS label that starts with a letter",
            Self::QualifiedName => "a qualified name",
            Self::LabelValue => "a label value",
            Self::PathSegment => "a path segment",
            Self::Kind => "a kind",
            Self::ApiGroup => "an API group",
        }
    }

    /// Returns the characters that may stand in such a name.
    fn alphabet(self) -> &'static str {
        match self {
            Self::Dns1123Label | Self::Dns1035Label => "a-z, 0-9, '-'",
            Self::Dns1123Subdomain | Self::ApiGroup => "a-z, 0-9, '-', '.'",
            Self::QualifiedName | Self::LabelValue => "A-Z, a-z, 0-9, '-', '_', '.'",
            Self::PathSegment => "everything but '/' and '%'",
            Self::Kind => "A-Z, a-z, 0-9, '-'",
        }
    }

    /// Returns the most bytes that such a name may have; of a qualified name, its part after the slash.
    pub(crate) fn max_len(self) -> usize {
        match self {
            Self::Dns1123Subdomain | Self::ApiGroup => 253,
            Self::PathSegment => usize::MAX,
            _ => 63,
        }
    }

    /// Returns the sentence of the API server for a name that breaks the grammar.
    fn server_rule(self) -> String {
        match self {
            Self::Dns1123Label => regex_rule(
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
                "'my-name',  or '123-abc', ",
                "[a-z0-9]([-a-z0-9]*[a-z0-9])?",
            ),
            Self::Dns1123Subdomain | Self::ApiGroup => regex_rule(
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
                "'example.com', ",
                r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
            ),
            Self::Dns1035Label => regex_rule(
                "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
                "'my-name',  or 'abc-123', ",
                "[a-z]([-a-z0-9]*[a-z0-9])?",
            ),
            Self::Kind => {
                format!("may have mixed case, but should otherwise match: {}", Self::Dns1035Label.server_rule())
            }
            Self::QualifiedName => regex_rule(
                "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
                "'MyName',  or 'my.name',  or '123-abc', ",
                "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]",
            ),
            Self::LabelValue => regex_rule(
                "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
                "'MyValue',  or 'my_value',  or '12345', ",
                "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?",
            ),
            Self::PathSegment => String::new(),
        }
    }
}

fn regex_rule(rule: &str, examples: &str, regex: &str) -> String {
    format!("{rule} (e.g. {examples}regex used for validation is '{regex}')")
}

/// What is wrong, at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    Empty,
    TooLong,
    /// A character outside the alphabet.
    Char(char),
    /// A character of the alphabet that may not come first, or last.
    Start(char),
    End(char),
    /// A subdomain where one label is asked for.
    Dots,
    /// Two dots in a row, or a label of a subdomain that starts or ends with `-`.
    Label,
    /// A group without a dot.
    NoDot,
    /// More than one slash in a qualified name.
    Slashes,
    /// `.` or `..` as a path segment.
    Reserved,
}

/// Which part of a qualified name a flaw is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    Prefix,
    Name,
}

/// A name that breaks its grammar.
///
/// Displays as one line that names the value, the grammar and the first thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameError {
    pub(crate) grammar: Grammar,
    pub(crate) value: String,
    /// Never empty.
    pub(crate) flaws: Vec<(Part, Grammar, Flaw)>,
}

impl NameError {
    /// Returns the grammar that was broken.
    pub fn grammar(&self) -> Grammar {
        self.grammar
    }

    /// Returns the value that broke it.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Returns a valid name near to the value, if there is one.
    pub fn suggestion(&self) -> Option<String> {
        crate::grammar::repair(self.grammar, &self.value)
    }

    /// Returns the sentences with which the API server refuses the value, in its order.
    ///
    /// Source: [`content`](https://github.com/kubernetes/apimachinery/tree/v0.37.2/pkg/api/validate/content).
    pub fn server_messages(&self) -> Vec<String> {
        self.flaws.iter().map(|&(part, grammar, flaw)| self.server_message(part, grammar, flaw)).collect()
    }

    fn server_message(&self, part: Part, grammar: Grammar, flaw: Flaw) -> String {
        let prefix = match part {
            Part::Whole => "",
            Part::Prefix => "prefix part ",
            Part::Name => "name part ",
        };
        match (grammar, flaw) {
            (Grammar::PathSegment, Flaw::Char(c)) => format!("may not contain '{c}'"),
            (Grammar::PathSegment, _) => format!("may not be '{}'", self.value),
            (_, Flaw::TooLong) => format!("{prefix}must be no more than {} bytes", grammar.max_len()),
            (_, Flaw::Empty) if part != Part::Whole => {
                format!("{prefix}must be non-empty")
            }
            (_, Flaw::Dots) => "must not contain dots".into(),
            (_, Flaw::NoDot) => "should be a domain with at least one dot".into(),
            (_, Flaw::Slashes) => format!(
                "a valid label key {} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
                grammar.server_rule()
            ),
            _ => format!("{prefix}{}", grammar.server_rule()),
        }
    }
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not {}: ", self.value, self.grammar.title())?;
        let Some(&(part, grammar, flaw)) = self.flaws.first() else { return f.write_str("it is not valid") };
        f.write_str(match part {
            Part::Prefix => "before the '/', ",
            Part::Name if self.value.contains('/') => "after the '/', ",
            Part::Whole | Part::Name => "",
        })?;
        match flaw {
            Flaw::Empty => f.write_str("it is empty"),
            Flaw::TooLong => write!(f, "it is longer than {} bytes", grammar.max_len()),
            Flaw::Char(c) if grammar == Grammar::PathSegment => write!(f, "it may not contain {c:?}"),
            Flaw::Char(c) => write!(f, "{c:?} is not one of {}", grammar.alphabet()),
            Flaw::Start(c) => write!(f, "it may not start with {c:?}"),
            Flaw::End(c) => write!(f, "it may not end with {c:?}"),
            Flaw::Dots => f.write_str("it may not contain dots"),
            Flaw::Label => f.write_str("each part between dots must start and end with a letter or digit"),
            Flaw::NoDot => f.write_str("it needs a domain with at least one dot, such as \"example.com\""),
            Flaw::Slashes => f.write_str("it may have one '/' at most"),
            Flaw::Reserved => f.write_str("it means a folder in a path"),
        }
    }
}

impl Error for NameError {}
