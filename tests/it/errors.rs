//! What errors say and what they can be asked.

use kubist::types::core::v1::{ConfigMap, Pod, Secret};
use kubist::{Api, json};

use crate::cx::{Cx, assert_refused, map, refused, site};
use crate::{Done, cases};

cases![
    name_the_verb_the_resource_and_the_object,
    of_a_conflict_hint_at_reading_again,
    of_a_missing_kind_hint_at_the_crd,
    of_an_invalid_object_list_each_cause,
    tell_what_can_be_retried,
    have_the_code_and_the_reason,
    of_a_user_without_rights_are_forbidden_with_the_role_that_lacks,
    of_a_user_without_rights_name_the_subresource,
    of_a_wrong_token_are_unauthorized,
    of_a_server_that_is_not_there_say_so,
];

async fn name_the_verb_the_resource_and_the_object(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("theme")).await?;
    let ns = &cx.ns;
    let error = maps.create(&map("theme")).await.unwrap_err();
    assert_eq!(error.to_string(), format!("create configmaps \"theme\" in \"{ns}\": already exists"));
    let error = maps.delete("away").await.unwrap_err();
    assert_eq!(error.to_string(), format!("delete configmaps \"away\" in \"{ns}\": not found"));
    let error = maps.patch("away").merge(json!({})).await.unwrap_err();
    assert_eq!(error.to_string(), format!("patch configmaps \"away\" in \"{ns}\": not found"));
    let error = Api::<ConfigMap>::all(&cx.client).list().labels("a in b").await.unwrap_err();
    assert!(error.to_string().starts_with("list configmaps: unable to parse requirement"), "{error}");
    Ok(())
}

async fn of_a_conflict_hint_at_reading_again(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let stale = maps.create(&map("theme")).await?;
    maps.patch("theme").merge(json!({"data": {"a": "1"}})).await?;
    let error = maps.update(&ConfigMap { immutable: Some(false), ..stale }).await.unwrap_err();
    assert!(error.is_conflict() && !error.is_retryable());
    assert!(error.hint().is_some_and(|hint| hint.contains("read the object again")));
    assert!(error.to_string().contains("the object has been modified"), "{error}");
    Ok(())
}

async fn of_a_missing_kind_hint_at_the_crd(cx: Cx) -> Done {
    let mut kind = cx.sites().await?.info().clone();
    kind.plural = "nosuchsites".into();
    let nothing = Api::<kubist::Unstructured>::dynamic(&cx.client, &kind).namespace(&cx.ns)?;
    let error = nothing.get("home").await.unwrap_err();
    assert!(error.hint().is_some_and(|hint| hint.contains("is its CRD installed")), "{error:?}");
    Ok(())
}

async fn of_an_invalid_object_list_each_cause(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    let patch = json!({"spec": {"host": 7, "replicas": "many"}});
    let error = sites.patch("home").merge(patch).await.unwrap_err();
    assert!(error.is_invalid());
    let mut fields: Vec<&str> = error.causes().iter().map(|cause| cause.field.as_str()).collect();
    fields.sort_unstable();
    // The scale reads the replicas as well, and says so with a dot before the path.
    assert_eq!(fields, [".spec.replicas", "spec.host", "spec.replicas"]);
    Ok(())
}

async fn tell_what_can_be_retried(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let future = maps.list().await?.metadata.resource_version.as_str().parse::<u64>()? + 100_000;
    let error = maps.list().resource_version(future.to_string()).await.unwrap_err();
    assert!(error.is_retryable() && error.retry_after().is_some(), "{error:?}");
    assert!(!maps.get("away").await.unwrap_err().is_retryable());
    Ok(())
}

async fn have_the_code_and_the_reason(cx: Cx) -> Done {
    let error = cx.maps().await?.get("away").await.unwrap_err();
    assert_eq!((error.code(), error.reason()), (Some(404), kubist::Reason::NotFound));
    Ok(())
}

async fn of_a_user_without_rights_are_forbidden_with_the_role_that_lacks(cx: Cx) -> Done {
    cx.namespace().await?;
    let secrets = Api::<Secret>::namespaced(cx.nobody(), &cx.ns);
    let result = secrets.get("key").await;
    let hint = result.as_ref().err().and_then(kubist::Error::hint);
    assert_refused(
        result,
        json!({
            "message": format!("secrets \"key\" is forbidden: User \"nobody\" cannot get resource \"secrets\" in API group \"\" in the namespace \"{}\"", cx.ns),
            "reason": "Forbidden", "code": 403, "details": {"name": "key", "kind": "secrets"},
        }),
    );
    let role = "grant it with a role: apiGroups: [\"\"], resources: [\"secrets\"], verbs: [\"get\"]";
    assert_eq!(hint.as_deref(), Some(role));
    Ok(())
}

async fn of_a_user_without_rights_name_the_subresource(cx: Cx) -> Done {
    cx.namespace().await?;
    let pods = Api::<Pod>::namespaced(cx.nobody(), &cx.ns);
    let error = pods.status("web-0").patch().merge(json!({"status": {}})).await.unwrap_err();
    assert!(error.is_forbidden());
    assert!(error.hint().is_some_and(|hint| hint.contains("resources: [\"pods/status\"], verbs: [\"patch\"]")));
    Ok(())
}

async fn of_a_wrong_token_are_unauthorized(cx: Cx) -> Done {
    let request = cx.client.rest().get().resource("namespaces").header("authorization", "Bearer not-a-token");
    let status = refused(request.send().await);
    assert_eq!((status.code, status.reason.as_str(), status.message.as_str()), (401, "Unauthorized", "Unauthorized"));
    Ok(())
}

async fn of_a_server_that_is_not_there_say_so(_: Cx) -> Done {
    // A port that was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    let url = format!("https://{}", listener.local_addr()?);
    drop(listener);
    let client = kubist::Client::builder().config(kubist::Config::new(url)).build()?;
    let error = Api::<ConfigMap>::namespaced(&client, "default").list().await.unwrap_err();
    assert!(error.is_transport() && error.is_retryable());
    assert_eq!(error.to_string(), "list configmaps in \"default\": connection refused");
    Ok(())
}
