//! What a definition is made of, as constants.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::{plain, private, text};
use crate::diag::Spanned;
use crate::model::{Column, Model, Part, Scale};
use crate::rules;

pub(super) fn items(model: &Model<'_>) -> TokenStream {
    let p = private(model);
    let ident = &model.input.ident;
    let (vis, docs) = (&model.input.vis, &model.docs);
    let columns = model.columns.iter().map(|Column { name, path, ty, format, description, priority, .. }| {
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
        Some(Scale { spec, status, selector, unchecked: _ }) => {
            let (spec, status, selector) = (text(spec.as_ref()), text(status.as_ref()), text(selector.as_ref()));
            quote!(#p::Option::Some(#p::ScalePaths { spec: #spec, status: #status, selector: #selector }))
        }
    };
    let rules = model.rules.iter().map(|rule| crate::part::rule(&p, rule));
    let says = &model.version_says;
    let pairs = |pairs: &[(Spanned<String>, Spanned<String>)]| -> Vec<TokenStream> {
        let pair = |pair: &(Spanned<String>, Spanned<String>)| {
            let (key, value) = (&pair.0.value, &pair.1.value);
            quote!((#key, #value))
        };
        pairs.iter().map(pair).collect()
    };
    let (labels, annotations) = (pairs(&says.labels), pairs(&says.annotations));
    let selectable_fields = says.selectable_fields.iter().map(|path| &path.value);
    let (deprecated, served, storage) = (says.deprecated, says.served, says.storage);
    let deprecation_warning = text(says.deprecation_warning.as_ref());
    let conversion = crate::conversion::constant(&p, says.conversion.as_ref());
    let version = quote! {
        #p::VersionParts {
            deprecated: #deprecated,
            deprecation_warning: #deprecation_warning,
            served: #served,
            storage: #storage,
            selectable_fields: &[#(#selectable_fields),*],
            labels: &[#(#labels),*],
            annotations: &[#(#annotations),*],
            conversion: #conversion,
        }
    };
    let constructor = constructor(model);
    let checks = checks(model);
    let status = super::has_status(model);
    let schema = schema(model);
    quote! {
        #checks

        const __KUBIST_PARTS: #p::CrdParts = #p::CrdParts {
            info: <#ident as #p::Resource>::info,
            description: #docs,
            columns: &[#(#columns),*],
            scale: #scale,
            status: #status,
            rules: &[#(#rules),*],
            version: #version,
            schema: #schema,
        };

        #[automatically_derived]
        #[allow(dead_code, reason = "a program need not call all of them")]
        impl #ident {
            #constructor

            /// Returns the definition that teaches a server this kind.
            ///
            /// Its schema is structural. A part that Kubernetes has no words for, such as a type that contains itself,
            /// takes any value there; `try_crd` tells which part and why.
            #[must_use]
            #vis fn crd() -> #p::CustomResourceDefinition {
                #p::crd(&__KUBIST_PARTS)
            }

            /// Returns the definition that teaches a server this kind, if Kubernetes can say all of it.
            ///
            /// # Errors
            ///
            /// The parts of the schema that would take any value, and why.
            #vis fn try_crd() -> #p::Result<#p::CustomResourceDefinition, #p::SchemaError> {
                #p::try_crd(&__KUBIST_PARTS)
            }
        }
    }
}

/// The function that makes the schema.
fn schema(model: &Model<'_>) -> TokenStream {
    let p = private(model);
    let schema = if plain::is_plain(model) {
        plain::schema(model)
    } else {
        quote!(<__KubistBody as #p::schemars::JsonSchema>::json_schema(generator))
    };
    let said: Vec<_> = model.fields.iter().filter(|field| !field.said.is_empty()).collect();
    if said.is_empty() && model.whole.is_empty() {
        return quote!(|generator| #schema);
    }
    let whole = crate::part::saying(&p, &model.whole, "it");
    let fields = said.iter().map(|field| {
        let (name, said) = (&field.json, crate::part::saying(&p, &field.said, &field.json));
        quote!((#name, #said))
    });
    quote!(|generator| #p::part_schema(#schema, &#whole, &[#(#fields),*]))
}

/// `new`, for objects of a spec, of another single field, or of a name alone.
fn constructor(model: &Model<'_>) -> Option<TokenStream> {
    let p = private(model);
    let own: Vec<_> = model.fields.iter().filter(|field| field.part == Part::Other).collect();
    let metadata = model.fields.iter().find(|field| field.part == Part::Metadata)?;
    // The compiler says what is wrong with metadata of another type, and says it once.
    let is_known = matches!(metadata.ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "ObjectMeta"));
    if own.len() > 1 || !is_known || !model.version_says.constructor {
        return None;
    }
    let name =
        Ident::new(if own.iter().any(|field| field.ident == "name") { "object" } else { "name" }, Span::call_site());
    let (vis, metadata) = (&model.input.vis, metadata.ident);
    let (fields, types): (Vec<_>, Vec<_>) = own.iter().map(|field| (field.ident, field.ty)).unzip();
    let status = model.fields.iter().filter(|field| field.part == Part::Status).map(|field| field.ident);
    let with = own.first().map_or_else(String::new, |field| format!(" and {}", field.json));
    let doc = format!("Makes a `{}` of this name{with}; all else is empty.", model.kind.value);
    Some(quote! {
        #[doc = #doc]
        #[must_use]
        #vis fn new(#name: impl #p::Into<#p::Str>, #(#fields: #types)*) -> Self {
            Self { #metadata: #p::named(&#name.into()), #(#fields: #fields,)* #(#status: #p::Option::None,)* }
        }
    })
}

/// What a path is for, with the token to change where it leads to something else.
enum Purpose {
    /// A column, which shows some types.
    Column(Spanned<String>),
    /// Something that wants one of these types, and why.
    Of(&'static [&'static str], &'static str, Span),
}

/// Checks that paths lead to fields, each on its own token.
fn checks(model: &Model<'_>) -> TokenStream {
    let p = private(model);
    let must = |path: &Spanned<String>, types: &'static [&'static str], says: &'static str| {
        (path.clone(), Some(Purpose::Of(types, says, path.span)))
    };
    let counted = "replicas are counted: it must be an `integer`";
    let scale = model.scale.iter().filter(|scale| !scale.unchecked).flat_map(|scale| {
        let count = |path: &Option<Spanned<String>>| path.as_ref().map(|path| must(path, &["integer"], counted));
        let selector = scale.selector.as_ref().map(|path| must(path, &["string"], "a selector is a `string`"));
        [count(&scale.spec), count(&scale.status), selector]
    });
    let columns = model.columns.iter().filter(|column| !column.unchecked);
    let columns = columns.map(|column| {
        // A column of texts shows everything.
        let purpose = (column.ty.value != "string").then(|| Purpose::Column(column.ty.clone()));
        (column.path.clone(), purpose)
    });
    let field_paths = model.rules.iter().filter_map(|rule| rule.field_path.clone()).map(|path| (path, None));
    let selectable = model.version_says.selectable_fields.iter().map(|path| {
        must(
            path,
            &["string", "boolean", "integer"],
            "only a `string`, a `boolean` and an `integer` can be selected by",
        )
    });
    let paths = columns.chain(scale.flatten()).chain(selectable).chain(field_paths);
    let checks = paths.filter_map(|(path, purpose)| {
        let first = path.value.strip_prefix('.')?.split(['.', '[']).next()?;
        let field = model.fields.iter().find(|field| field.json == first && field.part != Part::Metadata)?;
        let (ty, text, span) = (field.ty, &path.value, path.span);
        let check = quote_spanned!(span=> check_path(#text, FIELDS););
        let of_type = purpose.map(|purpose| match purpose {
            Purpose::Column(Spanned { value, span }) => quote_spanned!(span=> check_column(#text, FIELDS, #value);),
            Purpose::Of(types, says, span) => {
                quote_spanned!(span=> check_type(#text, FIELDS, &[#(#types),*], #says);)
            }
        });
        Some(quote! {
            const _: () = {
                #[allow(unused_imports, reason = "for a field whose type is not known")]
                use #p::{Unknown as _, check_column, check_path, check_type};
                const FIELDS: #p::Option<&'static #p::Fields> = #p::Probe::<#ty>::FIELDS;
                #check
                #of_type
            };
        })
    });
    let in_rules = model.rules.iter().flat_map(rules::reads).filter_map(|read| {
        let below = read.path.strip_prefix("self.")?;
        let first = below.split('.').next()?;
        let field = model.fields.iter().find(|field| field.json == first && field.part != Part::Metadata)?;
        let read = rules::Read { path: format!(".{below}"), ..read };
        Some(rules::check_of(&p, &read, field.ty))
    });
    let keys = model.fields.iter().map(|field| crate::part::checks_of_keys(&p, &field.said, field.item));
    checks.chain(in_rules).chain(keys).collect()
}
