//! serde and the wire for the whole object.
//!
//! Where fields have `#[serde(…)]`, two private structs with the user's fields and these attributes do the work, so that serde's own derive reads
//! them: one is decoded and moved into the object, one borrows the object to encode it (serde's `remote`). Else a table of names does (`plain`).
//! `apiVersion` and `kind` stand in none of them: the reader takes them out of the stream and checks them on the way.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{api_version, plain, private};
use crate::model::{Field, Model, Part};

pub(super) fn items(model: &Model<'_>) -> TokenStream {
    let p = private(model);
    let ident = &model.input.ident;
    let deserialize = model.deserialize.then(|| {
        quote! {
            #[automatically_derived]
            impl<'de> #p::serde::Deserialize<'de> for #ident {
                fn deserialize<D: #p::serde::Deserializer<'de>>(deserializer: D) -> #p::Result<Self, D::Error> {
                    <Self as #p::Root>::read(deserializer, #p::Types::Required)
                }
            }
        }
    });
    let (read, serialize) = if plain::is_plain(model) {
        (plain::read(model), model.serialize.then(|| plain::serialize(model)))
    } else {
        (read(model), model.serialize.then(|| shown(model)))
    };
    quote! {
        #read
        #serialize
        #deserialize

        #[automatically_derived]
        impl #p::WholeObject for #ident {}

        #[automatically_derived]
        impl #p::Wire for #ident {
            fn decode(bytes: &[u8], format: #p::Format) -> #p::Result<Self, #p::DecodeError> {
                #p::decode(bytes, format, #p::Types::Required)
            }
            fn decode_item(
                bytes: &[u8],
                format: #p::Format,
                _: (&str, &str),
            ) -> #p::Result<Self, #p::DecodeError> {
                #p::decode(bytes, format, #p::Types::Implied)
            }
            fn decode_prefix(
                text: &str,
                item_type: #p::Option<(&str, &str)>,
                managed_fields: #p::ManagedFields,
            ) -> #p::Option<(Self, usize)> {
                #p::decode_prefix(text, item_type, managed_fields)
            }
            fn encode(&self, format: #p::Format, out: &mut #p::Vec<u8>) -> #p::Result<(), #p::EncodeError> {
                #p::encode(self, format, out)
            }
        }
    }
}

/// How the object is read, by way of the struct that serde's derive reads.
fn read(model: &Model<'_>) -> TokenStream {
    let p = private(model);
    let ident = &model.input.ident;
    let fields: Vec<_> = model.fields.iter().map(|field| field.ident).collect();
    let body = body(model);
    quote! {
        #body

        #[automatically_derived]
        impl #p::Root for #ident {
            fn read<'de, KubistD: #p::serde::Deserializer<'de>>(
                deserializer: KubistD,
                types: #p::Types,
            ) -> #p::Result<Self, KubistD::Error> {
                let body: __KubistBody = #p::read(deserializer, <Self as #p::Resource>::info(), types)?;
                #p::Result::Ok(Self { #(#fields: body.#fields),* })
            }
        }
    }
}

/// The struct that is decoded, and whose schema is that of the object.
fn body(model: &Model<'_>) -> TokenStream {
    let p = private(model);
    let (serde, schemars) = (quote!(#p::serde).to_string(), quote!(#p::schemars).to_string());
    let name = &model.kind.value;
    let fields = model.fields.iter().map(|field| {
        let Field { ident, ty, serde, schemars, docs, .. } = field;
        let mut ours = Vec::new();
        if field.part == Part::Metadata && !field.has_serde(&["default"]) {
            ours.push(quote!(#[serde(default)]));
        }
        if field.part == Part::Metadata {
            // Kubernetes has the schema of metadata, and takes none.
            ours.push(quote!(#[schemars(skip)]));
        }
        if field.is_unit() {
            let (unit, empty) = (quote!(#p::unit).to_string(), quote!(#p::Empty).to_string());
            ours.push(quote!(#[serde(default, with = #unit)] #[schemars(with = #empty)]));
        }
        ours.extend(renamed(field));
        quote!(#(#docs)* #(#serde)* #(#schemars)* #(#ours)* #ident: #ty)
    });
    quote! {
        #[derive(#p::serde::Deserialize, #p::schemars::JsonSchema)]
        #[serde(crate = #serde, rename = #name, rename_all = "camelCase")]
        #[schemars(crate = #schemars)]
        struct __KubistBody { #(#fields),* }
    }
}

/// The struct that shows serde how to encode the object.
fn shown(model: &Model<'_>) -> TokenStream {
    let p = private(model);
    let ident = &model.input.ident;
    let (serde, remote) = (quote!(#p::serde).to_string(), ident.to_string());
    let is_none = quote!(#p::Option::is_none).to_string();
    let (name, api_version) = (&model.kind.value, api_version(model));
    let fields = model.fields.iter().map(|field| {
        let Field { ident, ty, serde, .. } = field;
        let mut ours = Vec::new();
        let skips = field.has_serde(&["skip_serializing_if", "skip", "skip_serializing"]);
        if field.optional().is_some() && !skips {
            ours.push(quote!(#[serde(skip_serializing_if = #is_none)]));
        }
        if field.is_unit() {
            let unit = quote!(#p::unit).to_string();
            ours.push(quote!(#[serde(with = #unit)]));
        }
        ours.extend(renamed(field));
        quote!(#(#serde)* #(#ours)* #ident: #ty)
    });
    quote! {
        #[derive(#p::serde::Serialize)]
        #[serde(crate = #serde, remote = #remote, rename = #name, rename_all = "camelCase")]
        struct __KubistShown {
            #[serde(rename = "apiVersion", getter = "__KubistShown::api_version")]
            resource_api_version: &'static str,
            #[serde(rename = "kind", getter = "__KubistShown::kind")]
            resource_kind: &'static str,
            #(#fields),*
        }

        impl __KubistShown {
            fn api_version(_: &#ident) -> &'static str {
                #api_version
            }
            fn kind(_: &#ident) -> &'static str {
                #name
            }
        }

        #[automatically_derived]
        impl #p::serde::Serialize for #ident {
            fn serialize<S: #p::serde::Serializer>(&self, serializer: S) -> #p::Result<S::Ok, S::Error> {
                __KubistShown::serialize(self, serializer)
            }
        }
    }
}

/// The status is `status` on the wire, whatever the field is called.
fn renamed(field: &Field<'_>) -> Option<TokenStream> {
    let own = field.part == Part::Status && field.ident.to_token_stream().to_string() != "status";
    own.then(|| quote!(#[serde(rename = "status")]))
}
