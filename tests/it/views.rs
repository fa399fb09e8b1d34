//! Views: structs that name the fields that one wants of a built-in kind.

use std::time::Duration;

use kubist::types::core::v1::{ConfigMap, Container, Namespace, Pod, PodPhase, PodSpec, PodStatus};
use kubist::{Api, Deletion, Map, Object, ObjectMeta, Resource, ResourcePart, Str, WatchEvent, json};

use crate::cx::{Cx, event, map, named, names, pod, refused, short};
use crate::{Done, cases};

cases![
    get_reads_what_the_view_names,
    a_list_holds_what_the_whole_objects_hold,
    pages_and_items_hold_the_same,
    a_watch_tells_of_changes,
    a_patch_answers_with_what_the_view_names,
    a_delete_answers_with_what_the_view_names,
    of_a_kind_that_lives_in_no_namespace_reads_it,
    a_missing_object_is_not_found,
    apply_creates_what_is_missing,
    apply_sets_what_the_view_names_and_keeps_the_rest,
    apply_of_a_part_in_a_list_keeps_the_rest_of_the_item,
    apply_of_a_field_that_another_holds_is_a_conflict,
];

/// The three fields that a list of pods on a terminal needs, and one below a list.
#[derive(Clone, Debug, PartialEq, Resource)]
#[resource(view_of = Pod)]
struct PodView {
    metadata: ObjectMeta,
    spec: Spec,
    status: Option<Status>,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = PodSpec)]
struct Spec {
    node_name: Str,
    containers: Vec<Image>,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = Container)]
struct Image {
    name: String,
    image: Option<String>,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = PodStatus)]
struct Status {
    phase: PodPhase,
}

/// Of the data of a config map, nothing.
#[derive(Clone, Debug, PartialEq, Resource)]
#[resource(view_of = ConfigMap)]
struct MapView {
    metadata: ObjectMeta,
    immutable: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Resource)]
#[resource(view_of = ConfigMap)]
struct MapData {
    metadata: ObjectMeta,
    data: Map<Str>,
}

#[derive(Clone, Debug, PartialEq, Resource)]
#[resource(view_of = Namespace)]
struct NamespaceView {
    metadata: ObjectMeta,
}

impl PodView {
    /// What a view of this pod must hold.
    fn of(pod: &Pod) -> Self {
        let image = |container: &Container| Image {
            name: container.name.to_string(),
            image: Some(container.image.to_string()).filter(|image| !image.is_empty()),
        };
        let containers = pod.spec.containers.iter().map(image).collect();
        Self {
            metadata: pod.metadata.clone(),
            spec: Spec { node_name: pod.spec.node_name.clone(), containers },
            status: Some(Status { phase: pod.status.phase.clone() }),
        }
    }
}

async fn views<K: kubist::Namespaced>(cx: &Cx) -> Result<Api<K>, kubist::Error> {
    Ok(Api::namespaced(&cx.client, cx.namespace().await?))
}

/// A pod on a node.
fn placed(name: &str) -> Pod {
    let mut pod = pod(name);
    pod.spec.node_name = "node-1".into();
    pod
}

async fn get_reads_what_the_view_names(cx: Cx) -> Done {
    let whole = cx.pods().await?.create(&placed("web-0")).await?;
    let view = views::<PodView>(&cx).await?.get("web-0").await?;
    assert_eq!(view, PodView::of(&whole));
    assert_eq!((view.name(), view.spec.node_name.as_str()), ("web-0", "node-1"));
    assert_eq!(view.spec.containers[0].image.as_deref(), Some("registry.k8s.io/pause:3.10"));
    Ok(())
}

async fn a_list_holds_what_the_whole_objects_hold(cx: Cx) -> Done {
    let pods = cx.pods().await?;
    for name in ["a", "b", "c"] {
        pods.create(&placed(name)).await?;
    }
    let whole = pods.list().await?;
    let list = views::<PodView>(&cx).await?.list().await?;
    assert_eq!(list.items, whole.items.iter().map(PodView::of).collect::<Vec<_>>());
    assert!(!list.metadata.resource_version.is_empty());
    let some = views::<PodView>(&cx).await?.list().fields("metadata.name=b").await?;
    assert_eq!(names(&some), ["b"]);
    Ok(())
}

async fn pages_and_items_hold_the_same(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    for name in ["a", "b", "c", "d", "e"] {
        let mut map = map(name);
        map.data.insert("color", "dark");
        map.immutable = Some(true);
        maps.create(&map).await?;
    }
    let views = views::<MapView>(&cx).await?;
    let mut items = views.list().labels("!none").limit(2).items();
    let mut seen = Vec::new();
    while let Some(view) = items.next().await {
        let view = view?;
        assert_eq!(view.immutable, Some(true));
        seen.push(view.name().to_owned());
    }
    // The real server puts a map of its own into each namespace, when its controller runs.
    seen.retain(|name| name.len() == 1);
    assert_eq!(seen, ["a", "b", "c", "d", "e"]);
    let mut pages = views.list().limit(3).pages();
    let first = pages.next().await.ok_or("there is a page")??;
    assert_eq!(first.items.len(), 3);
    Ok(())
}

async fn a_watch_tells_of_changes(cx: Cx) -> Done {
    let pods = cx.pods().await?;
    let views = views::<PodView>(&cx).await?;
    let version = views.list().await?.metadata.resource_version;
    let mut events = views.watch().resource_version(&version).timeout(Duration::from_secs(20)).await?;
    let whole = pods.create(&placed("web-0")).await?;
    let WatchEvent::Added(added) = event(&mut events).await? else { panic!("it was added") };
    assert_eq!(added, PodView::of(&whole));
    let changed = pods.patch("web-0").merge(json!({"metadata": {"labels": {"tier": "front"}}})).await?;
    let WatchEvent::Modified(modified) = event(&mut events).await? else { panic!("it was modified") };
    assert_eq!(modified, PodView::of(&changed));
    pods.delete("web-0").grace_period_seconds(0).await?;
    let last = event(&mut events).await?;
    assert!(short(&last).ends_with(" web-0"), "{last:?}");
    Ok(())
}

async fn a_patch_answers_with_what_the_view_names(cx: Cx) -> Done {
    cx.pods().await?.create(&placed("web-0")).await?;
    let patch = json!({"metadata": {"labels": {"tier": "front"}}});
    let view = views::<PodView>(&cx).await?.patch("web-0").merge(patch).await?;
    assert_eq!((view.label("tier"), view.spec.node_name.as_str()), (Some("front"), "node-1"));
    assert_eq!(view, PodView::of(&cx.pods().await?.get("web-0").await?));
    Ok(())
}

async fn a_delete_answers_with_what_the_view_names(cx: Cx) -> Done {
    let mut kept = map("kept");
    kept.metadata.finalizers = vec!["it.kubist.dev/kept".into()];
    kept.immutable = Some(true);
    cx.maps().await?.create(&kept).await?;
    let views = views::<MapView>(&cx).await?;
    let Deletion::Pending(view) = views.delete("kept").await? else { panic!("its finalizer keeps it") };
    assert_eq!((view.name(), view.immutable), ("kept", Some(true)));
    assert!(view.deletion_timestamp().is_some());
    cx.maps().await?.patch("kept").merge(json!({"metadata": {"finalizers": null}})).await?;
    assert!(views.get("kept").optional().await?.is_none());
    Ok(())
}

async fn of_a_kind_that_lives_in_no_namespace_reads_it(cx: Cx) -> Done {
    let name = cx.namespace().await?;
    let view = Api::<NamespaceView>::cluster(&cx.client).get(name).await?;
    assert_eq!(view.name(), name);
    assert!(!view.uid().is_empty());
    Ok(())
}

async fn a_missing_object_is_not_found(cx: Cx) -> Done {
    let status = refused(views::<PodView>(&cx).await?.get("web-0").await);
    assert_eq!((status.code, status.message.as_str()), (404, "pods \"web-0\" not found"));
    Ok(())
}

async fn apply_creates_what_is_missing(cx: Cx) -> Done {
    let image = Image { name: "app".to_owned(), image: Some("registry.k8s.io/pause:3.10".to_owned()) };
    let spec = Spec { node_name: "node-1".into(), containers: vec![image] };
    let wish = PodView { metadata: named("web-0"), spec, status: None };
    let applied = views::<PodView>(&cx).await?.apply(&wish).field_manager("a").await?;
    assert_eq!(applied.spec, wish.spec);
    let whole = cx.pods().await?.get("web-0").await?;
    assert_eq!(applied, PodView::of(&whole));
    Ok(())
}

async fn apply_sets_what_the_view_names_and_keeps_the_rest(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let data = MapData { metadata: named("theme"), data: [("color", "dark")].into() };
    views::<MapData>(&cx).await?.apply(&data).field_manager("a").await?;
    let mut wish = MapView { metadata: named("theme"), immutable: None };
    wish.set_label("tier", Some("front"));
    let applied = views::<MapView>(&cx).await?.apply(&wish).field_manager("b").await?;
    assert_eq!(applied.label("tier"), Some("front"));
    assert_eq!(maps.get("theme").await?.data, data.data);
    // What the manager no longer sets is removed, and no more than that.
    wish.set_label("tier", None);
    let applied = views::<MapView>(&cx).await?.apply(&wish).field_manager("b").await?;
    assert_eq!(applied.label("tier"), None);
    assert_eq!(maps.get("theme").await?.data, data.data);
    Ok(())
}

async fn apply_of_a_part_in_a_list_keeps_the_rest_of_the_item(cx: Cx) -> Done {
    let pods = cx.pods().await?;
    let mut whole = placed("web-0");
    whole.spec.containers[0].args = vec!["--quiet".into()];
    pods.create(&whole).await?;
    let image = Image { name: "app".to_owned(), image: Some("registry.k8s.io/pause:3.9".to_owned()) };
    let spec = Spec { node_name: "node-1".into(), containers: vec![image] };
    let wish = PodView { metadata: named("web-0"), spec, status: None };
    views::<PodView>(&cx).await?.apply(&wish).field_manager("a").force().await?;
    let container = &pods.get("web-0").await?.spec.containers[0];
    assert_eq!((container.image.as_str(), &container.args), ("registry.k8s.io/pause:3.9", &vec!["--quiet".into()]));
    Ok(())
}

async fn apply_of_a_field_that_another_holds_is_a_conflict(cx: Cx) -> Done {
    let views = views::<MapData>(&cx).await?;
    let mut wish = MapData { metadata: named("theme"), data: [("color", "dark")].into() };
    views.apply(&wish).field_manager("a").await?;
    wish.data = [("color", "light")].into();
    let status = refused(views.apply(&wish).field_manager("b").await);
    assert_eq!((status.code, status.causes()[0].field.as_str()), (409, ".data.color"));
    Ok(())
}
