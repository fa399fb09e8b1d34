//! The checks themselves, and the repair of what they refuse.

use crate::error::{Flaw, Grammar, NameError, Part};

/// Checks a label of a DNS name: `a-z`, `0-9` and `-`, a letter or digit first and last, at most 63 bytes.
///
/// # Errors
///
/// What is wrong with the value.
///
/// # Source
///
/// [`IsDNS1123Label`](https://github.com/kubernetes/apimachinery/blob/v0.37.2/pkg/util/validation/validation.go).
pub fn dns1123_label(value: &str) -> Result<(), NameError> {
    verdict(Grammar::Dns1123Label, value, whole(Grammar::Dns1123Label, value))
}

/// Checks a DNS subdomain: labels joined by dots, at most 253 bytes; a single label may be longer than 63.
///
/// # Errors
///
/// What is wrong with the value.
///
/// # Source
///
/// [`IsDNS1123Subdomain`](https://github.com/kubernetes/apimachinery/blob/v0.37.2/pkg/util/validation/validation.go).
pub fn dns1123_subdomain(value: &str) -> Result<(), NameError> {
    verdict(Grammar::Dns1123Subdomain, value, whole(Grammar::Dns1123Subdomain, value))
}

/// Checks a label of a DNS name that starts with a letter, as resources, versions, short names and services do.
///
/// # Errors
///
/// What is wrong with the value.
///
/// # Source
///
/// [`IsDNS1035Label`](https://github.com/kubernetes/apimachinery/blob/v0.37.2/pkg/util/validation/validation.go).
pub fn dns1035_label(value: &str) -> Result<(), NameError> {
    verdict(Grammar::Dns1035Label, value, whole(Grammar::Dns1035Label, value))
}

/// Checks a name with an optional `prefix/`: the prefix a DNS subdomain, the name of letters, digits, `-`, `_`, `.`,
/// a letter or digit first and last, at most 63 bytes.
///
/// # Errors
///
/// What is wrong with the value, and in which part.
///
/// # Source
///
/// [`IsQualifiedName`](https://github.com/kubernetes/apimachinery/blob/v0.37.2/pkg/api/validate/content/kube.go).
pub fn qualified_name(value: &str) -> Result<(), NameError> {
    let grammar = Grammar::QualifiedName;
    let mut flaws = Vec::new();
    let (prefix, name) = match value.split_once('/') {
        Some((_, rest)) if rest.contains('/') => {
            return verdict(grammar, value, vec![(Part::Whole, grammar, Flaw::Slashes)]);
        }
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, value),
    };
    match prefix {
        Some("") => flaws.push((Part::Prefix, grammar, Flaw::Empty)),
        Some(prefix) => flaws.extend(
            whole(Grammar::Dns1123Subdomain, prefix)
                .into_iter()
                .map(|(_, grammar, flaw)| (Part::Prefix, grammar, flaw)),
        ),
        None => {}
    }
    if name.len() > grammar.max_len() {
        flaws.push((Part::Name, grammar, Flaw::TooLong));
    }
    if name.is_empty() {
        flaws.push((Part::Name, grammar, Flaw::Empty));
        // The server also says that an empty name does not match; that the pattern is broken adds nothing for people.
        flaws.push((Part::Name, grammar, Flaw::Label));
    } else if let Some(flaw) = word(name) {
        flaws.push((Part::Name, grammar, flaw));
    }
    verdict(grammar, value, flaws)
}

/// Checks the key of a label or annotation; the same as [`qualified_name`].
///
/// # Errors
///
/// What is wrong with the value, and in which part.
pub fn label_key(value: &str) -> Result<(), NameError> {
    qualified_name(value)
}

/// Checks the value of a label: empty, or letters, digits, `-`, `_`, `.`, a letter or digit first and last, at most
/// 63 bytes.
///
/// # Errors
///
/// What is wrong with the value.
///
/// # Source
///
/// [`IsLabelValue`](https://github.com/kubernetes/apimachinery/blob/v0.37.2/pkg/api/validate/content/kube.go).
pub fn label_value(value: &str) -> Result<(), NameError> {
    verdict(Grammar::LabelValue, value, whole(Grammar::LabelValue, value))
}

/// Checks that a name can stand in a URL path: not `.` or `..`, no `/`, no `%`.
///
/// The empty string passes, as it does upstream: whether a name may be absent is another question.
///
/// # Errors
///
/// What is wrong with the value.
///
/// # Source
///
/// [`IsPathSegmentName`](https://github.com/kubernetes/apimachinery/blob/v0.37.2/pkg/api/validate/content/path.go).
pub fn path_segment(value: &str) -> Result<(), NameError> {
    verdict(Grammar::PathSegment, value, whole(Grammar::PathSegment, value))
}

/// Checks a kind: any case, but in lower case a [`dns1035_label`].
///
/// # Errors
///
/// What is wrong with the value.
///
/// # Source
///
/// [`ValidateCustomResourceDefinitionNames`](https://github.com/kubernetes/apiextensions-apiserver/blob/v0.37.2/pkg/apis/apiextensions/validation/validation.go).
pub fn kind(value: &str) -> Result<(), NameError> {
    verdict(Grammar::Kind, value, whole(Grammar::Kind, value))
}

/// Tells whether a group is one of Kubernetes' own: a definition in it needs the annotation `api-approved.kubernetes.io`.
///
/// Source: `IsProtectedCommunityGroup` in k8s.io/apiextensions-apiserver.
pub fn is_protected_group(group: &str) -> bool {
    ["k8s.io", "kubernetes.io"]
        .iter()
        .any(|domain| group.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// Checks the group of a custom resource: a [`dns1123_subdomain`] with at least one dot.
///
/// # Errors
///
/// What is wrong with the value.
///
/// # Source
///
/// [`validateCustomResourceDefinitionSpec`](https://github.com/kubernetes/apiextensions-apiserver/blob/v0.37.2/pkg/apis/apiextensions/validation/validation.go).
pub fn api_group(value: &str) -> Result<(), NameError> {
    verdict(Grammar::ApiGroup, value, whole(Grammar::ApiGroup, value))
}

fn verdict(grammar: Grammar, value: &str, flaws: Vec<(Part, Grammar, Flaw)>) -> Result<(), NameError> {
    if flaws.is_empty() { Ok(()) } else { Err(NameError { grammar, value: value.to_owned(), flaws }) }
}

/// Returns the flaws of a value that has no parts, the length first, as the server says them.
fn whole(grammar: Grammar, value: &str) -> Vec<(Part, Grammar, Flaw)> {
    let mut flaws = Vec::new();
    let mut push = |flaw| flaws.push((Part::Whole, grammar, flaw));
    if value.len() > grammar.max_len() {
        push(Flaw::TooLong);
    }
    match grammar {
        Grammar::Dns1123Label => {
            if let Some(flaw) = label(value) {
                push(if subdomain(value).is_none() { Flaw::Dots } else { flaw });
            }
        }
        Grammar::Dns1035Label => letter_first(value).into_iter().for_each(push),
        Grammar::Kind => {
            letter_first(&value.to_ascii_lowercase()).map(|flaw| as_written(flaw, value)).into_iter().for_each(push);
        }
        Grammar::Dns1123Subdomain => subdomain(value).into_iter().for_each(push),
        Grammar::ApiGroup => match subdomain(value) {
            None if !value.contains('.') => push(Flaw::NoDot),
            flaw => flaw.into_iter().for_each(push),
        },
        Grammar::LabelValue | Grammar::QualifiedName => {
            if !value.is_empty() {
                word(value).into_iter().for_each(push);
            }
        }
        Grammar::PathSegment => match value {
            "." | ".." => push(Flaw::Reserved),
            _ => ['/', '%'].into_iter().filter(|&c| value.contains(c)).map(Flaw::Char).for_each(push),
        },
    }
    flaws
}

/// `[a-z0-9]([-a-z0-9]*[a-z0-9])?`
fn label(value: &str) -> Option<Flaw> {
    sequence(value, |c| c.is_ascii_lowercase() || c.is_ascii_digit(), |c| c == '-')
}

/// `[a-z]([-a-z0-9]*[a-z0-9])?`
fn letter_first(value: &str) -> Option<Flaw> {
    label(value).or_else(|| value.chars().next().filter(char::is_ascii_digit).map(Flaw::Start))
}

/// `([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]`
fn word(value: &str) -> Option<Flaw> {
    sequence(value, |c| c.is_ascii_alphanumeric(), |c| matches!(c, '-' | '_' | '.'))
}

/// Labels joined by dots.
fn subdomain(value: &str) -> Option<Flaw> {
    let outside = |c: &char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.'));
    if let Some(c) = value.chars().find(outside) {
        return Some(Flaw::Char(c));
    }
    sequence(value, |c| c.is_ascii_lowercase() || c.is_ascii_digit(), |c| matches!(c, '-' | '.'))
        .or_else(|| value.split('.').any(|part| label(part).is_some()).then_some(Flaw::Label))
}

/// Finds the first character that breaks "`edge` first and last, `edge` or `inner` between".
fn sequence(value: &str, edge: impl Fn(char) -> bool, inner: impl Fn(char) -> bool) -> Option<Flaw> {
    if let Some(c) = value.chars().find(|&c| !edge(c) && !inner(c)) {
        return Some(Flaw::Char(c));
    }
    match (value.chars().next(), value.chars().next_back()) {
        (None, _) => Some(Flaw::Empty),
        (Some(first), _) if !edge(first) => Some(Flaw::Start(first)),
        (_, Some(last)) if !edge(last) => Some(Flaw::End(last)),
        _ => None,
    }
}

/// Gives a flaw of the lower-case form the character that the user wrote.
fn as_written(flaw: Flaw, value: &str) -> Flaw {
    match flaw {
        Flaw::Char(c) => Flaw::Char(value.chars().find(|w| w.to_ascii_lowercase() == c).unwrap_or(c)),
        flaw => flaw,
    }
}

/// Returns a valid value near to an invalid one.
pub(crate) fn repair(grammar: Grammar, value: &str) -> Option<String> {
    let repaired = match grammar {
        Grammar::QualifiedName => match value.rsplit_once('/') {
            Some((prefix, name)) => {
                format!("{}/{}", repair_whole(Grammar::Dns1123Subdomain, prefix), repair_whole(grammar, name))
            }
            None => repair_whole(grammar, value),
        },
        _ => repair_whole(grammar, value),
    };
    let valid = match grammar {
        Grammar::QualifiedName => qualified_name(&repaired).is_ok(),
        _ => whole(grammar, &repaired).is_empty(),
    };
    (valid && !repaired.is_empty() && repaired != value).then_some(repaired)
}

fn repair_whole(grammar: Grammar, value: &str) -> String {
    let keep: fn(char) -> bool = match grammar {
        Grammar::QualifiedName | Grammar::LabelValue => |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'),
        Grammar::Dns1123Subdomain | Grammar::ApiGroup => |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'),
        Grammar::PathSegment => |c| !matches!(c, '/' | '%'),
        _ => |c| c.is_ascii_alphanumeric() || c == '-',
    };
    let mut out: String = value.chars().map(|c| if keep(c) { c } else { '-' }).collect();
    match grammar {
        // A kind is written in one word.
        Grammar::Kind => out.retain(|c| c != '-'),
        Grammar::QualifiedName | Grammar::LabelValue | Grammar::PathSegment => {}
        _ => out.make_ascii_lowercase(),
    }
    while out.contains("..") {
        out = out.replace("..", ".");
    }
    out.truncate(out.floor_char_boundary(grammar.max_len()));
    if grammar == Grammar::PathSegment {
        return out;
    }
    let edge = |c: char| !c.is_ascii_alphanumeric();
    let trimmed = out.trim_matches(edge);
    match grammar {
        Grammar::Dns1035Label | Grammar::Kind => trimmed.trim_start_matches(|c: char| !c.is_ascii_alphabetic()),
        _ => trimmed,
    }
    .to_owned()
}

#[cfg(test)]
mod tests;
