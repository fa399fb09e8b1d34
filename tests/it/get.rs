//! Reading one object.

use kubist::{Api, GetOptions, ResourceVersion, json};

use crate::cx::{Cx, assert_refused, map, named, pod, refused, site};
use crate::{Done, cases};

cases![
    returns_the_object_as_it_was_stored,
    fills_what_the_server_owns,
    of_a_missing_object_is_not_found_with_its_name_in_the_details,
    of_a_missing_object_is_none_if_it_is_optional,
    in_a_missing_namespace_is_not_found,
    does_not_see_the_same_name_in_another_namespace,
    at_any_version_returns_the_object,
    at_a_version_that_is_there_returns_one_that_is_not_older,
    of_an_unreadable_version_is_refused,
    of_a_custom_resource_returns_the_typed_object,
    of_a_namespace_needs_no_namespace,
    says_which_object_of_which_kind_it_was,
    of_a_name_that_cannot_stand_in_a_path_is_refused_before_it_is_sent,
];

async fn returns_the_object_as_it_was_stored(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut theme = map("theme");
    theme.data = [("color", "dark"), ("font", "ünïcode 字")].into();
    theme.binary_data.insert("logo", vec![0, 159, 255]);
    let created = maps.create(&theme).await?;
    let read = maps.get("theme").await?;
    assert_eq!(read, created);
    assert_eq!(read.data, theme.data);
    assert_eq!(read.binary_data, theme.binary_data);
    Ok(())
}

async fn fills_what_the_server_owns(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("theme")).await?;
    let metadata = maps.get("theme").await?.metadata;
    assert_eq!(metadata.namespace, cx.ns);
    assert_eq!(metadata.uid.len(), 36);
    assert!(metadata.resource_version.as_str().parse::<u64>()? > 0);
    assert!(metadata.creation_timestamp.is_some());
    assert_eq!(metadata.generation, 0, "a ConfigMap has no generation");
    assert!(metadata.self_link.is_empty());
    Ok(())
}

async fn of_a_missing_object_is_not_found_with_its_name_in_the_details(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    assert_refused(
        maps.get("away").await,
        json!({
            "message": "configmaps \"away\" not found", "reason": "NotFound", "code": 404,
            "details": {"name": "away", "kind": "configmaps"},
        }),
    );
    Ok(())
}

async fn of_a_missing_object_is_none_if_it_is_optional(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    assert_eq!(maps.get("away").optional().await?, None);
    maps.create(&map("here")).await?;
    assert_eq!(maps.get("here").optional().await?.map(|map| map.metadata.name), Some("here".into()));
    Ok(())
}

async fn in_a_missing_namespace_is_not_found(cx: Cx) -> Done {
    let maps = Api::<kubist::types::core::v1::ConfigMap>::namespaced(&cx.client, "no-such-namespace");
    assert_eq!(refused(maps.get("theme").await).message, "configmaps \"theme\" not found");
    Ok(())
}

async fn does_not_see_the_same_name_in_another_namespace(cx: Cx) -> Done {
    cx.maps().await?.create(&map("only-here")).await?;
    let elsewhere = Api::<kubist::types::core::v1::ConfigMap>::namespaced(&cx.client, "default");
    assert_eq!(elsewhere.get("only-here").optional().await?, None);
    Ok(())
}

async fn at_any_version_returns_the_object(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let created = maps.create(&map("theme")).await?;
    // "Any" may be old, but not older than what this client has been told.
    let version = &created.metadata.resource_version;
    maps.get("theme").resource_version(version).await?;
    assert_eq!(maps.get("theme").resource_version(ResourceVersion::any()).await?.metadata.uid, created.metadata.uid);
    Ok(())
}

async fn at_a_version_that_is_there_returns_one_that_is_not_older(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let created = maps.create(&map("theme")).await?;
    let patched = maps.patch("theme").merge(json!({"data": {"a": "b"}})).await?;
    let options = GetOptions { resource_version: Some(patched.metadata.resource_version.clone()) };
    let read = maps.get("theme").options(options).await?;
    assert_eq!(read.data, patched.data);
    assert_ne!(read.metadata.resource_version, created.metadata.resource_version);
    Ok(())
}

async fn of_an_unreadable_version_is_refused(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("theme")).await?;
    let status = refused(maps.get("theme").resource_version("yesterday").await);
    let why = "resourceVersion: Invalid value: \"yesterday\": strconv.ParseUint: parsing \"yesterday\": invalid syntax";
    assert_eq!((status.code, status.reason.as_str(), status.message.as_str()), (500, "", why));
    Ok(())
}

async fn of_a_custom_resource_returns_the_typed_object(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    let created = sites.create(&site("home")).await?;
    let read = sites.get("home").await?;
    assert_eq!(read, created);
    assert_eq!((read.spec.host.as_str(), read.spec.replicas, read.metadata.generation), ("example.com", 2, 1));
    Ok(())
}

async fn of_a_namespace_needs_no_namespace(cx: Cx) -> Done {
    let namespaces = Api::<kubist::types::core::v1::Namespace>::cluster(&cx.client);
    let read = namespaces.get("kube-system").await?;
    assert_eq!(read.metadata.namespace, "");
    assert_eq!(read.status.phase, "Active");
    assert_eq!(read.spec.finalizers, ["kubernetes"]);
    assert_eq!(read.metadata.labels["kubernetes.io/metadata.name"], "kube-system");
    Ok(())
}

async fn says_which_object_of_which_kind_it_was(cx: Cx) -> Done {
    let pods = cx.pods().await?;
    pods.create(&pod("web-0")).await?;
    let error = pods.get("web-1").await.unwrap_err();
    assert_eq!(error.to_string(), format!("get pods \"web-1\" in {:?}: not found", cx.ns));
    let error = cx.sites().await?.get("away").await.unwrap_err();
    assert_eq!(error.to_string(), format!("get websites.it.kubist.dev \"away\" in {:?}: not found", cx.ns));
    Ok(())
}

async fn of_a_name_that_cannot_stand_in_a_path_is_refused_before_it_is_sent(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    for name in ["", ".", "..", "a/b", "a%b"] {
        let error = maps.get(name).await.unwrap_err();
        assert!(error.status().is_none(), "the server was asked for {name:?}: {error}");
    }
    assert!(maps.create(&kubist::types::core::v1::ConfigMap { metadata: named("a/b"), ..map("x") }).await.is_err());
    Ok(())
}
