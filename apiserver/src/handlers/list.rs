//! GET of a collection: lists, pages, watches.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kubist_model::{ListOptions, Reason, ResourceVersion, ResourceVersionMatch, Status, StatusCause, StatusDetails};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::filter::Filter;
use super::request::Ask;
use super::{Answer, respond};
use crate::error::ApiError;
use crate::store::{Cursor, Snapshot};
use crate::watch::{WatchPlan, WatchStream};

/// Real servers end a watch after 30 to 60 minutes; the middle will do.
const WATCH_TIMEOUT: Duration = Duration::from_mins(45);

/// Where a page begins: the server's own secret, opaque to clients.
#[derive(Serialize, Deserialize)]
struct Continue {
    v: String,
    /// The revision of the first page; -1 for "as it is now".
    rv: i64,
    /// The path behind which to go on, relative to the prefix.
    start: String,
}

const CONTINUE_VERSION: &str = "meta.k8s.io/v1";

/// Lists a collection, or a page of it.
pub(super) async fn list(ask: &Ask, options: &ListOptions) -> Result<Answer, ApiError> {
    let filter = Filter::new(&ask.row, &ask.namespace, "", options)?;
    let prefix = if ask.namespace.is_empty() { String::new() } else { format!("{}/", ask.namespace) };
    let (start, at) = match &options.continue_token {
        Some(token) => {
            if options.resource_version.as_ref().is_some_and(|version| *version != "0") {
                let message = "specifying resource version is not allowed when using continue";
                return Err(Status::bad_request(message).into());
            }
            let token = decode(token)?;
            (format!("{prefix}{}", token.start), u64::try_from(token.rv).ok())
        }
        None => (prefix.clone(), exact_revision(ask, options).await?),
    };
    let snapshot =
        ask.shared.store.list(&ask.row.storage, &prefix, &start, at).map_err(|_| match &options.continue_token {
            Some(_) => expired_continue(&prefix, &start),
            None => Status::expired("The resourceVersion for the provided list is too old.").into(),
        })?;
    // The watch cache, which answers "any version", does not cut pages.
    let is_any = options.resource_version.as_ref().is_some_and(|version| *version == "0");
    let limit = options.limit.filter(|limit| *limit > 0 && !is_any);
    Ok(page(ask, &filter, &snapshot, &prefix, limit))
}

fn page(ask: &Ask, filter: &Filter, snapshot: &Snapshot, prefix: &str, limit: Option<u32>) -> Answer {
    let api_version = ask.api_version();
    let limit = limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let mut items = Vec::new();
    let mut metadata = json!({ "resourceVersion": snapshot.revision.to_string() });
    let mut matching = snapshot.items.iter().filter(|(_, object)| filter.matches(object));
    let mut last = None;
    for (path, object) in matching.by_ref().take(limit) {
        items.push(ask.presented.item(&ask.row, object));
        last = Some(path);
    }
    let remaining = matching.count();
    if let Some(last) = last.filter(|_| remaining > 0) {
        let start = format!("{}\0", last.strip_prefix(prefix).unwrap_or(last));
        metadata["continue"] = encode(snapshot.revision, start).into();
        if filter.is_everything() {
            metadata["remainingItemCount"] = remaining.into();
        }
    }
    let (list_version, list_kind) = ask.presented.list_type(&api_version, &ask.row.info.list_kind);
    let answer = json!({ "kind": list_kind, "apiVersion": list_version, "metadata": metadata, "items": items });
    respond::value(ask, 200, &answer, &[])
}

/// The revision that a list must show exactly; nothing for the latest state.
async fn exact_revision(ask: &Ask, options: &ListOptions) -> Result<Option<u64>, ApiError> {
    let Some(version) = &options.resource_version else { return Ok(None) };
    let bad = || Status::bad_request(format!("invalid resource version: {}", unreadable(version)));
    let revision = version.as_str().parse().map_err(|_| bad())?;
    let has_limit = options.limit.is_some_and(|limit| limit > 0);
    let exact = match options.resource_version_match {
        Some(matching) => matching == ResourceVersionMatch::Exact,
        None => has_limit && revision > 0,
    };
    wait_for(ask, revision).await?;
    Ok(exact.then_some(revision))
}

/// Reads a revision.
pub(super) fn revision(version: &ResourceVersion) -> Result<u64, ApiError> {
    version.as_str().parse().map_err(|_| {
        // The real server does not call this a bad request.
        Status { code: 500, ..Status::failure(Reason::Unknown, unreadable(version)) }.into()
    })
}

fn unreadable(version: &ResourceVersion) -> String {
    let text = version.as_str();
    format!("resourceVersion: Invalid value: {text:?}: strconv.ParseUint: parsing {text:?}: invalid syntax")
}

/// Waits until the store has reached a revision; a while only.
pub(super) async fn wait_for(ask: &Ask, revision: u64) -> Result<(), ApiError> {
    let reached = ask.shared.store.reached(revision);
    if tokio::time::timeout(ask.shared.settings.fresh_timeout, reached).await.is_ok() {
        return Ok(());
    }
    let current = ask.shared.store.revision();
    let cause = StatusCause {
        reason: "ResourceVersionTooLarge".into(),
        message: "Too large resource version".into(),
        field: "".into(),
    };
    let details = StatusDetails { causes: vec![cause], retry_after_seconds: 1, ..StatusDetails::default() };
    let why = format!("Too large resource version: {revision}, current: {current}");
    Err(Status::timeout(&why, 1).with_details(details).into())
}

/// Watches a collection.
pub(super) async fn watch(ask: &Ask, options: &ListOptions) -> Result<Answer, ApiError> {
    let filter = Filter::new(&ask.row, &ask.namespace, &ask.name, options)?;
    let store = &ask.shared.store;
    let version = options.resource_version.as_ref();
    let from = version.map(revision).transpose()?.unwrap_or(0);
    let wants_all = options.send_initial_events.unwrap_or(from == 0);
    let mut initial: Vec<Arc<Value>> = Vec::new();
    let mut initial_end = None;
    let start = if wants_all {
        wait_for(ask, from).await?;
        let prefix = if ask.namespace.is_empty() { String::new() } else { format!("{}/", ask.namespace) };
        let snapshot = store.list(&ask.row.storage, &prefix, &prefix, None);
        let snapshot = snapshot.map_err(|_| Status::internal("the latest state is always there"))?;
        initial.extend(snapshot.items.into_iter().map(|(_, object)| object));
        let wants_mark = options.send_initial_events == Some(true) && options.allow_watch_bookmarks;
        initial_end = wants_mark.then_some(snapshot.revision);
        snapshot.revision
    } else if from == 0 {
        store.revision()
    } else {
        from
    };
    let cursor = Cursor::new(Arc::clone(store), &ask.row.storage, start);
    let plan = WatchPlan {
        timeout: options.timeout_seconds.map_or(WATCH_TIMEOUT, |seconds| Duration::from_secs(seconds.into())),
        bookmarks: options.allow_watch_bookmarks.then_some(ask.shared.settings.bookmark_interval),
        initial,
        initial_end,
    };
    Ok(respond::watch(WatchStream::new(cursor, filter, ask.presented, &plan)))
}

fn encode(revision: u64, start: String) -> String {
    let token = Continue { v: CONTINUE_VERSION.to_owned(), rv: i64::try_from(revision).unwrap_or(-1), start };
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(&token).expect("a token is JSON"))
}

fn decode(token: &str) -> Result<Continue, ApiError> {
    let bad = |why: &dyn std::fmt::Display| {
        Status::bad_request(format!("invalid continue token: continue key is not valid: {why}"))
    };
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|error| bad(&error))?;
    let token: Continue = serde_json::from_slice(&bytes).map_err(|error| bad(&error))?;
    if token.v != CONTINUE_VERSION || token.start.contains("..") {
        return Err(bad(&format!("server does not recognize this encoded version {}", token.v)).into());
    }
    Ok(token)
}

fn expired_continue(prefix: &str, start: &str) -> ApiError {
    let mut status = Status::expired(
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the \
         continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the \
         provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first \
         chunk was returned and now may show up in the list.",
    );
    let token = Continue {
        v: CONTINUE_VERSION.to_owned(),
        rv: -1,
        start: start.strip_prefix(prefix).unwrap_or(start).to_owned(),
    };
    let token = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&token).expect("a token is JSON"));
    status.metadata.continue_token = token.into();
    status.into()
}
