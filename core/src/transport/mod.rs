//! The network: reqwest with rustls, behind the same seam as the embedded server.

mod gunzip;
mod tls;

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, HOST};
use http::{HeaderValue, Uri};
use reqwest::Url;
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
    /// Scheme, authority and path prefix, without a slash at the end where there is a prefix.
    base: Url,
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
        base: base.trim_end_matches('/').parse().map_err(|_| Error::config(format!("server {base:?} is no URL")))?,
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

/// Puts path and query behind the base, whose scheme and host are read once and not for each request.
fn behind(base: &Url, uri: &Uri) -> Url {
    let mut url = base.clone();
    match base.path() {
        "/" => url.set_path(uri.path()),
        prefix => url.set_path(&[prefix, uri.path()].concat()),
    }
    url.set_query(uri.query());
    url
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
        let (parts, body) = request.into_parts();
        let mut request = reqwest::Request::new(parts.method, behind(&self.base, &parts.uri));
        *request.version_mut() = parts.version;
        let mut headers = parts.headers;
        if let Some(value) = self.authorization.header().await? {
            headers.entry(AUTHORIZATION).or_insert(value);
        }
        if let Some(host) = &self.host {
            headers.entry(HOST).or_insert_with(|| host.clone());
        }
        if self.compression {
            headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("gzip"));
        }
        *request.headers_mut() = headers;
        *request.body_mut() = Some(match body.into_bytes() {
            Ok(bytes) => reqwest::Body::from(bytes),
            Err(stream) => reqwest::Body::wrap(Shared(std::sync::Mutex::new(stream))),
        });
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
    fn path_and_query_go_behind_the_base_as_they_are() {
        let paths = [
            "/",
            "/api/v1/pods?limit=500&labelSelector=app%3Dweb%2Ctier%20in%20%28a%29",
            "/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node%2Fa%20b",
            "/version?",
        ];
        for base in ["https://10.0.0.1:6443", "http://localhost:8080/k8s", "https://[::1]:6443/a/b"] {
            for path in paths {
                let url = behind(&base.parse().unwrap(), &path.parse().unwrap());
                assert_eq!(url.as_str(), format!("{base}{path}"));
            }
        }
    }

    #[test]
    fn another_name_for_tls_keeps_port_and_path() {
        let base = server_url("https://10.0.0.1:6443/k8s").unwrap();
        assert_eq!(renamed(&base, "kubernetes"), "https://kubernetes:6443/k8s");
    }
}
