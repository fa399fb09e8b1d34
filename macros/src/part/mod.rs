//! `#[derive(ResourcePart)]`: the schema of a struct or enum that stands inside of resources.

mod expand;
mod fits;
mod json;
mod keys;
mod model;
mod plain;

use proc_macro2::TokenStream;
use syn::{DeriveInput, Path};

pub(crate) use self::expand::{cased, rule, saying, says, value_of};
pub(crate) use self::fits::check as check_field;
pub(crate) use self::keys::checks as checks_of_keys;
pub(crate) use self::model::{FIELD, Part, Sayings, WHOLE, is_like_a_key_of_fields, keyed, of_field, of_whole};
use crate::diag::Errors;
use crate::rules;

/// The derive as a pure function: the item, and where Kubist is if the item does not say.
pub(crate) fn derive(input: &DeriveInput, krate: fn() -> Path) -> TokenStream {
    let mut errors = Errors::default();
    let part = model::read(input, krate, &mut errors);
    rules::check_part(input, &part, &mut errors);
    fits::check_part(input, &part, &mut errors);
    let items = expand::expand(input, &part, !errors.is_empty());
    let reports = errors.report();
    quote::quote!(#reports #items)
}
