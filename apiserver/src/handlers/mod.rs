//! From a request to an answer. Every request passes through [`answer`].

mod create;
mod delete;
pub(crate) mod filter;
mod list;
mod metadata;
mod patch;
pub(crate) mod present;
mod read;
mod request;
mod respond;
mod route;
mod scale;
mod update;

use std::sync::Arc;

use bytes::Bytes;
use http::Method;
use kubist_model::Status;

use crate::body::Body;
use crate::discovery;
use crate::error::ApiError;
use crate::registry::Verb;
use crate::shared::Shared;

use self::request::Ask;
pub(crate) use self::request::cause;
pub(crate) use self::route::Place;
use self::route::Route;

/// The most bytes of a body, as with the real server.
pub(crate) const BODY_LIMIT: usize = 3 * 1024 * 1024;

type Answer = http::Response<Body>;

/// Answers a request.
pub(crate) async fn answer(shared: &Arc<Shared>, request: http::Request<Bytes>) -> Answer {
    match handle(shared, request).await {
        Ok(answer) => answer,
        Err(error) => respond::refusal(&error),
    }
}

/// Answers a body that is longer than the limit.
pub(crate) fn too_large() -> Answer {
    respond::refusal(&Status::request_entity_too_large(&format!("limit is {BODY_LIMIT}")).into())
}

/// Answers a body that broke off.
pub(crate) fn unreadable(error: &(dyn std::error::Error + Send + Sync)) -> Answer {
    respond::refusal(&Status::bad_request(format!("the body of the request cannot be read: {error}")).into())
}

/// Answers a request of somebody unknown.
pub(crate) fn unauthorized() -> Answer {
    respond::refusal(&Status::unauthorized().into())
}

async fn handle(shared: &Arc<Shared>, request: http::Request<Bytes>) -> Result<Answer, ApiError> {
    let (parts, body) = request.into_parts();
    let path = percent_encoding::percent_decode_str(parts.uri.path()).decode_utf8_lossy().into_owned();
    match route::parse(&path) {
        Route::Text(text) => Ok(respond::text(200, text)),
        Route::Version => Ok(respond::json(200, &discovery::version())),
        Route::Discovery(place) => discovery::answer(&shared.registry, &place, &parts.headers)
            .map(|(kind, value)| respond::typed(&kind, &value)),
        Route::Nowhere => Ok(respond::text(404, "404 page not found\n")),
        Route::NotBuilt(what) => {
            Err(Status::not_implemented(format!("the embedded API server does not serve {what} yet")).into())
        }
        Route::Resource { group, version, namespace, plural, name, subresource, watch } => {
            let row = shared.registry.lookup(&group, &version, &plural);
            // A namespaced kind without a namespace has a collection only; a cluster-scoped one has no namespace.
            let row = row.filter(|row| {
                if row.is_namespaced() { name.is_empty() || !namespace.is_empty() } else { namespace.is_empty() }
            });
            let Some(row) = row else {
                return if shared.registry.serves(&group, &version) {
                    Err(Status::no_such_resource().into())
                } else {
                    Ok(respond::text(404, "404 page not found\n"))
                };
            };
            let ask = Ask::new(shared, row, namespace, name, subresource, parts, body)?;
            dispatch(ask, watch).await
        }
    }
}

async fn dispatch(ask: Ask, watch: bool) -> Result<Answer, ApiError> {
    let is_object = !ask.name.is_empty();
    let sub = ask.subresource.clone();
    if !sub.is_empty() {
        return subresource(&ask, &sub);
    }
    match (ask.method.clone(), is_object) {
        (Method::GET, true) if !watch => {
            ask.require(Verb::Get)?;
            read::get(&ask).await
        }
        (Method::GET, _) => {
            let options = ask.list_options(watch)?;
            if options.watch {
                ask.require(Verb::Watch)?;
                list::watch(&ask, &options).await
            } else {
                ask.require(Verb::List)?;
                list::list(&ask, &options).await
            }
        }
        (Method::POST, false) => {
            ask.require(Verb::Create)?;
            create::create(&ask)
        }
        (Method::PUT, true) => {
            ask.require(Verb::Update)?;
            update::update(&ask)
        }
        (Method::PATCH, true) => {
            ask.require(Verb::Patch)?;
            patch::patch(&ask)
        }
        (Method::DELETE, true) => {
            ask.require(Verb::Delete)?;
            delete::delete(&ask)
        }
        (Method::DELETE, false) => {
            ask.require(Verb::DeleteCollection)?;
            delete::delete_collection(&ask)
        }
        _ => Err(Ask::not_allowed()),
    }
}

fn subresource(ask: &Ask, sub: &str) -> Result<Answer, ApiError> {
    let info = &ask.row.info;
    if !info.has_subresource(sub) {
        return Err(Status::no_such_resource().into());
    }
    match (sub, ask.method.clone()) {
        ("status", Method::GET) => read::now(ask),
        ("status" | "finalize", Method::PUT) => update::update(ask),
        ("status", Method::PATCH) => patch::patch(ask),
        ("scale", Method::GET) if ask.row.scale.is_some() => scale::get(ask),
        ("scale", Method::PUT) if ask.row.scale.is_some() => scale::update(ask),
        ("scale", Method::PATCH) if ask.row.scale.is_some() => scale::patch(ask),
        ("status" | "finalize" | "scale", _) => Err(Ask::not_allowed()),
        _ => {
            let what = format!("{}/{sub}", info.resource_name());
            Err(Status::not_implemented(format!("the embedded API server does not serve {what} yet")).into())
        }
    }
}
