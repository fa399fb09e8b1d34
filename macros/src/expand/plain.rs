//! What is written for items whose fields say nothing to serde and schemars: tables and calls, where serde's and schemars' own derives would
//! write functions for each item. They take most of the time that a derive adds to a build.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Attribute, Expr, ExprLit, GenericArgument, Lit, Meta, PathArguments, Type};

use super::{api_version, private};
use crate::model::{Field, Model, Part, option_of};

/// How many fields the reader tells apart.
const MOST_FIELDS: usize = 64;

/// Types that have no fields of their own and are no options.
const LEAVES: &[&str] = &[
    "String", "bool", "char", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize",
    "f32", "f64", "Vec", "BTreeMap", "BTreeSet", "HashMap", "HashSet",
];

/// Tells whether serde's and schemars' derives would find nothing but names, types and documentation.
pub(super) fn is_plain(model: &Model<'_>) -> bool {
    model.input.generics.params.is_empty()
        && model.fields.len() <= MOST_FIELDS
        && model.fields.iter().all(|field| {
            !field.is_unit()
                && field.serde.is_empty()
                && field.schemars.is_empty()
                && description(field.docs.iter().copied()).is_some()
        })
}

/// How the fields are read, one by one.
pub(super) fn read(model: &Model<'_>) -> TokenStream {
    let p = private(model);
    let ident = &model.input.ident;
    let names = model.fields.iter().map(|field| &field.json);
    let (fields, types): (Vec<_>, Vec<_>) = model.fields.iter().map(|field| (field.ident, field.ty)).unzip();
    let last = model.fields.len().saturating_sub(1);
    let arms = model.fields.iter().enumerate().map(|(number, Field { ident, ty, .. })| {
        let pattern = if number == last { quote!(_) } else { quote!(#number) };
        (
            quote_spanned!(ty.span()=> #pattern => #p::put(&mut self.#ident, map),),
            quote_spanned!(ty.span()=> #pattern => #p::put_text(&mut self.#ident, text, managed_fields),),
        )
    });
    let (arms, arms_of_text): (Vec<_>, Vec<_>) = arms.unzip();
    let values = model.fields.iter().map(|field| {
        let Field { ident, json, .. } = field;
        if field.part == Part::Metadata || field.optional().is_some() {
            quote!(#ident: #p::Option::unwrap_or_default(read.#ident))
        } else {
            quote!(#ident: #p::required(read.#ident, #json)?)
        }
    });
    quote! {
        struct __KubistRead { #(#fields: #p::Option<#types>),* }

        const __KUBIST_NAMES: &[&str] = &[#(#names),*];

        impl __KubistRead {
            const NOTHING: Self = Self { #(#fields: #p::Option::None),* };

            fn end<KubistE: #p::Error>(self) -> #p::Result<#ident, KubistE> {
                let read = self;
                #p::Result::Ok(#ident { #(#values),* })
            }
        }

        #[automatically_derived]
        impl #p::ReadField for __KubistRead {
            fn read<'de, KubistA: #p::MapAccess<'de>>(
                &mut self,
                field: usize,
                map: &mut KubistA,
            ) -> #p::Result<(), KubistA::Error> {
                match field {
                    #(#arms)*
                }
            }

            fn read_text(&mut self, field: usize, text: &str, managed_fields: #p::ManagedFields) -> #p::Option<usize> {
                match field {
                    #(#arms_of_text)*
                }
            }
        }

        #[automatically_derived]
        impl #p::Root for #ident {
            fn read<'de, KubistD: #p::serde::Deserializer<'de>>(
                deserializer: KubistD,
                types: #p::Types,
            ) -> #p::Result<Self, KubistD::Error> {
                let mut read = __KubistRead::NOTHING;
                let info = <Self as #p::Resource>::info();
                #p::read_fields(deserializer, info, types, __KUBIST_NAMES, &mut read)?;
                read.end()
            }

            fn read_prefix(
                text: &str,
                types: #p::Types,
                managed_fields: #p::ManagedFields,
            ) -> #p::Option<(Self, usize)> {
                let mut read = __KubistRead::NOTHING;
                let info = <Self as #p::Resource>::info();
                let length = #p::read_text(text, info, types, managed_fields, __KUBIST_NAMES, &mut read)?;
                #p::Option::Some((#p::complete(read.end())?, length))
            }
        }
    }
}

/// How the fields are written, in their order.
pub(super) fn serialize(model: &Model<'_>) -> TokenStream {
    let p = private(model);
    let ident = &model.input.ident;
    let (kind, api_version) = (&model.kind.value, api_version(model));
    let always = model.fields.iter().filter(|field| field.optional().is_none()).count();
    let sometimes = model.fields.iter().filter(|field| field.optional().is_some()).map(|field| field.ident);
    let fields = model.fields.iter().map(|Field { ident, json, ty, .. }| {
        let write = if option_of(ty).is_some() { quote!(show) } else { quote!(SerializeStruct::serialize_field) };
        quote_spanned!(ty.span()=> #p::#write(&mut object, #json, &self.#ident)?;)
    });
    quote! {
        #[automatically_derived]
        impl #p::serde::Serialize for #ident {
            fn serialize<KubistS: #p::serde::Serializer>(
                &self,
                serializer: KubistS,
            ) -> #p::Result<KubistS::Ok, KubistS::Error> {
                let fields = #always #(+ if #p::Option::is_some(&self.#sometimes) { 1 } else { 0 })*;
                let mut object = #p::begin(serializer, #kind, #api_version, fields)?;
                #(#fields)*
                #p::SerializeStruct::end(object)
            }
        }
    }
}

/// The schema of the object.
pub(super) fn schema(model: &Model<'_>) -> TokenStream {
    let p = private(model);
    // Kubernetes has the schema of metadata, and takes none.
    let fields = model.fields.iter().filter(|field| field.part != Part::Metadata);
    let properties: Vec<_> = fields
        .map(|Field { json, ty, docs, .. }| {
            let description = description(docs.iter().copied()).unwrap_or_default();
            property(&p, json, &description, ty, &Fallback::NONE)
        })
        .collect();
    object_schema(&p, "", &properties)
}

/// A call that makes the schema of a struct; `generator` is that of schemars.
pub(crate) fn object_schema(p: &TokenStream, description: &str, properties: &[TokenStream]) -> TokenStream {
    quote! {{
        #[allow(unused_imports, reason = "for a field whose type is not known")]
        use #p::Unknown as _;
        #p::object_schema(generator, #description, const { &[#(#properties),*] })
    }}
}

/// What serde puts where a field is absent.
pub(crate) struct Fallback<'a> {
    /// The default of the type.
    pub(crate) is_there: bool,
    /// Unless this function finds that it need not be written.
    pub(crate) unless: Option<&'a syn::Path>,
}

impl Fallback<'_> {
    pub(crate) const NONE: Self = Self { is_there: false, unless: None };
}

/// A field as a row of the table.
pub(crate) fn property(
    p: &TokenStream,
    name: &str,
    description: &str,
    ty: &Type,
    default: &Fallback<'_>,
) -> TokenStream {
    // `<a + as b>` is no type.
    let behind = if matches!(ty, Type::TraitObject(_)) { quote!((#ty)) } else { quote!(#ty) };
    let (required, value) = match default {
        Fallback { is_there: false, .. } => (required(p, ty), quote!(#p::Property::NO_DEFAULT)),
        Fallback { unless: None, .. } => (quote!(false), quote!(#p::Probe::<#ty>::DEFAULT)),
        Fallback { unless: Some(unless), .. } => {
            let value = quote! {
                || if #unless(&<#behind as #p::Default>::default()) { #p::Option::None } else { (#p::Probe::<#ty>::DEFAULT)() }
            };
            (quote!(false), value)
        }
    };
    // What has no schema is told by the trait's name alone, before the call that asks for it.
    let told = (!is_leaf(ty)).then(|| quote!(let _ = <#behind as #p::schemars::JsonSchema>::inline_schema;));
    quote! {
        #p::Property {
            name: #name,
            description: #description,
            schema: {
                #told
                #p::schemars::SchemaGenerator::subschema_for::<#ty>
            },
            required: #required,
            default: #value,
        }
    }
}

/// Whether a field without a default must be there. Types by other names may be options.
fn required(p: &TokenStream, ty: &Type) -> TokenStream {
    if option_of(ty).is_some() {
        quote!(false)
    } else if is_leaf(ty) {
        quote!(true)
    } else {
        quote!(!#p::Probe::<#ty>::IS_OPTION)
    }
}

/// Tells whether a type is one of the language's own without fields, or a collection: these are known by their names.
pub(crate) fn is_leaf(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| LEAVES.iter().any(|leaf| last.ident == leaf)))
}

/// Tells whether a type has no fields of its own, in an option or a box either.
pub(crate) fn has_no_fields(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let Some(last) = path.path.segments.last() else { return false };
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) if last.ident == "Option" || last.ident == "Box" => {
            matches!(arguments.args.first(), Some(GenericArgument::Type(inner)) if has_no_fields(inner))
        }
        _ => is_leaf(ty),
    }
}

/// Returns what documentation says, as schemars reads it; `None` where that is more than a description.
pub(crate) fn description<'a>(docs: impl Iterator<Item = &'a Attribute>) -> Option<String> {
    let mut lines = Vec::new();
    for attribute in docs {
        let Meta::NameValue(pair) = &attribute.meta else { continue };
        let Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) = &pair.value else { return None };
        let line = line.value();
        lines.push(line.strip_prefix(' ').unwrap_or(&line).to_owned());
    }
    let text = lines.join("\n");
    let text = text.trim_matches(|letter: char| letter.is_ascii_whitespace());
    (!text.starts_with('#')).then(|| text.to_owned())
}
