//! The sources of `kubist-macros` once more, as functions over tokens.

#![expect(dead_code, reason = "where a macro is called from is asked by a macro alone")]

extern crate proc_macro;

#[path = "../../../macros/src/check.rs"]
mod check;
#[path = "../../../macros/src/conversion.rs"]
mod conversion;
#[path = "../../../macros/src/derive.rs"]
mod derive;
#[path = "../../../macros/src/diag.rs"]
mod diag;
#[path = "../../../macros/src/expand/mod.rs"]
mod expand;
#[path = "../../../macros/src/krate.rs"]
mod krate;
#[path = "../../../macros/src/model.rs"]
mod model;
#[path = "../../../macros/src/parse.rs"]
mod parse;
#[path = "../../../macros/src/part/mod.rs"]
mod part;
#[path = "../../../macros/src/pattern.rs"]
mod pattern;
#[path = "../../../macros/src/rules.rs"]
mod rules;
#[path = "../../../macros/src/siblings.rs"]
mod siblings;
#[path = "../../../macros/src/view/mod.rs"]
mod view;

use proc_macro2::TokenStream;
use syn::{DeriveInput, Path};

/// `#[derive(Resource)]`, beside these derives.
pub fn resource(input: &DeriveInput, beside: &[String], krate: fn() -> Path) -> TokenStream {
    derive::resource(input, beside, krate)
}

/// `#[derive(ResourcePart)]`, beside these derives.
pub fn resource_part(input: &DeriveInput, beside: &[String], krate: fn() -> Path) -> TokenStream {
    derive::resource_part(input, || beside.to_vec(), krate)
}
