//! What the user said of a view.

use proc_macro2::{Ident, TokenStream};
use syn::{Attribute, Data, DeriveInput, Fields, Meta, Path, Type};

use super::Place;
use crate::diag::{Errors, instead};
use crate::parse::{Arg, args};
use crate::siblings::Ours;

const KEYS: &[&str] = &["view_of", "crate"];

/// A view.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) input: &'a DeriveInput,
    pub(super) place: Place,
    pub(super) krate: Path,
    /// What it is a view of; `None` where that could not be read.
    pub(super) base: Option<Path>,
    pub(super) fields: Vec<(&'a Ident, &'a Type)>,
    /// Which impls of serde are ours to write.
    pub(super) ours: Ours,
    pub(super) broken: bool,
}

/// Reads a view; `None` if the item does not say that it is one.
pub(super) fn read<'a>(
    input: &'a DeriveInput,
    place: Place,
    krate: fn() -> Path,
    errors: &mut Errors,
) -> Option<View<'a>> {
    let args: Vec<Arg> =
        attributes(&input.attrs, "resource").flat_map(|attr| args(tokens(attr), &mut Errors::unheard())).collect();
    if !args.iter().any(|arg| arg.key().is_some_and(|key| means_view(&key.to_string()))) {
        return None;
    }
    // The commas are told this time.
    for attr in attributes(&input.attrs, "resource") {
        crate::parse::args(tokens(attr), errors);
    }
    let (mut base, mut given) = (None, None);
    let mut seen: Vec<String> = Vec::new();
    for arg in &args {
        let Some(key) = arg.key() else {
            errors.at_span(arg.span(), "expected a key; a view takes `view_of` and `crate`");
            continue;
        };
        let name = key.to_string();
        if seen.contains(&name) {
            errors.at(key, format!("`{name}` is given twice; keep one"));
        } else if means_view(&name) {
            if name != "view_of" {
                errors.at(key, format!("unknown key `{name}`; did you mean `view_of`?"));
            }
            base = self::base(arg, place, errors);
        } else if name == "crate" {
            given = arg.path(errors);
        } else {
            other_key(arg, &name, place, errors);
        }
        seen.push(name);
    }
    for name in ["serde", "schemars"] {
        for attr in attributes(&input.attrs, name) {
            errors.at(attr.path(), format!("a view stands on the wire as its kind does: remove `#[{name}(…)]`"));
        }
    }
    let fields = fields(input, place, errors);
    Some(View { input, place, krate: given.unwrap_or_else(krate), base, fields, ours: Ours::default(), broken: false })
}

/// Tells whether a key is `view_of` or what one writes for it by mistake.
fn means_view(name: &str) -> bool {
    let known = || crate::model::KEYS.iter().chain(crate::part::WHOLE).copied();
    match name {
        "view_of" | "view" | "viewof" | "view_for" | "partial_of" | "subset_of" => true,
        _ => known().all(|key| key != name) && kubist_naming::nearest(name, known()) == Some("view_of"),
    }
}

fn attributes<'a>(attrs: &'a [Attribute], name: &'static str) -> impl Iterator<Item = &'a Attribute> {
    attrs.iter().filter(move |attr| attr.path().is_ident(name))
}

fn tokens(attr: &Attribute) -> TokenStream {
    match &attr.meta {
        Meta::List(inner) => inner.tokens.clone(),
        _ => TokenStream::new(),
    }
}

fn base(arg: &Arg, place: Place, errors: &mut Errors) -> Option<Path> {
    let example = match place {
        Place::Root => "Pod",
        Place::Part => "PodSpec",
    };
    if let Arg::Value(_, tokens) = arg
        && let Ok(path) = syn::parse2::<Path>(tokens.clone())
    {
        return Some(path);
    }
    if let Arg::Value(_, tokens) | Arg::List(_, tokens) = arg
        && let Ok(path) = syn::parse2::<Path>(tokens.clone())
    {
        let text = quote::quote!(#path).to_string().replace(' ', "");
        errors.at(tokens, format!("`view_of` is the type by itself: write `view_of = {text}`"));
        return Some(path);
    }
    if let Arg::Value(_, tokens) = arg
        && let Ok(text) = syn::parse2::<syn::LitStr>(tokens.clone())
    {
        errors.at(tokens, format!("a type stands without quotes: write `view_of = {}`", text.value()));
    } else {
        errors.at_span(arg.value_span(), format!("`view_of` is a type: write `view_of = {example}`"));
    }
    None
}

fn other_key(arg: &Arg, name: &str, place: Place, errors: &mut Errors) {
    let known =
        crate::model::KEYS.contains(&name) || crate::part::WHOLE.contains(&name) || crate::part::FIELD.contains(&name);
    let message = match place {
        _ if !known => format!("unknown key `{name}`{}", instead(name, KEYS.iter().copied())),
        Place::Root if name == "rule" || name == "column" => {
            format!("`{name}` belongs to a definition, and a view has none: remove it")
        }
        Place::Root => format!("a view is of the kind that `view_of` names: remove `{name}`"),
        Place::Part => format!("`{name}` belongs to a schema, and a view has none: remove it"),
    };
    errors.at_span(arg.span(), message);
}

fn fields<'a>(input: &'a DeriveInput, place: Place, errors: &mut Errors) -> Vec<(&'a Ident, &'a Type)> {
    let write = match place {
        Place::Root => "write `struct PodView { metadata: ObjectMeta, spec: … }`",
        Place::Part => "write `struct NodeName { node_name: Str }`",
    };
    if !input.generics.params.is_empty() {
        errors.at(&input.generics, "a view has no parameters: its fields have the types that they have on the kind");
        return Vec::new();
    }
    let named = match &input.data {
        Data::Struct(item) => match &item.fields {
            Fields::Named(named) => named,
            Fields::Unnamed(fields) => {
                errors.at(fields, format!("the fields of a view have the names that they have on the kind: {write}"));
                return Vec::new();
            }
            Fields::Unit => {
                errors.at(&input.ident, format!("a view names the fields that it wants: {write}"));
                return Vec::new();
            }
        },
        Data::Enum(item) => {
            errors.at(item.enum_token, format!("a view is a struct, not an enum: {write}"));
            return Vec::new();
        }
        Data::Union(item) => {
            errors.at(item.union_token, format!("a view is a struct, not a union: {write}"));
            return Vec::new();
        }
    };
    for attr in named.named.iter().flat_map(|field| &field.attrs) {
        for name in ["resource", "serde", "schemars"] {
            if attr.path().is_ident(name) {
                let message =
                    format!("a field of a view is named, read and written as on the kind: remove `#[{name}(…)]`");
                errors.at(attr.path(), message);
            }
        }
    }
    let fields: Vec<_> = named.named.iter().filter_map(|field| Some((field.ident.as_ref()?, &field.ty))).collect();
    if place == Place::Root {
        match fields.iter().find(|(name, _)| *name == "metadata") {
            None => errors.at(&input.ident, "the view has no metadata: add the field `metadata: ObjectMeta`"),
            Some((_, ty)) if crate::model::option_of(ty).is_some() => {
                errors.at(ty, "write `ObjectMeta`, without `Option`: empty metadata is absent metadata");
            }
            Some(_) => {}
        }
    }
    fields
}
