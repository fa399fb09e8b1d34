//! Derives that the user wrote beside ours and that would write the same impls.
//!
//! A derive macro gets its item without the `#[derive]` list that it stands in, so that `Serialize` beside `Resource`
//! would surface only as the compiler's E0119, twice, in words about impls that the user never saw. Attributes that
//! come later are in the item; for the list itself and those before it, the source file is read at the place that the
//! compiler gives for our own name. Where it gives none (an editor, a macro that writes the struct), E0119 remains.

use std::fs;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::DeriveInput;

use crate::diag::{Errors, list};

/// Which of the traits the derive implements itself: not those that stand beside it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ours {
    pub(crate) serialize: bool,
    pub(crate) deserialize: bool,
}

impl Default for Ours {
    fn default() -> Self {
        Self { serialize: true, deserialize: true }
    }
}

/// Traits that the derive implements itself.
const OURS: &[&str] = &["Serialize", "Deserialize"];

/// Returns the last names of all derives in and before the list that this derive stands in.
pub(crate) fn beside_call_site() -> Vec<String> {
    let here = proc_macro::Span::call_site();
    let source = here.local_file().and_then(|file| fs::read_to_string(file).ok());
    let (Some(source), Some(name)) = (source, here.source_text()) else { return Vec::new() };
    beside(&source, here.line(), here.column(), &name)
}

/// Finds the derives in and before the list that holds `name` at this line and column, both counted from 1.
fn beside(source: &str, line: usize, column: usize, name: &str) -> Vec<String> {
    let Some(at) = offset(source, line, column).filter(|&at| source[at..].starts_with(name)) else { return Vec::new() };
    // Back to the end of whatever stands before the attributes of this item.
    let mut start = source[..at].rfind("#[").unwrap_or(at);
    while let Some(before) = source[..start].trim_end().rfind('\n').map(|end| end + 1) {
        let line = source[before..start].trim();
        if !line.starts_with("#[") && !line.starts_with("//") {
            break;
        }
        start = before;
    }
    let end = source[at..].find(']').map_or(source.len(), |end| at + end + 1);
    let Ok(tokens) = source[start..end].parse::<TokenStream>() else { return Vec::new() };
    let mut names = Vec::new();
    for tree in tokens {
        if let TokenTree::Group(group) = tree
            && group.delimiter() == Delimiter::Bracket
        {
            derives(group.stream(), &mut names);
        }
    }
    names
}

/// Returns where a line and column are in a text; both count from 1, columns in characters.
fn offset(source: &str, line: usize, column: usize) -> Option<usize> {
    let start: usize = source.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let text = source.get(start..)?;
    Some(start + text.char_indices().nth(column.checked_sub(1)?)?.0)
}

/// Adds the last names of the paths in `derive(…)`.
fn derives(attribute: TokenStream, names: &mut Vec<String>) {
    let mut trees = attribute.into_iter();
    if !matches!(trees.next(), Some(TokenTree::Ident(word)) if word == "derive") {
        return;
    }
    let Some(TokenTree::Group(group)) = trees.next() else { return };
    let mut last = None;
    for tree in group.stream() {
        match tree {
            TokenTree::Ident(word) => last = Some(word.to_string()),
            TokenTree::Punct(comma) if comma.as_char() == ',' => names.extend(last.take()),
            _ => {}
        }
    }
    names.extend(last);
}

/// Reports derives that collide with ours, and returns what remains for us to write. `why` says why the derive `name` writes them.
pub(crate) fn check(input: &DeriveInput, beside: &[String], name: &str, why: &str, errors: &mut Errors) -> Ours {
    let mut found: Vec<&str> = OURS.iter().copied().filter(|ours| beside.iter().any(|name| name == ours)).collect();
    let mut place = None;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let _told_by_the_compiler = attribute.parse_nested_meta(|meta| {
            let name = meta.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
            if let Some(ours) = OURS.iter().find(|ours| **ours == name) {
                found.push(ours);
                place.get_or_insert(meta.path);
            }
            Ok(())
        });
    }
    if found.is_empty() {
        return Ours::default();
    }
    let message = format!(
        "`#[derive({name})]` implements {} for `{}` itself, {why}; remove {} from `#[derive(…)]`",
        found.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and "),
        input.ident,
        list(found.iter().copied()),
    );
    match place {
        Some(path) => errors.at(path, message),
        None => errors.at_span(proc_macro2::Span::call_site(), message),
    }
    Ours { serialize: !found.contains(&"Serialize"), deserialize: !found.contains(&"Deserialize") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<String> {
        let at = source.find("Resource").unwrap();
        let line = source[..at].matches('\n').count() + 1;
        let column = at - source[..at].rfind('\n').map_or(0, |end| end + 1) + 1;
        beside(source, line, column, "Resource")
    }

    #[test]
    fn derives_in_the_same_list_and_in_lists_before_it_are_seen() {
        assert_eq!(
            found("#[derive(Resource, Clone, serde::Serialize)]\nstruct A;"),
            ["Resource", "Clone", "Serialize"]
        );
        assert_eq!(
            found("struct Z;\n\n#[derive(Deserialize)]\n/// A.\n#[derive(\n    Clone,\n    Resource,\n)]\nstruct A;"),
            ["Deserialize", "Clone", "Resource"]
        );
    }

    #[test]
    fn derives_of_the_item_before_are_not_seen() {
        assert_eq!(found("#[derive(Serialize)]\nstruct Z;\n#[derive(Resource)]\nstruct A;"), ["Resource"]);
    }

    #[test]
    fn a_place_that_does_not_hold_the_name_is_not_read() {
        assert!(beside("#[derive(Resource)] struct A;", 1, 3, "Resource").is_empty());
        assert!(beside("", 7, 3, "Resource").is_empty());
    }
}
