//! Connections to the server, kept while they are used.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::Uri;
use hyper_rustls::{FixedServerNameResolver, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tower::{Service, ServiceExt as _};

use super::route::Route;
use super::{CONNECT_TIMEOUT, IDLE_TIMEOUT, PING_AFTER, PING_TIMEOUT, tls};
use crate::body::Body;
use crate::config::Config;
use crate::error::{BoxError, Result};

/// Connections to one server.
pub(crate) struct Connections(Client<InTime, Body>);

impl Connections {
    pub(super) fn new(config: &Config) -> Result<Self> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_keepalive(Some(PING_AFTER));
        let https = HttpsConnectorBuilder::new().with_tls_config(tls::client_config(config)?).https_or_http();
        let https = match tls::server_name(config)? {
            None => https,
            Some(name) => https.with_server_name_resolver(FixedServerNameResolver::new(name)),
        };
        let connector = InTime(Arc::new(https.enable_all_versions().wrap_connector(Route::new(config, tcp)?)));
        let mut builder = Client::builder(TokioExecutor::new());
        builder
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .http2_keep_alive_interval(PING_AFTER)
            .http2_keep_alive_timeout(PING_TIMEOUT)
            .http2_keep_alive_while_idle(true);
        Ok(Self(builder.build(connector)))
    }

    pub(super) async fn send(&self, request: http::Request<Body>) -> Result<http::Response<Body>, BoxError> {
        Ok(self.0.request(request).await?.map(Body::new))
    }
}

/// Gives up on a connection that is not there in time, its handshake included.
///
/// Each request has a copy of it, so that a copy is one pointer.
#[derive(Clone)]
struct InTime(Arc<HttpsConnector<Route>>);

type Connection = <HttpsConnector<Route> as Service<Uri>>::Response;

impl Service<Uri> for InTime {
    type Response = Connection;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Connection, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let connecting = HttpsConnector::clone(&self.0).oneshot(server);
        Box::pin(async move {
            match tokio::time::timeout(CONNECT_TIMEOUT, connecting).await {
                Ok(connected) => connected,
                Err(_) => Err(format!("no connection within {CONNECT_TIMEOUT:?}").into()),
            }
        })
    }
}
