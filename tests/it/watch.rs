//! Following changes.

use std::time::Duration;

use kubist::types::core::v1::ConfigMap;
use kubist::{Api, Object, ResourceVersion, WatchEvent, json};

use crate::cx::{Cx, event, map, map_with, refused, short, site};
use crate::{Done, cases};

cases![
    without_a_version_begins_with_what_there_is,
    from_a_list_tells_what_happened_since,
    tells_of_each_change_in_order,
    an_event_holds_the_object_at_the_version_of_the_change,
    a_deletion_shows_the_last_state_at_the_version_of_the_deletion,
    from_the_past_replays_what_happened,
    from_an_event_goes_on_behind_it,
    an_object_that_begins_to_match_is_added,
    an_object_that_ceases_to_match_is_deleted,
    of_one_name_sees_nothing_else,
    of_one_namespace_sees_nothing_else,
    of_all_namespaces_sees_each,
    initial_events_end_with_a_bookmark_that_says_so,
    initial_events_of_an_empty_collection_are_the_bookmark_alone,
    initial_events_without_what_belongs_to_them_are_refused,
    a_match_without_initial_events_is_refused,
    ends_when_its_time_is_up,
    a_version_that_was_forgotten_is_expired,
    an_unreadable_version_is_refused,
    of_a_custom_resource_gives_typed_objects,
    of_a_custom_resource_tells_of_status_changes,
    an_update_that_changes_nothing_is_no_event,
    a_dry_run_is_no_event,
    finalizers_make_two_events_of_a_deletion,
    many_watches_see_the_same_events,
    a_watch_that_is_dropped_ends,
];

async fn next(events: &mut kubist::rest::WatchStream<ConfigMap>) -> Result<String, kubist::Error> {
    Ok(short(&event(events).await?))
}

async fn without_a_version_begins_with_what_there_is(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("a")).await?;
    maps.create(&map("b")).await?;
    let mut events = maps.watch().timeout(Duration::from_secs(20)).await?;
    let mut first = [next(&mut events).await?, next(&mut events).await?];
    first.sort();
    assert_eq!(first, ["ADDED a", "ADDED b"]);
    maps.create(&map("c")).await?;
    assert_eq!(next(&mut events).await?, "ADDED c");
    Ok(())
}

async fn from_a_list_tells_what_happened_since(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("before")).await?;
    let list = maps.list().await?;
    let mut events = maps.watch().resource_version(&list.metadata.resource_version).await?;
    maps.create(&map("after")).await?;
    assert_eq!(next(&mut events).await?, "ADDED after");
    Ok(())
}

async fn tells_of_each_change_in_order(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let list = maps.list().await?;
    let mut events = maps.watch().resource_version(&list.metadata.resource_version).await?;
    maps.create(&map("a")).await?;
    maps.patch("a").merge(json!({"data": {"n": "1"}})).await?;
    maps.patch("a").merge(json!({"data": {"n": "2"}})).await?;
    maps.delete("a").await?;
    for expected in ["ADDED a", "MODIFIED a", "MODIFIED a", "DELETED a"] {
        assert_eq!(next(&mut events).await?, expected);
    }
    Ok(())
}

async fn an_event_holds_the_object_at_the_version_of_the_change(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let created = maps.create(&map("a")).await?;
    let mut events = maps.watch().resource_version(&created.metadata.resource_version).await?;
    let patched = maps.patch("a").merge(json!({"data": {"n": "1"}})).await?;
    match event(&mut events).await? {
        WatchEvent::Modified(map) => assert_eq!(map, patched),
        other => panic!("{}", short(&other)),
    }
    Ok(())
}

async fn a_deletion_shows_the_last_state_at_the_version_of_the_deletion(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut last = map("a");
    last.data.insert("n", "1");
    let created = maps.create(&last).await?;
    let mut events = maps.watch().resource_version(&created.metadata.resource_version).await?;
    maps.delete("a").await?;
    let WatchEvent::Deleted(gone) = event(&mut events).await? else { panic!("not the deletion") };
    assert_eq!(gone.data, created.data);
    let version = |map: &ConfigMap| map.metadata.resource_version.as_str().parse::<u64>();
    assert!(version(&gone)? > version(&created)?);
    Ok(())
}

async fn from_the_past_replays_what_happened(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let first = maps.create(&map("a")).await?;
    maps.create(&map("b")).await?;
    maps.delete("a").await?;
    maps.create(&map("a")).await?;
    let mut events = maps.watch().resource_version(&first.metadata.resource_version).await?;
    for expected in ["ADDED b", "DELETED a", "ADDED a"] {
        assert_eq!(next(&mut events).await?, expected);
    }
    Ok(())
}

async fn from_an_event_goes_on_behind_it(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let start = maps.list().await?.metadata.resource_version;
    for name in ["a", "b", "c"] {
        maps.create(&map(name)).await?;
    }
    let mut events = maps.watch().resource_version(&start).await?;
    event(&mut events).await?;
    let second = event(&mut events).await?;
    drop(events);
    let version = second.object().expect("an object").metadata.resource_version.clone();
    let mut events = maps.watch().resource_version(version).await?;
    assert_eq!(next(&mut events).await?, "ADDED c");
    Ok(())
}

async fn an_object_that_begins_to_match_is_added(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let created = maps.create(&map("a")).await?;
    let start = &created.metadata.resource_version;
    let mut events = maps.watch().labels("app=web").resource_version(start).await?;
    maps.patch("a").merge(json!({"metadata": {"labels": {"app": "web"}}})).await?;
    maps.patch("a").merge(json!({"data": {"n": "1"}})).await?;
    assert_eq!(next(&mut events).await?, "ADDED a");
    assert_eq!(next(&mut events).await?, "MODIFIED a");
    Ok(())
}

async fn an_object_that_ceases_to_match_is_deleted(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let created = maps.create(&map_with("a", &[("app", "web")])).await?;
    let start = &created.metadata.resource_version;
    let mut events = maps.watch().labels("app=web").resource_version(start).await?;
    let patched = maps.patch("a").merge(json!({"metadata": {"labels": {"app": "db"}}})).await?;
    let WatchEvent::Deleted(gone) = event(&mut events).await? else { panic!("not a deletion") };
    assert_eq!(gone.label("app"), Some("web"), "it is shown as it last matched");
    assert_eq!(gone.metadata.resource_version, patched.metadata.resource_version);
    Ok(())
}

async fn of_one_name_sees_nothing_else(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let start = maps.list().await?.metadata.resource_version;
    let mut events = maps.watch().fields("metadata.name=b").resource_version(&start).await?;
    for name in ["a", "b", "c"] {
        maps.create(&map(name)).await?;
    }
    maps.delete("b").await?;
    assert_eq!(next(&mut events).await?, "ADDED b");
    assert_eq!(next(&mut events).await?, "DELETED b");
    Ok(())
}

async fn of_one_namespace_sees_nothing_else(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let start = maps.list().await?.metadata.resource_version;
    let mut events = maps.watch().resource_version(&start).await?;
    let elsewhere = Api::<ConfigMap>::namespaced(&cx.client, "default");
    let name = format!("a-{}", cx.ns);
    elsewhere.create(&map(&name)).await?;
    elsewhere.delete(&name).await?;
    maps.create(&map("b")).await?;
    assert_eq!(next(&mut events).await?, "ADDED b");
    Ok(())
}

async fn of_all_namespaces_sees_each(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let start = maps.list().await?.metadata.resource_version;
    let label = format!("case={}", cx.ns);
    let mut events = Api::<ConfigMap>::all(&cx.client).watch().labels(label).resource_version(&start).await?;
    let elsewhere = Api::<ConfigMap>::namespaced(&cx.client, "default");
    let name = format!("a-{}", cx.ns);
    elsewhere.create(&map_with(&name, &[("case", &cx.ns)])).await?;
    maps.create(&map_with("b", &[("case", &cx.ns)])).await?;
    assert_eq!(next(&mut events).await?, format!("ADDED {name}"));
    assert_eq!(next(&mut events).await?, "ADDED b");
    elsewhere.delete(&name).await?;
    Ok(())
}

async fn initial_events_end_with_a_bookmark_that_says_so(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("a")).await?;
    let last = maps.create(&map("b")).await?;
    let mut events = maps.watch().send_initial_events().await?;
    let mut added = [next(&mut events).await?, next(&mut events).await?];
    added.sort();
    assert_eq!(added, ["ADDED a", "ADDED b"]);
    match event(&mut events).await? {
        WatchEvent::Bookmark { resource_version, initial_events_end: true } => {
            let number = |version: &ResourceVersion| version.as_str().parse::<u64>();
            assert!(number(&resource_version)? >= number(&last.metadata.resource_version)?);
        }
        other => panic!("{other:?}"),
    }
    maps.create(&map("c")).await?;
    assert_eq!(next(&mut events).await?, "ADDED c");
    Ok(())
}

async fn initial_events_of_an_empty_collection_are_the_bookmark_alone(cx: Cx) -> Done {
    let mut events = cx.maps().await?.watch().send_initial_events().await?;
    assert!(matches!(event(&mut events).await?, WatchEvent::Bookmark { initial_events_end: true, .. }));
    Ok(())
}

async fn initial_events_without_what_belongs_to_them_are_refused(cx: Cx) -> Done {
    cx.namespace().await?;
    let request = cx.client.rest().get().namespace(&cx.ns).resource("configmaps");
    let result = request.param("watch", true).param("sendInitialEvents", true).send().await;
    let status = refused(result);
    assert_eq!((status.code, status.reason.as_str()), (422, "Invalid"));
    assert_eq!(
        status.causes()[0].message,
        "Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"
    );
    Ok(())
}

async fn a_match_without_initial_events_is_refused(cx: Cx) -> Done {
    cx.namespace().await?;
    let request = cx.client.rest().get().namespace(&cx.ns).resource("configmaps");
    let request = request.param("watch", true).param("resourceVersionMatch", "NotOlderThan");
    let status = refused(request.param("resourceVersion", 1).send().await);
    assert_eq!(
        status.causes()[0].message,
        "Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"
    );
    Ok(())
}

async fn ends_when_its_time_is_up(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("a")).await?;
    let mut events = maps.watch().timeout(Duration::from_secs(1)).await?;
    assert_eq!(next(&mut events).await?, "ADDED a");
    let end = tokio::time::timeout(Duration::from_secs(20), events.next()).await?;
    assert!(end.is_none(), "{end:?}");
    Ok(())
}

async fn a_version_that_was_forgotten_is_expired(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let start = maps.create(&map("a")).await?.metadata.resource_version;
    maps.patch("a").merge(json!({"data": {"n": "1"}})).await?;
    if !cx.compact() {
        // The real server forgets by the clock; within a test it still knows what happened.
        assert_eq!(next(&mut maps.watch().resource_version(start).await?).await?, "MODIFIED a");
        return Ok(());
    }
    let gone = match maps.watch().resource_version(start).await {
        Err(error) => error.status().expect("a Status").clone(),
        Ok(mut events) => match event(&mut events).await? {
            WatchEvent::Error(status) => status,
            other => panic!("{}", short(&other)),
        },
    };
    assert_eq!((gone.code, gone.reason.as_str()), (410, "Expired"));
    assert!(gone.message.starts_with("too old resource version: "), "{}", gone.message);
    Ok(())
}

async fn an_unreadable_version_is_refused(cx: Cx) -> Done {
    let status = refused(cx.maps().await?.watch().resource_version("yesterday").await);
    assert_eq!((status.code, status.reason.as_str()), (500, ""));
    Ok(())
}

async fn of_a_custom_resource_gives_typed_objects(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    let start = sites.list().await?.metadata.resource_version;
    let mut events = sites.watch().resource_version(&start).await?;
    let created = sites.create(&site("home")).await?;
    assert_eq!(event(&mut events).await?, WatchEvent::Added(created));
    Ok(())
}

async fn of_a_custom_resource_tells_of_status_changes(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    let created = sites.create(&site("home")).await?;
    let mut events = sites.watch().resource_version(&created.metadata.resource_version).await?;
    sites.status("home").update(|status| status.ready = true).await?;
    let WatchEvent::Modified(site) = event(&mut events).await? else { panic!("not a change") };
    assert!(site.status.is_some_and(|status| status.ready));
    Ok(())
}

async fn an_update_that_changes_nothing_is_no_event(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let created = maps.create(&map("a")).await?;
    let start = &created.metadata.resource_version;
    let mut events = maps.watch().resource_version(start).await?;
    let updated = maps.update(&created).await?;
    assert_eq!(updated.metadata.resource_version, created.metadata.resource_version);
    maps.create(&map("b")).await?;
    assert_eq!(next(&mut events).await?, "ADDED b");
    Ok(())
}

async fn a_dry_run_is_no_event(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let start = maps.list().await?.metadata.resource_version;
    let mut events = maps.watch().resource_version(&start).await?;
    maps.create(&map("a")).dry_run().await?;
    maps.create(&map("b")).await?;
    maps.delete("b").dry_run().await?;
    maps.create(&map("c")).await?;
    assert_eq!(next(&mut events).await?, "ADDED b");
    assert_eq!(next(&mut events).await?, "ADDED c");
    Ok(())
}

async fn finalizers_make_two_events_of_a_deletion(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut kept = map("a");
    kept.metadata.finalizers = vec!["kubist.dev/wait".into()];
    let created = maps.create(&kept).await?;
    let mut events = maps.watch().resource_version(&created.metadata.resource_version).await?;
    assert!(!maps.delete("a").await?.is_gone());
    let WatchEvent::Modified(marked) = event(&mut events).await? else { panic!("not a change") };
    assert!(marked.metadata.deletion_timestamp.is_some());
    maps.patch("a").merge(json!({"metadata": {"finalizers": null}})).await?;
    let WatchEvent::Deleted(gone) = event(&mut events).await? else { panic!("not the deletion") };
    assert_eq!(gone.metadata.finalizers, ["kubist.dev/wait"], "it is shown as it was stored last");
    Ok(())
}

async fn many_watches_see_the_same_events(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let start = maps.list().await?.metadata.resource_version;
    let mut watches = Vec::new();
    for _ in 0..8 {
        watches.push(maps.watch().resource_version(&start).await?);
    }
    for name in ["a", "b", "c"] {
        maps.create(&map(name)).await?;
    }
    for events in &mut watches {
        for expected in ["ADDED a", "ADDED b", "ADDED c"] {
            assert_eq!(next(events).await?, expected);
        }
    }
    Ok(())
}

async fn a_watch_that_is_dropped_ends(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    for _ in 0..20 {
        drop(maps.watch().timeout(Duration::from_mins(1)).await?);
    }
    maps.create(&map("a")).await?;
    assert_eq!(maps.list().await?.items.len(), 1);
    Ok(())
}
