//! Deleting objects, one and many.

use kubist::types::core::v1::{ConfigMap, Namespace};
use kubist::{Api, DeleteOptions, Deletion, Object, PropagationPolicy, json};

use crate::cx::{Cx, assert_refused, map, map_with, names, pod, refused, site};
use crate::{Done, cases};

cases![
    confirms_with_the_uid_in_the_details,
    returns_the_object_of_kinds_that_do_so,
    of_a_missing_object_is_not_found,
    of_a_missing_object_is_none_if_told_so,
    as_a_dry_run_deletes_nothing,
    of_another_uid_is_a_conflict,
    of_the_right_uid_works,
    at_an_old_version_is_a_conflict,
    with_a_finalizer_waits,
    again_while_it_waits_keeps_the_first_time,
    of_a_pod_that_runs_waits_for_its_grace_period,
    of_a_pod_without_a_node_is_at_once,
    in_the_foreground_leaves_a_finalizer,
    that_orphans_leaves_a_finalizer,
    of_a_namespace_leaves_it_terminating,
    of_a_custom_resource_works,
    then_create_gives_another_uid,
    of_an_unknown_propagation_is_refused,
    takes_all_options_at_once,
    of_a_collection_deletes_all_of_the_namespace,
    of_a_collection_selects_by_labels,
    of_a_collection_selects_by_fields,
    of_a_collection_as_a_dry_run_deletes_nothing,
    of_a_collection_over_all_namespaces_deletes_what_matches,
    of_a_collection_marks_what_has_finalizers,
    of_an_empty_collection_is_no_error,
    of_a_collection_of_custom_resources_works,
];

async fn confirms_with_the_uid_in_the_details(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let created = maps.create(&map("theme")).await?;
    let Deletion::Confirmed(status) = maps.delete("theme").await? else { panic!("not a Status") };
    assert_eq!((status.status.as_str(), status.is_failure()), ("Success", false));
    let details = status.details.expect("details");
    assert_eq!((details.name.as_str(), details.kind.as_str()), ("theme", "configmaps"));
    assert_eq!(details.uid, created.metadata.uid);
    assert_eq!(maps.get("theme").optional().await?, None);
    Ok(())
}

async fn returns_the_object_of_kinds_that_do_so(cx: Cx) -> Done {
    let pods = cx.pods().await?;
    let created = pods.create(&pod("web-0")).await?;
    let Deletion::Gone(gone) = pods.delete("web-0").grace_period_seconds(0).await? else { panic!("not the pod") };
    assert_eq!(gone.metadata.uid, created.metadata.uid);
    assert_eq!(gone.metadata.deletion_grace_period_seconds, Some(0));
    Ok(())
}

async fn of_a_missing_object_is_not_found(cx: Cx) -> Done {
    assert_refused(
        cx.maps().await?.delete("away").await,
        json!({
            "message": "configmaps \"away\" not found", "reason": "NotFound", "code": 404,
            "details": {"name": "away", "kind": "configmaps"},
        }),
    );
    Ok(())
}

async fn of_a_missing_object_is_none_if_told_so(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    assert_eq!(maps.delete("away").if_exists().await?, None);
    maps.create(&map("here")).await?;
    assert!(maps.delete("here").if_exists().await?.is_some_and(|deletion| deletion.is_gone()));
    Ok(())
}

async fn as_a_dry_run_deletes_nothing(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("theme")).await?;
    maps.delete("theme").dry_run().await?;
    assert!(maps.get("theme").await?.metadata.deletion_timestamp.is_none());
    Ok(())
}

async fn of_another_uid_is_a_conflict(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let created = maps.create(&map("theme")).await?;
    let other = "11111111-1111-4111-8111-111111111111";
    assert_refused(
        maps.delete("theme").uid(other).await,
        json!({
            "message": format!("Operation cannot be fulfilled on ConfigMap \"theme\": the UID in the precondition ({other}) does not match the UID in record ({}). The object might have been deleted and then recreated", created.metadata.uid),
            "reason": "Conflict", "code": 409, "details": {"name": "theme", "kind": "ConfigMap"},
        }),
    );
    Ok(())
}

async fn of_the_right_uid_works(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let created = maps.create(&map("theme")).await?;
    let version = &created.metadata.resource_version;
    assert!(maps.delete("theme").uid(&created.metadata.uid).resource_version(version).await?.is_gone());
    Ok(())
}

async fn at_an_old_version_is_a_conflict(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let created = maps.create(&map("theme")).await?;
    maps.patch("theme").merge(json!({"data": {"a": "1"}})).await?;
    let status = refused(maps.delete("theme").resource_version(&created.metadata.resource_version).await);
    assert_eq!((status.code, status.reason.as_str()), (409, "Conflict"));
    assert!(status.message.ends_with("The object might have been modified"), "{}", status.message);
    Ok(())
}

async fn keep(cx: &Cx, name: &str) -> Result<Api<ConfigMap>, Box<dyn std::error::Error>> {
    let maps = cx.maps().await?;
    let mut kept = map(name);
    kept.metadata.finalizers = vec!["kubist.dev/wait".into()];
    maps.create(&kept).await?;
    Ok(maps)
}

async fn let_go(maps: &Api<ConfigMap>, name: &str) -> Done {
    maps.patch(name).merge(json!({"metadata": {"finalizers": null}})).await?;
    assert_eq!(maps.get(name).optional().await?, None);
    Ok(())
}

async fn with_a_finalizer_waits(cx: Cx) -> Done {
    let maps = keep(&cx, "kept").await?;
    let Deletion::Pending(pending) = maps.delete("kept").await? else { panic!("it must wait") };
    assert!(pending.metadata.deletion_timestamp.is_some());
    assert_eq!(pending.metadata.deletion_grace_period_seconds, Some(0));
    assert_eq!(maps.get("kept").await?.metadata.finalizers, ["kubist.dev/wait"]);
    let_go(&maps, "kept").await
}

async fn again_while_it_waits_keeps_the_first_time(cx: Cx) -> Done {
    let maps = keep(&cx, "kept").await?;
    let first = maps.delete("kept").await?.object().expect("an object").clone();
    let second = maps.delete("kept").await?.object().expect("an object").clone();
    assert_eq!(first.metadata.deletion_timestamp, second.metadata.deletion_timestamp);
    assert_eq!(first.metadata.resource_version, second.metadata.resource_version);
    let_go(&maps, "kept").await
}

async fn of_a_pod_that_runs_waits_for_its_grace_period(cx: Cx) -> Done {
    let pods = cx.pods().await?;
    let mut web = pod("web-0");
    web.spec.node_name = "node-a".into();
    pods.create(&web).await?;
    let Deletion::Pending(pending) = pods.delete("web-0").await? else { panic!("it must wait") };
    assert_eq!(pending.metadata.deletion_grace_period_seconds, Some(30));
    let Deletion::Pending(pending) = pods.delete("web-0").grace_period_seconds(5).await? else {
        panic!("it must wait")
    };
    assert_eq!(pending.metadata.deletion_grace_period_seconds, Some(5));
    assert!(pods.delete("web-0").grace_period_seconds(0).await?.is_gone());
    assert_eq!(pods.get("web-0").optional().await?, None);
    Ok(())
}

async fn of_a_pod_without_a_node_is_at_once(cx: Cx) -> Done {
    let pods = cx.pods().await?;
    pods.create(&pod("web-0")).await?;
    assert!(pods.delete("web-0").await?.is_gone());
    assert_eq!(pods.get("web-0").optional().await?, None);
    Ok(())
}

async fn in_the_foreground_leaves_a_finalizer(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("theme")).await?;
    assert!(!maps.delete("theme").propagation(PropagationPolicy::Foreground).await?.is_gone());
    let waiting = maps.get("theme").await?;
    assert_eq!(waiting.metadata.finalizers, ["foregroundDeletion"]);
    assert!(waiting.metadata.deletion_timestamp.is_some());
    let_go(&maps, "theme").await
}

async fn that_orphans_leaves_a_finalizer(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("theme")).await?;
    maps.delete("theme").propagation(PropagationPolicy::Orphan).await?;
    assert_eq!(maps.get("theme").await?.metadata.finalizers, ["orphan"]);
    let_go(&maps, "theme").await
}

async fn of_a_namespace_leaves_it_terminating(cx: Cx) -> Done {
    cx.namespace().await?;
    let namespaces = Api::<Namespace>::cluster(&cx.client);
    let Deletion::Pending(pending) = namespaces.delete(&cx.ns).await? else { panic!("it must wait") };
    assert_eq!(pending.status.phase, "Terminating");
    assert!(namespaces.get(&cx.ns).await?.metadata.deletion_timestamp.is_some());
    Ok(())
}

async fn of_a_custom_resource_works(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    let created = sites.create(&site("home")).await?;
    let Deletion::Confirmed(status) = sites.delete("home").await? else { panic!("not a Status") };
    let details = status.details.expect("details");
    assert_eq!((details.group.as_str(), details.kind.as_str()), ("it.kubist.dev", "websites"));
    assert_eq!(details.uid, created.metadata.uid);
    Ok(())
}

async fn then_create_gives_another_uid(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let first = maps.create(&map("theme")).await?;
    maps.delete("theme").await?;
    assert_ne!(maps.create(&map("theme")).await?.metadata.uid, first.metadata.uid);
    Ok(())
}

async fn of_an_unknown_propagation_is_refused(cx: Cx) -> Done {
    cx.maps().await?.create(&map("theme")).await?;
    let request = cx.client.rest().delete().namespace(&cx.ns).resource("configmaps").name("theme");
    let status = refused(request.param("propagationPolicy", "Sideways").send().await);
    assert_eq!((status.code, status.reason.as_str()), (422, "Invalid"));
    assert_eq!(status.causes()[0].field, "propagationPolicy");
    Ok(())
}

async fn takes_all_options_at_once(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("theme")).await?;
    let options = DeleteOptions {
        dry_run: true,
        propagation_policy: Some(PropagationPolicy::Background),
        ..DeleteOptions::default()
    };
    maps.delete("theme").options(options).await?;
    assert!(maps.get("theme").optional().await?.is_some());
    Ok(())
}

async fn of_a_collection_deletes_all_of_the_namespace(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    for name in ["a", "b", "c"] {
        maps.create(&map(name)).await?;
    }
    let deleted = maps.delete_collection().await?;
    assert_eq!(names(&deleted), ["a", "b", "c"]);
    assert!(maps.list().await?.items.is_empty());
    Ok(())
}

async fn of_a_collection_selects_by_labels(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    for (name, app) in [("a", "web"), ("b", "db"), ("c", "web")] {
        maps.create(&map_with(name, &[("app", app)])).await?;
    }
    maps.delete_collection().labels("app=web").await?;
    assert_eq!(names(&maps.list().await?), ["b"]);
    Ok(())
}

async fn of_a_collection_selects_by_fields(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    for name in ["a", "b"] {
        maps.create(&map(name)).await?;
    }
    maps.delete_collection().fields("metadata.name=a").await?;
    assert_eq!(names(&maps.list().await?), ["b"]);
    Ok(())
}

async fn of_a_collection_as_a_dry_run_deletes_nothing(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("a")).await?;
    maps.delete_collection().dry_run().await?;
    assert_eq!(names(&maps.list().await?), ["a"]);
    Ok(())
}

async fn of_a_collection_over_all_namespaces_deletes_what_matches(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map_with("a", &[("case", &cx.ns)])).await?;
    maps.create(&map("b")).await?;
    let elsewhere = Api::<ConfigMap>::namespaced(&cx.client, "default");
    let name = format!("c-{}", cx.ns);
    elsewhere.create(&map_with(&name, &[("case", &cx.ns)])).await?;
    let deleted = Api::<ConfigMap>::all(&cx.client).delete_collection().labels(format!("case={}", cx.ns)).await?;
    assert_eq!(deleted.items.len(), 2);
    assert_eq!(names(&maps.list().await?), ["b"]);
    assert_eq!(elsewhere.get(&name).optional().await?, None);
    Ok(())
}

async fn of_a_collection_marks_what_has_finalizers(cx: Cx) -> Done {
    let maps = keep(&cx, "kept").await?;
    maps.create(&map("gone")).await?;
    maps.delete_collection().await?;
    let left = maps.list().await?;
    assert_eq!(names(&left), ["kept"]);
    assert!(left.items[0].deletion_timestamp().is_some());
    let_go(&maps, "kept").await
}

async fn of_an_empty_collection_is_no_error(cx: Cx) -> Done {
    assert!(cx.maps().await?.delete_collection().await?.items.is_empty());
    Ok(())
}

async fn of_a_collection_of_custom_resources_works(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    sites.create(&site("blog")).await?;
    assert_eq!(sites.delete_collection().await?.items.len(), 2);
    assert!(sites.list().await?.items.is_empty());
    Ok(())
}
