//! Bodies that end with their server.

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};

use super::stop::Stop;
use crate::body::Body;

/// The body of an answer. A watch ends as if it had timed out when the server stops; other bodies are whole.
pub(super) struct Ending {
    body: Body,
    /// Unset for bodies of a known length, which would be cut off.
    stop: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
}

impl Ending {
    pub(super) fn new(body: Body, mut stop: Stop) -> Ending {
        let is_watch = body.size_hint().exact().is_none();
        Ending { body, stop: is_watch.then(|| Box::pin(async move { stop.announced().await }) as _) }
    }
}

impl http_body::Body for Ending {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let is_over = self.stop.as_mut().is_some_and(|stop| stop.as_mut().poll(cx).is_ready());
        if is_over {
            self.stop = None;
            self.body = Bytes::new().into();
        }
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl fmt::Debug for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ending").field("body", &self.body).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::{BodyExt as _, Empty};
    use tower::ServiceExt as _;

    use super::super::stop;
    use super::*;
    use crate::server::Server;

    async fn body(path: &str) -> Body {
        let request = http::Request::get(path).body(Empty::<Bytes>::new()).unwrap();
        Server::new().service().oneshot(request).await.unwrap().into_body()
    }

    #[tokio::test]
    async fn a_watch_ends_when_the_server_stops() {
        let (stopper, stop) = stop::channel();
        let watch = Ending::new(body("/api/v1/configmaps?watch=true").await, stop);
        drop(stopper);
        assert!(watch.collect().await.unwrap().to_bytes().is_empty());
    }

    #[tokio::test]
    async fn an_object_is_whole_even_so() {
        let (stopper, stop) = stop::channel();
        let object = Ending::new(body("/api/v1/namespaces/default").await, stop);
        drop(stopper);
        assert!(!object.collect().await.unwrap().to_bytes().is_empty());
    }
}
