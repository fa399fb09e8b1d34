//! How objects get from one version to another.

use kubist_naming as naming;
use kubist_naming::webhook::{self, PathProblem, UrlProblem};
use serde_json::{Value, json};

use super::tree::{at, items, text};
use crate::status::StatusCause;

const PLACE: &str = "spec.conversion";

pub(super) fn check(spec: &Value, causes: &mut Vec<StatusCause>) {
    let Some(conversion) = spec.get("conversion") else { return };
    let config = at(conversion, "webhook.clientConfig");
    let versions = items(at(conversion, "webhook.conversionReviewVersions"));
    let config_place = format!("{PLACE}.webhookClientConfig");
    let versions_place = format!("{PLACE}.conversionReviewVersions");
    match text(conversion.get("strategy")) {
        "" => causes.push(StatusCause::required(&format!("{PLACE}.strategy"), "")),
        "Webhook" => {
            let has =
                |field: &str| config.is_some_and(|config| config.get(field).is_some_and(|value| !value.is_null()));
            if config.is_none() {
                causes.push(StatusCause::required(&config_place, "required when strategy is set to Webhook"));
            } else if has("url") == has("service") {
                causes.push(StatusCause::required(&config_place, "exactly one of url or service is required"));
            } else if has("url") {
                url(text(at(conversion, "webhook.clientConfig.url")), &format!("{config_place}.url"), causes);
            } else {
                let place = format!("{config_place}.service");
                service(at(conversion, "webhook.clientConfig.service"), &place, causes);
            }
            review_versions(versions, &versions_place, causes);
        }
        strategy => {
            if strategy != "None" {
                let field = format!("{PLACE}.strategy");
                causes.push(StatusCause::not_supported(&field, &strategy.into(), &["None", "Webhook"]));
            }
            let detail = "should not be set when strategy is not set to Webhook";
            if config.is_some() {
                causes.push(StatusCause::forbidden(&config_place, detail));
            }
            if !versions.is_empty() {
                causes.push(StatusCause::forbidden(&versions_place, detail));
            }
        }
    }
}

fn url(url: &str, place: &str, causes: &mut Vec<StatusCause>) {
    const FORM: &str = "; desired format: https://host[/path]";
    for problem in webhook::url(url) {
        let (value, detail) = match problem {
            UrlProblem::Scheme(scheme) => (scheme, format!("'https' is the only allowed URL scheme{FORM}")),
            UrlProblem::NoHost => ("", format!("host must be specified{FORM}")),
            UrlProblem::User(user) => (user, "user information is not permitted in the URL".to_owned()),
            UrlProblem::Fragment(fragment) => (fragment, "fragments are not permitted in the URL".to_owned()),
            UrlProblem::Query(query) => (query, "query parameters are not permitted in the URL".to_owned()),
        };
        causes.push(StatusCause::invalid(place, &value.into(), &detail));
    }
}

fn service(service: Option<&Value>, place: &str, causes: &mut Vec<StatusCause>) {
    let field = |name: &str| service.and_then(|service| service.get(name));
    for name in ["name", "namespace"] {
        if text(field(name)).is_empty() {
            causes.push(StatusCause::required(&format!("{place}.{name}"), ""));
        }
    }
    if let Some(port) = field("port").filter(|port| port.as_i64().is_some_and(|port| !(1..=65535).contains(&port))) {
        let detail = "port is not valid: must be between 1 and 65535, inclusive";
        causes.push(StatusCause::invalid(&format!("{place}.port"), port, detail));
    }
    let path = text(field("path"));
    for problem in webhook::path(path) {
        let details = match problem {
            PathProblem::NoSlash => vec!["must start with a '/'".to_owned()],
            PathProblem::Empty(index) => vec![format!("segment[{index}] may not be empty")],
            PathProblem::Segment(index, error) => {
                error.server_messages().iter().map(|message| format!("segment[{index}]: {message}")).collect()
            }
        };
        let place = format!("{place}.path");
        causes.extend(details.iter().map(|detail| StatusCause::invalid(&place, &path.into(), detail)));
    }
}

/// The versions of the review that the webhook understands; the server speaks two.
fn review_versions(versions: &[Value], place: &str, causes: &mut Vec<StatusCause>) {
    if versions.is_empty() {
        causes.push(StatusCause::required(place, ""));
        return;
    }
    let names: Vec<&str> = versions.iter().map(|version| text(Some(version))).collect();
    for (index, name) in names.iter().enumerate() {
        let field = format!("{place}[{index}]");
        if names[..index].contains(name) {
            causes.push(StatusCause::invalid(&field, &(*name).into(), "duplicate version"));
        } else if let Err(error) = naming::dns1035_label(name) {
            let problems = error.server_messages();
            causes.extend(problems.iter().map(|problem| StatusCause::invalid(&field, &(*name).into(), problem)));
        }
    }
    if !names.iter().any(|name| matches!(*name, "v1" | "v1beta1")) {
        causes.push(StatusCause::invalid(place, &json!(names), "must include at least one of v1, v1beta1"));
    }
}
