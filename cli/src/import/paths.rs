//! Paths that the derive checks against the fields.

use super::rust::{Body, Field, Item, Ty};

/// What stands at the end of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// A value of this type, in the words of schemas.
    Of(&'static str),
    /// A value of which the path does not tell the type, which nobody checks.
    Unknown,
    /// A value of a type that is not of the module.
    Foreign,
}

impl End {
    /// Tells whether a value of a type may stand there, as far as the derive can tell.
    pub(super) fn may_be(self, ty: &str) -> bool {
        match self {
            Self::Of(found) => found == ty,
            Self::Unknown => true,
            Self::Foreign => false,
        }
    }

    /// Tells whether a column of a type shows the value.
    pub(super) fn is_shown_as(self, column: &str) -> bool {
        let number = |ty| matches!(ty, "integer" | "number");
        match self {
            _ if column == "string" => true,
            Self::Of("string") if column == "date" => true,
            Self::Of(found) if number(found) && number(column) => true,
            end => end.may_be(column),
        }
    }
}

/// Returns what a path such as `.status.ready` leads to; nothing where it leads to no field, as far as the derive can tell.
pub(super) fn end(path: &str, root: &[Field], items: &[Item]) -> Option<End> {
    let rest = path.strip_prefix('.')?;
    if rest.ends_with('.') || rest.contains("..") {
        return None;
    }
    let mut names = rest.split_inclusive(['.', '[']);
    let first = names.next()?;
    let name = first.trim_end_matches(['.', '[']);
    if matches!(name, "metadata" | "apiVersion" | "kind") {
        return Some(End::Unknown);
    }
    let mut ty = &root.iter().find(|field| field.json == name)?.ty;
    // The derive asks for the types of what is below the fields of the root.
    let mut end = End::Unknown;
    let mut ended_in_bracket = first.ends_with('[');
    for part in names {
        // What is in brackets is not looked at.
        if ended_in_bracket {
            return Some(End::Unknown);
        }
        let Some(index) = structure(ty) else { return Some(End::Unknown) };
        let Body::Struct { fields, open: false } = &items[index].body else { return Some(End::Unknown) };
        let name = part.trim_end_matches(['.', '[']);
        ty = &fields.iter().find(|field| field.json == name)?.ty;
        end = of(ty, items);
        ended_in_bracket = part.ends_with('[');
    }
    Some(if ended_in_bracket { End::Unknown } else { end })
}

/// Returns the type of the module that stands there as it is, or in a box.
fn structure(ty: &Ty) -> Option<usize> {
    match ty {
        Ty::Own(index) => Some(*index),
        Ty::Boxed(inner) => structure(inner),
        _ => None,
    }
}

fn of(ty: &Ty, items: &[Item]) -> End {
    match ty {
        Ty::Own(index) if matches!(items[*index].body, Body::Enum(_)) => End::Of("string"),
        Ty::Own(_) | Ty::Map(_) | Ty::Plain("Map<String, Value>") => End::Of("object"),
        Ty::List(_) => End::Of("array"),
        Ty::Boxed(inner) => of(inner, items),
        Ty::Plain("String" | "Time") => End::Of("string"),
        Ty::Plain("bool") => End::Of("boolean"),
        Ty::Plain("i32" | "i64") => End::Of("integer"),
        Ty::Plain("f32" | "f64") => End::Of("number"),
        Ty::Plain(_) | Ty::Known(_) => End::Foreign,
    }
}
