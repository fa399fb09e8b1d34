//! The derive macros of Kubist; use them through the `kubist` crate.

mod check;
mod conversion;
mod derive;
mod diag;
mod expand;
mod krate;
mod model;
mod parse;
mod part;
mod pattern;
mod rules;
mod siblings;
mod view;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

#[doc = include_str!("../docs/resource.md")]
#[proc_macro_derive(Resource, attributes(resource, serde, schemars))]
pub fn derive_resource(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive::resource(&input, &siblings::beside_call_site(), krate::find).into()
}

#[doc = include_str!("../docs/part.md")]
#[proc_macro_derive(ResourcePart, attributes(resource, serde, schemars))]
pub fn derive_resource_part(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive::resource_part(&input, siblings::beside_call_site, krate::find).into()
}

#[cfg(test)]
mod tests;
