//! The server as a `tower::Service`.

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use crate::body::Body;
use crate::handlers::{self, BODY_LIMIT};
use crate::shared::Shared;

/// Answers HTTP requests as a Kubernetes API server; clones share one cluster.
///
/// Watches and waits use tokio's time, so it runs inside a tokio runtime with its timer on; tests may pause it.
#[derive(Clone)]
pub struct Service {
    shared: Arc<Shared>,
}

impl Service {
    pub(crate) fn new(shared: Arc<Shared>) -> Service {
        Service { shared }
    }
}

impl<B> tower::Service<http::Request<B>> for Service
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let shared = Arc::clone(&self.shared);
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let response = match Limited::new(body, BODY_LIMIT).collect().await {
                Ok(body) => handlers::answer(&shared, http::Request::from_parts(parts, body.to_bytes())).await,
                Err(error) if error.is::<LengthLimitError>() => handlers::too_large(),
                Err(error) => handlers::unreadable(&*error),
            };
            Ok(response)
        })
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").finish_non_exhaustive()
    }
}
