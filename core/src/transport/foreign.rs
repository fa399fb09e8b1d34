//! Requests through a client of reqwest that the program brings along.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Frame;

use crate::body::Body;
use crate::error::BoxError;

pub(super) async fn send(
    client: &reqwest::Client,
    request: http::Request<Body>,
) -> Result<http::Response<Body>, BoxError> {
    let request = request.map(|body| match body.into_bytes() {
        Ok(bytes) => reqwest::Body::from(bytes),
        Err(stream) => reqwest::Body::wrap(Shared(Mutex::new(stream))),
    });
    // The URL is in the error's text, and the context says it better.
    let answer = client.execute(request.try_into()?).await.map_err(reqwest::Error::without_url)?;
    Ok(http::Response::<reqwest::Body>::from(answer).map(Body::new))
}

/// Makes a stream shareable between threads, which reqwest asks for; the lock is never contended.
struct Shared(Mutex<Body>);

impl http_body::Body for Shared {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let body = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        Pin::new(body).poll_frame(cx)
    }
}
