//! The derives as functions over tokens: the item, the derives beside it, and where Kubist is if the item does not say.
//!
//! `xtask/fuzz` compiles these modules once more, since a crate of macros cannot be called by a program.

use proc_macro2::TokenStream;
use syn::{DeriveInput, Path};

use crate::{check, diag, expand, model, part, siblings, view};

/// `#[derive(Resource)]`.
pub(crate) fn resource(input: &DeriveInput, beside: &[String], krate: fn() -> Path) -> TokenStream {
    if let Some(items) = view::derive(input, view::Place::Root, || beside.to_vec(), krate) {
        return items;
    }
    let mut errors = diag::Errors::default();
    let mut model = model::read(input, krate, &mut errors);
    let why = "so that `apiVersion` and `kind` are always written and checked";
    let ours = siblings::check(input, beside, "Resource", why, &mut errors);
    (model.serialize, model.deserialize) = (ours.serialize, ours.deserialize);
    check::check(&model, &mut errors);
    model.broken = !errors.is_empty();
    let items = expand::expand(&model);
    let reports = errors.report();
    quote::quote!(#reports #items)
}

/// `#[derive(ResourcePart)]`. Only a view has impls that those of other derives could collide with.
pub(crate) fn resource_part(
    input: &DeriveInput,
    beside: impl FnOnce() -> Vec<String>,
    krate: fn() -> Path,
) -> TokenStream {
    view::derive(input, view::Place::Part, beside, krate).unwrap_or_else(|| part::derive(input, krate))
}
