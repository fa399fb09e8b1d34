//! Parts that say nothing to serde and schemars but names and defaults: their schemas are tables.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Fields, FieldsNamed, LitStr, Path, Variant};

use super::expand::cased;
use crate::diag::Errors;
use crate::expand::plain::{Fallback, description, object_schema, property};
use crate::parse::{Arg, args};

/// Attributes that schemars reads beside serde's and documentation.
const OTHERS: &[&str] = &["schemars", "validate", "garde", "deprecated", "cfg"];

/// The expression that makes the schema of an item, if a table can say all that schemars' derive would.
pub(super) fn schema(p: &TokenStream, input: &DeriveInput) -> Option<TokenStream> {
    if !input.generics.params.is_empty() {
        return None;
    }
    let description = description(docs(&input.attrs))?;
    match &input.data {
        Data::Struct(item) => match &item.fields {
            Fields::Named(fields) => object(p, input, &description, fields),
            _ => None,
        },
        Data::Enum(item) if said(&input.attrs)?.is_empty() => {
            let names: Vec<_> = item.variants.iter().map(name).collect::<Option<_>>()?;
            // The schema of no variant at all is `false`.
            (!names.is_empty()).then(|| quote!(#p::enum_schema(#description, &[#(#names),*])))
        }
        _ => None,
    }
}

fn object(p: &TokenStream, input: &DeriveInput, of_whole: &str, fields: &FieldsNamed) -> Option<TokenStream> {
    let style = match said(&input.attrs)?.as_slice() {
        [] => None,
        [Arg::Value(key, style)] if key == "rename_all" => Some(syn::parse2::<LitStr>(style.clone()).ok()?.value()),
        _ => return None,
    };
    let properties = fields.named.iter().map(|field| {
        let name = field.ident.as_ref()?.to_string();
        let name = name.trim_start_matches("r#");
        // Of other letters, serde makes its own.
        if style.is_some() && !name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')) {
            return None;
        }
        let mut name = cased(name, style.as_deref());
        let (mut is_there, mut skipped): (bool, Option<Path>) = (false, None);
        for arg in said(&field.attrs)? {
            match &arg {
                Arg::Flag(key) if key == "default" => is_there = true,
                Arg::Value(key, text) if key == "rename" => name = syn::parse2::<LitStr>(text.clone()).ok()?.value(),
                Arg::Value(key, text) if key == "skip_serializing_if" => {
                    skipped = Some(syn::parse2::<LitStr>(text.clone()).ok()?.parse().ok()?);
                }
                _ => return None,
            }
        }
        let default = Fallback { is_there, unless: skipped.as_ref() };
        Some(property(p, &name, &description(docs(&field.attrs))?, &field.ty, &default))
    });
    Some(object_schema(p, of_whole, &properties.collect::<Option<Vec<_>>>()?))
}

/// The name of a variant that is nothing else.
fn name(variant: &Variant) -> Option<String> {
    let is_plain = matches!(variant.fields, Fields::Unit)
        && said(&variant.attrs)?.is_empty()
        && docs(&variant.attrs).next().is_none();
    is_plain.then(|| variant.ident.to_string().trim_start_matches("r#").to_owned())
}

fn docs(attrs: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("doc"))
}

/// What serde is told; `None` where others are told something too.
fn said(attrs: &[Attribute]) -> Option<Vec<Arg>> {
    let mut all = Vec::new();
    for attr in attrs {
        if OTHERS.iter().any(|other| attr.path().is_ident(other)) {
            return None;
        }
        if attr.path().is_ident("serde") {
            let syn::Meta::List(inner) = &attr.meta else { return None };
            all.extend(args(inner.tokens.clone(), &mut Errors::unheard()));
        }
    }
    Some(all)
}
