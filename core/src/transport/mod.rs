//! The network, behind the same seam as the embedded server: hyper with rustls, or a client of reqwest.

mod base;
mod connections;
#[cfg(feature = "reqwest")]
mod foreign;
mod gunzip;
mod route;
mod tls;

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::HeaderValue;
use http::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH};
use tower::Service;

use self::base::Base;
use self::connections::Connections;
use self::gunzip::Gunzip;
use crate::auth::Authorization;
use crate::body::Body;
use crate::config::Config;
use crate::error::{BoxError, Result};

/// client-go gives up on a connection attempt after 30 s.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
/// A silent connection is asked after 30 s and given up 15 s later, as client-go does with HTTP/2.
const PING_AFTER: Duration = Duration::from_secs(30);
const PING_TIMEOUT: Duration = Duration::from_secs(15);
/// A connection that nobody used for so long is closed. client-go, by net/http, does the same.
const IDLE_TIMEOUT: Duration = Duration::from_secs(90);

/// Sends requests over the network.
#[derive(Clone)]
pub(crate) struct Network(Arc<Inner>);

struct Inner {
    through: Through,
    base: Base,
    authorization: Authorization,
    compression: bool,
}

/// What has the connections.
pub(crate) enum Through {
    /// Kubist.
    Own(Box<Connections>),
    /// A client that the program brings along.
    #[cfg(feature = "reqwest")]
    Reqwest(reqwest::Client),
}

impl Through {
    /// Connections as the configuration asks for them; none is made yet.
    pub(crate) fn own(config: &Config) -> Result<Self> {
        Ok(Self::Own(Box::new(Connections::new(config)?)))
    }
}

/// Prepares requests to the server of a configuration, as its user.
pub(crate) fn connect(config: &Config, through: Through) -> Result<Network> {
    let base = Base::parse(&config.server)?;
    Ok(Network(Arc::new(Inner {
        through,
        base,
        authorization: Authorization::new(&config.credentials)?,
        compression: !config.disable_compression,
    })))
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
    async fn send(&self, mut request: http::Request<Body>) -> Result<http::Response<Body>, BoxError> {
        *request.uri_mut() = self.base.join(request.uri())?;
        let headers = request.headers_mut();
        if let Some(value) = self.authorization.header().await? {
            headers.entry(AUTHORIZATION).or_insert(value);
        }
        if self.compression {
            headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("gzip"));
        }
        let mut answer = match &self.through {
            Through::Own(connections) => connections.send(request).await?,
            #[cfg(feature = "reqwest")]
            Through::Reqwest(client) => foreign::send(client, request).await?,
        };
        let headers = answer.headers_mut();
        if headers.get(CONTENT_ENCODING).is_some_and(|encoding| encoding == "gzip") {
            headers.remove(CONTENT_ENCODING);
            headers.remove(CONTENT_LENGTH);
            return Ok(answer.map(|body| Body::new(Gunzip::new(body))));
        }
        Ok(answer)
    }
}
