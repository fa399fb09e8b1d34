//! What goes over the wire for each verb and option, and what is made of the answers.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{Request, Response};
use kubist_model::{
    ApplyOptions, FieldValidation, Format, JsonPatch, ListOptions, Object, PartialObjectMetadata, PropagationPolicy,
    ResourceInfo, ResourceVersion, ResourceVersionMatch, Scope, Status, Unstructured, WatchEvent, Wire as _,
};
use kubist_types::core::v1::Pod;
use serde_json::{Value, json};

use super::{Api, Cluster, Deletion};
use crate::body::Body;
use crate::client::Client;
use crate::error::BoxError;

/// A server that says what it is told to, and remembers what it was asked.
#[derive(Clone, Default)]
struct Script {
    answers: Arc<Mutex<Vec<(u16, String)>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

struct Asked {
    /// Method, path and query.
    line: String,
    accept: String,
    content_type: String,
    body: String,
}

impl Script {
    fn answering(answers: impl IntoIterator<Item = Value>) -> Self {
        Self::with_codes(answers.into_iter().map(|answer| (200, answer)))
    }

    fn with_codes(answers: impl IntoIterator<Item = (u16, Value)>) -> Self {
        let mut answers: Vec<_> = answers.into_iter().map(|(code, answer)| (code, answer.to_string())).collect();
        answers.reverse();
        Self { answers: Arc::new(Mutex::new(answers)), asked: Arc::default() }
    }

    fn client(&self) -> Client {
        let script = self.clone();
        Client::from_service(tower::service_fn(move |request: Request<Body>| {
            let script = script.clone();
            async move { Ok::<_, BoxError>(script.answer(&request)) }
        }))
    }

    fn answer(&self, request: &Request<Body>) -> Response<Body> {
        let header = |name: &str| request.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        self.asked.lock().unwrap().push(Asked {
            line: format!("{} {}", request.method(), request.uri()),
            accept: header("accept"),
            content_type: header("content-type"),
            body: String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap(),
        });
        let (code, body) = self.answers.lock().unwrap().pop().expect("an answer for each request");
        Response::builder().status(code).header("content-type", "application/json").body(body.into()).unwrap()
    }

    fn lines(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|asked| asked.line.clone()).collect()
    }

    /// The last request: its line, the format of its body, and the body.
    fn last(&self) -> (String, String, Value) {
        let asked = self.asked.lock().unwrap();
        let last = asked.last().expect("something was asked");
        (last.line.clone(), last.content_type.clone(), serde_json::from_str(&last.body).unwrap_or(Value::Null))
    }
}

fn kind(scope: Scope) -> ResourceInfo {
    ResourceInfo {
        group: "shop.example.com".into(),
        version: "v1".into(),
        kind: "Website".into(),
        plural: "websites".into(),
        singular: "website".into(),
        list_kind: "WebsiteList".into(),
        short_names: Vec::new().into(),
        categories: Vec::new().into(),
        scope,
        subresources: Vec::new().into(),
    }
}

fn sites(script: &Script) -> Api<Unstructured> {
    Api::dynamic(&script.client(), &kind(Scope::Namespaced)).namespace("prod").unwrap()
}

fn site(name: &str) -> Value {
    json!({"apiVersion": "shop.example.com/v1", "kind": "Website", "metadata": {"name": name, "namespace": "prod", "resourceVersion": "7"}})
}

fn object(value: Value) -> Unstructured {
    Unstructured::from_value(value).unwrap()
}

fn list(token: &str, names: &[&str]) -> Value {
    let items: Vec<Value> = names.iter().map(|name| site(name)).collect();
    json!({"apiVersion": "shop.example.com/v1", "kind": "WebsiteList", "metadata": {"resourceVersion": "9", "continue": token}, "items": items})
}

fn status(status: &Status) -> Value {
    serde_json::to_value(status).unwrap()
}

const ROOT: &str = "/apis/shop.example.com/v1/namespaces/prod/websites";

#[tokio::test]
async fn get_asks_for_one_object() {
    let script = Script::answering([site("home"), site("home")]);
    assert_eq!(sites(&script).get("home").await.unwrap().name(), "home");
    sites(&script).get("home").resource_version(ResourceVersion::any()).await.unwrap();
    assert_eq!(script.lines(), [format!("GET {ROOT}/home"), format!("GET {ROOT}/home?resourceVersion=0")]);
}

#[tokio::test]
async fn a_missing_object_is_none_but_a_missing_kind_is_an_error() {
    let absent = status(&Status::not_found("websites", "shop.example.com", "home"));
    let script = Script::with_codes([(404, absent), (404, status(&Status::no_such_resource()))]);
    assert!(sites(&script).get("home").optional().await.unwrap().is_none());
    assert!(sites(&script).get("home").optional().await.unwrap_err().is_not_found());

    let not_served = tower::service_fn(|_: Request<Body>| async {
        Ok::<_, BoxError>(Response::builder().status(404).body(Body::from("404 page not found\n")).unwrap())
    });
    let sites = Api::<Unstructured>::dynamic(&Client::from_service(not_served), &kind(Scope::Namespaced));
    let error = sites.namespace("prod").unwrap().get("home").optional().await.unwrap_err();
    let line = r#"get websites.shop.example.com "home" in "prod": the server could not find the requested resource"#;
    assert_eq!(error.to_string(), line);
    assert!(error.is_not_found() && error.hint().unwrap().contains("CRD"));
}

#[tokio::test]
async fn a_name_that_cannot_stand_in_a_path_is_refused_before_anything_is_sent() {
    let script = Script::default();
    let sites = sites(&script);
    for name in ["", ".", "..", "a/b", "a%2fb"] {
        let error = sites.get(name).await.unwrap_err().to_string();
        assert!(error.starts_with("get websites.shop.example.com"), "{error}");
        sites.delete(name).await.unwrap_err();
        sites.patch(name).merge(json!({})).await.unwrap_err();
        sites.status(name).get().await.unwrap_err();
    }
    let nameless = object(json!({"apiVersion": "shop.example.com/v1", "kind": "Website", "metadata": {}}));
    let error = sites.update(&nameless).await.unwrap_err();
    assert!(error.to_string().contains("the name is empty"), "{error}");
    sites.apply(&nameless).await.unwrap_err();
    assert!(script.lines().is_empty());
}

#[tokio::test]
async fn list_sends_every_option() {
    let script = Script::answering([list("", &["a", "b"])]);
    let found = sites(&script)
        .list()
        .labels("app=web")
        .labels("tier in (a,b)")
        .fields("metadata.name!=c")
        .limit(5)
        .continue_token("t")
        .resource_version("7")
        .resource_version_match(ResourceVersionMatch::Exact)
        .timeout(Duration::from_millis(1500))
        .await
        .unwrap();
    assert_eq!(found.items.len(), 2);
    assert_eq!(found.metadata.resource_version, "9");
    assert_eq!(
        script.lines(),
        [format!(
            "GET {ROOT}?labelSelector=app%3Dweb%2Ctier%20in%20%28a%2Cb%29&fieldSelector=metadata.name%21%3Dc&resourceVersion=7\
             &resourceVersionMatch=Exact&timeoutSeconds=2&limit=5&continue=t"
        )]
    );
}

#[tokio::test]
async fn stored_options_are_taken_whole() {
    let script = Script::answering([list("", &[])]);
    let options = ListOptions { limit: Some(3), watch: true, ..ListOptions::default() };
    sites(&script).list().options(options).await.unwrap();
    assert_eq!(script.lines(), [format!("GET {ROOT}?limit=3")]);
}

#[tokio::test]
async fn a_list_of_another_kind_is_an_error() {
    let script = Script::answering([json!({"apiVersion": "v1", "kind": "PodList", "metadata": {}, "items": []})]);
    let error = sites(&script).list().await.unwrap_err();
    assert!(format!("{error:?}").contains("PodList"), "{error:?}");
}

#[tokio::test]
async fn pages_go_on_with_the_token_and_without_the_version() {
    let script = Script::answering([list("t1", &["a"]), list("t2", &["b"]), list("", &["c"])]);
    let mut items = sites(&script).list().labels("x").resource_version("7").limit(1).items();
    let mut names = Vec::new();
    while let Some(item) = items.next().await {
        names.push(item.unwrap().name().to_owned());
    }
    assert_eq!(names, ["a", "b", "c"]);
    let query = "labelSelector=x&limit=1&continue";
    assert_eq!(
        script.lines(),
        [
            format!("GET {ROOT}?labelSelector=x&resourceVersion=7&limit=1"),
            format!("GET {ROOT}?{query}=t1"),
            format!("GET {ROOT}?{query}=t2"),
        ]
    );
}

#[tokio::test]
async fn pages_end_behind_the_error_that_the_state_has_expired() {
    let expired = status(&Status::expired("The provided continue parameter is too old"));
    let script = Script::with_codes([(200, list("t1", &["a"])), (410, expired)]);
    let mut pages = sites(&script).list().pages();
    assert_eq!(pages.next().await.unwrap().unwrap().items.len(), 1);
    assert!(pages.next().await.unwrap().unwrap_err().is_expired());
    assert!(pages.next().await.is_none());
    assert_eq!(script.lines()[0], format!("GET {ROOT}?limit=500"));
}

#[tokio::test]
async fn watch_sends_every_option_and_reads_events() {
    let script = Script::answering([json!({"type": "ADDED", "object": site("a")})]);
    let mut events = sites(&script)
        .watch()
        .labels("app=web")
        .fields("metadata.name=a")
        .resource_version("7")
        .timeout(Duration::from_mins(5))
        .send_initial_events()
        .await
        .unwrap();
    assert!(matches!(events.next().await, Some(Ok(WatchEvent::Added(site))) if site.name() == "a"));
    assert!(events.next().await.is_none());
    assert_eq!(
        script.lines(),
        [format!(
            "GET {ROOT}?labelSelector=app%3Dweb&fieldSelector=metadata.name%3Da&watch=true&allowWatchBookmarks=true&resourceVersion=7\
             &resourceVersionMatch=NotOlderThan&timeoutSeconds=300&sendInitialEvents=true"
        )]
    );
}

#[tokio::test]
async fn create_posts_to_the_collection() {
    let script = Script::answering([site("home")]);
    let request = sites(&script).create(&object(site("home")));
    let request = request.dry_run().field_manager("shop").field_validation(FieldValidation::Strict);
    assert_eq!(request.await.unwrap().name(), "home");
    let (line, content_type, body) = script.last();
    assert_eq!(line, format!("POST {ROOT}?dryRun=All&fieldManager=shop&fieldValidation=Strict"));
    assert_eq!((content_type.as_str(), body), ("application/json", site("home")));
}

#[tokio::test]
async fn bodies_are_in_protobuf_once_the_server_has_answered_in_it() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let journal = Arc::clone(&seen);
    let mut pod = Pod::default();
    pod.metadata.name = "a".into();
    let stored = pod.clone();
    let client = Client::from_service(tower::service_fn(move |request: Request<Body>| {
        let content_type = request.headers()["content-type"].to_str().unwrap().to_owned();
        let format = if content_type == "application/json" { Format::Json } else { Format::Protobuf };
        let read = Pod::decode(request.body().as_bytes().unwrap(), format).unwrap();
        journal.lock().unwrap().push((content_type, read));
        let mut answer = Vec::new();
        stored.encode(Format::Protobuf, &mut answer).unwrap();
        let answer = Response::builder().header("content-type", "application/vnd.kubernetes.protobuf").body(answer);
        async move { Ok::<_, BoxError>(answer.unwrap().map(Body::from)) }
    }));
    let pods = Api::<Pod>::namespaced(&client, "prod");
    assert_eq!(pods.create(&pod).await.unwrap(), pod);
    assert_eq!(pods.update(&pod).await.unwrap(), pod);
    let seen = seen.lock().unwrap();
    assert_eq!(seen[0], ("application/json".to_owned(), pod.clone()));
    assert_eq!(seen[1], ("application/vnd.kubernetes.protobuf".to_owned(), pod));
}

#[tokio::test]
async fn an_error_names_the_verb_and_the_object_also_where_the_path_does_not() {
    let exists = status(&Status::already_exists("websites", "shop.example.com", "home"));
    let script = Script::with_codes([(409, exists), (409, status(&Status::conflict("websites", "", "home", "taken")))]);
    let error = sites(&script).create(&object(site("home"))).await.unwrap_err().to_string();
    assert_eq!(error, r#"create websites.shop.example.com "home" in "prod": already exists"#);
    let error = sites(&script).apply(&object(site("home"))).await.unwrap_err().to_string();
    assert_eq!(error, r#"apply websites.shop.example.com "home" in "prod": taken"#);
}

#[tokio::test]
async fn update_puts_the_object_under_its_name() {
    let script = Script::answering([site("home")]);
    sites(&script).update(&object(site("home"))).field_manager("shop").await.unwrap();
    assert_eq!(
        script.last(),
        (format!("PUT {ROOT}/home?fieldManager=shop"), "application/json".to_owned(), site("home"))
    );
}

#[tokio::test]
async fn each_patch_has_its_own_content_type() {
    let script = Script::answering([site("home"), site("home"), site("home")]);
    let sites = sites(&script);
    let tree = json!({"spec": {"replicas": 3}});
    sites.patch("home").merge(&tree).dry_run().await.unwrap();
    assert_eq!(
        script.last(),
        (format!("PATCH {ROOT}/home?dryRun=All"), "application/merge-patch+json".to_owned(), tree.clone())
    );
    sites.patch("home").strategic(&tree).await.unwrap();
    assert_eq!(
        script.last(),
        (format!("PATCH {ROOT}/home"), "application/strategic-merge-patch+json".to_owned(), tree)
    );
    sites.patch("home").json(JsonPatch::new().remove("/spec")).await.unwrap();
    let operations = json!([{"op": "remove", "path": "/spec"}]);
    assert_eq!(script.last(), (format!("PATCH {ROOT}/home"), "application/json-patch+json".to_owned(), operations));
}

#[tokio::test]
async fn apply_names_a_manager_and_forces_only_when_asked() {
    let script = Script::answering([site("home"), site("home"), site("home")]);
    let sites = sites(&script);
    sites.apply(&object(site("home"))).await.unwrap();
    let apply = "application/apply-patch+yaml";
    assert_eq!(script.last(), (format!("PATCH {ROOT}/home?fieldManager=kubist"), apply.to_owned(), site("home")));
    sites.apply(&object(site("home"))).field_manager("shop").force().await.unwrap();
    assert_eq!(script.last().0, format!("PATCH {ROOT}/home?fieldManager=shop&force=true"));
    let options = ApplyOptions { field_manager: "other".into(), dry_run: true, ..ApplyOptions::default() };
    sites.apply(&object(site("home"))).options(options).await.unwrap();
    assert_eq!(script.last().0, format!("PATCH {ROOT}/home?dryRun=All&fieldManager=other"));
}

#[tokio::test]
async fn a_partial_apply_is_completed_with_kind_and_name() {
    let script = Script::answering([site("home")]);
    sites(&script).patch("home").apply(json!({"spec": {"replicas": 3}})).await.unwrap();
    let whole = json!({
        "apiVersion": "shop.example.com/v1", "kind": "Website", "metadata": {"name": "home"}, "spec": {"replicas": 3},
    });
    assert_eq!(script.last().2, whole);
}

#[tokio::test]
async fn delete_sends_its_options_in_the_body() {
    let script = Script::answering([status(&Status::success())]);
    let request = sites(&script).delete("home").grace_period_seconds(0).propagation(PropagationPolicy::Foreground);
    let gone = request.uid("u-1").resource_version("7").dry_run().await.unwrap();
    assert!(gone.is_gone() && gone.object().is_none());
    let body = json!({
        "apiVersion": "v1", "kind": "DeleteOptions", "gracePeriodSeconds": 0, "propagationPolicy": "Foreground",
        "preconditions": {"uid": "u-1", "resourceVersion": "7"}, "dryRun": ["All"],
    });
    assert_eq!(script.last(), (format!("DELETE {ROOT}/home"), "application/json".to_owned(), body));
}

#[tokio::test]
async fn what_is_deleted_is_told_from_what_waits() {
    let marked = |more: Value| {
        let mut site = site("home");
        site["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z".into();
        for (key, value) in more.as_object().unwrap() {
            site["metadata"][key] = value.clone();
        }
        site
    };
    let gone = [site("home"), marked(json!({"deletionGracePeriodSeconds": 0}))];
    let waiting = [
        marked(json!({"deletionGracePeriodSeconds": 0, "finalizers": ["shop.example.com/x"]})),
        marked(json!({"deletionGracePeriodSeconds": 30})),
        marked(json!({})),
    ];
    let script = Script::answering(gone.into_iter().chain(waiting));
    let sites = sites(&script);
    for _ in 0..2 {
        assert!(matches!(sites.delete("home").await.unwrap(), Deletion::Gone(_)));
    }
    for _ in 0..3 {
        assert!(matches!(sites.delete("home").await.unwrap(), Deletion::Pending(_)));
    }
}

#[tokio::test]
async fn deleting_what_is_not_there_is_none_if_so_asked() {
    let absent = status(&Status::not_found("websites", "shop.example.com", "home"));
    let script = Script::with_codes([(404, absent.clone()), (404, absent)]);
    assert!(sites(&script).delete("home").if_exists().await.unwrap().is_none());
    assert!(sites(&script).delete("home").await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn a_collection_is_deleted_with_selectors_in_the_query() {
    let script = Script::answering([list("", &["a"]), status(&Status::success())]);
    let sites = sites(&script);
    let deleted = sites.delete_collection().labels("app=web").propagation(PropagationPolicy::Background).await.unwrap();
    assert_eq!(deleted.items.len(), 1);
    let (line, _, body) = script.last();
    assert_eq!(line, format!("DELETE {ROOT}?labelSelector=app%3Dweb"));
    assert_eq!(body["propagationPolicy"], "Background");
    assert!(sites.delete_collection().await.unwrap().items.is_empty());
}

#[tokio::test]
async fn a_collection_in_all_namespaces_is_deleted_in_each_that_has_some() {
    let mut elsewhere = list("", &["a", "b", "c"]);
    elsewhere["items"][1]["metadata"]["namespace"] = "test".into();
    let script = Script::answering([elsewhere, list("", &["a", "c"]), list("", &["b"])]);
    let all = Api::<Unstructured>::dynamic(&script.client(), &kind(Scope::Namespaced)).all().unwrap();
    assert_eq!(all.delete_collection().labels("x").await.unwrap().items.len(), 3);
    assert_eq!(
        script.lines(),
        [
            "GET /apis/shop.example.com/v1/websites?labelSelector=x&limit=500".to_owned(),
            format!("DELETE {ROOT}?labelSelector=x"),
            "DELETE /apis/shop.example.com/v1/namespaces/test/websites?labelSelector=x".to_owned(),
        ]
    );
}

#[tokio::test]
async fn the_status_is_written_apart() {
    let script = Script::answering([site("home"), site("home"), site("home")]);
    let sites = sites(&script);
    sites.status("home").get().await.unwrap();
    sites.status("home").replace(&object(site("home"))).await.unwrap();
    sites.status("home").patch().merge(json!({"status": {}})).await.unwrap();
    let path = format!("{ROOT}/home/status");
    assert_eq!(script.lines(), [format!("GET {path}"), format!("PUT {path}"), format!("PATCH {path}")]);
}

#[tokio::test]
async fn a_status_update_reads_again_after_a_conflict() {
    let mut newer = site("home");
    newer["metadata"]["resourceVersion"] = "8".into();
    let conflict = status(&Status::modified("websites", "shop.example.com", "home"));
    let script = Script::with_codes([(200, site("home")), (409, conflict), (200, newer.clone()), (200, newer)]);
    let sites = sites(&script);
    let ready = true;
    let wanted = &ready;
    let mut runs = 0;
    let update = sites.status("home").update(|status| {
        runs += 1;
        status["ready"] = (*wanted).into();
    });
    update.field_manager("shop").await.unwrap();
    assert_eq!(runs, 2);
    let put = format!("PUT {ROOT}/home/status?fieldManager=shop");
    assert_eq!(script.lines(), [format!("GET {ROOT}/home"), put.clone(), format!("GET {ROOT}/home"), put]);
    let body = script.last().2;
    assert_eq!((&body["metadata"]["resourceVersion"], &body["status"]["ready"]), (&json!("8"), &json!(true)));
}

#[tokio::test]
async fn a_status_that_stays_as_it_was_is_not_written() {
    let mut same = site("home");
    same["status"] = json!({"ready": true});
    let script = Script::answering([same]);
    sites(&script).status("home").update(|status| status["ready"] = true.into()).await.unwrap();
    assert_eq!(script.lines(), [format!("GET {ROOT}/home")]);
}

#[tokio::test]
async fn a_scale_is_read_set_and_replaced() {
    let scale = json!({
        "apiVersion": "autoscaling/v1", "kind": "Scale", "metadata": {"name": "home"},
        "spec": {"replicas": 2}, "status": {"replicas": 1, "selector": "app=web"},
    });
    let script = Script::answering([scale.clone(), scale.clone(), scale.clone()]);
    let sites = sites(&script);
    let read = sites.scale("home").get().await.unwrap();
    assert_eq!((read.spec.replicas, read.status.replicas, read.status.selector.as_str()), (2, 1, "app=web"));
    sites.scale("home").set(3).await.unwrap();
    let path = format!("{ROOT}/home/scale");
    let merge = "application/merge-patch+json".to_owned();
    assert_eq!(script.last(), (format!("PATCH {path}"), merge, json!({"spec": {"replicas": 3}})));
    sites.scale("home").replace(&read).await.unwrap();
    assert_eq!(script.last(), (format!("PUT {path}"), "application/json".to_owned(), scale));
}

#[tokio::test]
async fn a_subresource_takes_and_gives_other_kinds() {
    let script = Script::answering([status(&Status::success()), site("home")]);
    let sites = sites(&script);
    let eviction = Unstructured::new("policy/v1", "Eviction", "home");
    let done: Status = sites.subresource("home", "eviction").create(&eviction).dry_run().await.unwrap();
    assert!(!done.is_failure());
    assert_eq!(script.last().0, format!("POST {ROOT}/home/eviction?dryRun=All"));
    sites.subresource("home", "some/part").get::<Unstructured>().await.unwrap();
    assert_eq!(script.last().0, format!("GET {ROOT}/home/some/part"));
}

#[tokio::test]
async fn a_scope_known_at_run_time_is_checked_with_what_to_write_instead() {
    let client = Script::default().client();
    let dynamic = |scope| Api::<Unstructured>::dynamic(&client, &kind(scope));
    assert!(dynamic(Scope::Cluster).cluster().is_ok() && dynamic(Scope::Namespaced).all().is_ok());
    assert_eq!(dynamic(Scope::Namespaced).default_namespace().unwrap().namespace(), Some("default"));
    let error = dynamic(Scope::Cluster).namespace("prod").unwrap_err().to_string();
    assert!(error.contains("websites.shop.example.com is cluster-scoped") && error.contains(".cluster()"), "{error}");
    let error = dynamic(Scope::Namespaced).cluster().unwrap_err().to_string();
    assert!(error.contains("is namespaced") && error.contains(".all()"), "{error}");
}

#[tokio::test]
async fn metadata_alone_is_asked_for_where_nothing_else_is_held() {
    let one = json!({"apiVersion": "meta.k8s.io/v1", "kind": "PartialObjectMetadata", "metadata": {"name": "home"}});
    let mut many = list("", &["a"]);
    (many["apiVersion"], many["kind"]) = ("meta.k8s.io/v1".into(), "PartialObjectMetadataList".into());
    let event = json!({"type": "ADDED", "object": one});
    let script = Script::answering([one, many, event]);
    let dynamic = Api::<PartialObjectMetadata>::dynamic(&script.client(), &kind(Scope::Cluster));
    let sites: Api<PartialObjectMetadata, Cluster> = dynamic.cluster().unwrap();
    assert_eq!(sites.get("home").await.unwrap().name(), "home");
    assert_eq!(sites.list().await.unwrap().items[0].name(), "a");
    assert!(sites.watch().await.unwrap().next().await.unwrap().is_ok());
    let asked = script.asked.lock().unwrap();
    for one in [&asked[0], &asked[2]] {
        assert!(one.accept.starts_with("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,"));
    }
    assert!(asked[1].accept.starts_with("application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,"));
}

#[tokio::test]
async fn requests_can_be_spawned() {
    fn sendable<T: Send>(request: T) -> T {
        request
    }
    let script = Script::answering([site("home"), list("", &[])]);
    let sites = sites(&script);
    sendable(sites.get("home").into_future()).await.unwrap();
    drop(sendable(sites.list().items()));
    drop(sendable(sites.watch().into_future()));
    drop(sendable(sites.status("home").update(|_| ()).into_future()));
    drop(sendable(sites.delete("home").if_exists().into_future()));
    drop(sendable(sites.delete_collection().into_future()));
}
