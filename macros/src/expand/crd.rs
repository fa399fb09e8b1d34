//! What a definition is made of, as constants.

use proc_macro2::TokenStream;
use quote::quote;

use super::{private, text};
use crate::model::{Column, Model, Part, Scale};

pub(super) fn items(model: &Model<'_>) -> TokenStream {
    let p = private(model);
    let ident = &model.input.ident;
    let (vis, docs) = (&model.input.vis, &model.docs);
    let columns = model.columns.iter().map(|Column { name, path, ty, format, description, priority }| {
        let (name, path, ty) = (&name.value, &path.value, &ty.value);
        let (format, description) = (text(format.as_ref()), text(description.as_ref()));
        let priority = priority.as_ref().map_or(0, |priority| priority.value);
        quote! {
            #p::Column {
                name: #name,
                path: #path,
                ty: #ty,
                format: #format,
                description: #description,
                priority: #priority,
            }
        }
    });
    let scale = match &model.scale {
        None => quote!(#p::Option::None),
        Some(Scale { spec, status, selector }) => {
            let (spec, status, selector) = (text(spec.as_ref()), text(status.as_ref()), text(selector.as_ref()));
            quote!(#p::Option::Some(#p::ScalePaths { spec: #spec, status: #status, selector: #selector }))
        }
    };
    let rules = model.rules.iter().map(|rule| crate::part::rule(&p, rule));
    let status = model.fields.iter().any(|field| field.part == Part::Status);
    quote! {
        impl __KubistBody {
            const PARTS: #p::CrdParts = #p::CrdParts {
                info: <#ident as #p::Resource>::info,
                description: #docs,
                columns: &[#(#columns),*],
                scale: #scale,
                status: #status,
                rules: &[#(#rules),*],
                schema: <Self as #p::schemars::JsonSchema>::json_schema,
            };
        }

        #[automatically_derived]
        impl #ident {
            /// Returns the definition that teaches a server this kind.
            ///
            /// Its schema is structural. A part that Kubernetes has no words for, such as a type that contains itself,
            /// takes any value there; `try_crd` tells which part and why.
            #[must_use]
            #vis fn crd() -> #p::CustomResourceDefinition {
                #p::crd(&__KubistBody::PARTS)
            }

            /// Returns the definition that teaches a server this kind, if Kubernetes can say all of it.
            ///
            /// # Errors
            ///
            /// The parts of the schema that would take any value, and why.
            #vis fn try_crd() -> #p::Result<#p::CustomResourceDefinition, #p::SchemaError> {
                #p::try_crd(&__KubistBody::PARTS)
            }
        }
    }
}
