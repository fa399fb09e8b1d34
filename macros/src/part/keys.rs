//! The keys of lists, looked for by the compiler in the fields of the items.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Field, GenericArgument, PathArguments, Type};

use super::expand::{says, value_of};
use super::model::{Said, Sayings};
use crate::model::option_of;

/// Has the compiler look for the keys that are said of a field.
pub(crate) fn checks(p: &TokenStream, said: &Sayings, field: &Field) -> TokenStream {
    if says(&field.attrs, &["with", "schema_with"]) { TokenStream::new() } else { of_type(p, said, &field.ty) }
}

fn of_type(p: &TokenStream, said: &Sayings, ty: &Type) -> TokenStream {
    let Some(item) = item_of(ty) else { return TokenStream::new() };
    let keys = match said.get("x-kubernetes-list-map-keys").map(|keyword| &keyword.said) {
        Some(Said::Texts(keys)) => keys.as_slice(),
        _ => &[],
    };
    let checks = keys.iter().map(|key| {
        let (text, span) = (&key.value, key.span);
        let check = quote_spanned!(span=> check_key(#text, FIELDS););
        quote! {
            const _: () = {
                #[allow(unused_imports, reason = "for items whose type is not known")]
                use #p::{Unknown as _, check_key};
                const FIELDS: #p::Option<&'static #p::Fields> = #p::Probe::<#item>::FIELDS;
                #check
            };
        }
    });
    let inner = said.items.iter().map(|said| of_type(p, said, item));
    checks.chain(inner).collect()
}

/// Returns the type of the items of a list, or of the values of a map.
fn item_of(ty: &Type) -> Option<&Type> {
    let path = match ty {
        Type::Array(array) => return Some(&array.elem),
        Type::Path(path) => path,
        _ => return None,
    };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    let argument = |index: usize| match arguments.args.iter().nth(index) {
        Some(GenericArgument::Type(ty)) => Some(ty),
        _ => None,
    };
    match last.ident.to_string().as_str() {
        "Option" | "Box" => item_of(argument(0)?),
        "Vec" | "VecDeque" | "BTreeSet" | "HashSet" => argument(0),
        "BTreeMap" | "HashMap" => argument(1),
        _ => None,
    }
}

/// Tells whether it is certain that an object may be without a field, for a server that wants a key in each item: it is neither required
/// nor has it a default, or it may be null.
pub(super) fn may_be_missing(input: &DeriveInput, field: &Field, said: Option<&Sayings>) -> bool {
    let has = |keyword| said.is_some_and(|said| said.get(keyword).is_some());
    if has("nullable") {
        return true;
    }
    // What these make of it is not known here.
    let unclear = ["with", "schema_with", "required", "extend", "transform", "skip_deserializing"];
    if has("default") || says(&field.attrs, &unclear) || says(&input.attrs, &["default"]) {
        return false;
    }
    match value_of(&field.attrs, &["default"]) {
        None => option_of(&field.ty).is_some(),
        // The default is written into the schema, unless it is one that is not written.
        Some(default) => {
            let skipped = value_of(&field.attrs, &["skip_serializing_if"]);
            let skips = |name: &str| skipped.as_ref().is_some_and(|path| path.to_string().contains(name));
            let is_bare = default.to_string() == "default";
            is_bare && (skips("String::is_empty") || option_of(&field.ty).is_some())
        }
    }
}
