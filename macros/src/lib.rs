//! The derive macros of Kubist; use them through the `kubist` crate.

mod check;
mod conversion;
mod diag;
mod expand;
mod krate;
mod model;
mod parse;
mod part;
mod rules;
mod siblings;
mod view;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

#[doc = include_str!("../docs/resource.md")]
#[proc_macro_derive(Resource, attributes(resource, serde, schemars))]
pub fn derive_resource(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let beside = siblings::beside_call_site();
    resource(&input, &beside, krate::find).into()
}

#[doc = include_str!("../docs/part.md")]
#[proc_macro_derive(ResourcePart, attributes(resource, serde, schemars))]
pub fn derive_resource_part(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    // Only a view has impls that others could collide with.
    match view::derive(&input, view::Place::Part, siblings::beside_call_site, krate::find) {
        Some(items) => items.into(),
        None => part::derive(&input, krate::find).into(),
    }
}

/// The derive as a pure function: the item, the derives beside it, and where Kubist is if the item does not say.
fn resource(input: &DeriveInput, beside: &[String], krate: fn() -> syn::Path) -> proc_macro2::TokenStream {
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

#[cfg(test)]
mod tests;
