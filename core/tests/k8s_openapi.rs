//! The same generic function runs over Kubist's kinds and over those of `k8s-openapi`.

#![cfg(feature = "k8s-openapi")]

use kubist::k8s_openapi::api::core::v1::Pod as TheirPod;
use kubist::types::core::v1::Pod as OurPod;
use kubist::{Format, HasStatus, List, ManagedFields, Metadata as _, Namespaced, WatchEvent};
use serde_json::json;

/// What a program does with objects of any namespaced kind, without a server: it decodes, reads, writes and encodes them.
fn tour<K: Namespaced + HasStatus>() -> serde_json::Value {
    let pod = json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": "web", "namespace": "prod", "labels": {"app": "web"}, "resourceVersion": "7",
            "creationTimestamp": "2026-11-24T09:00:00Z", "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "uid": "u"}]},
        "spec": {"containers": [{"name": "app", "image": "nginx"}]},
    });
    let mut object = K::decode(pod.to_string().as_bytes(), Format::Json).expect("a pod");
    assert_eq!((object.name(), object.namespace(), object.resource_version()), ("web", "prod", "7"));
    assert_eq!((object.label("app"), object.labels()), (Some("web"), vec![("app", "web")]));
    assert_eq!(object.creation_timestamp().expect("it was created").to_string(), "2026-11-24T09:00:00Z");
    assert_eq!(object.owner_references()[0].kind, "ReplicaSet");
    let _: &mut K::Status = object.status_mut();

    object.metadata_mut().set_label("app", None);
    object.metadata_mut().set_finalizers(vec!["example.com/clean".to_owned()]);
    assert_eq!(object.finalizers(), ["example.com/clean"]);

    let event = json!({"type": "ADDED", "object": pod});
    assert!(matches!(
        WatchEvent::<K>::decode(event.to_string().as_bytes(), Format::Json, ManagedFields::Skip),
        Ok(WatchEvent::Added(_))
    ));
    let list = json!({"apiVersion": "v1", "kind": "PodList", "metadata": {"resourceVersion": "9"}, "items": [{"metadata": {"name": "a"}}]});
    let list =
        List::<K>::decode(list.to_string().as_bytes(), Format::Json, ManagedFields::Skip, K::info()).expect("a list");
    assert_eq!(list.items[0].name(), "a");
    let node = json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n"}});
    let refused = K::decode(node.to_string().as_bytes(), Format::Json).err().expect("it is no pod");
    assert_eq!(refused.to_string(), "expected v1 Pod, found v1 Node");

    let mut out = Vec::new();
    object.encode(Format::Json, &mut out).expect("JSON can hold it");
    let mut written: serde_json::Value = serde_json::from_slice(&out).expect("it is JSON");
    // An empty status is absent in one and `{}` in the other.
    written.as_object_mut().expect("an object").remove("status");
    written
}

#[test]
fn one_generic_function_serves_both_pods_alike() {
    assert_eq!(tour::<OurPod>(), tour::<TheirPod>());
}
