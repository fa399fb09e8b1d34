//! The network: reqwest with rustls, behind the same seam as the embedded server.

mod gunzip;
mod tls;

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, HOST};
use http::{HeaderValue, Uri};
use tower::Service;

use self::gunzip::Gunzip;
use crate::auth::Authorization;
use crate::body::Body;
use crate::config::Config;
use crate::error::{BoxError, Error, Result};

/// client-go gives up on a connection attempt after 30 s.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
/// A silent connection is asked after 30 s and given up 15 s later, as client-go does with HTTP/2.
const PING_AFTER: Duration = Duration::from_secs(30);
const PING_TIMEOUT: Duration = Duration::from_secs(15);

/// Sends requests over the network.
#[derive(Clone)]
pub(crate) struct Network(Arc<Inner>);

struct Inner {
    client: reqwest::Client,
    /// Scheme, authority and path prefix, without a slash at the end.
    base: String,
    /// The authority to name in requests, where TLS is told another.
    host: Option<HeaderValue>,
    authorization: Authorization,
    compression: bool,
}

/// Prepares connections; none is made yet.
pub(crate) fn connect(config: &Config) -> Result<Network> {
    let base = server_url(&config.server)?;
    let mut builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .tcp_keepalive(PING_AFTER)
        .http2_keep_alive_interval(PING_AFTER)
        .http2_keep_alive_timeout(PING_TIMEOUT)
        .http2_keep_alive_while_idle(true)
        .tls_backend_preconfigured(tls::client_config(config)?)
        .no_proxy();
    if let Some(url) = &config.proxy_url {
        let proxy = reqwest::Proxy::all(url)
            .map_err(|_| Error::config(format!("proxy-url {url:?} is no http or https URL")))?;
        builder = builder.proxy(proxy);
    }
    let (base, host) = match &config.tls_server_name {
        // The name goes into the URL, so that TLS asks for it and checks it; the address stays the server's.
        Some(name) => {
            let authority = base.authority().map(ToString::to_string).unwrap_or_default();
            builder = builder.dns_resolver(Arc::new(tls::Pinned::new(base.host().unwrap_or_default())));
            (renamed(&base, name), HeaderValue::from_str(&authority).ok())
        }
        None => (base.to_string(), None),
    };
    let client = builder.build().map_err(|error| Error::config(format!("the transport cannot be set up: {error}")))?;
    Ok(Network(Arc::new(Inner {
        client,
        base: base.trim_end_matches('/').to_owned(),
        host,
        authorization: Authorization::new(&config.credentials)?,
        compression: !config.disable_compression,
    })))
}

fn server_url(server: &str) -> Result<Uri> {
    // As client-go does: without a scheme it is https.
    let text = if server.contains("://") { server.to_owned() } else { format!("https://{server}") };
    let uri: Option<Uri> = text.parse().ok();
    uri.filter(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some())
        .ok_or_else(|| Error::config(format!("server {server:?} is no URL; write it as https://HOST:PORT")))
}

fn renamed(base: &Uri, name: &str) -> String {
    let scheme = base.scheme_str().unwrap_or("https");
    let port = base.port_u16().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{name}{port}{}", base.path())
}

impl Service<http::Request<Body>> for Network {
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<http::Response<Body>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let inner = Arc::clone(&self.0);
        Box::pin(async move { inner.send(request).await })
    }
}

impl Inner {
    async fn send(&self, request: http::Request<Body>) -> Result<http::Response<Body>, BoxError> {
        let (mut parts, body) = request.into_parts();
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        parts.uri = format!("{}{path}", self.base).parse()?;
        if let Some(value) = self.authorization.header().await? {
            parts.headers.entry(AUTHORIZATION).or_insert(value);
        }
        if let Some(host) = &self.host {
            parts.headers.entry(HOST).or_insert_with(|| host.clone());
        }
        if self.compression {
            parts.headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("gzip"));
        }
        let body = match body.into_bytes() {
            Ok(bytes) => reqwest::Body::from(bytes),
            Err(stream) => reqwest::Body::wrap(Shared(std::sync::Mutex::new(stream))),
        };
        let request = reqwest::Request::try_from(http::Request::from_parts(parts, body))?;
        // The URL is in the error's text, and the context says it better.
        let answer = self.client.execute(request).await.map_err(reqwest::Error::without_url)?;
        let answer: http::Response<reqwest::Body> = answer.into();
        let (mut parts, body) = answer.into_parts();
        let is_gzip = parts.headers.get(CONTENT_ENCODING).is_some_and(|encoding| encoding == "gzip");
        let body = if is_gzip {
            parts.headers.remove(CONTENT_ENCODING);
            parts.headers.remove(CONTENT_LENGTH);
            Body::new(Gunzip::new(body))
        } else {
            Body::new(body)
        };
        Ok(http::Response::from_parts(parts, body))
    }
}

/// Makes a stream shareable between threads, which reqwest asks for; the lock is never contended.
struct Shared(std::sync::Mutex<Body>);

impl http_body::Body for Shared {
    type Data = bytes::Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<bytes::Bytes>, BoxError>>> {
        let body = self.0.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
        Pin::new(body).poll_frame(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_a_url_and_https_unless_it_says_otherwise() {
        assert_eq!(server_url("10.0.0.1:6443").unwrap().to_string(), "https://10.0.0.1:6443/");
        assert_eq!(server_url("http://localhost:8080/k8s").unwrap().to_string(), "http://localhost:8080/k8s");
        for server in ["", "ftp://a", "https://", "not a url"] {
            assert!(server_url(server).is_err(), "{server}");
        }
    }

    #[test]
    fn another_name_for_tls_keeps_port_and_path() {
        let base = server_url("https://10.0.0.1:6443/k8s").unwrap();
        assert_eq!(renamed(&base, "kubernetes"), "https://kubernetes:6443/k8s");
    }
}
