use ::k8s_openapi::api::apps::v1::Deployment;
use ::k8s_openapi::api::core::v1::{Endpoints, Node, Pod};
use ::k8s_openapi::api::policy::v1::Eviction;

use super::*;
use crate::HasStatus;
use crate::object::Metadata as _;

fn assert_object<K: Object + Wire>() {}
fn assert_cluster_scoped<K: ClusterScoped>() {}
fn assert_namespaced<K: Namespaced>() {}

#[test]
fn kinds_know_their_names_and_scope() {
    let info = Pod::info();
    assert_eq!((&*info.api_version(), &*info.kind, &*info.plural), ("v1", "Pod", "pods"));
    assert_eq!((&*info.singular, &*info.list_kind, info.scope), ("pod", "PodList", Scope::Namespaced));
    let info = Endpoints::info();
    assert_eq!((&*info.plural, &*info.singular, &*info.list_kind), ("endpoints", "endpoints", "EndpointsList"));
    assert_eq!(Node::info().scope, Scope::Cluster);
    assert_object::<Eviction>();
    assert_cluster_scoped::<Node>();
    assert_namespaced::<Deployment>();
}

#[test]
fn metadata_is_read_and_written_through_accessors() {
    let mut pod = Pod::default();
    assert_eq!(Object::name(&pod), "");
    let meta = Object::metadata_mut(&mut pod);
    meta.set_name("web");
    meta.set_label("app", Some("web"));
    meta.set_annotation("note", Some("x"));
    meta.set_annotation("note", None);
    assert_eq!((pod.name(), pod.label("app")), ("web", Some("web")));
    assert_eq!(pod.metadata.annotations, None);
    pod.status_mut().phase = Some("Running".into());
    assert_eq!(pod.status.unwrap().phase.as_deref(), Some("Running"));
}

#[test]
fn another_kind_is_refused() {
    let mut bytes = Vec::new();
    Pod::default().encode(Format::Json, &mut bytes).unwrap();
    Pod::decode(&bytes, Format::Json).unwrap();
    let error = Deployment::decode(&bytes, Format::Json).unwrap_err();
    assert_eq!(error.to_string(), "expected apps/v1 Deployment, found v1 Pod");
    let item = br#"{"metadata": {"name": "web"}}"#;
    assert!(Pod::decode(item, Format::Json).is_err());
    assert_eq!(Pod::decode_item(item, Format::Json, ("v1", "Pod")).unwrap().name(), "web");
}
