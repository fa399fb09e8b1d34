//! Places in an expression, and what is wrong there.

use std::fmt::Write as _;

/// What is wrong with an expression, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The place in the text, in bytes; none where the whole expression is meant.
    pub at: Option<usize>,
    /// What is wrong, in the words of the API server.
    pub message: String,
    /// Why, where the server does not say it.
    pub reason: Option<String>,
    /// The name that nothing has, where that is what is wrong.
    pub unknown: Option<Unknown>,
}

/// A name that nothing has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unknown {
    /// What it should be the name of.
    pub what: What,
    /// The name.
    pub name: String,
    /// The name that may have been meant.
    pub suggestion: Option<String>,
}

/// What has a name in an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the words say it")]
pub enum What {
    Variable,
    Function,
    Field,
    Message,
}

impl Problem {
    pub(crate) fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at: Some(at), message: message.into(), reason: None, unknown: None }
    }

    pub(crate) fn whole(message: impl Into<String>) -> Self {
        Self { at: None, message: message.into(), reason: None, unknown: None }
    }
}

/// The line and column of a place, both counted from one; columns are characters.
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// Problems as the API server prints them: each with its line of the text and a mark under the place.
pub fn report(text: &str, problems: &[Problem]) -> String {
    let mut problems: Vec<&Problem> = problems.iter().collect();
    problems.sort_by_key(|problem| problem.at);
    problems.iter().map(|problem| one(text, problem)).collect::<Vec<_>>().join("\n")
}

fn one(text: &str, problem: &Problem) -> String {
    let Some(at) = problem.at else {
        return format!("ERROR: <input>:-1:0: {}", problem.message);
    };
    let (line, column) = line_and_column(text, at);
    let mut shown = format!("ERROR: <input>:{line}:{column}: {}", problem.message);
    let source = text.split('\n').nth(line - 1).unwrap_or_default().replace('\t', " ");
    let _ = write!(shown, "\n | {source}\n | ");
    let mut characters = source.chars();
    for c in characters.by_ref().take(column - 1) {
        shown.push(if c.is_ascii() { '.' } else { '\u{ff0e}' });
    }
    shown.push(if characters.next().is_none_or(|c| c.is_ascii()) { '^' } else { '\u{ff3e}' });
    shown
}
