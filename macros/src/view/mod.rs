//! `#[resource(view_of = …)]`: a struct of the fields that one wants of a built-in kind, or of a part of one.

mod expand;
mod model;

use proc_macro2::TokenStream;
use syn::{DeriveInput, Path};

use crate::diag::Errors;
use crate::siblings;

/// The derive that a view stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// `Resource`: it is an object.
    Root,
    /// `ResourcePart`: it stands in another view.
    Part,
}

/// Expands the derive where the item says that it is a view; `None` where it does not.
pub(crate) fn derive(
    input: &DeriveInput,
    place: Place,
    beside: impl FnOnce() -> Vec<String>,
    krate: fn() -> Path,
) -> Option<TokenStream> {
    let mut errors = Errors::default();
    let Some(mut view) = model::read(input, place, krate, &mut errors) else {
        errors.report();
        return None;
    };
    let (name, why) = match place {
        Place::Root => ("Resource", "so that a view reads and writes what its kind does"),
        Place::Part => ("ResourcePart", "since this is a view, which reads and writes what its kind does"),
    };
    view.ours = siblings::check(input, &beside(), name, why, &mut errors);
    view.broken = !errors.is_empty();
    let items = expand::expand(&view);
    let reports = errors.report();
    Some(quote::quote!(#reports #items))
}
