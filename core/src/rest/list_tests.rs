//! Lists that come in pieces.

use futures_util::StreamExt;
use kubist_model::{Format, Object, Unstructured, WatchEvent, Wire as _};
use kubist_types::core::v1::Pod;

use super::tests::{answer, client, pieces};
use crate::error::{BoxError, Error};

type Pieces = Vec<Result<&'static str, &'static str>>;

/// What comes out of a list whose body comes in these pieces: the names, and the error at the end.
async fn read(body: Pieces) -> (Vec<String>, Option<Error>) {
    let body = body.into_iter().map(|piece| piece.map_err(BoxError::from)).collect();
    let (client, _) = client(vec![pieces(body)]);
    let mut items = client.rest().get().resource("pods").items::<Pod>().await.unwrap();
    let mut names = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => names.push(item.name().to_owned()),
            Err(error) => {
                assert!(items.next().await.is_none(), "a stream ends behind its error");
                return (names, Some(error));
            }
        }
    }
    (names, None)
}

const HEAD: &str = r#"{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":["#;

/// The error of a list that breaks off behind one pod, with this line and its cause.
async fn fails(body: Pieces, line: &str) -> Error {
    let (names, error) = read(body).await;
    assert_eq!(names, ["a"]);
    let error = error.expect("an error");
    assert_eq!(format!("{error:?}"), line);
    error
}

const A: &str = r#"{"metadata":{"name":"a"}},"#;

#[tokio::test]
async fn objects_come_before_the_list_has_ended() {
    let body = http_body_util::StreamBody::new(
        futures_util::stream::iter([HEAD, A])
            .map(|piece| Ok::<_, BoxError>(http_body::Frame::data(piece.into())))
            .chain(futures_util::stream::pending()),
    );
    let (client, _) = client(vec![http::Response::new(crate::body::Body::new(body))]);
    let mut items = client.rest().get().resource("pods").items::<Unstructured>().await.unwrap();
    let pod = items.next().await.unwrap().unwrap();
    assert_eq!((pod.kind(), pod.name()), ("Pod", "a"));
    assert_eq!(items.metadata().unwrap().resource_version, "7");
}

#[tokio::test(start_paused = true)]
async fn a_body_that_falls_silent_is_given_up() {
    let body = futures_util::stream::iter([HEAD, A])
        .map(|piece| Ok::<_, BoxError>(http_body::Frame::data(piece.into())))
        .chain(futures_util::stream::pending());
    let body = crate::body::Body::new(http_body_util::StreamBody::new(body));
    let (client, _) = client(vec![http::Response::new(body)]);
    let mut items = client.rest().get().resource("pods").items::<Unstructured>().await.unwrap();
    items.next().await.unwrap().unwrap();
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "list pods: no answer within 60s");
    assert!(error.is_timeout());
}

#[tokio::test]
async fn a_cut_connection_tells_how_far_it_got() {
    let line = "list pods: the connection broke behind 1 objects\n  caused by: reset by peer";
    let error = fails(vec![Ok(HEAD), Ok(A), Ok(r#"{"meta"#), Err("reset by peer")], line).await;
    assert!(error.is_transport() && error.is_retryable());
    let line = "list pods: the answer cannot be read\n  caused by: .items[1]: it ends in the middle, after 112 bytes";
    fails(vec![Ok(HEAD), Ok(A), Ok(r#"{"meta"#)], line).await;
}

#[tokio::test]
async fn a_broken_object_is_named() {
    let broken = r#"{"spec":5,"metadata":{"name":"b","namespace":"prod"}}]}"#;
    let (_, error) = read(vec![Ok(HEAD), Ok(A), Ok(broken)]).await;
    let error = format!("{:?}", error.unwrap());
    assert!(error.contains(r#".items[1].spec of "b" in "prod": expected an object, found 5"#), "{error}");
}

const STATUS: &str = r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"etcd is away","reason":"InternalError","code":500}"#;

#[tokio::test]
async fn a_status_in_the_middle_says_what_went_wrong() {
    for broken in [r#"{"metadata":{"name":"b""#, r#"{"metadata":{"name":"b"#] {
        let error = fails(vec![Ok(HEAD), Ok(A), Ok(broken), Ok(STATUS), Ok("\n")], "list pods: etcd is away").await;
        assert_eq!(error.code(), Some(500));
    }
    // Between two objects, and in two pieces.
    let whole = r#"{"metadata":{"name":"a"}}"#;
    fails(vec![Ok(HEAD), Ok(whole), Ok(&STATUS[..40]), Ok(&STATUS[40..])], "list pods: etcd is away").await;
    let line = "list pods: the answer cannot be read\n  caused by: .items[1]: a Status stands where an object should: etcd is away";
    fails(vec![Ok(HEAD), Ok(A), Ok(STATUS), Ok("]}")], line).await;
    let (_, error) = read(vec![Ok(STATUS)]).await;
    assert_eq!(error.unwrap().to_string(), "list pods: etcd is away");
}

#[tokio::test]
async fn what_is_no_list_is_told_apart() {
    for (body, line) in [
        (vec![], "list pods: the answer is empty (HTTP 200)"),
        (vec![Ok(" \n")], "list pods: the answer is empty (HTTP 200)"),
        (vec![Ok("hello")], "list pods: the answer is not the API server's (HTTP 200): hello"),
    ] {
        let (names, error) = read(body).await;
        assert!(names.is_empty());
        assert_eq!(error.unwrap().to_string(), line);
    }
}

#[tokio::test]
async fn kinds_that_protobuf_knows_are_asked_for_in_it() {
    let (speaking, seen) = client(vec![answer(200, HEAD), answer(200, HEAD), answer(200, HEAD)]);
    let request = || speaking.rest().get().resource("pods");
    drop(request().items::<Pod>().await.unwrap());
    drop(request().items::<Unstructured>().await.unwrap());
    drop(request().accept("application/json").items::<Pod>().await.unwrap());
    let accepted: Vec<_> = seen.lock().unwrap().iter().map(|request| request.headers()["accept"].clone()).collect();
    assert_eq!(
        accepted,
        ["application/vnd.kubernetes.protobuf,application/json", "application/json", "application/json"]
    );

    let service = tower::service_fn(|request: http::Request<crate::body::Body>| async move {
        assert_eq!(request.headers()["accept"], "application/json");
        Ok::<_, BoxError>(answer(200, HEAD))
    });
    let json = crate::client::Client::builder().service(service).json_only().build().unwrap();
    drop(json.rest().get().resource("pods").items::<Pod>().await.unwrap());
}

fn protobuf(body: Vec<u8>) -> http::Response<crate::body::Body> {
    let answer = http::Response::builder().header("content-type", "application/vnd.kubernetes.protobuf;stream=watch");
    answer.body(body.into()).unwrap()
}

#[tokio::test]
async fn events_in_protobuf_come_behind_their_length() {
    let mut pod = Pod::default();
    pod.metadata.name = "a".into();
    pod.metadata.resource_version = "7".into();
    let mut object = Vec::new();
    pod.encode(Format::Protobuf, &mut object).unwrap();
    let short = |length: usize| u8::try_from(length).unwrap();
    let mut body = Vec::new();
    for event in ["ADDED", "BOOKMARK"] {
        let mut frame = vec![0x0a, short(event.len())];
        frame.extend_from_slice(event.as_bytes());
        frame.extend_from_slice(&[0x12, short(object.len() + 2), 0x0a, short(object.len())]);
        frame.extend_from_slice(&object);
        body.extend_from_slice(&[0, 0, 0, short(frame.len())]);
        body.extend_from_slice(&frame);
    }
    let (client, _) = client(vec![protobuf(body.clone()), protobuf(body[..body.len() - 1].to_vec())]);
    let events: Vec<_> = client.rest().get().resource("pods").watch::<Pod>().await.unwrap().collect().await;
    assert!(matches!(&events[0], Ok(WatchEvent::Added(found)) if *found == pod));
    let bookmark = WatchEvent::Bookmark { resource_version: "7".into(), initial_events_end: false };
    assert_eq!(*events[1].as_ref().unwrap(), bookmark);
    assert_eq!(events.len(), 2);
    let events: Vec<_> = client.rest().get().resource("pods").watch::<Pod>().await.unwrap().collect().await;
    assert!(events[0].is_ok() && events[1].is_err() && events.len() == 2);
}

#[tokio::test]
async fn a_list_in_one_piece_is_read_in_steps() {
    let object =
        |index: usize| format!(r#"{{"metadata":{{"name":"pod-{index}"}},"spec":{{"x":"{}"}}}}"#, "y".repeat(50));
    let objects: Vec<String> = (0..5000).map(object).collect();
    let text = format!("{HEAD}{}]}}", objects.join(","));
    let (client, _) = client(vec![answer(200, &text)]);
    let list = client.rest().get().resource("pods").items::<Unstructured>().await.unwrap().collect().await.unwrap();
    assert_eq!(list.items.len(), 5000);
    assert_eq!(list.items[4999].name(), "pod-4999");
    assert_eq!(list.metadata.resource_version, "7");
}
