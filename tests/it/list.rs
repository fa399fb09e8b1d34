//! Reading many objects.

use std::time::Duration;

use kubist::model::selector::{FieldSelector, LabelMatcher};
use kubist::types::core::v1::ConfigMap;
use kubist::{Api, Object, ResourceVersion, ResourceVersionMatch, json};

use crate::cx::{Cx, assert_refused, map, map_with, named, names, pod, refused, site};
use crate::{Done, cases};

cases![
    of_an_empty_collection_is_empty_and_has_a_version,
    is_sorted_by_name,
    over_all_namespaces_is_sorted_by_namespace_and_name,
    has_no_type_in_its_items_on_the_wire,
    selects_by_an_equal_label,
    selects_by_a_label_that_is_not_equal_or_missing,
    selects_by_a_set_of_labels,
    selects_by_the_presence_of_a_label,
    selects_by_several_labels_at_once,
    takes_selectors_as_values,
    selects_by_name,
    selects_by_a_field_of_the_kind,
    refuses_a_field_that_the_kind_does_not_select_by,
    refuses_a_label_selector_that_cannot_be_read,
    in_a_missing_namespace_is_empty,
    pages_hold_what_was_asked_for_and_say_how_many_remain,
    pages_show_the_state_of_the_first_page,
    items_come_one_by_one_over_all_pages,
    a_page_with_a_selector_does_not_count_what_remains,
    a_broken_continue_token_is_refused,
    at_an_exact_version_shows_the_past,
    at_a_version_without_a_match_is_not_older,
    at_any_version_may_be_served_from_a_cache,
    a_match_without_a_version_is_refused,
    a_match_with_a_continue_token_is_refused,
    exactly_version_zero_is_refused,
    at_a_version_in_the_future_times_out_with_a_hint_to_retry,
    at_a_version_that_was_forgotten_is_expired,
    of_custom_resources_selects_by_labels,
    of_custom_resources_over_all_namespaces_finds_them,
    of_pods_selects_by_phase_and_node,
    takes_a_timeout,
    a_limit_of_nothing_means_all,
];

async fn fill(cx: &Cx, count: usize) -> Result<Api<ConfigMap>, Box<dyn std::error::Error>> {
    let maps = cx.maps().await?;
    for number in 0..count {
        maps.create(&map(&format!("map-{number:02}"))).await?;
    }
    Ok(maps)
}

async fn of_an_empty_collection_is_empty_and_has_a_version(cx: Cx) -> Done {
    let list = cx.maps().await?.list().await?;
    assert!(list.items.is_empty());
    assert!(list.metadata.resource_version.as_str().parse::<u64>()? > 0);
    assert!(list.metadata.continue_token.is_empty());
    assert_eq!(list.metadata.remaining_item_count, None);
    Ok(())
}

async fn is_sorted_by_name(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    for name in ["b", "a.x", "c", "a", "a-x"] {
        maps.create(&map(name)).await?;
    }
    assert_eq!(names(&maps.list().await?), ["a", "a-x", "a.x", "b", "c"]);
    Ok(())
}

async fn over_all_namespaces_is_sorted_by_namespace_and_name(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let label = format!("group={}", cx.ns);
    for name in ["z", "a"] {
        maps.create(&map_with(name, &[("group", &cx.ns)])).await?;
    }
    let elsewhere = Api::<ConfigMap>::namespaced(&cx.client, "default");
    let name = format!("m-{}", cx.ns);
    elsewhere.create(&map_with(&name, &[("group", &cx.ns)])).await?;
    let all = Api::<ConfigMap>::all(&cx.client).list().labels(label).await?;
    let found: Vec<String> = all.iter().map(|map| format!("{}/{}", map.namespace(), map.name())).collect();
    assert_eq!(found, [format!("{0}/a", cx.ns), format!("{0}/z", cx.ns), format!("default/{name}")]);
    elsewhere.delete(&name).await?;
    Ok(())
}

async fn has_no_type_in_its_items_on_the_wire(cx: Cx) -> Done {
    fill(&cx, 1).await?;
    let response = cx.client.rest().get().namespace(&cx.ns).resource("configmaps").send().await?;
    let list: serde_json::Value = response.json()?;
    assert_eq!((&list["kind"], &list["apiVersion"]), (&json!("ConfigMapList"), &json!("v1")));
    assert_eq!(list["items"][0].get("kind"), None);
    assert_eq!(list["items"][0].get("apiVersion"), None);
    Ok(())
}

async fn labelled(cx: &Cx) -> Result<Api<ConfigMap>, Box<dyn std::error::Error>> {
    let maps = cx.maps().await?;
    maps.create(&map_with("a", &[("app", "web"), ("tier", "front")])).await?;
    maps.create(&map_with("b", &[("app", "web"), ("tier", "back")])).await?;
    maps.create(&map_with("c", &[("app", "db")])).await?;
    maps.create(&map("d")).await?;
    Ok(maps)
}

async fn selects_by_an_equal_label(cx: Cx) -> Done {
    let maps = labelled(&cx).await?;
    assert_eq!(names(&maps.list().labels("app=web").await?), ["a", "b"]);
    assert_eq!(names(&maps.list().labels("app==web").await?), ["a", "b"]);
    assert!(maps.list().labels("app=cache").await?.items.is_empty());
    Ok(())
}

async fn selects_by_a_label_that_is_not_equal_or_missing(cx: Cx) -> Done {
    let maps = labelled(&cx).await?;
    assert_eq!(names(&maps.list().labels("app!=web").await?), ["c", "d"]);
    Ok(())
}

async fn selects_by_a_set_of_labels(cx: Cx) -> Done {
    let maps = labelled(&cx).await?;
    assert_eq!(names(&maps.list().labels("app in (web, db)").await?), ["a", "b", "c"]);
    assert_eq!(names(&maps.list().labels("app notin (web)").await?), ["c", "d"]);
    Ok(())
}

async fn selects_by_the_presence_of_a_label(cx: Cx) -> Done {
    let maps = labelled(&cx).await?;
    assert_eq!(names(&maps.list().labels("tier").await?), ["a", "b"]);
    assert_eq!(names(&maps.list().labels("!tier").await?), ["c", "d"]);
    Ok(())
}

async fn selects_by_several_labels_at_once(cx: Cx) -> Done {
    let maps = labelled(&cx).await?;
    assert_eq!(names(&maps.list().labels("app=web,tier!=back").await?), ["a"]);
    assert_eq!(names(&maps.list().labels("app=web").labels("tier=back").await?), ["b"]);
    Ok(())
}

async fn takes_selectors_as_values(cx: Cx) -> Done {
    let maps = labelled(&cx).await?;
    let labels: LabelMatcher = "app in (web)".parse()?;
    let fields = FieldSelector::everything().not_equal("metadata.name", "a");
    assert_eq!(names(&maps.list().labels(labels).fields(fields).await?), ["b"]);
    Ok(())
}

async fn selects_by_name(cx: Cx) -> Done {
    let maps = labelled(&cx).await?;
    assert_eq!(names(&maps.list().fields("metadata.name=c").await?), ["c"]);
    assert_eq!(names(&maps.list().fields("metadata.name!=c").await?), ["a", "b", "d"]);
    let all = Api::<ConfigMap>::all(&cx.client);
    let found = all.list().fields(format!("metadata.namespace={},metadata.name=c", cx.ns)).await?;
    assert_eq!(names(&found), ["c"]);
    Ok(())
}

async fn selects_by_a_field_of_the_kind(cx: Cx) -> Done {
    cx.namespace().await?;
    let secrets = Api::<kubist::types::core::v1::Secret>::namespaced(&cx.client, &cx.ns);
    for (name, kind) in [("a", "Opaque"), ("b", "example.com/key")] {
        let mut secret = kubist::types::core::v1::Secret::default();
        (secret.metadata, secret.r#type) = (named(name), kind.into());
        secrets.create(&secret).await?;
    }
    assert_eq!(names(&secrets.list().fields("type=example.com/key").await?), ["b"]);
    Ok(())
}

async fn refuses_a_field_that_the_kind_does_not_select_by(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    assert_refused(
        maps.list().fields("data.color=dark").await,
        json!({
            "message": "\"data.color\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"",
            "reason": "BadRequest", "code": 400,
        }),
    );
    Ok(())
}

async fn refuses_a_label_selector_that_cannot_be_read(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let status = refused(maps.list().labels("app in web").await);
    assert_eq!((status.code, status.reason.as_str()), (400, "BadRequest"));
    assert!(status.message.starts_with("unable to parse requirement"), "{}", status.message);
    let status = refused(maps.list().fields("app").await);
    assert_eq!(status.message, "invalid selector: 'app'; can't understand 'app'");
    assert_eq!(refused(cx.pods().await?.list().fields("a=b").await).message, "field label not supported: a");
    Ok(())
}

async fn in_a_missing_namespace_is_empty(cx: Cx) -> Done {
    let maps = Api::<ConfigMap>::namespaced(&cx.client, "no-such-namespace");
    assert!(maps.list().await?.items.is_empty());
    Ok(())
}

async fn pages_hold_what_was_asked_for_and_say_how_many_remain(cx: Cx) -> Done {
    let maps = fill(&cx, 5).await?;
    let first = maps.list().limit(2).await?;
    assert_eq!(names(&first), ["map-00", "map-01"]);
    assert_eq!(first.metadata.remaining_item_count, Some(3));
    let second = maps.list().limit(2).continue_token(&*first.metadata.continue_token).await?;
    assert_eq!(names(&second), ["map-02", "map-03"]);
    assert_eq!(second.metadata.remaining_item_count, Some(1));
    assert_eq!(second.metadata.resource_version, first.metadata.resource_version);
    let last = maps.list().limit(2).continue_token(&*second.metadata.continue_token).await?;
    assert_eq!(names(&last), ["map-04"]);
    assert!(last.metadata.continue_token.is_empty());
    assert_eq!(last.metadata.remaining_item_count, None);
    Ok(())
}

async fn pages_show_the_state_of_the_first_page(cx: Cx) -> Done {
    let maps = fill(&cx, 4).await?;
    let mut pages = maps.list().limit(2).pages();
    assert_eq!(names(&pages.next().await.expect("a first page")?), ["map-00", "map-01"]);
    maps.create(&map("map-015")).await?;
    maps.delete("map-02").await?;
    maps.create(&map("map-99")).await?;
    assert_eq!(names(&pages.next().await.expect("a second page")?), ["map-02", "map-03"]);
    assert!(pages.next().await.is_none());
    Ok(())
}

async fn items_come_one_by_one_over_all_pages(cx: Cx) -> Done {
    let mut items = fill(&cx, 5).await?.list().limit(2).items();
    let mut found = Vec::new();
    while let Some(map) = items.next().await {
        found.push(map?.metadata.name.to_string());
    }
    assert_eq!(found, ["map-00", "map-01", "map-02", "map-03", "map-04"]);
    Ok(())
}

async fn a_page_with_a_selector_does_not_count_what_remains(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    for number in 0..4 {
        maps.create(&map_with(&format!("map-{number}"), &[("app", "web")])).await?;
    }
    let page = maps.list().labels("app=web").limit(2).await?;
    assert_eq!(names(&page), ["map-0", "map-1"]);
    assert!(!page.metadata.continue_token.is_empty());
    assert_eq!(page.metadata.remaining_item_count, None);
    Ok(())
}

async fn a_broken_continue_token_is_refused(cx: Cx) -> Done {
    let status = refused(cx.maps().await?.list().limit(2).continue_token("not-a-token").await);
    assert_eq!((status.code, status.reason.as_str()), (400, "BadRequest"));
    assert!(status.message.starts_with("invalid continue token: continue key is not valid"), "{}", status.message);
    Ok(())
}

async fn at_an_exact_version_shows_the_past(cx: Cx) -> Done {
    let maps = fill(&cx, 2).await?;
    let then = maps.list().await?.metadata.resource_version;
    maps.delete("map-00").await?;
    maps.create(&map("later")).await?;
    let past = maps.list().resource_version(&then).resource_version_match(ResourceVersionMatch::Exact).await?;
    assert_eq!(names(&past), ["map-00", "map-01"]);
    assert_eq!(past.metadata.resource_version, then);
    Ok(())
}

async fn at_a_version_without_a_match_is_not_older(cx: Cx) -> Done {
    let maps = fill(&cx, 2).await?;
    let then = maps.list().await?.metadata.resource_version;
    let later = maps.create(&map("later")).await?.metadata.resource_version;
    let now = maps.list().resource_version(&later).await?;
    assert_eq!(names(&now), ["later", "map-00", "map-01"]);
    let now = maps.list().resource_version(&then).resource_version_match(ResourceVersionMatch::NotOlderThan).await?;
    assert!(now.items.len() >= 2);
    Ok(())
}

async fn at_any_version_may_be_served_from_a_cache(cx: Cx) -> Done {
    let maps = fill(&cx, 1).await?;
    let created = maps.get("map-00").await?.metadata.resource_version;
    maps.list().resource_version(&created).await?;
    assert_eq!(names(&maps.list().resource_version(ResourceVersion::any()).await?), ["map-00"]);
    Ok(())
}

async fn a_match_without_a_version_is_refused(cx: Cx) -> Done {
    let result = cx.maps().await?.list().resource_version_match(ResourceVersionMatch::Exact).await;
    assert_refused(
        result,
        json!({
            "message": "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided",
            "reason": "Invalid", "code": 422,
            "details": {"group": "meta.k8s.io", "kind": "ListOptions", "causes": [{
                "reason": "FieldValueForbidden", "field": "resourceVersionMatch",
                "message": "Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided",
            }]},
        }),
    );
    Ok(())
}

async fn a_match_with_a_continue_token_is_refused(cx: Cx) -> Done {
    let maps = fill(&cx, 3).await?;
    let page = maps.list().limit(1).await?;
    let next = maps.list().limit(1).continue_token(&*page.metadata.continue_token);
    let result = next.resource_version("1").resource_version_match(ResourceVersionMatch::NotOlderThan).await;
    let status = refused(result);
    assert_eq!((status.code, status.reason.as_str()), (422, "Invalid"));
    assert_eq!(status.causes()[0].field, "resourceVersionMatch");
    Ok(())
}

async fn exactly_version_zero_is_refused(cx: Cx) -> Done {
    let list = cx.maps().await?.list().resource_version(ResourceVersion::any());
    let status = refused(list.resource_version_match(ResourceVersionMatch::Exact).await);
    assert_eq!(
        status.causes()[0].message,
        "Forbidden: resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""
    );
    Ok(())
}

async fn at_a_version_in_the_future_times_out_with_a_hint_to_retry(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let future = maps.list().await?.metadata.resource_version.as_str().parse::<u64>()? + 100_000;
    let status = refused(maps.list().resource_version(future.to_string()).await);
    assert_eq!((status.code, status.reason.as_str()), (504, "Timeout"));
    assert_eq!(status.causes()[0].reason, "ResourceVersionTooLarge");
    assert_eq!(status.retry_after(), Some(Duration::from_secs(1)));
    Ok(())
}

async fn at_a_version_that_was_forgotten_is_expired(cx: Cx) -> Done {
    let maps = fill(&cx, 3).await?;
    // The real server forgets by the clock; within a test it still has the page.
    let page = maps.list().limit(1).await?;
    maps.create(&map("later")).await?;
    if cx.compact() {
        let status = refused(maps.list().limit(1).continue_token(&*page.metadata.continue_token).await);
        assert_eq!((status.code, status.reason.as_str()), (410, "Expired"));
        assert!(status.message.starts_with("The provided continue parameter is too old"), "{}", status.message);
        let then = &page.metadata.resource_version;
        let list = maps.list().resource_version(then).resource_version_match(ResourceVersionMatch::Exact);
        assert!(list.await.unwrap_err().is_expired());
    }
    assert_eq!(maps.list().await?.items.len(), 4);
    Ok(())
}

async fn of_custom_resources_selects_by_labels(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    for (name, tier) in [("a", "front"), ("b", "back")] {
        let mut site = site(name);
        site.metadata.labels = [("tier", tier)].into();
        sites.create(&site).await?;
    }
    assert_eq!(names(&sites.list().labels("tier=back").await?), ["b"]);
    assert_eq!(names(&sites.list().fields("metadata.name=a").await?), ["a"]);
    Ok(())
}

async fn of_custom_resources_over_all_namespaces_finds_them(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    let mut site = site("home");
    site.metadata.labels = [("case", cx.ns.as_str())].into();
    sites.create(&site).await?;
    let all = Api::<crate::cx::Website>::all(&cx.client).list().labels(format!("case={}", cx.ns)).await?;
    assert_eq!(names(&all), ["home"]);
    assert_eq!(all.items[0].namespace(), cx.ns);
    Ok(())
}

async fn of_pods_selects_by_phase_and_node(cx: Cx) -> Done {
    let pods = cx.pods().await?;
    pods.create(&pod("web-0")).await?;
    let mut placed = pod("web-1");
    placed.spec.node_name = "node-a".into();
    pods.create(&placed).await?;
    pods.status("web-1").update(|status| status.phase = "Running".into()).await?;
    assert_eq!(names(&pods.list().fields("spec.nodeName=node-a").await?), ["web-1"]);
    assert_eq!(names(&pods.list().fields("spec.nodeName=").await?), ["web-0"]);
    assert_eq!(names(&pods.list().fields("status.phase=Running").await?), ["web-1"]);
    assert_eq!(names(&pods.list().fields("status.phase!=Running").await?), ["web-0"]);
    Ok(())
}

async fn takes_a_timeout(cx: Cx) -> Done {
    assert_eq!(fill(&cx, 1).await?.list().timeout(Duration::from_millis(1500)).await?.items.len(), 1);
    Ok(())
}

async fn a_limit_of_nothing_means_all(cx: Cx) -> Done {
    let list = fill(&cx, 3).await?.list().limit(0).await?;
    assert_eq!(list.items.len(), 3);
    assert!(list.metadata.continue_token.is_empty());
    Ok(())
}
