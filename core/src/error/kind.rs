//! What can go wrong, and how it reads.

use std::fmt;
use std::time::Duration;

use http::HeaderMap;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use kubist_model::{DecodeError, Reason, Status};

use super::{BoxError, Context};

/// What went wrong.
pub(crate) enum Kind {
    /// The server answered with a `Status`.
    Status(Box<Status>),
    /// Something answered that is no API server, or not as one answers.
    Unexpected(Unexpected),
    /// No answer came.
    Transport(BoxError),
    /// The connection broke while a list was read, behind so many objects.
    Interrupted(BoxError, usize),
    /// The answer could not be read.
    Decode(DecodeError),
    /// The time that the request was given is up.
    Timeout(Duration),
    /// The configuration is not usable.
    Config(String),
    /// The request cannot be sent as it is.
    Request(String),
    /// No such kind is known to the server.
    Unresolved(String),
}

/// An answer that is not Kubernetes' own.
#[derive(Debug)]
pub(crate) struct Unexpected {
    pub(crate) code: u16,
    pub(crate) content_type: String,
    /// The first line of the body, cut off.
    pub(crate) start: String,
    /// What makes it unexpected.
    pub(crate) problem: &'static str,
    pub(crate) retry_after: Option<Duration>,
}

impl Unexpected {
    pub(crate) fn new(code: u16, headers: &HeaderMap, body: &[u8], problem: &'static str) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self {
            code,
            content_type: text(CONTENT_TYPE).to_owned(),
            start: first_line(body),
            problem,
            retry_after: text(RETRY_AFTER).parse().ok().map(Duration::from_secs),
        }
    }

    /// What the code alone tells. Source: `NewGenericServerResponse` in apimachinery.
    pub(crate) fn reason(&self) -> Reason {
        match self.code {
            400 => Reason::BadRequest,
            401 => Reason::Unauthorized,
            403 => Reason::Forbidden,
            404 => Reason::NotFound,
            405 => Reason::MethodNotAllowed,
            406 => Reason::NotAcceptable,
            409 => Reason::Conflict,
            413 => Reason::RequestEntityTooLarge,
            415 => Reason::UnsupportedMediaType,
            422 => Reason::Invalid,
            429 => Reason::TooManyRequests,
            503 => Reason::ServiceUnavailable,
            504 => Reason::Timeout,
            500.. => Reason::InternalError,
            _ => Reason::Unknown,
        }
    }
}

/// Enough of a body to recognise who wrote it: the title of a page, or the first line.
fn first_line(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(4096)]);
    let title = text.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")).map(|(title, _)| title);
    let line = title.unwrap_or(&text).trim().lines().next().unwrap_or_default().trim();
    let short: String = line.chars().filter(|c| !c.is_control()).take(120).collect();
    if short.len() < line.len() { short + "…" } else { short }
}

impl Kind {
    pub(super) fn fmt_outcome(&self, f: &mut fmt::Formatter<'_>, named: bool) -> fmt::Result {
        match self {
            Self::Status(status) => f.write_str(&without_bodies(outcome(status, named))),
            Self::Unexpected(answer) => {
                write!(f, "{} (HTTP {}", answer.problem, answer.code)?;
                if !answer.content_type.is_empty() {
                    write!(f, ", {}", answer.content_type)?;
                }
                f.write_str(")")?;
                if answer.start.is_empty() { Ok(()) } else { write!(f, ": {}", answer.start) }
            }
            Self::Transport(source) => match transport_problem(source) {
                Some(problem) => f.write_str(&problem),
                None => f.write_str("no answer from the server"),
            },
            Self::Interrupted(_, objects) => write!(f, "the connection broke behind {objects} objects"),
            Self::Decode(_) => f.write_str("the answer cannot be read"),
            Self::Timeout(limit) => write!(f, "no answer within {limit:?}"),
            Self::Config(problem) | Self::Request(problem) | Self::Unresolved(problem) => f.write_str(problem),
        }
    }
}

/// An error on the way through the proxy of a configuration.
#[derive(Debug)]
pub(crate) struct ProxyError(pub(crate) BoxError);

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the proxy of proxy-url made no connection")
    }
}

impl std::error::Error for ProxyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}

/// The server's message without what the context says already.
fn outcome(status: &Status, named: bool) -> String {
    let message = status.message.as_str();
    if !named {
        return status.to_string();
    }
    match status.reason {
        Reason::NotFound if message.ends_with("\" not found") => "not found".to_owned(),
        Reason::AlreadyExists if message.ends_with("\" already exists") => "already exists".to_owned(),
        Reason::Conflict => match message.split_once("\": ") {
            Some((before, why)) if before.starts_with("Operation cannot be fulfilled on ") => why.to_owned(),
            _ => message.to_owned(),
        },
        Reason::Invalid => behind(message, " is invalid: ", "invalid: "),
        Reason::Forbidden => behind(message, " is forbidden: ", "forbidden: "),
        _ => status.to_string(),
    }
}

/// Cuts whole objects out of a message: the server repeats a patched object, Secrets included, when it finds a field that it does not know.
fn without_bodies(message: String) -> String {
    let start = "Invalid value: \"{";
    let end = "}\": ";
    match (message.find(start), message.rfind(end)) {
        (Some(from), Some(to)) if from < to => {
            format!("{}Invalid value: {{…}}: {}", &message[..from], &message[to + end.len()..])
        }
        _ => message,
    }
}

fn behind(message: &str, mark: &str, word: &str) -> String {
    message.split_once(mark).map_or_else(|| message.to_owned(), |(_, why)| format!("{word}{why}"))
}

/// The part of a transport's chain of errors that tells most.
fn transport_problem(source: &BoxError) -> Option<String> {
    let mut chain = Vec::new();
    let mut proxy = None;
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(&**source);
    while let Some(error) = next {
        chain.push(error.to_string());
        proxy = error.downcast_ref::<ProxyError>().or(proxy);
        next = error.source();
    }
    let problem = known_problem(&chain);
    match proxy {
        Some(proxy) => Some(format!("{proxy}: {}", problem.or_else(|| chain.pop())?)),
        None => problem,
    }
}

fn known_problem(chain: &[String]) -> Option<String> {
    let all = chain.join(": ").to_lowercase();
    let certificate = ["certificate", "unknownissuer", "notvalidforname", "handshake", "tls"];
    if certificate.iter().any(|word| all.contains(word)) {
        return Some(format!("TLS failed: {}", chain.last()?));
    }
    if all.contains("connection refused") {
        return Some("connection refused".to_owned());
    }
    if all.contains("dns error") || all.contains("failed to lookup") || all.contains("name or service not known") {
        return Some("the server's name does not resolve".to_owned());
    }
    None
}

/// What mostly helps.
pub(super) fn hint(kind: &Kind, context: Option<&Context>) -> Option<String> {
    let text = match kind {
        Kind::Status(status) => match status.reason {
            Reason::Unauthorized => {
                "the credentials are missing or expired; log in again, or check the user of the context"
            }
            Reason::Conflict => "read the object again, change it, and update it with its new resourceVersion",
            Reason::NotFound if status.details.as_ref().is_none_or(|details| details.name.is_empty()) => {
                "the server does not serve this kind in this version: is its CRD installed and established?"
            }
            Reason::Expired => "list again from the start",
            // The server does not say more of a JSON patch than that it cannot be applied.
            Reason::Invalid if context?.verb == "patch" && status.causes().is_empty() => {
                "an operation of the patch failed: a `test` did not hold, or there is nothing at a path"
            }
            // A role is what lacks where a user "cannot" do something; quotas and dying namespaces forbid as well.
            Reason::Forbidden if status.message.contains("\" cannot ") => {
                let context = context?;
                // RBAC knows apply as a patch, and names a subresource with its resource: `pods/status`.
                let verb = if context.verb == "apply" { "patch" } else { context.verb };
                let group = &context.group;
                let resource = match &context.subresource {
                    Some(subresource) => format!("{}/{subresource}", context.resource),
                    None => context.resource.to_string(),
                };
                return Some(format!(
                    "grant it with a role: apiGroups: [{group:?}], resources: [{resource:?}], verbs: [{verb:?}]"
                ));
            }
            _ => return None,
        },
        Kind::Unexpected(answer) if answer.content_type.contains("html") => {
            "something between here and the API server answered: check the server's URL and the proxy"
        }
        Kind::Transport(source) => {
            let problem = transport_problem(source)?;
            if problem.starts_with("TLS failed") {
                "check certificate-authority and tls-server-name of the cluster"
            } else if problem == "connection refused" {
                "nothing listens there: check the server's address and whether it runs"
            } else {
                "check the server's URL"
            }
        }
        _ => return None,
    };
    Some(text.to_owned())
}
