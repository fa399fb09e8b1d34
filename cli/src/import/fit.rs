//! What the types need beside their fields: comments, defaults, and room.

use super::docs;
use super::rust::{Body, Field, Item, Ty, Use};

/// A value that is larger stands in a box: many of these in one another would fill a stack.
const LARGE: usize = 512;

/// Chooses the comment of each type, so that no description is there that was not given.
pub(super) fn describe(items: &mut [Item]) {
    for item in items {
        item.docs = match &item.described {
            Use::Bare => None,
            Use::Item(text) => Some(text.clone()),
            // That of the field is the one that is printed.
            Use::Described(text) => Some(docs::first_sentence(text)),
        };
    }
}

/// Finds out which types can be made of nothing. Those in `needed` must be: what has no value of its own becomes optional there.
pub(super) fn defaults(items: &mut [Item], needed: &[usize]) -> Vec<bool> {
    let mut has: Vec<Option<bool>> = vec![None; items.len()];
    for index in needed {
        force(items, *index);
    }
    for index in 0..items.len() {
        has_default(items, index, &mut has);
    }
    has.into_iter().map(Option::unwrap_or_default).collect()
}

fn force(items: &mut [Item], index: usize) {
    let Body::Struct { fields, .. } = &items[index].body else { return };
    let inner: Vec<(usize, usize)> = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| !field.optional)
        .filter_map(|(at, field)| if let Ty::Own(own) = field.ty { Some((at, own)) } else { None })
        .collect();
    for (at, own) in inner {
        if matches!(items[own].body, Body::Struct { .. }) {
            force(items, own);
        } else if let Body::Struct { fields, .. } = &mut items[index].body {
            fields[at].optional = true;
        }
    }
}

fn has_default(items: &[Item], index: usize, has: &mut Vec<Option<bool>>) -> bool {
    if let Some(known) = has[index] {
        return known;
    }
    let found = match &items[index].body {
        Body::Enum(_) => false,
        Body::Struct { fields, .. } => fields.iter().all(|field| match &field.ty {
            _ if field.optional => true,
            Ty::Own(own) => has_default(items, *own, has),
            _ => true,
        }),
    };
    has[index] = Some(found);
    found
}

/// Puts large values into boxes.
pub(super) fn boxes(items: &mut [Item]) {
    let mut sizes: Vec<Option<usize>> = vec![None; items.len()];
    // A type stands behind those that hold it first, but may be held by later ones, too.
    for index in 0..items.len() {
        size(items, index, &mut sizes);
    }
    for item in items {
        if let Body::Struct { fields, .. } = &mut item.body {
            for field in fields {
                field.ty = boxed(field, &sizes);
            }
        }
    }
}

fn boxed(field: &Field, sizes: &[Option<usize>]) -> Ty {
    let size = match &field.ty {
        Ty::Own(own) => sizes[*own].unwrap_or_default(),
        Ty::Known(known) => known.size,
        _ => 0,
    };
    if size > LARGE { Ty::Boxed(Box::new(field.ty.clone())) } else { field.ty.clone() }
}

fn size(items: &[Item], index: usize, sizes: &mut Vec<Option<usize>>) -> usize {
    if let Some(known) = sizes[index] {
        return known;
    }
    let found = match &items[index].body {
        Body::Enum(_) => 1,
        Body::Struct { fields, open } => {
            fields.iter().map(|field| of_field(items, field, sizes)).sum::<usize>() + if *open { 24 } else { 0 }
        }
    };
    sizes[index] = Some(found);
    found
}

fn of_field(items: &[Item], field: &Field, sizes: &mut Vec<Option<usize>>) -> usize {
    let size = match &field.ty {
        Ty::Own(own) => size(items, *own, sizes),
        Ty::Known(known) => known.size,
        Ty::Plain("bool") => 1,
        Ty::Plain("i32" | "f32") => 8,
        Ty::Plain("i64" | "f64") => 16,
        Ty::Plain("Value" | "Quantity" | "IntOrString") => 32,
        _ => 24,
    };
    if size > LARGE { 8 } else { size }
}
