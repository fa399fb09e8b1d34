use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use futures_util::StreamExt;
use http::Method;
use kubist_model::{Reason, Unstructured, WatchEvent};

use crate::body::Body;
use crate::client::Client;
use crate::error::BoxError;

type Answers = Vec<http::Response<Body>>;

/// A client whose requests are written down and answered one after the other.
pub(super) fn client(answers: Answers) -> (Client, Arc<Mutex<Vec<http::Request<Body>>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let answers = Arc::new(Mutex::new(answers.into_iter()));
    let journal = Arc::clone(&seen);
    let service = tower::service_fn(move |request: http::Request<Body>| {
        journal.lock().unwrap().push(request);
        let answer = answers.lock().unwrap().next().expect("no request more than answers");
        async move { Ok::<_, Infallible>(answer) }
    });
    (Client::from_service(service), seen)
}

pub(super) fn answer(code: u16, body: &str) -> http::Response<Body> {
    let builder = http::Response::builder().status(code).header("content-type", "application/json");
    builder.body(body.to_owned().into()).unwrap()
}

/// A body that comes in pieces.
struct Pieces(std::vec::IntoIter<Result<&'static str, BoxError>>);

impl http_body::Body for Pieces {
    type Data = bytes::Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<bytes::Bytes>, BoxError>>> {
        Poll::Ready(self.0.next().map(|piece| piece.map(|piece| http_body::Frame::data(piece.into()))))
    }
}

pub(super) fn pieces(pieces: Vec<Result<&'static str, BoxError>>) -> http::Response<Body> {
    http::Response::new(Body::new(Pieces(pieces.into_iter())))
}

#[tokio::test]
async fn every_part_finds_its_place_in_the_request() {
    let (client, seen) = client(vec![answer(200, "{}"), answer(200, "{}"), answer(200, "{}")]);
    let rest = client.rest();
    let request =
        rest.put().api("apps", "v1").namespace("prod").resource("deployments").name("web").subresource("status");
    request.param("dryRun", "All").param("fieldManager", "a b&c").header("x-test", "1").json(&1).send().await.unwrap();
    rest.get().resource("nodes").name("a b").send().await.unwrap();
    rest.verb(Method::OPTIONS).abs_path("/version?x=1").param("y", 2).send().await.unwrap();

    let seen = seen.lock().unwrap();
    let uri = "/apis/apps/v1/namespaces/prod/deployments/web/status?dryRun=All&fieldManager=a%20b%26c";
    assert_eq!(seen[0].uri(), uri);
    assert_eq!(seen[0].method(), Method::PUT);
    assert_eq!(seen[0].headers()["content-type"], "application/json");
    assert_eq!(seen[0].headers()["accept"], "application/json");
    assert_eq!(seen[0].headers()["x-test"], "1");
    assert!(seen[0].headers()["user-agent"].to_str().unwrap().starts_with("kubist/"));
    assert_eq!(seen[0].body().as_bytes(), Some(&b"1"[..]));
    assert_eq!(seen[1].uri(), "/api/v1/nodes/a%20b");
    assert_eq!(seen[2].uri(), "/version?x=1&y=2");
}

#[tokio::test]
async fn a_name_that_would_leave_its_place_is_never_sent() {
    let (client, seen) = client(Vec::new());
    for (name, problem) in [("", "the name is empty"), ("..", "name \"..\" is not"), ("a/b", "name \"a/b\" is not")] {
        let error = client.rest().get().namespace("prod").resource("pods").name(name).send().await.unwrap_err();
        assert!(error.to_string().contains(problem), "{error}");
    }
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_status_becomes_an_error_with_its_place() {
    let body = r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"pods \"web\" not found","reason":"NotFound","details":{"name":"web","kind":"pods"},"code":404}"#;
    let (client, _) = client(vec![answer(404, body)]);
    let error = client.rest().get().namespace("prod").resource("pods").name("web").send().await.unwrap_err();
    assert_eq!(error.to_string(), r#"get pods "web" in "prod": not found"#);
    assert!(error.is_not_found());
    assert_eq!(error.code(), Some(404));
}

#[tokio::test]
async fn answers_that_are_not_kubernetes_own_are_told_apart() {
    for (code, body, problem, reason) in [
        (
            502,
            "<html><title>Bad Gateway</title>",
            "the answer is not the API server's (HTTP 502",
            Reason::InternalError,
        ),
        (404, "", "the answer is empty (HTTP 404", Reason::NotFound),
        (200, "", "the answer is empty (HTTP 200", Reason::Unknown),
        (200, "hello", "the answer is not the API server's (HTTP 200, application/json): hello", Reason::Unknown),
        (200, r#"{"kind": "Po"#, "the answer cannot be read", Reason::Unknown),
    ] {
        let (client, _) = client(vec![answer(code, body)]);
        let answer = client.rest().get().resource("pods").send().await;
        let error = answer.and_then(super::response::Response::into::<Unstructured>).unwrap_err();
        assert!(error.to_string().contains(problem), "{error}");
        assert_eq!(error.reason(), reason, "{error}");
        assert!(error.is_unexpected_answer());
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_asks_to_wait_is_asked_again() {
    let later = || {
        let mut answer = answer(429, "{}");
        answer.headers_mut().insert("retry-after", http::HeaderValue::from_static("2"));
        answer
    };
    let (client, seen) = client(vec![later(), later(), answer(201, "{}")]);
    let before = tokio::time::Instant::now();
    let response = client.rest().post().resource("pods").body("{}").send().await.unwrap();
    assert_eq!(response.status(), 201);
    assert_eq!(before.elapsed(), Duration::from_secs(4));
    assert_eq!(seen.lock().unwrap().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_request_has_an_end() {
    let service =
        tower::service_fn(|_: http::Request<Body>| std::future::pending::<Result<http::Response<Body>, Infallible>>());
    let client = Client::from_service(service);
    let error = client.rest().get().resource("pods").timeout(Duration::from_secs(3)).send().await.unwrap_err();
    assert_eq!(error.to_string(), "list pods: no answer within 3s");
    assert!(error.is_timeout() && error.is_retryable());
}

const ADDED: &str = r#"{"type":"ADDED","object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}}"#;

#[tokio::test]
async fn events_are_found_however_the_bytes_are_cut() {
    let (client, seen) = client(vec![pieces(vec![
        Ok("{\"type\":\"ADDED\",\"object\":{\"apiVersion\":\"v1\",\"kind\":\"P"),
        Ok(
            "od\",\"metadata\":{\"name\":\"a\"}}}\n\n{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"7\",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}}}}\n",
        ),
        Ok(
            "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"Expired\",\"code\":410}}",
        ),
    ])]);
    let events = client.rest().get().resource("pods").watch::<Unstructured>().await.unwrap();
    let events: Vec<_> = events.map(|event| event.unwrap()).collect().await;
    assert!(matches!(&events[0], WatchEvent::Added(pod) if pod.kind() == "Pod"));
    assert_eq!(events[1], WatchEvent::Bookmark { resource_version: "7".into(), initial_events_end: true });
    assert!(matches!(&events[2], WatchEvent::Error(status) if status.reason == Reason::Expired));
    assert_eq!(seen.lock().unwrap()[0].uri(), "/api/v1/pods?watch=true");
}

#[tokio::test]
async fn half_an_event_at_the_end_is_an_error() {
    let (client, _) = client(vec![pieces(vec![Ok(ADDED), Ok("\n"), Ok("{\"type\":\"ADD")])]);
    let events = client.rest().get().resource("pods").watch::<Unstructured>().await.unwrap();
    let events: Vec<_> = events.collect().await;
    assert_eq!(events.len(), 2);
    assert!(events[0].is_ok());
    assert!(events[1].as_ref().unwrap_err().to_string().starts_with("watch pods: the answer cannot be read"));
}
