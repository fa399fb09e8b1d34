//! Requests by verb and path.

use std::time::Duration;

use futures_util::StreamExt as _;
use kubist::types::core::v1::{ConfigMap, Namespace};
use kubist::{List, PatchType, Status, Unstructured, WatchEvent, json};
use serde_json::Value;

use crate::cx::{Cx, event, map, refused, tree};
use crate::{Done, cases};

cases![
    gets_a_typed_value,
    gets_bytes_text_and_trees,
    gets_a_list,
    gets_a_path_of_its_own,
    posts_puts_patches_and_deletes,
    sends_parameters_and_headers,
    streams_bytes,
    streams_watch_events,
    takes_a_namespace_name_and_subresource,
    gives_up_when_its_time_is_up,
    asks_for_yaml,
    refuses_a_format_that_the_server_does_not_speak,
    of_an_unknown_path_is_not_found,
    an_unknown_resource_of_a_known_version_is_a_status,
    an_unknown_method_is_not_allowed,
    health_is_ok,
    a_create_answers_201,
    a_request_that_is_dropped_harms_nobody,
    the_old_path_of_a_watch_works,
    reads_protobuf_where_the_server_speaks_it,
    lists_and_watches_the_same_in_both_formats,
];

async fn gets_a_typed_value(cx: Cx) -> Done {
    let namespace: Namespace = cx.client.rest().get().resource("namespaces").name("default").send().await?.into()?;
    assert_eq!(namespace.metadata.name, "default");
    Ok(())
}

const PROTOBUF_OR_JSON: &str = "application/vnd.kubernetes.protobuf,application/json";

async fn reads_protobuf_where_the_server_speaks_it(cx: Cx) -> Done {
    let request = || cx.client.rest().get().resource("namespaces").name("default");
    let response = request().accept(PROTOBUF_OR_JSON).send().await?;
    let content_type = if cx.is_real() { "application/vnd.kubernetes.protobuf" } else { "application/json" };
    assert_eq!(response.headers()["content-type"], content_type);
    assert_eq!(response.into::<Namespace>()?, request().send().await?.into()?);
    let missing = cx.client.rest().get().resource("namespaces").name("missing").accept(PROTOBUF_OR_JSON).send().await;
    let error = missing.unwrap_err();
    assert_eq!(error.to_string(), r#"get namespaces "missing": not found"#);
    assert_eq!(
        error.status().and_then(|status| status.details.as_ref()).map(|details| &*details.kind),
        Some("namespaces")
    );
    Ok(())
}

async fn lists_and_watches_the_same_in_both_formats(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    for name in ["a", "b", "c"] {
        let mut map = map(name);
        map.data.insert("key", "värdi\n");
        maps.create(&map).await?;
    }
    let request = || cx.client.rest().get().namespace(&cx.ns).resource("configmaps");
    let json = request().accept("application/json").items::<ConfigMap>().await?.collect().await?;
    assert!(json.items.len() >= 3);
    // The version of a list moves with whatever is written anywhere.
    let same =
        || request().param("resourceVersion", &json.metadata.resource_version).param("resourceVersionMatch", "Exact");
    assert_eq!(same().items::<ConfigMap>().await?.collect().await?, json);
    assert_eq!(same().accept(PROTOBUF_OR_JSON).send().await?.list::<ConfigMap>()?, json);
    let mut seen = Vec::new();
    for accept in ["application/json", PROTOBUF_OR_JSON] {
        let mut events = request().param("timeoutSeconds", 5).accept(accept).watch::<ConfigMap>().await?;
        let mut found = Vec::new();
        while found.len() < json.items.len() {
            found.push(events.next().await.ok_or("an event")??);
        }
        found.sort_by_key(|event| event.object().map(|map| map.metadata.name.to_string()));
        seen.push(found);
    }
    assert_eq!(seen[0], seen[1]);
    Ok(())
}

async fn gets_bytes_text_and_trees(cx: Cx) -> Done {
    let request = || cx.client.rest().get().resource("namespaces").name("default");
    let response = request().send().await?;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert!(response.text()?.starts_with('{'));
    let value: Value = serde_json::from_slice(response.bytes())?;
    assert_eq!(value["kind"], "Namespace");
    assert_eq!(request().send().await?.json::<Value>()?["metadata"]["uid"], value["metadata"]["uid"]);
    Ok(())
}

async fn gets_a_list(cx: Cx) -> Done {
    let list: List<Unstructured> = cx.client.rest().get().resource("namespaces").send().await?.list()?;
    assert!(list.items.len() >= 4);
    assert_eq!(list.items[0].kind(), "Namespace");
    Ok(())
}

async fn gets_a_path_of_its_own(cx: Cx) -> Done {
    let value: Value = cx.client.rest().get().abs_path("/api/v1/namespaces/default").send().await?.json()?;
    assert_eq!(value["metadata"]["name"], "default");
    Ok(())
}

async fn posts_puts_patches_and_deletes(cx: Cx) -> Done {
    cx.namespace().await?;
    let rest = cx.client.rest();
    let created: ConfigMap =
        rest.post().namespace(&cx.ns).resource("configmaps").json(&tree(&map("theme"))).send().await?.into()?;
    let mut changed = created.clone();
    changed.data.insert("a", "1");
    let at = |request: kubist::rest::Request| request.namespace(&cx.ns).resource("configmaps").name("theme");
    let updated: ConfigMap = at(rest.put()).json(&tree(&changed)).send().await?.into()?;
    assert_eq!(&updated.data["a"], "1");
    let patch = json!({"data": {"a": "2"}});
    let patched: ConfigMap = at(rest.patch(PatchType::Merge)).body(patch.to_string()).send().await?.into()?;
    assert_eq!(&patched.data["a"], "2");
    let status: Status = at(rest.delete()).send().await?.json()?;
    assert_eq!(status.status, "Success");
    Ok(())
}

async fn sends_parameters_and_headers(cx: Cx) -> Done {
    let request = cx.client.rest().get().resource("namespaces").param("limit", 1).param("labelSelector", "a=b c");
    assert_eq!(refused(request.send().await).code, 400);
    let request = cx.client.rest().get().resource("namespaces").params([("limit", 1)]);
    let list: List<Namespace> = request.header("x-of-ours", "yes").send().await?.list()?;
    assert_eq!(list.items.len(), 1);
    Ok(())
}

async fn streams_bytes(cx: Cx) -> Done {
    let mut stream = cx.client.rest().get().resource("namespaces").stream().await?;
    let mut body = Vec::new();
    while let Some(bytes) = stream.next().await {
        body.extend_from_slice(&bytes?);
    }
    assert_eq!(serde_json::from_slice::<Value>(&body)?["kind"], "NamespaceList");
    Ok(())
}

async fn streams_watch_events(cx: Cx) -> Done {
    let request = cx.client.rest().get().resource("namespaces").param("fieldSelector", "metadata.name=default");
    let mut events = request.param("watch", true).watch::<Namespace>().await?;
    let WatchEvent::Added(namespace) = event(&mut events).await? else { panic!("not an addition") };
    assert_eq!(namespace.metadata.name, "default");
    Ok(())
}

async fn takes_a_namespace_name_and_subresource(cx: Cx) -> Done {
    let response = cx.client.rest().get().resource("namespaces").name("default").subresource("status").send().await?;
    assert_eq!(response.into::<Namespace>()?.status.phase, "Active");
    Ok(())
}

async fn gives_up_when_its_time_is_up(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let future = maps.list().await?.metadata.resource_version.as_str().parse::<u64>()? + 100_000;
    // The server waits some seconds for a version that is still to come.
    let request = cx.client.rest().get().namespace(&cx.ns).resource("configmaps").param("resourceVersion", future);
    let error = request.timeout(Duration::from_millis(50)).send().await.unwrap_err();
    assert!(error.is_timeout() && error.is_retryable(), "{error}");
    Ok(())
}

async fn asks_for_yaml(cx: Cx) -> Done {
    let request = cx.client.rest().get().resource("namespaces").name("default").accept("application/yaml");
    let response = request.send().await?;
    assert_eq!(response.headers()["content-type"], "application/yaml");
    assert!(response.text()?.contains("kind: Namespace\n"));
    Ok(())
}

async fn refuses_a_format_that_the_server_does_not_speak(cx: Cx) -> Done {
    let request = cx.client.rest().get().resource("namespaces").name("default").accept("text/html");
    let status = refused(request.send().await);
    assert_eq!((status.code, status.reason.as_str()), (406, "NotAcceptable"));
    Ok(())
}

async fn of_an_unknown_path_is_not_found(cx: Cx) -> Done {
    let error = cx.client.rest().get().api("nosuch.example.com", "v1").resource("things").send().await.unwrap_err();
    assert_eq!(error.code(), Some(404));
    assert!(error.is_not_found(), "{error}");
    Ok(())
}

async fn an_unknown_resource_of_a_known_version_is_a_status(cx: Cx) -> Done {
    let status = refused(cx.client.rest().get().resource("nosuchthings").send().await);
    assert_eq!((status.code, status.reason.as_str()), (404, "NotFound"));
    assert_eq!(status.message, "the server could not find the requested resource");
    Ok(())
}

async fn an_unknown_method_is_not_allowed(cx: Cx) -> Done {
    let status = refused(cx.client.rest().put().resource("namespaces").json(&json!({})).send().await);
    assert_eq!((status.code, status.reason.as_str()), (405, "MethodNotAllowed"));
    assert_eq!(status.message, "the server does not allow this method on the requested resource");
    Ok(())
}

async fn health_is_ok(cx: Cx) -> Done {
    for path in ["/healthz", "/livez", "/readyz"] {
        assert_eq!(cx.client.rest().get().abs_path(path).send().await?.text()?, "ok", "{path}");
    }
    Ok(())
}

async fn a_create_answers_201(cx: Cx) -> Done {
    cx.namespace().await?;
    let request = cx.client.rest().post().namespace(&cx.ns).resource("configmaps").json(&tree(&map("theme")));
    assert_eq!(request.send().await?.status(), 201);
    Ok(())
}

async fn a_request_that_is_dropped_harms_nobody(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    for _ in 0..20 {
        let request = maps.list().into_future();
        tokio::time::timeout(Duration::from_micros(50), request).await.ok();
    }
    assert!(maps.list().await?.items.is_empty());
    Ok(())
}

async fn the_old_path_of_a_watch_works(cx: Cx) -> Done {
    let path = "/api/v1/watch/namespaces/default";
    let mut events = cx.client.rest().get().abs_path(path).param("timeoutSeconds", 5).watch::<Namespace>().await?;
    assert!(matches!(event(&mut events).await?, WatchEvent::Added(_)));
    Ok(())
}
