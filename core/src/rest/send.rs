//! Sending, waiting, trying again.

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use http_body_util::{BodyExt, Limited};
use kubist_model::{Format, Status, Wire as _};

use super::Warning;
use crate::body::Body;
use crate::client::Client;
use crate::error::{Error, Kind, Result, Unexpected};

/// The content type of protobuf.
pub(crate) const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";
/// How often a request is sent again because the server asked for it. client-go does the same.
const MAX_RETRIES: u32 = 10;
/// The most that is read of an answer that is an error.
const MAX_ERROR_BODY: usize = 1 << 20;

/// Sends a request and reads the answer, all within the limit.
pub(super) async fn whole(
    client: &Client,
    request: http::Request<Body>,
    limit: Option<Duration>,
) -> Result<http::Response<Bytes>> {
    within(limit, async {
        let answer = accepted(client, request).await?;
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.map_err(|error| Error::new(Kind::Transport(error)))?;
        Ok(http::Response::from_parts(parts, body.to_bytes()))
    })
    .await
}

/// Sends a request and returns as soon as the answer begins; the limit is for that.
pub(super) async fn open(
    client: &Client,
    request: http::Request<Body>,
    limit: Option<Duration>,
) -> Result<http::Response<Body>> {
    within(limit, accepted(client, request)).await
}

async fn within<T>(limit: Option<Duration>, work: impl Future<Output = Result<T>>) -> Result<T> {
    match limit {
        None => work.await,
        Some(limit) => match tokio::time::timeout(limit, work).await {
            Ok(result) => result,
            Err(_) => Err(Error::new(Kind::Timeout(limit))),
        },
    }
}

/// Sends a request until it is answered with success or an error that is not "later".
///
/// The server says "later" by 429 or a 5xx with `Retry-After`: it has then not begun to handle the request, so that a retry is safe for
/// every verb. Source: `checkWait` in `rest/with_retry.go` of k8s.io/client-go.
async fn accepted(client: &Client, request: http::Request<Body>) -> Result<http::Response<Body>> {
    let mut request = request;
    for retry in 0.. {
        // What is sent has room for the headers that are added on its way; the copy has none.
        let again = copy(&request)?;
        let answer = client.send(request).await?;
        request = again;
        for warning in Warning::all(answer.headers()) {
            tracing::warn!(path = request.uri().path(), "the API server warns: {}", warning.text());
        }
        if format_of(answer.headers()) == Format::Protobuf {
            client.note_protobuf();
        }
        if answer.status().is_success() {
            return Ok(answer);
        }
        let wait = asked_to_wait(&answer).filter(|_| retry < MAX_RETRIES);
        let Some(wait) = wait else { return Err(refusal(answer).await) };
        tracing::debug!(path = request.uri().path(), retry, ?wait, "the API server asks to wait");
        tokio::time::sleep(wait).await;
    }
    unreachable!("the last retry returns")
}

fn copy(request: &http::Request<Body>) -> Result<http::Request<Body>> {
    let body = request.body().try_clone().ok_or_else(|| Error::request("a request's body must be bytes"))?;
    let mut copy = http::Request::new(body);
    copy.method_mut().clone_from(request.method());
    copy.uri_mut().clone_from(request.uri());
    copy.headers_mut().clone_from(request.headers());
    Ok(copy)
}

/// The format of an answer, by what it says.
pub(super) fn format_of(headers: &HeaderMap) -> Format {
    let content_type = headers.get(CONTENT_TYPE).map_or(&b""[..], |value| value.as_bytes());
    if content_type.starts_with(PROTOBUF.as_bytes()) { Format::Protobuf } else { Format::Json }
}

fn asked_to_wait(answer: &http::Response<Body>) -> Option<Duration> {
    let status = answer.status();
    if status != StatusCode::TOO_MANY_REQUESTS && !status.is_server_error() {
        return None;
    }
    let seconds = answer.headers().get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// Reads an answer that is no success.
async fn refusal(answer: http::Response<Body>) -> Error {
    let (parts, body) = answer.into_parts();
    let body = match Limited::new(body, MAX_ERROR_BODY).collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => Bytes::new(),
    };
    let code = parts.status.as_u16();
    if let Ok(mut status) = Status::decode(&body, format_of(&parts.headers))
        && (status.is_failure() || status.status.is_empty())
    {
        status.code = code;
        return Error::status_error(status);
    }
    // The API server's own words for a path that it does not serve, mostly a kind whose CRD is not installed.
    if code == 404 && body.trim_ascii() == b"404 page not found" {
        return Error::status_error(Status::no_such_resource());
    }
    let problem = if body.is_empty() { "the answer is empty" } else { "the answer is not the API server's" };
    Error::new(Kind::Unexpected(Unexpected::new(code, &parts.headers, &body, problem)))
}
