//! Replacing objects.

use kubist::types::core::v1::{ConfigMap, Secret, Service, ServicePort};
use kubist::{Api, FieldValidation, ManagedFields, Metadata, Object, Unstructured, UpdateOptions, json};

use crate::cx::{Cx, assert_refused, map, named, pod, refused, site, tree};
use crate::{Done, cases};

cases![
    replaces_the_object_and_moves_its_version,
    with_an_old_version_is_a_conflict,
    without_a_version_overwrites,
    of_a_custom_resource_without_a_version_is_invalid,
    of_a_missing_object_is_not_found,
    under_another_name_than_the_urls_is_refused,
    with_another_uid_is_a_conflict,
    in_another_namespace_is_refused,
    that_changes_nothing_keeps_the_version,
    as_a_dry_run_stores_nothing,
    keeps_what_the_server_owns,
    removes_labels_that_are_left_out,
    moves_the_generation_when_the_spec_changes,
    keeps_the_generation_when_metadata_changes,
    does_not_touch_the_status,
    of_immutable_data_is_invalid,
    of_a_secrets_type_is_invalid,
    strictly_refuses_unknown_fields,
    of_the_last_finalizer_of_a_deleted_object_removes_it,
    may_not_add_finalizers_to_a_deleted_object,
    twenty_at_once_lose_nothing_when_conflicts_are_retried,
    takes_all_options_at_once,
    keeps_the_managed_fields_that_were_not_read,
    makes_a_service_that_is_missing,
    of_a_lease_without_a_version_is_invalid,
];

async fn replaces_the_object_and_moves_its_version(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut theme = maps.create(&map("theme")).await?;
    theme.data.insert("color", "dark");
    let updated = maps.update(&theme).await?;
    assert_eq!(&updated.data["color"], "dark");
    assert_ne!(updated.metadata.resource_version, theme.metadata.resource_version);
    assert_eq!(maps.get("theme").await?, updated);
    Ok(())
}

async fn keeps_the_managed_fields_that_were_not_read(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let with_fields = maps.clone().managed_fields(ManagedFields::Keep);
    let mut theme = map("theme");
    theme.data.insert("size", "big");
    maps.create(&theme).field_manager("maker").await?;
    let managers = async || -> Result<Vec<String>, kubist::Error> {
        let read = with_fields.get("theme").await?.metadata.managed_fields;
        Ok(read.iter().map(|entry| entry.manager.to_string()).collect())
    };
    assert_eq!(managers().await?, ["maker"]);
    let mut theme = maps.get("theme").await?;
    assert!(theme.metadata.managed_fields.is_empty());
    assert!(maps.list().await?.items.iter().all(|map| map.metadata.managed_fields.is_empty()));
    assert!(with_fields.list().await?.items.iter().any(|map| !map.metadata.managed_fields.is_empty()));
    theme.data.insert("color", "dark");
    let updated = maps.update(&theme).field_manager("painter").await?;
    assert!(updated.metadata.managed_fields.is_empty());
    let mut all = managers().await?;
    all.sort();
    assert_eq!(all, ["maker", "painter"]);
    Ok(())
}

async fn with_an_old_version_is_a_conflict(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut first = maps.create(&map("theme")).await?;
    maps.patch("theme").merge(json!({"data": {"color": "dark"}})).await?;
    first.data.insert("color", "light");
    assert_refused(
        maps.update(&first).await,
        json!({
            "message": "Operation cannot be fulfilled on configmaps \"theme\": the object has been modified; please apply your changes to the latest version and try again",
            "reason": "Conflict", "code": 409, "details": {"name": "theme", "kind": "configmaps"},
        }),
    );
    assert_eq!(&maps.get("theme").await?.data["color"], "dark");
    Ok(())
}

async fn without_a_version_overwrites(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("theme")).await?;
    maps.patch("theme").merge(json!({"data": {"color": "dark"}})).await?;
    assert!(maps.update(&map("theme")).await?.data.is_empty());
    Ok(())
}

async fn of_a_custom_resource_without_a_version_is_invalid(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    assert_refused(
        sites.update(&site("home")).await,
        json!({
            "message": "websites.it.kubist.dev \"home\" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update",
            "reason": "Invalid", "code": 422,
            "details": {"name": "home", "group": "it.kubist.dev", "kind": "websites", "causes": [{
                "reason": "FieldValueInvalid", "field": "metadata.resourceVersion",
                "message": "Invalid value: 0: must be specified for an update",
            }]},
        }),
    );
    Ok(())
}

async fn of_a_missing_object_is_not_found(cx: Cx) -> Done {
    let result = cx.maps().await?.update(&map("away")).await;
    assert_refused(
        result,
        json!({
            "message": "configmaps \"away\" not found", "reason": "NotFound", "code": 404,
            "details": {"name": "away", "kind": "configmaps"},
        }),
    );
    Ok(())
}

async fn under_another_name_than_the_urls_is_refused(cx: Cx) -> Done {
    cx.maps().await?.create(&map("theme")).await?;
    let request = cx.client.rest().put().namespace(&cx.ns).resource("configmaps").name("theme");
    let status = refused(request.json(&tree(&map("other"))).send().await);
    assert_eq!((status.code, status.reason.as_str()), (400, "BadRequest"));
    assert_eq!(status.message, "the name of the object (other) does not match the name on the URL (theme)");
    Ok(())
}

async fn with_another_uid_is_a_conflict(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut theme = maps.create(&map("theme")).await?;
    theme.metadata.uid = "11111111-1111-4111-8111-111111111111".into();
    let status = refused(maps.update(&theme).await);
    assert_eq!((status.code, status.reason.as_str()), (409, "Conflict"));
    assert!(status.message.contains("Precondition failed: UID in precondition: 11111111"), "{}", status.message);
    Ok(())
}

async fn in_another_namespace_is_refused(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut theme = maps.create(&map("theme")).await?;
    theme.metadata.namespace = "default".into();
    assert_eq!(refused(maps.update(&theme).await).code, 400);
    Ok(())
}

async fn that_changes_nothing_keeps_the_version(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    let created = sites.create(&site("home")).await?;
    assert_eq!(sites.update(&created).await?, created);
    Ok(())
}

async fn as_a_dry_run_stores_nothing(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut theme = maps.create(&map("theme")).await?;
    theme.data.insert("color", "dark");
    assert_eq!(&maps.update(&theme).dry_run().await?.data["color"], "dark");
    assert!(maps.get("theme").await?.data.is_empty());
    Ok(())
}

async fn keeps_what_the_server_owns(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let created = maps.create(&map("theme")).await?;
    let mut changed = created.clone();
    changed.data.insert("a", "b");
    changed.metadata.creation_timestamp = Some("2001-01-01T00:00:00Z".parse()?);
    let updated = maps.update(&changed).await?;
    assert_eq!(updated.metadata.creation_timestamp, created.metadata.creation_timestamp);
    assert_eq!(updated.metadata.uid, created.metadata.uid);
    Ok(())
}

async fn removes_labels_that_are_left_out(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut theme = maps.create(&crate::cx::map_with("theme", &[("a", "1"), ("b", "2")])).await?;
    theme.metadata.set_label("a", None);
    assert_eq!(maps.update(&theme).await?.labels(), [("b", "2")]);
    Ok(())
}

async fn moves_the_generation_when_the_spec_changes(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    let mut home = sites.create(&site("home")).await?;
    home.spec.replicas = 5;
    assert_eq!(sites.update(&home).await?.metadata.generation, 2);
    Ok(())
}

async fn keeps_the_generation_when_metadata_changes(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    let mut home = sites.create(&site("home")).await?;
    home.metadata.set_label("tier", Some("front"));
    assert_eq!(sites.update(&home).await?.metadata.generation, 1);
    Ok(())
}

async fn does_not_touch_the_status(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    let mut home = sites.status("home").update(|status| status.ready = true).await?;
    home.status = None;
    home.spec.replicas = 4;
    let updated = sites.update(&home).await?;
    assert!(updated.status.is_some_and(|status| status.ready));
    let pods = cx.pods().await?;
    let mut web = pods.create(&pod("web-0")).await?;
    web.status.phase = "Failed".into();
    web.metadata.set_label("a", Some("b"));
    assert_eq!(pods.update(&web).await?.status.phase, "Pending");
    Ok(())
}

async fn of_immutable_data_is_invalid(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut theme = map("theme");
    theme.immutable = Some(true);
    let mut theme = maps.create(&theme).await?;
    theme.data.insert("color", "dark");
    let status = refused(maps.update(&theme).await);
    assert_eq!(status.causes()[0].message, "Forbidden: field is immutable when `immutable` is set");
    Ok(())
}

async fn of_a_secrets_type_is_invalid(cx: Cx) -> Done {
    cx.namespace().await?;
    let secrets = Api::<Secret>::namespaced(&cx.client, &cx.ns);
    let mut secret = secrets.create(&Secret { metadata: named("key"), ..Secret::default() }).await?;
    assert_eq!(secret.r#type, "Opaque");
    secret.r#type = "example.com/key".into();
    let status = refused(secrets.update(&secret).await);
    assert_eq!(status.causes()[0].field, "type");
    Ok(())
}

async fn strictly_refuses_unknown_fields(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    let sites = Api::<Unstructured>::dynamic(&cx.client, sites.info()).namespace(&cx.ns)?;
    let mut home = sites.get("home").await?;
    home.set("spec.color", "blue")?;
    let status = refused(sites.update(&home).field_validation(FieldValidation::Strict).await);
    assert!(status.message.ends_with("strict decoding error: unknown field \"spec.color\""), "{}", status.message);
    Ok(())
}

async fn of_the_last_finalizer_of_a_deleted_object_removes_it(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut kept = map("kept");
    kept.metadata.finalizers = vec!["kubist.dev/a".into(), "kubist.dev/b".into()];
    maps.create(&kept).await?;
    maps.delete("kept").await?;
    let mut kept = maps.get("kept").await?;
    kept.metadata.finalizers = vec!["kubist.dev/b".into()];
    let mut kept = maps.update(&kept).await?;
    assert!(kept.metadata.deletion_timestamp.is_some());
    kept.metadata.finalizers.clear();
    maps.update(&kept).await?;
    assert_eq!(maps.get("kept").optional().await?, None);
    Ok(())
}

async fn may_not_add_finalizers_to_a_deleted_object(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut kept = map("kept");
    kept.metadata.finalizers = vec!["kubist.dev/a".into()];
    maps.create(&kept).await?;
    maps.delete("kept").await?;
    let mut kept = maps.get("kept").await?;
    kept.metadata.finalizers.push("kubist.dev/b".into());
    let status = refused(maps.update(&kept).await);
    assert_eq!(
        status.causes()[0].message,
        "Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\"kubist.dev/b\"}"
    );
    maps.patch("kept").merge(json!({"metadata": {"finalizers": null}})).await?;
    Ok(())
}

async fn twenty_at_once_lose_nothing_when_conflicts_are_retried(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("counter")).await?;
    let count = || async {
        loop {
            let mut counter = maps.get("counter").await?;
            let number = counter.data.get("n").map_or(Ok(0), |text| text.parse::<u32>()).unwrap_or(0) + 1;
            counter.data.insert("n", number.to_string());
            match maps.update(&counter).await {
                Err(error) if error.is_conflict() => {}
                result => return result.map(drop),
            }
        }
    };
    for result in futures_util::future::join_all((0..20).map(|_| count())).await {
        result?;
    }
    assert_eq!(&maps.get("counter").await?.data["n"], "20");
    Ok(())
}

async fn takes_all_options_at_once(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut theme = maps.create(&map("theme")).await?;
    theme.data.insert("a", "b");
    let options = UpdateOptions { dry_run: true, ..UpdateOptions::default() };
    maps.update(&theme).options(options).await?;
    assert!(maps.get("theme").await?.data.is_empty());
    Ok(())
}

async fn makes_a_service_that_is_missing(cx: Cx) -> Done {
    cx.namespace().await?;
    let services = Api::<Service>::namespaced(&cx.client, &cx.ns);
    let mut service = Service { metadata: named("web"), ..Service::default() };
    service.spec.ports = vec![ServicePort { port: 80, ..ServicePort::default() }];
    // Some kinds are made by a PUT where there is none; most are not found.
    match services.update(&service).await {
        Ok(made) => assert_eq!(made.metadata.name, "web"),
        Err(error) => assert!(error.is_not_found(), "{error}"),
    }
    Ok(())
}

async fn of_a_lease_without_a_version_is_invalid(cx: Cx) -> Done {
    cx.namespace().await?;
    let leases = Api::<kubist::types::coordination::v1::Lease>::namespaced(&cx.client, &cx.ns);
    let lease = kubist::types::coordination::v1::Lease { metadata: named("leader"), ..Default::default() };
    leases.create(&lease).await?;
    let status = refused(leases.update(&lease).await);
    assert_eq!(status.causes()[0].field, "metadata.resourceVersion");
    let theme: ConfigMap = map("theme");
    assert_eq!(theme.name(), "theme");
    Ok(())
}
