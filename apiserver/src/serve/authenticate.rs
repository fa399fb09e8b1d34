//! Who may ask: whoever knows the token.

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{Method, Request, Response};

use super::ending::Ending;
use super::stop::Stop;
use crate::body::Body;
use crate::handlers;
use crate::service::Service;

/// Pages that anybody may get.
///
/// Source: the role `system:public-info-viewer`,
/// <https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles>.
const PUBLIC: [&str; 5] = ["/healthz", "/livez", "/readyz", "/version", "/version/"];

/// Answers requests that carry the token, and refuses others.
#[derive(Clone)]
pub(super) struct Authenticate {
    service: Service,
    token: Arc<str>,
    stop: Stop,
}

impl Authenticate {
    pub(super) fn new(service: Service, token: &str, stop: Stop) -> Authenticate {
        Authenticate { service, token: token.into(), stop }
    }

    fn admits<B>(&self, request: &Request<B>) -> bool {
        if request.method() == Method::GET && PUBLIC.contains(&request.uri().path()) {
            return true;
        }
        let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let Some((scheme, token)) = header.and_then(|header| header.trim().split_once(' ')) else { return false };
        scheme.eq_ignore_ascii_case("Bearer") && is_same(token.trim(), &self.token)
    }
}

/// Compares in a time that depends on the lengths only.
fn is_same(given: &str, expected: &str) -> bool {
    let differing = given.bytes().zip(expected.bytes()).fold(0, |differing, (a, b)| differing | (a ^ b));
    given.len() == expected.len() && std::hint::black_box(differing) == 0
}

impl<B> tower::Service<Request<B>> for Authenticate
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Response = Response<Ending>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        tower::Service::<Request<B>>::poll_ready(&mut self.service, cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let stop = self.stop.clone();
        let end = move |response: Response<Body>| response.map(|body| Ending::new(body, stop));
        if !self.admits(&request) {
            return Box::pin(async move { Ok(end(handlers::unauthorized())) });
        }
        let response = tower::Service::call(&mut self.service, request);
        Box::pin(async move { response.await.map(end) })
    }
}

impl fmt::Debug for Authenticate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authenticate").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::{BodyExt as _, Empty};
    use tower::ServiceExt as _;

    use super::super::stop;
    use super::*;
    use crate::server::Server;

    async fn ask(method: Method, path: &str, header: Option<&str>) -> (u16, String) {
        let (_stopper, stop) = stop::channel();
        let mut request = Request::builder().method(method).uri(path);
        if let Some(header) = header {
            request = request.header(AUTHORIZATION, header);
        }
        let request = request.body(Empty::<Bytes>::new()).unwrap();
        let service = Authenticate::new(Server::new().service(), "secret", stop);
        let response = service.oneshot(request).await.unwrap();
        let code = response.status().as_u16();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (code, String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn requests_without_the_token_are_refused_as_a_real_server_does() {
        let refusal = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\
                       \"message\":\"Unauthorized\",\"reason\":\"Unauthorized\",\"code\":401}\n";
        for header in
            [None, Some("secret"), Some("Basic secret"), Some("Bearer"), Some("Bearer secre"), Some("Bearer xecret")]
        {
            let (code, body) = ask(Method::GET, "/api/v1/namespaces", header).await;
            let (body, refusal): (serde_json::Value, serde_json::Value) =
                (serde_json::from_str(&body).unwrap(), serde_json::from_str(refusal).unwrap());
            assert_eq!((code, body), (401, refusal), "{header:?}");
        }
    }

    #[tokio::test]
    async fn requests_with_the_token_are_answered() {
        for header in ["Bearer secret", "bearer secret", "Bearer  secret "] {
            let (code, _) = ask(Method::GET, "/api/v1/namespaces", Some(header)).await;
            assert_eq!(code, 200, "{header}");
        }
    }

    #[tokio::test]
    async fn health_and_version_are_public_to_read() {
        for path in ["/healthz", "/livez", "/readyz", "/version"] {
            assert_eq!(ask(Method::GET, path, None).await.0, 200, "{path}");
            assert_eq!(ask(Method::POST, path, None).await.0, 401, "{path}");
        }
    }

    #[test]
    fn the_token_is_never_printed() {
        let (_stopper, stop) = stop::channel();
        let service = Authenticate::new(Server::new().service(), "secret", stop);
        assert!(!format!("{service:?}").contains("secret"));
    }
}
