//! Connections through a proxy.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Frame;

use super::{CONNECT_TIMEOUT, IDLE_TIMEOUT, PING_AFTER, PING_TIMEOUT, tls};
use crate::body::Body;
use crate::config::{Config, Secret};
use crate::error::{BoxError, Error, Result};

/// Connections to one server through one proxy. reqwest knows the kinds of proxies, their users and their passwords.
pub(super) struct Proxied(reqwest::Client);

impl Proxied {
    pub(super) fn new(config: &Config, url: &Secret) -> Result<Self> {
        let proxy = reqwest::Proxy::all(url.expose()).map_err(|_| {
            Error::config("proxy-url is no URL of a proxy: write http://, https:// or socks5://HOST:PORT")
        })?;
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .tcp_keepalive(PING_AFTER)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .http2_keep_alive_interval(PING_AFTER)
            .http2_keep_alive_timeout(PING_TIMEOUT)
            .http2_keep_alive_while_idle(true)
            .tls_backend_preconfigured(tls::client_config_by_name(config)?)
            .proxy(proxy);
        let client =
            builder.build().map_err(|error| Error::config(format!("the transport cannot be set up: {error}")))?;
        Ok(Self(client))
    }

    pub(super) async fn send(&self, request: http::Request<Body>) -> Result<http::Response<Body>, BoxError> {
        let request = request.map(|body| match body.into_bytes() {
            Ok(bytes) => reqwest::Body::from(bytes),
            Err(stream) => reqwest::Body::wrap(Shared(Mutex::new(stream))),
        });
        // The URL is in the error's text, and the context says it better.
        let answer = self.0.execute(request.try_into()?).await.map_err(reqwest::Error::without_url)?;
        Ok(http::Response::<reqwest::Body>::from(answer).map(Body::new))
    }
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
