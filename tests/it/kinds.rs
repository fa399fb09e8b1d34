//! Every built-in kind, from its smallest manifest: created, read, listed, patched and deleted, without a type.
//!
//! The types themselves are held against Go's in `types/tests`; here each kind meets the two servers.

use kubist::{Api, Object, ResourceInfo, Scope, Unstructured, json};
use serde_json::Value;

use crate::cx::Cx;
use crate::{Case, Done};

/// The smallest manifest of each kind; `cargo xtask accept` shows that a real server takes them.
const MANIFESTS: &str = include_str!("../../types/facts/minimal.json");

pub(crate) fn cases() -> Vec<Case> {
    let manifests: Vec<Value> = serde_json::from_str(MANIFESTS).expect("the manifests are JSON");
    manifests.into_iter().filter(is_stored).map(case).collect()
}

/// Reviews are answered and not stored.
fn is_stored(manifest: &Value) -> bool {
    let kind = manifest["kind"].as_str().unwrap_or_default();
    !(kind.ends_with("Review") || kind == "Binding")
}

fn case(manifest: Value) -> Case {
    let kind = manifest["kind"].as_str().unwrap_or_default().to_owned();
    let version = manifest["apiVersion"].as_str().unwrap_or_default().replace(['/', '.'], "_");
    Case::new(module_path!(), &format!("{version}_{kind}"), move |cx| lives(cx, manifest.clone()))
}

async fn lives(cx: Cx, manifest: Value) -> Done {
    cx.namespace().await?;
    let mut object = Unstructured::from_value(manifest)?;
    let kind = info(&cx, &object).await?;
    // Cluster-scoped objects of cases that run at once must not meet. Some kinds prescribe the name.
    let name = match object.name() {
        "minimal" => cx.ns.clone() + "-minimal",
        prescribed => prescribed.to_owned(),
    };
    object.set("metadata.name", name.as_str())?;
    if object.kind() == "APIService" {
        // The server itself makes one for the group of each CRD, so this one is of a group of its own.
        let group = format!("{}.example.com", cx.ns);
        object.set("metadata.name", format!("v1.{group}"))?;
        object.set("spec.group", group)?;
    }
    object.remove("metadata.namespace")?;
    if object.kind() == "Event" {
        for path in ["involvedObject.namespace", "regarding.namespace"] {
            if object.at::<Option<&str>>(path)?.is_some() {
                object.set(path, cx.ns.as_str())?;
            }
        }
    }
    match kind.scope {
        Scope::Namespaced => run(&Api::<Unstructured>::dynamic(&cx.client, &kind).namespace(&cx.ns)?, &object).await,
        Scope::Cluster => run(&Api::<Unstructured>::dynamic(&cx.client, &kind).cluster()?, &object).await,
    }
}

async fn info(cx: &Cx, object: &Unstructured) -> Result<ResourceInfo, kubist::Error> {
    let (group, version) = object.api_version().split_once('/').unwrap_or(("", object.api_version()));
    cx.client.discovery().resolve(&format!("{}.{version}.{group}", object.kind())).await
}

async fn run<R: kubist::api::OneObject>(api: &Api<Unstructured, R>, object: &Unstructured) -> Done {
    let name = object.name();
    let created = api.create(object).await?;
    assert!(!created.uid().is_empty());
    assert_eq!((created.api_version(), created.kind()), (object.api_version(), object.kind()));
    assert_eq!(api.get(name).await?.uid(), created.uid());
    let listed = api.list().fields(format!("metadata.name={name}")).await?;
    assert_eq!(listed.items.len(), 1);
    assert_eq!(listed.items[0].uid(), created.uid());
    let patched = api.patch(name).merge(json!({"metadata": {"labels": {"kubist.dev/case": "yes"}}})).await?;
    assert_eq!(patched.label("kubist.dev/case"), Some("yes"));
    let moves = i64::from(object.kind() == "EndpointSlice");
    assert_eq!(patched.generation(), created.generation() + moves, "a label is no change of the spec");
    api.delete(name).grace_period_seconds(0).await?;
    if let Some(left) = api.get(name).optional().await? {
        let is_namespace = left.kind() == "Namespace";
        assert!(is_namespace || !left.finalizers().is_empty(), "it is there still, and nothing keeps it");
    }
    Ok(())
}
