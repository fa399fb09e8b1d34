//! How objects get from one version to another.

use kubist_naming::webhook::{PathProblem, UrlProblem};
use kubist_naming::{self as naming, webhook};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::diag::{Errors, Spanned, instead};
use crate::model::options;
use crate::parse::{Arg, args};

const WRITE: &str = "`conversion(webhook(service = \"shop/converter\", path = \"/convert\"))`";

/// What `conversion(…)` says.
#[derive(Debug)]
pub(crate) enum Conversion {
    /// The fields stay as they are.
    None,
    /// Another program does it.
    Webhook(Webhook),
}

/// The program that converts.
#[derive(Debug, Default)]
pub(crate) struct Webhook {
    /// Namespace and name.
    service: Option<Spanned<String>>,
    url: Option<Spanned<String>>,
    path: Option<Spanned<String>>,
    port: Option<Spanned<i32>>,
    versions: Vec<Spanned<String>>,
}

/// Reads `conversion(webhook(…))` or `conversion(none)`, and checks it by the server's rules.
pub(crate) fn read(arg: &Arg, errors: &mut Errors) -> Option<Conversion> {
    let strategies = if let Arg::List(_, tokens) = arg { args(tokens.clone(), errors) } else { Vec::new() };
    let [strategy] = strategies.as_slice() else {
        let place = strategies.get(1).map_or(arg.span(), Arg::span);
        errors.at_span(place, format!("`conversion` has one strategy: write {WRITE}, or `conversion(none)`"));
        return None;
    };
    match (strategy, strategy.key().map(Ident::to_string).as_deref()) {
        (Arg::Flag(_), Some("none")) => Some(Conversion::None),
        (Arg::List(key, tokens), Some("webhook")) => Some(Conversion::Webhook(read_webhook(key, tokens, errors))),
        (_, Some("webhook")) => {
            errors.at_span(strategy.span(), format!("a webhook needs an address: write {WRITE}"));
            None
        }
        (_, Some("none")) => {
            errors.at_span(strategy.span(), "`none` stands alone: write `conversion(none)`");
            None
        }
        (_, Some(other)) => {
            let hint = instead(other, ["none", "webhook"]);
            errors.at_span(strategy.span(), format!("there is no strategy `{other}`{hint}"));
            None
        }
        (_, None) => {
            errors.at_span(
                strategy.span(),
                format!("`conversion` has one strategy: write {WRITE}, or `conversion(none)`"),
            );
            None
        }
    }
}

fn read_webhook(key: &Ident, tokens: &TokenStream, errors: &mut Errors) -> Webhook {
    let mut found = Webhook::default();
    let mut given = Vec::new();
    let args = args(tokens.clone(), errors);
    let keys = ["service", "url", "path", "port", "versions"];
    options(&args, &keys, errors, |key, arg, errors| {
        given.push((key.to_owned(), arg.span()));
        match key {
            "service" => found.service = arg.string("shop/converter", errors),
            "url" => found.url = arg.string("https://convert.example.com", errors),
            "path" => found.path = arg.string("/convert", errors),
            "port" => found.port = arg.integer(443, errors),
            _ => found.versions = arg.strings("v1", errors),
        }
    });
    let place = |key: &str| given.iter().find(|(given, _)| given == key).map(|(_, span)| *span);
    match (place("service"), place("url")) {
        // Another key than these is told by itself.
        (None, None) if args.iter().all(|arg| arg.key().is_some_and(|key| keys.iter().any(|known| key == known))) => errors.at(
            key,
            "`webhook` does not say where it is: add `service = \"shop/converter\"`, or `url = \"https://…\"` if it is outside of the cluster",
        ),
        (Some(_), Some(url)) => {
            errors.at_span(url, "a webhook is a `service`, or it has a `url`: keep one of them");
        }
        (None, Some(_)) => {
            for key in ["path", "port"] {
                if let Some(span) = place(key) {
                    errors.at_span(span, format!("`{key}` goes with a `service`: write it into the `url`"));
                }
            }
        }
        (Some(_) | None, None) => {}
    }
    check(&found, errors);
    found
}

fn check(webhook: &Webhook, errors: &mut Errors) {
    if let Some(service) = &webhook.service {
        let parts = service.value.split('/').collect::<Vec<_>>();
        if !matches!(parts[..], [namespace, name] if !namespace.is_empty() && !name.is_empty()) {
            let name = parts.iter().rev().find(|part| !part.is_empty()).unwrap_or(&"converter");
            errors.at_span(
                service.span,
                format!("a service is named by its namespace and its name: write `service = \"shop/{name}\"`"),
            );
        }
    }
    if let Some(url) = &webhook.url
        && let Some(problem) = webhook::url(&url.value).into_iter().next()
    {
        let message = match problem {
            UrlProblem::Scheme(_) => "servers call webhooks over https: write `url = \"https://…\"`",
            UrlProblem::NoHost => "the host is missing: write `url = \"https://convert.example.com\"`",
            UrlProblem::User(_) => "servers do not log in to a webhook: remove what stands before the `@`",
            UrlProblem::Fragment(_) => "a webhook has an address without a fragment: remove what stands behind the `#`",
            UrlProblem::Query(_) => "a webhook has an address without parameters: remove what stands behind the `?`",
        };
        errors.at_span(url.span, message);
    }
    if let Some(path) = &webhook.path
        && let Some(problem) = webhook::path(&path.value).into_iter().next()
    {
        let message = match problem {
            PathProblem::NoSlash => format!("a path starts with a slash: write \"/{}\"", path.value),
            PathProblem::Empty(_) => "a name is missing between two slashes".to_owned(),
            PathProblem::Segment(_, error) => {
                let meant = error.suggestion().map(|better| path.value.replace(error.value(), &better));
                format!("{error}{}", meant.map_or_else(String::new, |path| format!("; did you mean {path:?}?")))
            }
        };
        errors.at_span(path.span, message);
    }
    if let Some(port) = webhook.port.as_ref().filter(|port| !(1..=65535).contains(&port.value)) {
        errors.at_span(port.span, "a port is a number from 1 to 65535; without one it is 443");
    }
    for (index, version) in webhook.versions.iter().enumerate() {
        if webhook.versions[..index].iter().any(|before| before.value == version.value) {
            errors.at_span(version.span, format!("{:?} stands twice in `versions`; keep one", version.value));
        } else if let Err(error) = naming::dns1035_label(&version.value) {
            errors.at_span(version.span, error.to_string());
        }
    }
    if let Some(first) = webhook.versions.first()
        && !webhook.versions.iter().any(|version| matches!(version.value.as_str(), "v1" | "v1beta1"))
    {
        errors.at_span(
            first.span,
            "servers ask a webhook in the version \"v1\" or \"v1beta1\" of a review: name one of them",
        );
    }
}

/// The conversion as a constant.
pub(crate) fn constant(p: &TokenStream, conversion: Option<&Conversion>) -> TokenStream {
    let webhook = match conversion {
        None => return quote!(#p::Option::None),
        Some(Conversion::None) => return quote!(#p::Option::Some(#p::Conversion::None)),
        Some(Conversion::Webhook(webhook)) => webhook,
    };
    let text = |value: &Option<Spanned<String>>| value.as_ref().map_or_else(String::new, |value| value.value.clone());
    let (service, url, path) = (text(&webhook.service), text(&webhook.url), text(&webhook.path));
    let port = webhook.port.as_ref().map_or(0, |port| port.value);
    let versions = webhook.versions.iter().map(|version| version.value.as_str());
    let versions: Vec<&str> = if webhook.versions.is_empty() { vec!["v1"] } else { versions.collect() };
    quote! {
        #p::Option::Some(#p::Conversion::Webhook {
            service: #service,
            url: #url,
            path: #path,
            port: #port,
            versions: &[#(#versions),*],
        })
    }
}
