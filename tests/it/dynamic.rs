//! The same verbs without a type.

use kubist::{Api, DecodeError, Object, PartialObjectMetadata, Unstructured, WatchEvent, json};

use crate::cx::{Cx, Website, event, map, map_with, names, pod, refused, site};
use crate::{Done, cases};

cases![
    reads_what_was_written_typed,
    writes_what_is_read_typed,
    lists_with_the_type_in_each_item,
    watches,
    patches_and_deletes,
    of_a_cluster_scoped_kind_works,
    over_all_namespaces_lists,
    decodes_into_the_type_of_the_kind,
    refuses_to_decode_into_another_type,
    of_another_kind_than_the_handles_is_refused_by_the_server,
    keeps_fields_that_no_type_knows,
    metadata_alone_is_read,
    metadata_alone_is_listed,
    metadata_alone_is_watched,
    metadata_alone_of_a_custom_resource,
    the_wrong_scope_is_refused_before_anything_is_sent,
    of_a_kind_that_is_not_served_is_not_found,
    pages,
];

async fn dynamic(cx: &Cx, name: &str) -> Result<Api<Unstructured>, Box<dyn std::error::Error>> {
    cx.namespace().await?;
    let kind = cx.client.discovery().resolve(name).await?;
    Ok(Api::<Unstructured>::dynamic(&cx.client, &kind).namespace(&cx.ns)?)
}

async fn metadata(cx: &Cx, name: &str) -> Result<Api<PartialObjectMetadata>, Box<dyn std::error::Error>> {
    cx.namespace().await?;
    let kind = cx.client.discovery().resolve(name).await?;
    Ok(Api::<PartialObjectMetadata>::dynamic(&cx.client, &kind).namespace(&cx.ns)?)
}

async fn reads_what_was_written_typed(cx: Cx) -> Done {
    let mut theme = map("theme");
    theme.data.insert("color", "dark");
    cx.maps().await?.create(&theme).await?;
    let read = dynamic(&cx, "configmaps").await?.get("theme").await?;
    assert_eq!((read.api_version(), read.kind(), read.at::<&str>("data.color")?), ("v1", "ConfigMap", "dark"));
    Ok(())
}

async fn writes_what_is_read_typed(cx: Cx) -> Done {
    let untyped = dynamic(&cx, "cm").await?;
    let mut theme = Unstructured::new("v1", "ConfigMap", "theme");
    theme.set("data.color", "dark")?;
    let created = untyped.create(&theme).await?;
    assert!(!created.uid().is_empty());
    assert_eq!(&cx.maps().await?.get("theme").await?.data["color"], "dark");
    Ok(())
}

async fn lists_with_the_type_in_each_item(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    for name in ["a", "b"] {
        maps.create(&map_with(name, &[("app", name)])).await?;
    }
    let list = dynamic(&cx, "configmaps").await?.list().labels("app in (a,b)").await?;
    assert_eq!(names(&list), ["a", "b"]);
    assert_eq!((list.items[0].api_version(), list.items[0].kind()), ("v1", "ConfigMap"));
    Ok(())
}

async fn watches(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let untyped = dynamic(&cx, "configmaps").await?;
    let start = untyped.list().await?.metadata.resource_version;
    let mut events = untyped.watch().resource_version(&start).await?;
    maps.create(&map("a")).await?;
    let WatchEvent::Added(object) = event(&mut events).await? else { panic!("not an addition") };
    assert_eq!((object.kind(), object.name()), ("ConfigMap", "a"));
    Ok(())
}

async fn patches_and_deletes(cx: Cx) -> Done {
    cx.maps().await?.create(&map("theme")).await?;
    let untyped = dynamic(&cx, "configmaps").await?;
    let patched = untyped.patch("theme").merge(json!({"data": {"n": "1"}})).await?;
    assert_eq!(patched.at::<&str>("data.n")?, "1");
    let mut changed = patched.clone();
    changed.set("data.n", "2")?;
    assert_eq!(untyped.update(&changed).await?.at::<&str>("data.n")?, "2");
    assert!(untyped.update(&changed).await.unwrap_err().is_conflict());
    assert!(untyped.delete("theme").await?.is_gone());
    Ok(())
}

async fn of_a_cluster_scoped_kind_works(cx: Cx) -> Done {
    cx.namespace().await?;
    let kind = cx.client.discovery().resolve("ns").await?;
    let namespaces = Api::<Unstructured>::dynamic(&cx.client, &kind).cluster()?;
    assert_eq!(namespaces.get(&cx.ns).await?.at::<&str>("status.phase")?, "Active");
    Ok(())
}

async fn over_all_namespaces_lists(cx: Cx) -> Done {
    cx.maps().await?.create(&map_with("a", &[("case", &cx.ns)])).await?;
    let kind = cx.client.discovery().resolve("configmaps").await?;
    let all = Api::<Unstructured>::dynamic(&cx.client, &kind).all()?;
    let found = all.list().labels(format!("case={}", cx.ns)).await?;
    assert_eq!(names(&found), ["a"]);
    assert_eq!(found.items[0].namespace(), cx.ns);
    Ok(())
}

async fn decodes_into_the_type_of_the_kind(cx: Cx) -> Done {
    let created = cx.sites().await?.create(&site("home")).await?;
    let read = dynamic(&cx, "websites.it.kubist.dev").await?.get("home").await?;
    assert_eq!(read.decode::<Website>()?, created);
    assert_eq!(Unstructured::encode_from(&created)?, read);
    Ok(())
}

async fn refuses_to_decode_into_another_type(cx: Cx) -> Done {
    cx.pods().await?.create(&pod("web-0")).await?;
    let read = dynamic(&cx, "pods").await?.get("web-0").await?;
    let error: DecodeError = read.decode::<kubist::types::core::v1::ConfigMap>().unwrap_err();
    assert!(error.to_string().contains("ConfigMap") && error.to_string().contains("Pod"), "{error}");
    Ok(())
}

async fn of_another_kind_than_the_handles_is_refused_by_the_server(cx: Cx) -> Done {
    let untyped = dynamic(&cx, "configmaps").await?;
    let status = refused(untyped.create(&Unstructured::new("v1", "Secret", "theme")).await);
    assert_eq!((status.code, status.reason.as_str()), (400, "BadRequest"));
    Ok(())
}

async fn keeps_fields_that_no_type_knows(cx: Cx) -> Done {
    let untyped = dynamic(&cx, "configmaps").await?;
    let mut theme = Unstructured::new("v1", "ConfigMap", "theme");
    theme.set("data.color", "dark")?;
    theme.set("metadata.annotations[\"example.com/a.b\"]", "kept")?;
    let created = untyped.create(&theme).await?;
    assert_eq!(created.annotation("example.com/a.b"), Some("kept"));
    Ok(())
}

async fn metadata_alone_is_read(cx: Cx) -> Done {
    let mut theme = map_with("theme", &[("a", "b")]);
    theme.data.insert("color", "dark");
    cx.maps().await?.create(&theme).await?;
    let read = metadata(&cx, "configmaps").await?.get("theme").await?;
    assert_eq!((read.name(), read.label("a")), ("theme", Some("b")));
    assert_eq!(read.types.kind, "PartialObjectMetadata");
    Ok(())
}

async fn metadata_alone_is_listed(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("a")).await?;
    maps.create(&map("b")).await?;
    assert_eq!(names(&metadata(&cx, "configmaps").await?.list().await?), ["a", "b"]);
    Ok(())
}

async fn metadata_alone_is_watched(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let partial = metadata(&cx, "configmaps").await?;
    let start = partial.list().await?.metadata.resource_version;
    let mut events = partial.watch().resource_version(&start).await?;
    maps.create(&map("a")).await?;
    let WatchEvent::Added(object) = event(&mut events).await? else { panic!("not an addition") };
    assert_eq!(object.name(), "a");
    Ok(())
}

async fn metadata_alone_of_a_custom_resource(cx: Cx) -> Done {
    cx.sites().await?.create(&site("home")).await?;
    let partial = metadata(&cx, "websites.it.kubist.dev").await?;
    assert_eq!(partial.get("home").await?.metadata.generation, 1);
    assert_eq!(names(&partial.list().await?), ["home"]);
    Ok(())
}

async fn the_wrong_scope_is_refused_before_anything_is_sent(cx: Cx) -> Done {
    let namespaces = cx.client.discovery().resolve("namespaces").await?;
    let error = Api::<Unstructured>::dynamic(&cx.client, &namespaces).namespace("default").unwrap_err();
    assert!(error.to_string().contains("cluster-scoped"), "{error}");
    let pods = cx.client.discovery().resolve("pods").await?;
    let error = Api::<Unstructured>::dynamic(&cx.client, &pods).cluster().unwrap_err();
    assert!(error.to_string().contains("is namespaced"), "{error}");
    Ok(())
}

async fn of_a_kind_that_is_not_served_is_not_found(cx: Cx) -> Done {
    let mut kind = cx.client.discovery().resolve("configmaps").await?;
    kind.plural = "nosuchthings".into();
    let nothing = Api::<Unstructured>::dynamic(&cx.client, &kind).namespace("default")?;
    let status = refused(nothing.list().await);
    assert_eq!((status.code, status.message.as_str()), (404, "the server could not find the requested resource"));
    Ok(())
}

async fn pages(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    for name in ["a", "b", "c"] {
        maps.create(&map(name)).await?;
    }
    let mut items = dynamic(&cx, "configmaps").await?.list().limit(1).items();
    let mut found = Vec::new();
    while let Some(object) = items.next().await {
        found.push(object?.name().to_owned());
    }
    assert_eq!(found, ["a", "b", "c"]);
    Ok(())
}
