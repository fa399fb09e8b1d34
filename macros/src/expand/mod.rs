//! The code that a derive writes: paths and data only; what they do is in `kubist::__private`.

mod broken;
mod crd;
pub(crate) mod plain;
mod root;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::diag::Spanned;
use crate::model::{Model, Part};

/// Writes the impls. After a mistake they do nothing, but they are there, so that the one mistake is the one message.
pub(crate) fn expand(model: &Model<'_>) -> TokenStream {
    let items = if model.broken {
        broken(model)
    } else {
        [object(model), resource(model), markers(model), root::items(model), crd::items(model)].into_iter().collect()
    };
    quote! {
        #[doc(hidden)]
        const _: () = { #items };
    }
}

/// Writes impls that do nothing, for an item that does not compile.
pub(crate) fn broken(model: &Model<'_>) -> TokenStream {
    broken::items(model)
}

/// The path of what the expansion calls.
///
/// Names that the expansion adds to the user's scope start with `__Kubist`: they must not shadow a type of a field.
fn private(model: &Model<'_>) -> TokenStream {
    let krate = &model.krate;
    quote!(#krate::__private)
}

pub(crate) fn text(value: Option<&Spanned<String>>) -> &str {
    value.map_or("", |value| value.value.as_str())
}

/// `group/version`.
fn api_version(model: &Model<'_>) -> String {
    format!("{}/{}", text(model.group.as_ref()), text(model.version.as_ref()))
}

fn object(model: &Model<'_>) -> TokenStream {
    let p = private(model);
    let ident = &model.input.ident;
    let Some(metadata) = model.fields.iter().find(|field| field.part == Part::Metadata) else {
        return TokenStream::new();
    };
    let (field, ty) = (metadata.ident, metadata.ty);
    quote! {
        #[automatically_derived]
        impl #p::Object for #ident {
            type Meta = #ty;
            fn metadata(&self) -> &Self::Meta {
                &self.#field
            }
            fn metadata_mut(&mut self) -> &mut Self::Meta {
                &mut self.#field
            }
        }
    }
}

fn resource(model: &Model<'_>) -> TokenStream {
    let p = private(model);
    let ident = &model.input.ident;
    let (group, version) = (text(model.group.as_ref()), text(model.version.as_ref()));
    let (kind, list_kind) = (&model.kind.value, &model.list_kind.value);
    let (plural, singular) = (&model.plural.value, &model.singular.value);
    let scope = if model.cluster.is_some() { quote!(Cluster) } else { quote!(Namespaced) };
    let names = |names: &mut dyn Iterator<Item = &str>| {
        let names: Vec<_> = names.map(|name| quote!(#p::Cow::Borrowed(#name))).collect();
        if names.is_empty() {
            return quote!(&[]);
        }
        quote! {{
            const NAMES: &[#p::Cow<'static, str>] = &[#(#names),*];
            NAMES
        }}
    };
    let short_names = names(&mut model.short_names.iter().map(|name| name.value.as_str()));
    let categories = names(&mut model.categories.iter().map(|name| name.value.as_str()));
    let subresources = names(&mut subresources(model).into_iter());
    quote! {
        #[automatically_derived]
        impl #p::Resource for #ident {
            const INFO: #p::ResourceInfo = #p::info(
                [#group, #version],
                [#kind, #plural, #singular, #list_kind],
                [#short_names, #categories, #subresources],
                #p::Scope::#scope,
            );

            fn info() -> &'static #p::ResourceInfo {
                static INFO: #p::ResourceInfo = <#ident as #p::Resource>::INFO;
                &INFO
            }
        }
    }
}

/// Tells whether the status subresource is there, for a field or without one.
fn has_status(model: &Model<'_>) -> bool {
    let has_field = model.fields.iter().any(|field| field.part == Part::Status);
    model.version_says.status_subresource.unwrap_or(has_field)
}

fn subresources(model: &Model<'_>) -> Vec<&'static str> {
    let status = has_status(model).then_some("status");
    status.into_iter().chain(model.scale.as_ref().map(|_| "scale")).collect()
}

/// The traits that say what can be done with the kind.
fn markers(model: &Model<'_>) -> TokenStream {
    let p = private(model);
    let ident = &model.input.ident;
    let scope = if model.cluster.is_some() { quote!(ClusterScoped) } else { quote!(Namespaced) };
    let status = model.fields.iter().find(|field| field.part == Part::Status).map(|field| {
        let (name, inner) = (field.ident, field.optional().map(ToTokens::to_token_stream));
        quote! {
            #[automatically_derived]
            impl #p::HasStatus for #ident {
                type Status = #inner;
                fn status_mut(&mut self) -> &mut Self::Status {
                    #p::status::<#inner>(&mut self.#name)
                }
            }
        }
    });
    let scale = model.scale.as_ref().map(|_| {
        quote! {
            #[automatically_derived]
            impl #p::HasScale for #ident {}
        }
    });
    quote! {
        #[automatically_derived]
        impl #p::#scope for #ident {}
        #status
        #scale
    }
}
