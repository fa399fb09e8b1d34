//! Changing parts of objects.

use kubist::{FieldValidation, JsonPatch, JsonPatchOp, PatchOptions, json};

use crate::cx::{Cx, assert_refused, map, map_with, pod, refused, site};
use crate::{Done, cases};

cases![
    merge_sets_and_keeps_the_rest,
    merge_removes_what_is_null,
    merge_replaces_lists_whole,
    merge_that_changes_nothing_keeps_the_version,
    merge_with_an_old_version_is_a_conflict,
    merge_with_the_current_version_works,
    merge_of_a_missing_object_is_not_found,
    merge_of_a_missing_object_is_none_if_told_so,
    merge_as_a_dry_run_stores_nothing,
    merge_may_not_change_the_name,
    merge_of_a_custom_resource_moves_its_generation,
    merge_of_a_custom_resource_is_checked_by_its_schema,
    merge_strictly_refuses_unknown_fields,
    merge_does_not_touch_the_status,
    merge_that_is_no_object_is_refused,
    json_adds_replaces_and_removes,
    json_adds_to_lists_by_index_and_at_the_end,
    json_moves_and_copies,
    json_tests_hold_or_nothing_happens,
    json_at_a_path_that_is_missing_is_invalid,
    json_escapes_slashes_in_keys,
    json_that_is_no_list_is_refused,
    json_of_a_custom_resource_works,
    json_may_create_a_whole_map_of_labels,
    strategic_merges_lists_by_their_keys,
    strategic_deletes_items_by_a_directive,
    strategic_of_a_custom_resource_is_not_supported,
    of_an_unknown_type_is_not_supported,
    of_metadata_alone_leaves_the_data,
    twenty_at_once_all_happen,
    takes_all_options_at_once,
];

async fn merge_sets_and_keeps_the_rest(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut theme = map("theme");
    theme.data = [("color", "dark"), ("font", "serif")].into();
    maps.create(&theme).await?;
    let patched = maps.patch("theme").merge(json!({"data": {"color": "light"}})).await?;
    assert_eq!(patched.data, [("color", "light"), ("font", "serif")].into());
    Ok(())
}

async fn merge_removes_what_is_null(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map_with("theme", &[("a", "1"), ("b", "2")])).await?;
    let patched = maps.patch("theme").merge(json!({"metadata": {"labels": {"a": null}}})).await?;
    assert_eq!(patched.metadata.labels, [("b", "2")].into());
    Ok(())
}

async fn merge_replaces_lists_whole(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    let mut home = site("home");
    home.spec.paths = vec!["/a".to_owned(), "/b".to_owned()];
    sites.create(&home).await?;
    let patched = sites.patch("home").merge(json!({"spec": {"paths": ["/c"]}})).await?;
    assert_eq!(patched.spec.paths, ["/c"]);
    Ok(())
}

async fn merge_that_changes_nothing_keeps_the_version(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let created = maps.create(&map_with("theme", &[("a", "1")])).await?;
    let patched = maps.patch("theme").merge(json!({"metadata": {"labels": {"a": "1"}}})).await?;
    assert_eq!(patched.metadata.resource_version, created.metadata.resource_version);
    Ok(())
}

async fn merge_with_an_old_version_is_a_conflict(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let created = maps.create(&map("theme")).await?;
    maps.patch("theme").merge(json!({"data": {"a": "1"}})).await?;
    let version = created.metadata.resource_version.as_str();
    let result = maps.patch("theme").merge(json!({"metadata": {"resourceVersion": version}, "data": {"a": "2"}})).await;
    assert_refused(
        result,
        json!({
            "message": "Operation cannot be fulfilled on configmaps \"theme\": the object has been modified; please apply your changes to the latest version and try again",
            "reason": "Conflict", "code": 409, "details": {"name": "theme", "kind": "configmaps"},
        }),
    );
    Ok(())
}

async fn merge_with_the_current_version_works(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let created = maps.create(&map("theme")).await?;
    let version = created.metadata.resource_version.as_str();
    let patch = json!({"metadata": {"resourceVersion": version}, "data": {"a": "2"}});
    assert_eq!(&maps.patch("theme").merge(patch).await?.data["a"], "2");
    Ok(())
}

async fn merge_of_a_missing_object_is_not_found(cx: Cx) -> Done {
    let status = refused(cx.maps().await?.patch("away").merge(json!({"data": {"a": "1"}})).await);
    assert_eq!(status.message, "configmaps \"away\" not found");
    Ok(())
}

async fn merge_of_a_missing_object_is_none_if_told_so(cx: Cx) -> Done {
    assert_eq!(cx.maps().await?.patch("away").merge(json!({"data": {"a": "1"}})).if_exists().await?, None);
    Ok(())
}

async fn merge_as_a_dry_run_stores_nothing(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("theme")).await?;
    assert_eq!(&maps.patch("theme").merge(json!({"data": {"a": "1"}})).dry_run().await?.data["a"], "1");
    assert!(maps.get("theme").await?.data.is_empty());
    Ok(())
}

async fn merge_may_not_change_the_name(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("theme")).await?;
    let status = refused(maps.patch("theme").merge(json!({"metadata": {"name": "other"}})).await);
    assert_eq!((status.code, status.reason.as_str()), (400, "BadRequest"));
    assert_eq!(status.message, "the name of the object (other) does not match the name on the URL (theme)");
    Ok(())
}

async fn merge_of_a_custom_resource_moves_its_generation(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    assert_eq!(sites.patch("home").merge(json!({"spec": {"replicas": 9}})).await?.metadata.generation, 2);
    let patched = sites.patch("home").merge(json!({"metadata": {"annotations": {"a": "b"}}})).await?;
    assert_eq!(patched.metadata.generation, 2);
    Ok(())
}

async fn merge_of_a_custom_resource_is_checked_by_its_schema(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    let result = sites.patch("home").merge(json!({"spec": {"host": 7}})).await;
    assert_refused(
        result,
        json!({
            "message": "Website.it.kubist.dev \"home\" is invalid: spec.host: Invalid value: \"integer\": spec.host in body must be of type string: \"integer\"",
            "reason": "Invalid", "code": 422,
            "details": {"name": "home", "group": "it.kubist.dev", "kind": "Website", "causes": [{
                "reason": "FieldValueTypeInvalid", "field": "spec.host",
                "message": "Invalid value: \"integer\": spec.host in body must be of type string: \"integer\"",
            }]},
        }),
    );
    Ok(())
}

async fn merge_strictly_refuses_unknown_fields(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    let patch = sites.patch("home").merge(json!({"spec": {"color": "blue"}}));
    let status = refused(patch.field_validation(FieldValidation::Strict).await);
    assert_eq!((status.code, status.reason.as_str()), (422, "Invalid"));
    assert!(status.message.contains("unknown field \"spec.color\""), "{}", status.message);
    Ok(())
}

async fn merge_does_not_touch_the_status(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    let patched = sites.patch("home").merge(json!({"status": {"ready": true}, "spec": {"replicas": 7}})).await?;
    assert_eq!((patched.status, patched.spec.replicas), (None, 7));
    Ok(())
}

async fn merge_that_is_no_object_is_refused(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("theme")).await?;
    let status = refused(maps.patch("theme").merge(json!(["a"])).await);
    assert_eq!((status.code, status.reason.as_str()), (400, "BadRequest"));
    assert!(status.message.starts_with("error decoding patch: "), "{}", status.message);
    let request = cx.client.rest().patch(kubist::PatchType::Merge).namespace(&cx.ns).resource("configmaps");
    assert_eq!(refused(request.name("theme").body("{\"a\":").send().await).message, "invalid JSON patch");
    Ok(())
}

async fn json_adds_replaces_and_removes(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut theme = map("theme");
    theme.data = [("color", "dark"), ("font", "serif")].into();
    maps.create(&theme).await?;
    let patch = JsonPatch::new().add("/data/size", "10").replace("/data/color", "light").remove("/data/font");
    assert_eq!(maps.patch("theme").json(patch).await?.data, [("color", "light"), ("size", "10")].into());
    Ok(())
}

async fn json_adds_to_lists_by_index_and_at_the_end(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    let mut home = site("home");
    home.spec.paths = vec!["/b".to_owned()];
    sites.create(&home).await?;
    let patch = JsonPatch::new().add("/spec/paths/0", "/a").add("/spec/paths/-", "/c");
    assert_eq!(sites.patch("home").json(patch).await?.spec.paths, ["/a", "/b", "/c"]);
    Ok(())
}

async fn json_moves_and_copies(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut theme = map("theme");
    theme.data = [("a", "1"), ("b", "2")].into();
    maps.create(&theme).await?;
    let patch = JsonPatch::new()
        .op(JsonPatchOp::Move { from: "/data/a".into(), path: "/data/c".into() })
        .op(JsonPatchOp::Copy { from: "/data/b".into(), path: "/data/d".into() });
    assert_eq!(maps.patch("theme").json(patch).await?.data, [("b", "2"), ("c", "1"), ("d", "2")].into());
    Ok(())
}

async fn json_tests_hold_or_nothing_happens(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut theme = map("theme");
    theme.data.insert("color", "dark");
    maps.create(&theme).await?;
    let patch = |expected: &str| JsonPatch::new().add("/data/size", "10").test("/data/color", expected);
    assert_refused(
        maps.patch("theme").json(patch("light")).await,
        json!({
            "message": "the server rejected our request due to an error in our request",
            "reason": "Invalid", "code": 422, "details": {},
        }),
    );
    assert_eq!(maps.get("theme").await?.data.len(), 1);
    assert_eq!(maps.patch("theme").json(patch("dark")).await?.data.len(), 2);
    Ok(())
}

async fn json_at_a_path_that_is_missing_is_invalid(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("theme")).await?;
    for patch in [JsonPatch::new().replace("/data/color", "x"), JsonPatch::new().remove("/data/color")] {
        let status = refused(maps.patch("theme").json(patch).await);
        assert_eq!((status.code, status.reason.as_str()), (422, "Invalid"));
    }
    Ok(())
}

async fn json_escapes_slashes_in_keys(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map_with("theme", &[("example.com/a", "1")])).await?;
    let patched = maps.patch("theme").json(JsonPatch::new().replace("/metadata/labels/example.com~1a", "2")).await?;
    assert_eq!(&patched.metadata.labels["example.com/a"], "2");
    Ok(())
}

async fn json_that_is_no_list_is_refused(cx: Cx) -> Done {
    cx.maps().await?.create(&map("theme")).await?;
    let request = cx.client.rest().patch(kubist::PatchType::Json).namespace(&cx.ns).resource("configmaps");
    let status = refused(request.name("theme").body("{\"op\": \"add\"}").send().await);
    assert_eq!((status.code, status.reason.as_str()), (400, "BadRequest"));
    Ok(())
}

async fn json_of_a_custom_resource_works(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    let patched = sites.patch("home").json(JsonPatch::new().replace("/spec/host", "example.org")).await?;
    assert_eq!(patched.spec.host, "example.org");
    Ok(())
}

async fn json_may_create_a_whole_map_of_labels(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("theme")).await?;
    let patch = JsonPatch::new().add("/metadata/labels", json!({})).add("/metadata/labels/a", "b");
    assert_eq!(maps.patch("theme").json(patch).await?.metadata.labels, [("a", "b")].into());
    Ok(())
}

async fn strategic_merges_lists_by_their_keys(cx: Cx) -> Done {
    let pods = cx.pods().await?;
    pods.create(&pod("web-0")).await?;
    let patch = json!({"spec": {"containers": [{"name": "app", "image": "registry.k8s.io/pause:3.9"}]}});
    let patched = pods.patch("web-0").strategic(patch).await?;
    assert_eq!(patched.spec.containers.len(), 1);
    assert_eq!(patched.spec.containers[0].image, "registry.k8s.io/pause:3.9");
    assert_eq!(patched.spec.containers[0].image_pull_policy, "IfNotPresent");
    Ok(())
}

async fn strategic_deletes_items_by_a_directive(cx: Cx) -> Done {
    cx.namespace().await?;
    let deployments = kubist::Api::<kubist::types::apps::v1::Deployment>::namespaced(&cx.client, &cx.ns);
    let mut web = crate::scale::deployment("web");
    let mut side = web.spec.template.spec.containers[0].clone();
    side.name = "side".into();
    web.spec.template.spec.containers.push(side);
    deployments.create(&web).await?;
    let patch = json!({"spec": {"template": {"spec": {"containers": [{"name": "side", "$patch": "delete"}]}}}});
    let patched = deployments.patch("web").strategic(patch).await?;
    assert_eq!(patched.spec.template.spec.containers.len(), 1);
    assert_eq!(patched.spec.template.spec.containers[0].name, "app");
    Ok(())
}

async fn strategic_of_a_custom_resource_is_not_supported(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    let status = refused(sites.patch("home").strategic(json!({"spec": {"replicas": 1}})).await);
    assert_eq!((status.code, status.reason.as_str()), (415, "UnsupportedMediaType"));
    Ok(())
}

async fn of_an_unknown_type_is_not_supported(cx: Cx) -> Done {
    cx.maps().await?.create(&map("theme")).await?;
    let request = cx.client.rest().verb(http::Method::PATCH).namespace(&cx.ns).resource("configmaps").name("theme");
    let status = refused(request.content_type("text/plain").body("{}").send().await);
    assert_eq!((status.code, status.reason.as_str()), (415, "UnsupportedMediaType"));
    Ok(())
}

async fn of_metadata_alone_leaves_the_data(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut theme = map("theme");
    theme.data.insert("color", "dark");
    let created = maps.create(&theme).await?;
    let patched = maps.patch("theme").merge(json!({"metadata": {"annotations": {"a": "b"}}})).await?;
    assert_eq!(patched.data, created.data);
    assert_eq!(patched.metadata.annotations, [("a", "b")].into());
    Ok(())
}

async fn twenty_at_once_all_happen(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("theme")).await?;
    let patches = (0..20).map(|n| maps.patch("theme").merge(json!({"data": {format!("k{n}"): "v"}})).into_future());
    for result in futures_util::future::join_all(patches).await {
        result?;
    }
    assert_eq!(maps.get("theme").await?.data.len(), 20);
    Ok(())
}

async fn takes_all_options_at_once(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("theme")).await?;
    let options = PatchOptions { dry_run: true, ..PatchOptions::default() };
    maps.patch("theme").merge(json!({"data": {"a": "1"}})).options(options).await?;
    assert!(maps.get("theme").await?.data.is_empty());
    Ok(())
}
