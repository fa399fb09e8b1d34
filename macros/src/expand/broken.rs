//! The impls of an item with mistakes: all there, never run, because the item does not compile.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::private;
use crate::model::{Model, Part};

pub(super) fn items(model: &Model<'_>) -> TokenStream {
    let p = private(model);
    let ident = &model.input.ident;
    let (generics, arguments, conditions) = model.input.generics.split_for_impl();
    let conditions: Vec<_> = conditions.iter().flat_map(|conditions| &conditions.predicates).collect();
    let conditions = if conditions.is_empty() && model.input.generics.params.is_empty() {
        TokenStream::new()
    } else {
        quote!(where #(#conditions,)* Self: #p::Send + #p::Sync + 'static)
    };
    let head =
        |name: TokenStream| quote!(#[automatically_derived] impl #generics #p::#name for #ident #arguments #conditions);
    let marker = |on: bool, name: &str| {
        let name: TokenStream = name.parse().unwrap_or_default();
        let head = head(name);
        on.then(|| quote!(#head {}))
    };
    let diverge = quote!({ loop {} });

    let (object, resource) = (head(quote!(Object)), head(quote!(Resource)));
    let (whole, wire) = (head(quote!(WholeObject)), head(quote!(Wire)));
    let metadata = model.fields.iter().find(|field| field.part == Part::Metadata && field.optional().is_none());
    let meta = metadata.map_or_else(|| quote!(#p::ObjectMeta), |field| field.ty.to_token_stream());
    let status = model.fields.iter().find(|field| field.part == Part::Status).map(|field| {
        let (head, ty) = (head(quote!(HasStatus)), field.optional().unwrap_or(field.ty));
        quote!(#head { type Status = #ty; fn status_mut(&mut self) -> &mut Self::Status #diverge })
    });
    let namespaced = marker(model.namespaced.is_some() || model.cluster.is_none(), "Namespaced");
    let cluster = marker(model.cluster.is_some() || model.namespaced.is_none(), "ClusterScoped");
    let scale = marker(model.scale.is_some(), "HasScale");
    let serialize = model.serialize.then(|| {
        quote! {
            #[automatically_derived]
            impl #generics #p::serde::Serialize for #ident #arguments #conditions {
                fn serialize<KubistS: #p::serde::Serializer>(
                    &self,
                    _: KubistS,
                ) -> #p::Result<KubistS::Ok, KubistS::Error> #diverge
            }
        }
    });
    // Lifetime parameters of the item would have to stand beside `'de`; such an item goes without.
    let deserialize = (model.deserialize && model.input.generics.lifetimes().next().is_none()).then(|| {
        let parameters = &model.input.generics.params;
        quote! {
            #[automatically_derived]
            impl<'de, #parameters> #p::serde::Deserialize<'de> for #ident #arguments #conditions {
                fn deserialize<KubistD: #p::serde::Deserializer<'de>>(
                    _: KubistD,
                ) -> #p::Result<Self, KubistD::Error> #diverge
            }
        }
    });
    let vis = &model.input.vis;
    quote! {
        #object {
            type Meta = #meta;
            fn metadata(&self) -> &Self::Meta #diverge
            fn metadata_mut(&mut self) -> &mut Self::Meta #diverge
        }
        #resource {
            const INFO: #p::ResourceInfo = #p::ResourceInfo {
                group: #p::Cow::Borrowed(""),
                version: #p::Cow::Borrowed(""),
                kind: #p::Cow::Borrowed(""),
                plural: #p::Cow::Borrowed(""),
                singular: #p::Cow::Borrowed(""),
                list_kind: #p::Cow::Borrowed(""),
                short_names: #p::Cow::Borrowed(&[]),
                categories: #p::Cow::Borrowed(&[]),
                scope: #p::Scope::Namespaced,
                subresources: #p::Cow::Borrowed(&[]),
            };
            fn info() -> &'static #p::ResourceInfo #diverge
        }
        #whole {}
        #wire {
            fn decode(_: &[u8], _: #p::Format) -> #p::Result<Self, #p::DecodeError> #diverge
            fn decode_item(_: &[u8], _: #p::Format, _: (&str, &str)) -> #p::Result<Self, #p::DecodeError> #diverge
            fn encode(&self, _: #p::Format, _: &mut #p::Vec<u8>) -> #p::Result<(), #p::EncodeError> #diverge
        }
        #namespaced
        #cluster
        #scale
        #status
        #serialize
        #deserialize

        #[automatically_derived]
        impl #generics #ident #arguments #conditions {
            #[doc(hidden)]
            #vis fn crd() -> #p::CustomResourceDefinition #diverge
            #[doc(hidden)]
            #vis fn try_crd() -> #p::Result<#p::CustomResourceDefinition, #p::SchemaError> #diverge
        }
    }
}
