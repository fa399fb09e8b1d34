//! Discovery against servers of both forms, whole and in part.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use http::{Request, Response};
use kubist_model::Scope;
use serde_json::{Value, json};

use crate::body::Body;
use crate::client::Client;
use crate::error::BoxError;

/// A server that answers by path, in the form that is asked for if it has it.
#[derive(Clone, Default)]
struct Pages(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    plain: BTreeMap<&'static str, Value>,
    aggregated: BTreeMap<&'static str, Value>,
    asked: Vec<String>,
}

impl Pages {
    fn plain(self, path: &'static str, page: Value) -> Self {
        self.0.lock().unwrap().plain.insert(path, page);
        self
    }

    fn aggregated(self, path: &'static str, groups: impl Into<Value>) -> Self {
        let page =
            json!({"apiVersion": "apidiscovery.k8s.io/v2", "kind": "APIGroupDiscoveryList", "items": groups.into()});
        self.0.lock().unwrap().aggregated.insert(path, page);
        self
    }

    fn client(&self) -> Client {
        let pages = self.clone();
        Client::from_service(tower::service_fn(move |request: Request<Body>| {
            let pages = pages.clone();
            async move { Ok::<_, BoxError>(pages.answer(&request)) }
        }))
    }

    fn answer(&self, request: &Request<Body>) -> Response<Body> {
        let mut state = self.0.lock().unwrap();
        let path = request.uri().path();
        state.asked.push(path.to_owned());
        let accept = request.headers()["accept"].to_str().unwrap();
        let answer = |kind: &str, page: &Value| {
            Response::builder().header("content-type", kind).body(page.to_string().into()).unwrap()
        };
        let v2 = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        if let (true, Some(page)) = (accept.starts_with(v2), state.aggregated.get(path)) {
            return answer(v2, page);
        }
        match state.plain.get(path) {
            Some(Value::Null) => Response::builder().status(503).body("no endpoints available".into()).unwrap(),
            Some(page) => answer("application/json", page),
            None => Response::builder().status(404).body("404 page not found".into()).unwrap(),
        }
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap().asked)
    }
}

fn resource(plural: &str, kind: &str, scope: &str, short: &[&str]) -> Value {
    json!({
        "resource": plural, "responseKind": {"group": "", "version": "", "kind": kind}, "scope": scope,
        "singularResource": kind.to_lowercase(), "verbs": ["get", "list"], "shortNames": short,
        "subresources": [{"subresource": "status", "responseKind": {"group": "", "version": "", "kind": kind}, "verbs": ["get"]}],
    })
}

fn version(name: &str, resources: impl Into<Value>) -> Value {
    json!({"version": name, "resources": resources.into(), "freshness": "Current"})
}

fn group(name: &str, versions: impl Into<Value>) -> Value {
    json!({"metadata": {"name": name}, "versions": versions.into()})
}

/// A cluster with a few CRDs, one old API, and a metrics server that is down.
fn cluster() -> Pages {
    let core = json!([{"metadata": {}, "versions": [version("v1", json!([
        resource("pods", "Pod", "Namespaced", &["po"]),
        resource("nodes", "Node", "Cluster", &["no"]),
        resource("events", "Event", "Namespaced", &["ev"]),
        {"resource": "bare", "scope": "Cluster", "singularResource": "", "verbs": null},
    ]))]}]);
    let named = json!([
        group(
            "apps",
            json!([version("v1", json!([resource("deployments", "Deployment", "Namespaced", &["deploy"])]))])
        ),
        group(
            "autoscaling",
            json!([
                version(
                    "v2",
                    json!([resource("horizontalpodautoscalers", "HorizontalPodAutoscaler", "Namespaced", &["hpa"])])
                ),
                version(
                    "v1",
                    json!([
                        resource("horizontalpodautoscalers", "HorizontalPodAutoscaler", "Namespaced", &["hpa"]),
                        resource("oldscalers", "OldScaler", "Namespaced", &[]),
                    ])
                ),
            ])
        ),
        group("events.k8s.io", json!([version("v1", json!([resource("events", "Event", "Namespaced", &["ev"])]))])),
        group(
            "cluster.x-k8s.io",
            json!([version("v1beta1", json!([resource("clusters", "Cluster", "Namespaced", &["cl"])]))])
        ),
        group(
            "postgresql.example.com",
            json!([version("v1", json!([resource("clusters", "Cluster", "Namespaced", &[])]))])
        ),
        group("metrics.k8s.io", json!([{"version": "v1beta1", "freshness": "Stale"}])),
    ]);
    Pages::default().aggregated("/api", core).aggregated("/apis", named)
}

async fn resolved(client: &Client, name: &str) -> String {
    match client.discovery().resolve(name).await {
        Ok(info) => format!("{} {} {}", info.api_version(), info.kind, info.plural),
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn everything_is_learned_from_two_answers_and_kept() {
    let pages = cluster();
    let client = pages.client();
    let pods = client.discovery().resolve("pods").await.unwrap();
    assert_eq!((pods.scope, pods.list_kind.as_ref(), pods.singular.as_ref()), (Scope::Namespaced, "PodList", "pod"));
    assert_eq!((pods.short_names.as_ref(), pods.has_subresource("status")), (&["po".into()][..], true));
    assert_eq!(client.clone().discovery().resolve("no").await.unwrap().scope, Scope::Cluster);
    assert_eq!(pages.asked(), ["/api", "/apis"]);
    client.discovery().invalidate();
    client.discovery().resolve("pods").await.unwrap();
    assert_eq!(pages.asked(), ["/api", "/apis"]);
}

#[tokio::test]
async fn a_kind_goes_by_all_its_names() {
    let client = cluster().client();
    let names = [
        "deploy",
        "deployment",
        "deployments",
        "Deployment",
        "DEPLOY",
        "deployments.apps",
        "Deployment.apps",
        "deployments.v1.apps",
        "Deployment.v1.apps",
        "deploy.v1.apps",
        "deployments.app",
    ];
    for name in names {
        assert_eq!(resolved(&client, name).await, "apps/v1 Deployment deployments", "{name}");
    }
    for name in ["po", "pods.v1", "pods.v1.", "Pod.v1"] {
        assert_eq!(resolved(&client, name).await, "v1 Pod pods", "{name}");
    }
}

#[tokio::test]
async fn the_preferred_version_wins_unless_another_is_named() {
    let client = cluster().client();
    let hpa = "HorizontalPodAutoscaler horizontalpodautoscalers";
    assert_eq!(resolved(&client, "hpa").await, format!("autoscaling/v2 {hpa}"));
    assert_eq!(resolved(&client, "hpa.v1.autoscaling").await, format!("autoscaling/v1 {hpa}"));
    assert_eq!(resolved(&client, "oldscaler").await, "autoscaling/v1 OldScaler oldscalers");
}

#[tokio::test]
async fn kubernetes_own_groups_win_and_others_must_be_named() {
    let client = cluster().client();
    assert_eq!(resolved(&client, "events").await, "v1 Event events");
    assert_eq!(resolved(&client, "events.events.k8s.io").await, "events.k8s.io/v1 Event events");
    assert_eq!(
        resolved(&client, "clusters").await,
        r#""clusters" means several resources; write "clusters.cluster.x-k8s.io" or "clusters.postgresql.example.com""#
    );
    assert_eq!(resolved(&client, "clusters.postgresql").await, "postgresql.example.com/v1 Cluster clusters");
    assert_eq!(resolved(&client, "cl").await, "cluster.x-k8s.io/v1beta1 Cluster clusters");
}

#[tokio::test]
async fn an_unknown_name_is_asked_for_once_more_and_then_refused_with_the_nearest() {
    let pages = cluster();
    let client = pages.client();
    let silent = "(not known: what metrics.k8s.io/v1beta1 serves)";
    let error = client.discovery().resolve("deploymnets").await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(
        error.to_string(),
        format!(r#"the server has no resource "deploymnets"; did you mean "deployments"? {silent}"#)
    );
    assert_eq!(pages.asked(), ["/api", "/apis"], "what was just fetched is not fetched again");
    assert_eq!(
        resolved(&client, "deployments.extensions").await,
        format!(r#"the server has no resource "deployments.extensions"; did you mean "deployments.apps"? {silent}"#)
    );
    assert_eq!(pages.asked(), ["/api", "/apis"]);
    assert_eq!(resolved(&client, "xyz").await, format!(r#"the server has no resource "xyz" {silent}"#));
    assert_eq!(resolved(&client, " ").await, "the name of the resource is empty");
}

#[tokio::test]
async fn a_kind_that_came_since_is_found() {
    let pages = cluster();
    let client = pages.client();
    client.discovery().resolve("pods").await.unwrap();
    let site = resource("websites", "Website", "Namespaced", &["site"]);
    drop(pages.aggregated("/apis", json!([group("shop.example.com", json!([version("v1", json!([site]))]))])));
    assert_eq!(resolved(&client, "site").await, "shop.example.com/v1 Website websites");
}

#[tokio::test]
async fn an_api_that_is_down_does_not_hide_the_rest() {
    let catalogue = cluster().client().discovery().catalogue().await.unwrap();
    assert_eq!(catalogue.groups.len(), 7);
    assert_eq!(catalogue.failed.len(), 1);
    assert_eq!(catalogue.failed[0].group_version.to_string(), "metrics.k8s.io/v1beta1");
    assert!(catalogue.groups[6].versions[0].stale);
}

#[tokio::test]
async fn each_resource_is_listed_once() {
    let resources = cluster().client().discovery().resources().await.unwrap();
    let hpa: Vec<_> = resources.iter().filter(|resource| resource.info.singular == "horizontalpodautoscaler").collect();
    assert_eq!(hpa.len(), 1);
    assert!(hpa[0].allows("list") && !hpa[0].allows("delete"));
    assert!(resources.iter().all(|resource| resource.info.plural != "bare"), "it has no kind");
}

/// The same in the older form, without the aggregated one; the metrics server answers 503.
fn old_cluster() -> Pages {
    let entry = |name: &str, kind: &str, namespaced: bool| json!({"name": name, "singularName": "", "namespaced": namespaced, "kind": kind, "verbs": ["get"], "shortNames": null});
    let of = |name: &str| json!({"groupVersion": name, "version": name.split('/').nth(1)});
    Pages::default()
        .plain("/api", json!({"kind": "APIVersions", "versions": ["v1"]}))
        .plain("/api/v1", json!({"kind": "APIResourceList", "resources": [
            entry("pods", "Pod", true), entry("pods/status", "Pod", true), entry("pods/eviction", "Eviction", true),
            entry("nodes", "Node", false),
        ]}))
        .plain("/apis", json!({"kind": "APIGroupList", "groups": [
            {"name": "autoscaling", "versions": [of("autoscaling/v1"), of("autoscaling/v2")], "preferredVersion": of("autoscaling/v2")},
            {"name": "metrics.k8s.io", "versions": [of("metrics.k8s.io/v1beta1")], "preferredVersion": of("metrics.k8s.io/v1beta1")},
        ]}))
        .plain("/apis/autoscaling/v1", json!({"resources": [entry("scalers", "Scaler", true)]}))
        .plain("/apis/autoscaling/v2", json!({"resources": [entry("scalers", "Scaler", true)]}))
        .plain("/apis/metrics.k8s.io/v1beta1", Value::Null)
}

#[tokio::test]
async fn a_server_without_the_aggregated_form_is_asked_version_by_version() {
    let client = old_cluster().client();
    assert_eq!(resolved(&client, "scaler").await, "autoscaling/v2 Scaler scalers");
    let pods = client.discovery().resolve("pods").await.unwrap();
    assert_eq!(pods.subresources.as_ref(), ["status", "eviction"]);
    let catalogue = client.discovery().catalogue().await.unwrap();
    assert_eq!(catalogue.failed.len(), 1);
    assert!(catalogue.failed[0].problem.contains("503"), "{}", catalogue.failed[0].problem);
}

#[tokio::test]
async fn a_server_that_aggregates_only_half_is_asked_in_the_older_form() {
    let pages = old_cluster().aggregated("/apis", json!([]));
    assert_eq!(resolved(&pages.client(), "scaler").await, "autoscaling/v2 Scaler scalers");
}

#[tokio::test]
async fn a_server_without_a_core_group_is_no_error_but_one_without_any_is() {
    let site = resource("websites", "Website", "Cluster", &[]);
    let groups = json!([group("shop.example.com", json!([version("v1", json!([site]))]))]);
    let pages = Pages::default().aggregated("/apis", groups);
    assert_eq!(resolved(&pages.client(), "websites").await, "shop.example.com/v1 Website websites");
    assert!(Pages::default().client().discovery().catalogue().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn the_version_of_the_server_can_be_compared() {
    let page = json!({"major": "1", "minor": "37+", "gitVersion": "v1.37.2-vendor.1"});
    let version = Pages::default().plain("/version", page).client().discovery().server_version().await.unwrap();
    assert_eq!((version.numbers(), version.to_string().as_str()), (Some((1, 37)), "v1.37.2-vendor.1"));
}

#[tokio::test]
async fn questions_at_the_same_time_share_one_fetch() {
    let pages = cluster();
    let client = pages.client();
    let ask = || {
        let client = client.clone();
        async move { client.discovery().resolve("pods").await }
    };
    let answers = super::legacy::join_all([ask(), ask(), ask()]).await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(pages.asked(), ["/api", "/apis"]);
}
