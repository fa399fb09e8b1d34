//! Paths that the derive checks against the fields.

use super::rust::{Body, Field, Item, Ty};

/// Tells whether a path such as `.status.ready` leads to a field, as far as the derive can tell.
pub(super) fn leads_somewhere(path: &str, root: &[Field], items: &[Item]) -> bool {
    let Some(rest) = path.strip_prefix('.') else { return false };
    if rest.ends_with('.') || rest.contains("..") {
        return false;
    }
    let mut names = rest.split_inclusive(['.', '[']);
    let Some(first) = names.next() else { return false };
    let name = first.trim_end_matches(['.', '[']);
    if matches!(name, "metadata" | "apiVersion" | "kind") {
        return true;
    }
    let Some(field) = root.iter().find(|field| field.json == name) else { return false };
    let mut ty = &field.ty;
    let mut ended_in_bracket = first.ends_with('[');
    for part in names {
        // What is in brackets is not looked at.
        if ended_in_bracket {
            return true;
        }
        let index = match ty {
            Ty::Own(index) => *index,
            Ty::Boxed(inner) => match &**inner {
                Ty::Own(index) => *index,
                _ => return true,
            },
            _ => return true,
        };
        let Body::Struct { fields, open: false } = &items[index].body else { return true };
        let name = part.trim_end_matches(['.', '[']);
        let Some(field) = fields.iter().find(|field| field.json == name) else { return false };
        ty = &field.ty;
        ended_in_bracket = part.ends_with('[');
    }
    true
}
