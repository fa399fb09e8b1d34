//! The status subresource.

use kubist::{FieldValidation, JsonPatch, UpdateOptions, json};

use crate::cx::{Cx, WebsiteStatus, pod, refused, site};
use crate::{Done, cases};

cases![
    get_returns_the_whole_object,
    update_writes_the_status_alone,
    update_that_changes_nothing_writes_nothing,
    update_reads_again_after_a_conflict,
    update_of_a_missing_object_is_not_found,
    update_as_a_dry_run_stores_nothing,
    update_takes_all_options_at_once,
    replace_writes_the_status_alone,
    replace_with_an_old_version_is_a_conflict,
    replace_keeps_the_generation,
    merge_writes_the_status_alone,
    json_patches_the_status,
    of_a_pod_can_be_written,
    of_a_custom_resource_is_checked_by_its_schema,
    of_a_custom_resource_keeps_metadata_as_it_was,
    of_a_kind_without_one_is_not_found,
    updates_at_once_all_get_through,
    strictly_refuses_unknown_fields,
];

async fn get_returns_the_whole_object(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    let created = sites.create(&site("home")).await?;
    assert_eq!(sites.status("home").get().await?, created);
    Ok(())
}

async fn update_writes_the_status_alone(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    let created = sites.create(&site("home")).await?;
    let updated = sites.status("home").update(|status| (status.ready, status.replicas) = (true, 2)).await?;
    assert_eq!(updated.spec, created.spec);
    assert_eq!(updated.status, Some(WebsiteStatus { ready: true, replicas: 2, selector: String::new() }));
    assert_eq!(updated.metadata.generation, 1);
    assert_ne!(updated.metadata.resource_version, created.metadata.resource_version);
    Ok(())
}

async fn update_that_changes_nothing_writes_nothing(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    let first = sites.status("home").update(|status| status.ready = true).await?;
    let second = sites.status("home").update(|status| status.ready = true).await?;
    assert_eq!(first.metadata.resource_version, second.metadata.resource_version);
    Ok(())
}

async fn update_reads_again_after_a_conflict(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    // Ten writers at once: all but the first meet a conflict, and each gets its turn.
    let writers = (0..5).map(|_| sites.status("home").update(|status| status.replicas += 1).into_future());
    for result in futures_util::future::join_all(writers).await {
        result?;
    }
    assert_eq!(sites.get("home").await?.status.map(|status| status.replicas), Some(5));
    Ok(())
}

async fn update_of_a_missing_object_is_not_found(cx: Cx) -> Done {
    let error = cx.sites().await?.status("away").update(|status| status.ready = true).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    Ok(())
}

async fn update_as_a_dry_run_stores_nothing(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    let tried = sites.status("home").update(|status| status.ready = true).dry_run().await?;
    assert!(tried.status.is_some_and(|status| status.ready));
    assert_eq!(sites.get("home").await?.status, None);
    Ok(())
}

async fn update_takes_all_options_at_once(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    let options = UpdateOptions { dry_run: true, ..UpdateOptions::default() };
    sites.status("home").update(|status| status.ready = true).options(options).await?;
    assert_eq!(sites.get("home").await?.status, None);
    Ok(())
}

async fn replace_writes_the_status_alone(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    let mut home = sites.create(&site("home")).await?;
    "other.example.com".clone_into(&mut home.spec.host);
    home.status = Some(WebsiteStatus { ready: true, ..WebsiteStatus::default() });
    let replaced = sites.status("home").replace(&home).await?;
    assert_eq!(replaced.spec.host, "example.com");
    assert!(replaced.status.is_some_and(|status| status.ready));
    Ok(())
}

async fn replace_with_an_old_version_is_a_conflict(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    let mut home = sites.create(&site("home")).await?;
    sites.status("home").update(|status| status.ready = true).await?;
    home.status = Some(WebsiteStatus::default());
    assert!(sites.status("home").replace(&home).await.unwrap_err().is_conflict());
    Ok(())
}

async fn replace_keeps_the_generation(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    let mut home = sites.create(&site("home")).await?;
    home.status = Some(WebsiteStatus { ready: true, ..WebsiteStatus::default() });
    assert_eq!(sites.status("home").replace(&home).await?.metadata.generation, 1);
    Ok(())
}

async fn merge_writes_the_status_alone(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    let patch = json!({"status": {"ready": true}, "spec": {"replicas": 9}});
    let patched = sites.status("home").patch().merge(patch).await?;
    assert_eq!(patched.spec.replicas, 2);
    assert!(patched.status.is_some_and(|status| status.ready));
    Ok(())
}

async fn json_patches_the_status(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    sites.status("home").update(|status| status.replicas = 1).await?;
    let patch = JsonPatch::new().test("/status/replicas", 1).replace("/status/replicas", 2);
    assert_eq!(sites.status("home").patch().json(patch).await?.status.map(|status| status.replicas), Some(2));
    Ok(())
}

async fn of_a_pod_can_be_written(cx: Cx) -> Done {
    let pods = cx.pods().await?;
    pods.create(&pod("web-0")).await?;
    let updated = pods.status("web-0").update(|status| status.phase = "Running".into()).await?;
    assert_eq!(updated.status.phase, "Running");
    assert_eq!(pods.get("web-0").await?.status.phase, "Running");
    Ok(())
}

async fn of_a_custom_resource_is_checked_by_its_schema(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    let status = refused(sites.status("home").patch().merge(json!({"status": {"ready": "yes"}})).await);
    assert_eq!((status.code, status.causes()[0].field.as_str()), (422, "status.ready"));
    Ok(())
}

async fn of_a_custom_resource_keeps_metadata_as_it_was(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    let patch = json!({"status": {"ready": true}, "metadata": {"labels": {"a": "b"}}});
    assert!(sites.status("home").patch().merge(patch).await?.metadata.labels.is_empty());
    Ok(())
}

async fn of_a_kind_without_one_is_not_found(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&crate::cx::map("theme")).await?;
    let result = maps.subresource("theme", "status").get::<kubist::Unstructured>().await;
    let status = refused(result);
    assert_eq!((status.code, status.message.as_str()), (404, "the server could not find the requested resource"));
    Ok(())
}

async fn updates_at_once_all_get_through(cx: Cx) -> Done {
    let pods = cx.pods().await?;
    pods.create(&pod("web-0")).await?;
    let writers = ["a", "b", "c", "d"].map(|word| {
        pods.status("web-0")
            .update(move |status| status.message = format!("{}{word}", status.message).into())
            .into_future()
    });
    for result in futures_util::future::join_all(writers).await {
        result?;
    }
    assert_eq!(pods.get("web-0").await?.status.message.len(), 4);
    Ok(())
}

async fn strictly_refuses_unknown_fields(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    let patch = sites.status("home").patch().merge(json!({"status": {"color": "blue"}}));
    assert!(refused(patch.field_validation(FieldValidation::Strict).await).message.contains("status.color"));
    Ok(())
}
