//! The code that the derive writes for a view: its table, made of rows of the kind's, and the impls that read it.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Path;

use super::Place;
use super::model::View;
use crate::diag::Errors;

/// Writes the impls. After a mistake they do nothing, but they are there, so that the one mistake is the one message.
pub(super) fn expand(view: &View<'_>) -> TokenStream {
    let krate = &view.krate;
    let p = quote!(#krate::__private);
    let base = match &view.base {
        Some(base) if !view.broken => base,
        _ => {
            let items = broken(view, &p);
            let base = view.base.iter();
            return quote! {
                #[doc(hidden)]
                const _: () = {
                    // Not an import that nobody uses.
                    #(const _: #p::Option<#base> = #p::Option::None;)*
                    #items
                };
            };
        }
    };
    let message = message(view, &p, base);
    let serde = serde(view, &p);
    let object = (view.place == Place::Root).then(|| object(view, &p, base));
    let checks = checks(view, &p, base);
    quote! {
        #[doc(hidden)]
        const _: () = {
            #[allow(unused_imports, reason = "for a field of a type that cannot stand in a view")]
            use #p::NoAccess as _;
            #checks
            #message
            #serde
            #object
        };
    }
}

/// Holds each field against that of the kind: whether there is one, on the name, and what it is, on the type.
fn checks(view: &View<'_>, p: &TokenStream, base: &Path) -> TokenStream {
    let viewed = viewed(view);
    let checks = view.fields.iter().map(|(name, ty)| {
        let text = name.to_string();
        let expected = if view.place == Place::Root && *name == "metadata" {
            // What has none is no kind, which is told on the name of the kind.
            quote!(<#p::ObjectMeta as #p::reflect::Typed>::TYPE)
        } else {
            let place = quote_spanned!(name.span()=> &base.#name);
            quote!(#p::type_of(|base: &#base| #place))
        };
        let (first, last) = ends(ty);
        let call = quote_spanned!(first=> check_field);
        let arguments = quote_spanned!(last=> (FOUND, <#base as #p::#viewed>::TABLE, #text, #expected));
        quote! {
            const _: () = {
                use #p::check_field;
                const FOUND: #p::Option<#p::reflect::Type> = #p::Access::<#ty>::TYPE;
                #call #arguments
            };
        }
    });
    checks.collect()
}

/// The trait that gives the table and the type of the base.
fn viewed(view: &View<'_>) -> TokenStream {
    match view.place {
        Place::Root => quote!(Viewed),
        Place::Part => quote!(PartViewed),
    }
}

/// The places of the first and of the last token.
fn ends(tokens: &impl ToTokens) -> (Span, Span) {
    let mut trees = tokens.to_token_stream().into_iter();
    let first = trees.next().map_or_else(Span::call_site, |tree| tree.span());
    (first, trees.last().map_or(first, |tree| tree.span()))
}

fn message(view: &View<'_>, p: &TokenStream, base: &Path) -> TokenStream {
    let ident = &view.input.ident;
    let name = ident.to_string();
    let (names, types): (Vec<_>, Vec<_>) = view.fields.iter().copied().unzip();
    let viewed = viewed(view);
    let texts = names.iter().map(ToString::to_string);
    let indices = 0..names.len();
    let (reads, writes) = (indices.clone(), indices);
    quote! {
        #[automatically_derived]
        impl #p::reflect::Typed for #ident {
            const TYPE: #p::reflect::Type = <#base as #p::#viewed>::TYPE;
        }

        #[automatically_derived]
        impl #p::reflect::Message for #ident {
            fn table(&self) -> &'static #p::reflect::Table {
                const BASE: &#p::reflect::Table = <#base as #p::#viewed>::TABLE;
                const FIELDS: &[#p::reflect::Field] = &[#(#p::row(BASE, #texts)),*];
                const TABLE: &#p::reflect::Table = &#p::reflect::Table {
                    module: ::core::module_path!(),
                    name: #name,
                    fields: FIELDS,
                    // The numbers of fields lead to the rows of the view, not to those of the kind.
                    places: &#p::reflect::places::<{ #p::reflect::count_places(FIELDS) }>(FIELDS),
                    ..*BASE
                };
                TABLE
            }

            fn show(&self, index: &mut usize, always: bool) -> #p::reflect::Ref<'_> {
                let fields = #p::reflect::Message::table(self).fields;
                loop {
                    let always = always && #p::is_always_written(fields, *index);
                    let value = match *index {
                        #(#reads => #p::Access::<#types>::show(&self.#names, always),)*
                        _ => return #p::reflect::Ref::Null,
                    };
                    *index += 1;
                    if !value.is_null() {
                        return value;
                    }
                }
            }

            fn read(&mut self, index: usize, from: &mut dyn #p::reflect::Source) -> #p::reflect::Merged {
                match index {
                    #(#writes => #p::Access::<#types>::read(&mut self.#names, from),)*
                    _ => #p::reflect::no_such_field(#name, index),
                }
            }
        }

        #[automatically_derived]
        impl #p::reflect::Reflect for #ident {
            fn is_absent(&self) -> bool {
                #p::is_empty(self)
            }

            fn view(&self) -> #p::reflect::Ref<'_> {
                #p::reflect::Ref::Message(self)
            }

            fn read(&mut self, from: &mut dyn #p::reflect::Source) -> #p::reflect::Merged {
                from.message(self)
            }

            fn empty() -> Self {
                Self { #(#names: #p::Access::<#types>::empty()),* }
            }
        }
    }
}

fn serde(view: &View<'_>, p: &TokenStream) -> TokenStream {
    let ident = &view.input.ident;
    let serialize = view.ours.serialize.then(|| {
        quote! {
            #[automatically_derived]
            impl #p::serde::Serialize for #ident {
                fn serialize<S: #p::serde::Serializer>(&self, serializer: S) -> #p::Result<S::Ok, S::Error> {
                    #p::reflect::serialize(self, serializer)
                }
            }
        }
    });
    let deserialize = view.ours.deserialize.then(|| {
        quote! {
            #[automatically_derived]
            impl<'de> #p::serde::Deserialize<'de> for #ident {
                fn deserialize<D: #p::serde::Deserializer<'de>>(deserializer: D) -> #p::Result<Self, D::Error> {
                    let mut view = <Self as #p::reflect::Reflect>::empty();
                    #p::reflect::deserialize(&mut view, deserializer)?;
                    #p::Result::Ok(view)
                }
            }
        }
    });
    quote!(#serialize #deserialize)
}

fn object(view: &View<'_>, p: &TokenStream, base: &Path) -> TokenStream {
    let ident = &view.input.ident;
    let meta = view.fields.iter().find(|(name, _)| *name == "metadata").map(|(_, ty)| ty);
    // A bound on types without parameters is an error where it does not hold; over any lifetime it makes no impl.
    let markers = ["Namespaced", "ClusterScoped", "HasScale"].map(|marker| {
        let marker = quote::format_ident!("{marker}");
        quote! {
            #[automatically_derived]
            impl #p::#marker for #ident where for<'kubist> #base: #p::#marker {}
        }
    });
    quote! {
        #[automatically_derived]
        impl #p::Object for #ident {
            type Meta = #meta;

            fn metadata(&self) -> &Self::Meta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut Self::Meta {
                &mut self.metadata
            }
        }

        #[automatically_derived]
        impl #p::Resource for #ident {
            const INFO: #p::ResourceInfo = <#base as #p::Viewed>::INFO;

            fn info() -> &'static #p::ResourceInfo {
                <#base as #p::Viewed>::info()
            }
        }

        #[automatically_derived]
        impl #p::Wire for #ident {
            const FORMATS: &'static [#p::Format] = <#base as #p::Viewed>::FORMATS;

            fn decode(bytes: &[u8], format: #p::Format) -> #p::Result<Self, #p::DecodeError> {
                let mut view = <Self as #p::reflect::Reflect>::empty();
                #p::reflect::decode(&mut view, bytes, format, #p::Option::None)?;
                #p::Result::Ok(view)
            }

            fn decode_unmanaged(bytes: &[u8], format: #p::Format) -> #p::Result<Self, #p::DecodeError> {
                let mut view = <Self as #p::reflect::Reflect>::empty();
                #p::reflect::decode_unmanaged(&mut view, bytes, format)?;
                #p::Result::Ok(view)
            }

            fn decode_item(
                bytes: &[u8],
                format: #p::Format,
                item_type: (&str, &str),
            ) -> #p::Result<Self, #p::DecodeError> {
                let mut view = <Self as #p::reflect::Reflect>::empty();
                #p::reflect::decode(&mut view, bytes, format, #p::Option::Some(item_type))?;
                #p::Result::Ok(view)
            }

            fn encode(&self, format: #p::Format, out: &mut #p::Vec<u8>) -> #p::Result<(), #p::EncodeError> {
                #p::reflect::encode(self, format, out)
            }
        }

        #(#markers)*
    }
}

/// The impls of a view with mistakes: all there, never run, because the view does not compile.
fn broken(view: &View<'_>, p: &TokenStream) -> TokenStream {
    if view.place == Place::Root {
        let mut model = crate::model::read(view.input, crate::krate::find, &mut Errors::unheard());
        model.krate = view.krate.clone();
        (model.serialize, model.deserialize) = (view.ours.serialize, view.ours.deserialize);
        return crate::expand::broken(&model);
    }
    let ident = &view.input.ident;
    let (generics, arguments, conditions) = view.input.generics.split_for_impl();
    let ty = view
        .base
        .as_ref()
        .map_or_else(|| quote!(#p::reflect::Type::Unknown), |base| quote!(<#base as #p::PartViewed>::TYPE));
    let diverge = quote!({ loop {} });
    let serialize = view.ours.serialize.then(|| {
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
    let deserialize = (view.ours.deserialize && view.input.generics.lifetimes().next().is_none()).then(|| {
        let parameters = &view.input.generics.params;
        quote! {
            #[automatically_derived]
            impl<'de, #parameters> #p::serde::Deserialize<'de> for #ident #arguments #conditions {
                fn deserialize<KubistD: #p::serde::Deserializer<'de>>(
                    _: KubistD,
                ) -> #p::Result<Self, KubistD::Error> #diverge
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #generics #p::reflect::Typed for #ident #arguments #conditions {
            const TYPE: #p::reflect::Type = #ty;
        }

        #[automatically_derived]
        impl #generics #p::reflect::Reflect for #ident #arguments #conditions {
            fn is_absent(&self) -> bool #diverge
            fn view(&self) -> #p::reflect::Ref<'_> #diverge
            fn read(&mut self, _: &mut dyn #p::reflect::Source) -> #p::reflect::Merged #diverge
            fn empty() -> Self #diverge
        }

        #serialize
        #deserialize
    }
}
