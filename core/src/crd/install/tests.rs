use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use tokio::time::Instant;

use super::*;
use crate::body::Body;

/// A server that establishes a definition only after it was read so often, and whose watches end at once.
fn slow(reads: usize) -> (Client, Arc<AtomicUsize>) {
    let seen = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&seen);
    let service = tower::service_fn(move |request: http::Request<Body>| {
        let is_watch = request.uri().query().is_some_and(|query| query.contains("watch="));
        let is_definition = request.uri().path().ends_with("/lamps.example.com");
        let reads_now = if is_definition && !is_watch { counter.fetch_add(1, Ordering::Relaxed) } else { 0 };
        let names = json!({ "plural": "lamps", "kind": "Lamp", "singular": "lamp", "listKind": "LampList" });
        let mut body = json!({
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": { "name": "lamps.example.com", "resourceVersion": "5" },
            "spec": {
                "group": "example.com", "scope": "Cluster", "names": names,
                "versions": [{ "name": "v1", "served": true, "storage": true }],
            },
        });
        if reads_now >= reads {
            body["status"] = json!({
                "acceptedNames": names, "conditions": [{ "type": "Established", "status": "True" }], "storedVersions": ["v1"],
            });
        }
        if request.uri().path() == "/apis/example.com/v1" {
            body = json!({ "kind": "APIResourceList", "resources": [{ "name": "lamps" }] });
        }
        let body = if is_watch { String::new() } else { body.to_string() };
        let answer = http::Response::builder().header("content-type", "application/json").body(Body::from(body));
        async move { Ok::<_, Infallible>(answer.unwrap()) }
    });
    (Client::from_service(service), seen)
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_ends_at_once_is_opened_again_after_a_pause_that_grows() {
    let (client, reads) = slow(8);
    let lamps: CustomResourceDefinition = serde_json::from_value(json!({
        "metadata": { "name": "lamps.example.com" },
        "spec": {
            "group": "example.com", "scope": "Cluster", "names": { "plural": "lamps", "kind": "Lamp" },
            "versions": [{ "name": "v1", "served": true, "storage": true }],
        },
    }))
    .unwrap();
    let begin = Instant::now();
    assert_eq!(install(&client, &[lamps]).await.unwrap(), [Installed::Unchanged]);
    assert_eq!(reads.load(Ordering::Relaxed), 9);
    // 20, 40, 80, 160, 320, 640 ms and 1 s; the first read is the one before the write.
    assert_eq!(begin.elapsed(), Duration::from_millis(2260));
}
