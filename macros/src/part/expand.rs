//! The code that the derive writes: the schema of the item, made by a table where it is a plain one, else by a copy of the item that schemars' derive
//! reads; and what was said beside.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, Data, DeriveInput, Fields, GenericParam, Meta};

use super::model::{Part, Said, Sayings};
use super::plain;
use crate::diag::Errors;
use crate::expand::plain::has_no_fields;
use crate::model::Rule;
use crate::parse::args;
use crate::rules;

/// Writes the impls. After a mistake they do nothing, but they are there.
pub(super) fn expand(input: &DeriveInput, part: &Part, broken: bool) -> TokenStream {
    let krate = &part.krate;
    let p = quote!(#krate::__private);
    let ident = &input.ident;
    let name = ident.to_string();
    let mut bounded = input.generics.clone();
    for parameter in bounded.type_params_mut() {
        parameter.bounds.push(syn::parse_quote!(#p::schemars::JsonSchema));
    }
    let (generics, arguments, conditions) = bounded.split_for_impl();
    let schema_name = if input.generics.params.is_empty() {
        quote!(#p::Cow::Borrowed(#name))
    } else {
        let parameters = parameters(&p, input, &quote!(schema_name));
        quote!(#p::part_name(#name, &[#(#parameters),*]))
    };
    let of_id = parameters(&p, input, &quote!(schema_id));
    let schema_id = quote!(#p::part_name(::core::concat!(::core::module_path!(), "::", #name), &[#(#of_id),*]));
    let (copy, body) = if broken {
        (TokenStream::new(), quote!(loop {}))
    } else {
        let (copy, schema) = if let Some(schema) = plain::schema(&p, input) {
            (TokenStream::new(), schema)
        } else {
            let schema = quote!(<__KubistCopy #arguments as #p::schemars::JsonSchema>::json_schema(generator));
            (copy(&p, input), schema)
        };
        let (whole, fields) = sayings(&p, input, part);
        if part.whole.is_empty() && fields.is_empty() {
            (copy, schema)
        } else {
            (copy, quote!(#p::part_schema(#schema, &#whole, &[#(#fields),*])))
        }
    };
    let generator = format_ident!("{}", if broken { "_" } else { "generator" });
    let table = if broken { None } else { table(&p, input, part) };
    let checks = if broken { TokenStream::new() } else { checks(&p, input, part) };
    quote! {
        #[doc(hidden)]
        const _: () = {
            #copy
            #table
            #checks

            #[automatically_derived]
            impl #generics #p::schemars::JsonSchema for #ident #arguments #conditions {
                fn schema_name() -> #p::Cow<'static, str> {
                    #schema_name
                }
                fn schema_id() -> #p::Cow<'static, str> {
                    #schema_id
                }
                fn json_schema(#generator: &mut #p::schemars::SchemaGenerator) -> #p::schemars::Schema {
                    #body
                }
            }
        };
    }
}

/// What tells a part from the same part with other parameters.
fn parameters(p: &TokenStream, input: &DeriveInput, named: &TokenStream) -> Vec<TokenStream> {
    let parameters = input.generics.params.iter().filter_map(|parameter| match parameter {
        GenericParam::Type(ty) => {
            let ty = &ty.ident;
            Some(quote!(<#ty as #p::schemars::JsonSchema>::#named()))
        }
        GenericParam::Const(value) => {
            let value = &value.ident;
            Some(quote!(#p::Cow::Owned(::std::string::ToString::to_string(&#value))))
        }
        GenericParam::Lifetime(_) => None,
    });
    parameters.collect()
}

/// The copy that schemars' derive reads.
fn copy(p: &TokenStream, input: &DeriveInput) -> TokenStream {
    let mut copy = input.clone();
    copy.ident = format_ident!("__KubistCopy");
    copy.vis = syn::Visibility::Inherited;
    keep(&mut copy.attrs);
    match &mut copy.data {
        Data::Struct(item) => fields(&mut item.fields),
        Data::Enum(item) => {
            for variant in &mut item.variants {
                keep(&mut variant.attrs);
                fields(&mut variant.fields);
            }
        }
        Data::Union(_) => {}
    }
    let schemars = quote!(#p::schemars).to_string();
    let ident = &input.ident;
    let name = ident.to_string();
    let renamed = (!says(&input.attrs, &["rename"])).then(|| quote!(#[schemars(rename = #name)]));
    // The copy has the defaults of the item.
    let default = says(&input.attrs, &["default"]).then(|| default(p, input)).flatten();
    quote! {
        #[derive(#p::schemars::JsonSchema)]
        #[schemars(crate = #schemars)]
        #renamed
        #[allow(dead_code, reason = "only its schema is read")]
        #copy

        #default
    }
}

fn default(p: &TokenStream, input: &DeriveInput) -> Option<TokenStream> {
    let Data::Struct(item) = &input.data else { return None };
    let Fields::Named(fields) = &item.fields else { return None };
    let names: Vec<_> = fields.named.iter().filter_map(|field| field.ident.as_ref()).collect();
    let ident = &input.ident;
    let (generics, arguments, conditions) = input.generics.split_for_impl();
    Some(quote! {
        #[automatically_derived]
        impl #generics #p::Default for __KubistCopy #arguments #conditions {
            fn default() -> Self {
                let whole = <#ident #arguments as #p::Default>::default();
                Self { #(#names: whole.#names),* }
            }
        }
    })
}

fn fields(fields: &mut Fields) {
    for field in fields {
        field.vis = syn::Visibility::Inherited;
        keep(&mut field.attrs);
    }
}

/// Keeps what schemars reads.
fn keep(attrs: &mut Vec<Attribute>) {
    attrs.retain(|attr| {
        ["serde", "schemars", "doc", "validate", "garde", "deprecated", "cfg"]
            .iter()
            .any(|name| attr.path().is_ident(name))
    });
}

/// Tells whether serde or schemars is told one of these keys.
pub(crate) fn says(attrs: &[Attribute], keys: &[&str]) -> bool {
    value_of(attrs, keys).is_some()
}

/// Returns the tokens after a key of serde or schemars.
pub(crate) fn value_of(attrs: &[Attribute], keys: &[&str]) -> Option<TokenStream> {
    attrs.iter().filter(|attr| attr.path().is_ident("serde") || attr.path().is_ident("schemars")).find_map(|attr| {
        let Meta::List(inner) = &attr.meta else { return None };
        args(inner.tokens.clone(), &mut Errors::unheard()).into_iter().find_map(|arg| {
            let key = arg.key().filter(|key| keys.iter().any(|known| *key == known))?;
            match &arg {
                crate::parse::Arg::Value(_, tokens) => Some(tokens.clone()),
                _ => Some(key.to_token_stream()),
            }
        })
    })
}

/// The names of the fields, for the paths that lead through them.
fn table(p: &TokenStream, input: &DeriveInput, part: &Part) -> Option<TokenStream> {
    let Data::Struct(item) = &input.data else { return None };
    let Fields::Named(fields) = &item.fields else { return None };
    if !input.generics.params.is_empty() {
        return None;
    }
    let all = value_of(&input.attrs, &["rename_all"]);
    let style = all.and_then(|tokens| syn::parse2::<syn::LitStr>(tokens).ok()).map(|text| text.value());
    // Names that are not those of the fields: anything may stand there.
    let mut open = says(&input.attrs, &["transparent", "from", "try_from", "into", "remote", "with", "schema_with"])
        || (style.is_none() && says(&input.attrs, &["rename_all"]));
    let mut rows = Vec::new();
    for (index, field) in fields.named.iter().enumerate() {
        let Some(ident) = &field.ident else { continue };
        if says(&field.attrs, &["skip"]) {
            continue;
        }
        open |= says(&field.attrs, &["flatten"]);
        let name = match value_of(&field.attrs, &["rename"]) {
            None => cased(ident.to_string().trim_start_matches("r#"), style.as_deref()),
            Some(tokens) => {
                let Ok(name) = syn::parse2::<syn::LitStr>(tokens) else {
                    open = true;
                    continue;
                };
                name.value()
            }
        };
        let ty = &field.ty;
        // What contains itself has no end.
        let is_own = ty.to_token_stream().into_iter().any(|tree| mentions(&tree, &input.ident));
        let is_other = says(&field.attrs, &["with", "schema_with"]);
        let below = if is_own || is_other || has_no_fields(ty) {
            quote!(#p::Option::None)
        } else {
            quote!(#p::Probe::<#ty>::FIELDS)
        };
        let json_type = super::fits::name(&rules::of_field(field)).unwrap_or_default();
        let may_be_missing = super::keys::may_be_missing(input, field, part.of_field(index));
        rows.push(quote!((#name, #below, #json_type, #may_be_missing)));
    }
    let ident = &input.ident;
    Some(quote! {
        #[automatically_derived]
        impl #p::HasFields for #ident {
            const FIELDS: #p::Option<&'static #p::Fields> = {
                #[allow(unused_imports, reason = "for the fields whose types are not known")]
                use #p::Unknown as _;
                #p::Option::Some(&#p::Fields { fields: &[#(#rows),*], open: #open })
            };
        }
    })
}

/// What the compiler looks for in the fields of other parts.
fn checks(p: &TokenStream, input: &DeriveInput, part: &Part) -> TokenStream {
    let Data::Struct(item) = &input.data else { return TokenStream::new() };
    // A constant does not see the parameters of what it stands beside.
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let fields = part.fields.iter().filter_map(|(index, said)| Some((said, item.fields.iter().nth(*index)?)));
    let keys = fields.map(|(said, field)| super::keys::checks(p, said, field));
    rules::checks_of_part(p, input, part).into_iter().chain(keys.flatten()).collect()
}

fn mentions(tree: &proc_macro2::TokenTree, name: &proc_macro2::Ident) -> bool {
    match tree {
        proc_macro2::TokenTree::Ident(ident) => ident == name || ident == "Self",
        proc_macro2::TokenTree::Group(group) => group.stream().into_iter().any(|tree| mentions(&tree, name)),
        _ => false,
    }
}

/// What is said of the whole and of its fields, as constants.
fn sayings(p: &TokenStream, input: &DeriveInput, part: &Part) -> (TokenStream, Vec<TokenStream>) {
    let whole = saying(p, &part.whole, "it");
    let Data::Struct(item) = &input.data else { return (whole, Vec::new()) };
    let all = value_of(&input.attrs, &["rename_all"]);
    let style = all.and_then(|tokens| syn::parse2::<syn::LitStr>(tokens).ok()).map(|text| text.value());
    let fields = part.fields.iter().filter_map(|(index, sayings)| {
        let field = item.fields.iter().nth(*index)?;
        let renamed = value_of(&field.attrs, &["rename"]).and_then(|tokens| syn::parse2::<syn::LitStr>(tokens).ok());
        let name = match (renamed, &field.ident) {
            (Some(name), _) => name.value(),
            (None, Some(ident)) => cased(ident.to_string().trim_start_matches("r#"), style.as_deref()),
            // The one value of a newtype is the whole.
            (None, None) => String::new(),
        };
        let said = saying(p, sayings, if name.is_empty() { "it" } else { &name });
        Some(quote!((#name, #said)))
    });
    (whole, fields.collect())
}

/// What is said of a struct or a field as a constant; `name` is what a message calls it.
pub(crate) fn saying(p: &TokenStream, sayings: &Sayings, name: &str) -> TokenStream {
    let keywords = sayings.keywords.iter().map(|keyword| {
        let said = match &keyword.said {
            Said::Flag => quote!(Truth(true)),
            Said::Truth(value) => quote!(Truth(#value)),
            Said::Text(value) => quote!(Text(#value)),
            Said::Texts(values) => {
                let values = values.iter().map(|value| &value.value);
                quote!(Texts(&[#(#values),*]))
            }
            Said::Integer(value) => quote!(Integer(#value)),
            Said::Number(value) => quote!(Number(#value)),
            Said::Json(value) => quote!(Json(#value)),
        };
        let name = keyword.name;
        quote!((#name, #p::Said::#said))
    });
    let mut rules: Vec<TokenStream> = sayings.rules.iter().map(|rule| self::rule(p, rule)).collect();
    if sayings.immutable {
        let message = format!("{name} is immutable");
        rules.push(quote!(#p::Rule { rule: "self == oldSelf", message: #message, ..#p::Rule::NONE }));
    }
    let items = match &sayings.items {
        None => quote!(#p::Option::None),
        Some(items) => {
            let items = saying(p, items, name);
            quote!(#p::Option::Some(&#items))
        }
    };
    quote!(#p::Sayings { keywords: &[#(#keywords),*], rules: &[#(#rules),*], items: #items })
}

/// A validation rule as a constant.
pub(crate) fn rule(p: &TokenStream, rule: &Rule) -> TokenStream {
    let text = crate::expand::text;
    let Rule { expression, message, message_expression, reason, field_path, optional_old_self } = rule;
    let expression = &expression.value;
    let (message, message_expression) = (text(message.as_ref()), text(message_expression.as_ref()));
    let (reason, field_path) = (text(reason.as_ref()), text(field_path.as_ref()));
    quote! {
        #p::Rule {
            rule: #expression,
            message: #message,
            message_expression: #message_expression,
            reason: #reason,
            field_path: #field_path,
            optional_old_self: #optional_old_self,
        }
    }
}

/// The name of a field as serde's `rename_all` writes it.
pub(crate) fn cased(name: &str, style: Option<&str>) -> String {
    let words = || name.split('_').filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    match style {
        Some("lowercase") => name.to_lowercase(),
        Some("UPPERCASE" | "SCREAMING_SNAKE_CASE") => name.to_uppercase(),
        Some("PascalCase") => words().map(capital).collect(),
        Some("camelCase") => crate::model::camel_case(name),
        Some("kebab-case") => name.replace('_', "-"),
        Some("SCREAMING-KEBAB-CASE") => name.to_uppercase().replace('_', "-"),
        _ => name.to_owned(),
    }
}
