//! The scale subresource.

use kubist::types::apps::v1::Deployment;
use kubist::types::core::v1::Container;
use kubist::{Api, Unstructured, json};

use crate::cx::{Cx, named, refused, site};
use crate::{Done, cases};

cases![
    get_tells_what_is_wanted_and_what_there_is,
    set_writes_the_replicas_of_a_deployment,
    set_writes_the_replicas_of_a_custom_resource,
    set_moves_the_generation,
    set_of_a_negative_number_is_invalid,
    set_as_a_dry_run_stores_nothing,
    replace_with_an_old_version_is_a_conflict,
    replace_works_with_what_was_read,
    patches_work,
    of_a_custom_resource_reads_its_paths,
    of_a_missing_object_is_not_found,
    works_dynamically,
];

pub(crate) fn deployment(name: &str) -> Deployment {
    let mut web = Deployment { metadata: named(name), ..Deployment::default() };
    web.spec.replicas = Some(2);
    web.spec.selector =
        Some(Box::new(kubist::LabelSelector { match_labels: [("app", name)].into(), ..Default::default() }));
    web.spec.template.metadata.labels = [("app", name)].into();
    web.spec.template.spec.containers =
        vec![Container { name: "app".into(), image: "registry.k8s.io/pause:3.10".into(), ..Container::default() }];
    web
}

async fn deployments(cx: &Cx) -> Result<Api<Deployment>, Box<dyn std::error::Error>> {
    let deployments = Api::<Deployment>::namespaced(&cx.client, cx.namespace().await?);
    deployments.create(&deployment("web")).await?;
    Ok(deployments)
}

async fn get_tells_what_is_wanted_and_what_there_is(cx: Cx) -> Done {
    let deployments = deployments(&cx).await?;
    let scale = deployments.scale("web").get().await?;
    assert_eq!((scale.spec.replicas, scale.status.replicas), (2, 0));
    assert_eq!(scale.status.selector, "app=web");
    let deployment = deployments.get("web").await?;
    assert_eq!(scale.metadata.name, "web");
    assert_eq!(scale.metadata.uid, deployment.metadata.uid);
    assert_eq!(scale.metadata.resource_version, deployment.metadata.resource_version);
    Ok(())
}

async fn set_writes_the_replicas_of_a_deployment(cx: Cx) -> Done {
    let deployments = deployments(&cx).await?;
    assert_eq!(deployments.scale("web").set(5).await?.spec.replicas, 5);
    assert_eq!(deployments.get("web").await?.spec.replicas, Some(5));
    assert_eq!(deployments.scale("web").set(0).await?.spec.replicas, 0);
    assert_eq!(deployments.get("web").await?.spec.replicas, Some(0));
    Ok(())
}

async fn set_writes_the_replicas_of_a_custom_resource(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    assert_eq!(sites.scale("home").set(7).await?.spec.replicas, 7);
    assert_eq!(sites.get("home").await?.spec.replicas, 7);
    Ok(())
}

async fn set_moves_the_generation(cx: Cx) -> Done {
    let deployments = deployments(&cx).await?;
    deployments.scale("web").set(5).await?;
    assert_eq!(deployments.get("web").await?.metadata.generation, 2);
    Ok(())
}

async fn set_of_a_negative_number_is_invalid(cx: Cx) -> Done {
    let status = refused(deployments(&cx).await?.scale("web").set(-1).await);
    assert_eq!((status.code, status.reason.as_str()), (422, "Invalid"));
    assert_eq!(status.causes()[0].field, "spec.replicas");
    assert_eq!(status.causes()[0].message, "Invalid value: -1: must be greater than or equal to 0");
    Ok(())
}

async fn set_as_a_dry_run_stores_nothing(cx: Cx) -> Done {
    let deployments = deployments(&cx).await?;
    assert_eq!(deployments.scale("web").set(5).dry_run().await?.spec.replicas, 5);
    assert_eq!(deployments.get("web").await?.spec.replicas, Some(2));
    Ok(())
}

async fn replace_with_an_old_version_is_a_conflict(cx: Cx) -> Done {
    let deployments = deployments(&cx).await?;
    let mut scale = deployments.scale("web").get().await?;
    deployments.scale("web").set(5).await?;
    scale.spec.replicas = 3;
    assert!(deployments.scale("web").replace(&scale).await.unwrap_err().is_conflict());
    Ok(())
}

async fn replace_works_with_what_was_read(cx: Cx) -> Done {
    let deployments = deployments(&cx).await?;
    let mut scale = deployments.scale("web").get().await?;
    scale.spec.replicas = 3;
    assert_eq!(deployments.scale("web").replace(&scale).await?.spec.replicas, 3);
    Ok(())
}

async fn patches_work(cx: Cx) -> Done {
    let deployments = deployments(&cx).await?;
    let patched = deployments.scale("web").patch().merge(json!({"spec": {"replicas": 4}})).await?;
    assert_eq!(patched.spec.replicas, 4);
    Ok(())
}

async fn of_a_custom_resource_reads_its_paths(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    sites.status("home").update(|status| (status.replicas, status.selector) = (1, "app=home".to_owned())).await?;
    let scale = sites.scale("home").get().await?;
    assert_eq!((scale.spec.replicas, scale.status.replicas, scale.status.selector.as_str()), (2, 1, "app=home"));
    Ok(())
}

async fn of_a_missing_object_is_not_found(cx: Cx) -> Done {
    let status = refused(deployments(&cx).await?.scale("away").get().await);
    assert_eq!(status.message, "deployments.apps \"away\" not found");
    Ok(())
}

async fn works_dynamically(cx: Cx) -> Done {
    deployments(&cx).await?;
    let kind = cx.client.discovery().resolve("deploy").await?;
    let untyped = Api::<Unstructured>::dynamic(&cx.client, &kind).namespace(&cx.ns)?;
    assert_eq!(untyped.scale("web").set(6).await?.spec.replicas, 6);
    assert_eq!(untyped.get("web").await?.at::<i64>("spec.replicas")?, 6);
    Ok(())
}
