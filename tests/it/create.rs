//! Making objects.

use kubist::types::core::v1::{ConfigMap, Namespace, Service, ServicePort};
use kubist::{Api, CreateOptions, FieldValidation, Object, OwnerReference, Time, Unstructured, json};

use crate::cx::{Cx, assert_refused, map, named, pod, refused, site, tree};
use crate::{Done, cases};

cases![
    returns_the_object_with_what_the_server_fills,
    of_a_name_that_is_taken_is_already_exists,
    makes_up_a_name_behind_a_prefix,
    of_an_object_without_a_name_is_invalid,
    of_a_name_that_is_no_subdomain_is_invalid,
    of_a_namespace_takes_labels_only_for_a_name,
    of_a_service_takes_names_that_begin_with_a_digit,
    with_a_resource_version_is_refused,
    in_a_missing_namespace_is_not_found,
    in_another_namespace_than_the_objects_own_is_refused,
    fills_the_namespace_of_the_handle,
    ignores_the_uid_and_times_that_a_client_sends,
    keeps_labels_annotations_finalizers_and_owners,
    of_an_invalid_label_names_the_label,
    of_an_invalid_finalizer_is_invalid,
    as_a_dry_run_stores_nothing,
    as_a_dry_run_of_a_taken_name_is_already_exists,
    of_a_custom_resource_starts_at_generation_one,
    of_a_custom_resource_forgets_the_status,
    of_a_pod_forgets_no_field,
    of_the_wrong_kind_is_refused,
    strictly_refuses_unknown_fields_of_a_custom_resource,
    warns_of_unknown_fields_of_a_custom_resource_unless_told_otherwise,
    ignores_unknown_fields_of_a_custom_resource_if_told_so,
    strictly_refuses_unknown_fields_of_a_built_in_kind,
    takes_yaml,
    of_a_body_that_is_no_json_is_refused,
    of_a_terminating_namespace_is_forbidden,
    of_a_namespace_gives_it_its_finalizer_phase_and_label,
    of_an_unreadable_dry_run_is_refused,
    of_a_manager_that_is_too_long_is_refused,
    twice_at_once_succeeds_once,
    takes_all_options_at_once,
    of_a_negative_number_of_replicas_is_invalid,
];

async fn returns_the_object_with_what_the_server_fills(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut theme = map("theme");
    theme.data.insert("color", "dark");
    let created = maps.create(&theme).await?;
    assert_eq!(created.data, theme.data);
    assert_eq!(created.metadata.namespace, cx.ns);
    assert!(!created.metadata.uid.is_empty() && created.metadata.creation_timestamp.is_some());
    Ok(())
}

async fn of_a_name_that_is_taken_is_already_exists(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("theme")).await?;
    let result = maps.create(&map("theme")).await;
    assert!(result.as_ref().unwrap_err().is_already_exists());
    assert_refused(
        result,
        json!({
            "message": "configmaps \"theme\" already exists", "reason": "AlreadyExists", "code": 409,
            "details": {"name": "theme", "kind": "configmaps"},
        }),
    );
    Ok(())
}

async fn makes_up_a_name_behind_a_prefix(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut one = ConfigMap::default();
    one.metadata.generate_name = "theme-".into();
    let (a, b) = (maps.create(&one).await?, maps.create(&one).await?);
    for map in [&a, &b] {
        let letters = map.name().strip_prefix("theme-").expect("the prefix");
        assert_eq!(letters.len(), 5);
        assert!(letters.chars().all(|c| "bcdfghjklmnpqrstvwxz2456789".contains(c)), "{letters}");
        assert_eq!(map.metadata.generate_name, "theme-");
    }
    assert_ne!(a.name(), b.name());
    Ok(())
}

async fn of_an_object_without_a_name_is_invalid(cx: Cx) -> Done {
    let result = cx.maps().await?.create(&ConfigMap::default()).await;
    assert_refused(
        result,
        json!({
            "message": "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required",
            "reason": "Invalid", "code": 422,
            "details": {"kind": "ConfigMap", "causes": [{
                "reason": "FieldValueRequired", "field": "metadata.name",
                "message": "Required value: name or generateName is required",
            }]},
        }),
    );
    Ok(())
}

async fn of_a_name_that_is_no_subdomain_is_invalid(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    for name in ["Theme", "-theme", "theme_1", "theme."] {
        let status = refused(maps.create(&map(name)).await);
        assert_eq!((status.code, status.reason.as_str()), (422, "Invalid"), "{name}");
        let cause = &status.causes()[0];
        assert_eq!((cause.reason.as_str(), cause.field.as_str()), ("FieldValueInvalid", "metadata.name"));
        assert!(
            cause.message.starts_with(&format!("Invalid value: \"{name}\": a lowercase RFC 1123 subdomain")),
            "{cause:?}"
        );
    }
    Ok(())
}

async fn of_a_namespace_takes_labels_only_for_a_name(cx: Cx) -> Done {
    let mut dotted = Namespace::default();
    dotted.metadata.name = format!("{}.dotted", cx.ns).into();
    let status = refused(Api::<Namespace>::cluster(&cx.client).create(&dotted).await);
    assert_eq!(status.causes()[0].message, format!("Invalid value: \"{}.dotted\": must not contain dots", cx.ns));
    dotted.metadata.name = format!("{}_Odd", cx.ns).into();
    let status = refused(Api::<Namespace>::cluster(&cx.client).create(&dotted).await);
    assert!(status.causes()[0].message.contains("a lowercase RFC 1123 label must"), "{}", status.message);
    Ok(())
}

async fn of_a_service_takes_names_that_begin_with_a_digit(cx: Cx) -> Done {
    cx.namespace().await?;
    let mut service = Service::default();
    service.metadata.name = "1st".into();
    service.spec.ports = vec![ServicePort { port: 80, ..ServicePort::default() }];
    let services = Api::<Service>::namespaced(&cx.client, &cx.ns);
    services.create(&service).await?;
    service.metadata.name = "a.b".into();
    assert!(refused(services.create(&service).await).message.ends_with("must not contain dots"));
    Ok(())
}

async fn with_a_resource_version_is_refused(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut stale = map("theme");
    stale.metadata.resource_version = "7".into();
    let status = refused(maps.create(&stale).await);
    assert_eq!(status.code, 500);
    assert_eq!(status.message, "resourceVersion should not be set on objects to be created");
    Ok(())
}

async fn in_a_missing_namespace_is_not_found(cx: Cx) -> Done {
    let maps = Api::<ConfigMap>::namespaced(&cx.client, "no-such-namespace");
    assert_refused(
        maps.create(&map("theme")).await,
        json!({
            "message": "namespaces \"no-such-namespace\" not found", "reason": "NotFound", "code": 404,
            "details": {"name": "no-such-namespace", "kind": "namespaces"},
        }),
    );
    Ok(())
}

async fn in_another_namespace_than_the_objects_own_is_refused(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut elsewhere = map("theme");
    elsewhere.metadata.namespace = "default".into();
    let status = refused(maps.create(&elsewhere).await);
    assert_eq!((status.code, status.reason.as_str()), (400, "BadRequest"));
    assert_eq!(status.message, "the namespace of the provided object does not match the namespace sent on the request");
    Ok(())
}

async fn fills_the_namespace_of_the_handle(cx: Cx) -> Done {
    let created = cx.pods().await?.create(&pod("web-0")).await?;
    assert_eq!(created.namespace(), cx.ns);
    Ok(())
}

async fn ignores_the_uid_and_times_that_a_client_sends(cx: Cx) -> Done {
    let mut odd = map("theme");
    odd.metadata.uid = "11111111-1111-4111-8111-111111111111".into();
    odd.metadata.creation_timestamp = Some("2001-01-01T00:00:00Z".parse::<Time>()?);
    odd.metadata.generation = 7;
    let created = cx.maps().await?.create(&odd).await?;
    assert_ne!(created.metadata.uid, odd.metadata.uid);
    assert_ne!(created.metadata.creation_timestamp, odd.metadata.creation_timestamp);
    Ok(())
}

async fn keeps_labels_annotations_finalizers_and_owners(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let owner = maps.create(&map("owner")).await?;
    let mut dependent = map("owned");
    dependent.metadata.labels = [("app.kubernetes.io/name", "web"), ("empty", "")].into();
    dependent.metadata.annotations = [("example.com/note", "any text: \"quoted\", ünïcode")].into();
    dependent.metadata.finalizers = vec!["example.com/wait".into()];
    dependent.metadata.owner_references = vec![OwnerReference {
        api_version: "v1".into(),
        kind: "ConfigMap".into(),
        name: "owner".into(),
        uid: owner.metadata.uid.clone(),
        controller: Some(true),
        block_owner_deletion: Some(false),
    }];
    let created = maps.create(&dependent).await?;
    assert_eq!(created.metadata.labels, dependent.metadata.labels);
    assert_eq!(created.metadata.annotations, dependent.metadata.annotations);
    assert_eq!(created.metadata.finalizers, dependent.metadata.finalizers);
    assert_eq!(created.metadata.owner_references, dependent.metadata.owner_references);
    maps.patch("owned").merge(json!({"metadata": {"finalizers": null}})).await?;
    Ok(())
}

async fn of_an_invalid_label_names_the_label(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let status = refused(maps.create(&crate::cx::map_with("theme", &[("app", "no spaces")])).await);
    let cause = &status.causes()[0];
    assert_eq!((cause.reason.as_str(), cause.field.as_str()), ("FieldValueInvalid", "metadata.labels"));
    assert!(cause.message.starts_with("Invalid value: \"no spaces\": a valid label must be"), "{}", cause.message);
    let status = refused(maps.create(&crate::cx::map_with("theme", &[("no spaces", "x")])).await);
    assert!(
        status.causes()[0].message.starts_with("Invalid value: \"no spaces\": name part must consist of"),
        "{status:?}"
    );
    Ok(())
}

async fn of_an_invalid_finalizer_is_invalid(cx: Cx) -> Done {
    let mut odd = map("theme");
    odd.metadata.finalizers = vec!["no spaces here".into()];
    let status = refused(cx.maps().await?.create(&odd).await);
    assert_eq!((status.code, status.reason.as_str()), (422, "Invalid"));
    assert!(status.causes()[0].field.starts_with("metadata.finalizers"), "{status:?}");
    Ok(())
}

async fn as_a_dry_run_stores_nothing(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let tried = maps.create(&map("theme")).dry_run().await?;
    assert!(!tried.metadata.uid.is_empty());
    assert!(tried.metadata.resource_version.is_empty(), "nothing is stored, so there is no version");
    assert_eq!(maps.get("theme").optional().await?, None);
    Ok(())
}

async fn as_a_dry_run_of_a_taken_name_is_already_exists(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.create(&map("theme")).await?;
    assert!(maps.create(&map("theme")).dry_run().await.unwrap_err().is_already_exists());
    Ok(())
}

async fn of_a_custom_resource_starts_at_generation_one(cx: Cx) -> Done {
    assert_eq!(cx.sites().await?.create(&site("home")).await?.metadata.generation, 1);
    Ok(())
}

async fn of_a_custom_resource_forgets_the_status(cx: Cx) -> Done {
    let mut done = site("home");
    done.status = Some(crate::cx::WebsiteStatus { ready: true, ..Default::default() });
    assert_eq!(cx.sites().await?.create(&done).await?.status, None);
    Ok(())
}

async fn of_a_pod_forgets_no_field(cx: Cx) -> Done {
    let mut web = pod("web-0");
    web.spec.node_selector = [("disk", "ssd")].into();
    web.spec.containers[0].args = vec!["--port".into(), "80".into()];
    web.spec.containers[0].resources.requests = [("cpu", "100m".parse::<kubist::Quantity>()?)].into();
    web.spec.priority = None;
    let created = cx.pods().await?.create(&web).await?;
    assert_eq!(created.spec.node_selector, web.spec.node_selector);
    assert_eq!(created.spec.containers[0].args, web.spec.containers[0].args);
    assert_eq!(created.spec.containers[0].resources.requests, web.spec.containers[0].resources.requests);
    assert_eq!(created.status.phase, "Pending");
    Ok(())
}

async fn of_the_wrong_kind_is_refused(cx: Cx) -> Done {
    cx.namespace().await?;
    let secret = json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "theme"}});
    let request = cx.client.rest().post().namespace(&cx.ns).resource("configmaps").json(&secret);
    let status = refused(request.send().await);
    assert_eq!((status.code, status.reason.as_str()), (400, "BadRequest"));
    assert_eq!(
        status.message,
        "Secret in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion"
    );
    Ok(())
}

/// A `Website` with a field that its schema does not know.
async fn odd_site(cx: &Cx) -> Result<(Api<Unstructured>, Unstructured), Box<dyn std::error::Error>> {
    let sites = cx.sites().await?;
    let odd = Unstructured::from_value(json!({
        "apiVersion": "it.kubist.dev/v1", "kind": "Website", "metadata": {"name": "home"},
        "spec": {"host": "example.com", "replicas": 1, "color": "blue"},
    }))?;
    Ok((Api::<Unstructured>::dynamic(&cx.client, sites.info()).namespace(&cx.ns)?, odd))
}

async fn strictly_refuses_unknown_fields_of_a_custom_resource(cx: Cx) -> Done {
    let (sites, odd) = odd_site(&cx).await?;
    let status = refused(sites.create(&odd).field_validation(FieldValidation::Strict).await);
    assert_eq!((status.code, status.reason.as_str()), (400, "BadRequest"));
    assert_eq!(
        status.message,
        "Website in version \"v1\" cannot be handled as a Website: strict decoding error: unknown field \"spec.color\""
    );
    Ok(())
}

async fn warns_of_unknown_fields_of_a_custom_resource_unless_told_otherwise(cx: Cx) -> Done {
    let (sites, odd) = odd_site(&cx).await?;
    let request = cx.client.rest().post().kind(sites.info()).namespace(&cx.ns).json(&tree(&odd));
    let response = request.send().await?;
    let warnings = response.warnings();
    assert_eq!(warnings.iter().map(kubist::rest::Warning::text).collect::<Vec<_>>(), ["unknown field \"spec.color\""]);
    let stored: Unstructured = response.into()?;
    assert!(stored.at::<&str>("spec.color").unwrap_err().is_absent());
    Ok(())
}

async fn ignores_unknown_fields_of_a_custom_resource_if_told_so(cx: Cx) -> Done {
    let (sites, odd) = odd_site(&cx).await?;
    let request = cx.client.rest().post().kind(sites.info()).namespace(&cx.ns).json(&tree(&odd));
    let response = request.param("fieldValidation", "Ignore").send().await?;
    assert_eq!(response.warnings().len(), 0);
    Ok(())
}

async fn strictly_refuses_unknown_fields_of_a_built_in_kind(cx: Cx) -> Done {
    cx.namespace().await?;
    let odd = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "theme"}, "color": "blue"});
    let request = cx.client.rest().post().namespace(&cx.ns).resource("configmaps").json(&odd);
    let status = refused(request.param("fieldValidation", "Strict").send().await);
    assert_eq!(
        status.message,
        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: unknown field \"color\""
    );
    Ok(())
}

async fn takes_yaml(cx: Cx) -> Done {
    cx.namespace().await?;
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: theme\ndata:\n  color: dark\n";
    let request = cx.client.rest().post().namespace(&cx.ns).resource("configmaps").body(text);
    let created: ConfigMap = request.content_type("application/yaml").send().await?.into()?;
    assert_eq!(&created.data["color"], "dark");
    Ok(())
}

async fn of_a_body_that_is_no_json_is_refused(cx: Cx) -> Done {
    cx.namespace().await?;
    let request = cx.client.rest().post().namespace(&cx.ns).resource("configmaps").body("{\"kind\": ");
    let status = refused(request.content_type("application/json").send().await);
    assert_eq!((status.code, status.reason.as_str()), (400, "BadRequest"));
    Ok(())
}

async fn of_a_terminating_namespace_is_forbidden(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    // Nobody empties namespaces here, so it stays as it is: being deleted.
    Api::<Namespace>::cluster(&cx.client).delete(&cx.ns).await?;
    let result = maps.create(&map("theme")).await;
    assert_refused(
        result,
        json!({
            "message": format!("configmaps \"theme\" is forbidden: unable to create new content in namespace {0} because it is being terminated", cx.ns),
            "reason": "Forbidden", "code": 403,
            "details": {"name": "theme", "kind": "configmaps", "causes": [{
                "reason": "NamespaceTerminating", "field": "metadata.namespace",
                "message": format!("namespace {} is being terminated", cx.ns),
            }]},
        }),
    );
    Ok(())
}

async fn of_a_namespace_gives_it_its_finalizer_phase_and_label(cx: Cx) -> Done {
    cx.namespace().await?;
    let read = Api::<Namespace>::cluster(&cx.client).get(&cx.ns).await?;
    assert_eq!(read.spec.finalizers, ["kubernetes"]);
    assert_eq!(read.status.phase, "Active");
    assert_eq!(read.label("kubernetes.io/metadata.name"), Some(cx.ns.as_str()));
    Ok(())
}

async fn of_an_unreadable_dry_run_is_refused(cx: Cx) -> Done {
    cx.namespace().await?;
    let request = cx.client.rest().post().namespace(&cx.ns).resource("configmaps").json(&tree(&map("theme")));
    let status = refused(request.param("dryRun", "Some").send().await);
    assert_eq!((status.code, status.reason.as_str()), (422, "Invalid"));
    assert_eq!(status.causes()[0].message, "Unsupported value: [\"Some\"]: supported values: \"All\"");
    Ok(())
}

async fn of_a_manager_that_is_too_long_is_refused(cx: Cx) -> Done {
    let status = refused(cx.maps().await?.create(&map("theme")).field_manager("m".repeat(129)).await);
    assert_eq!((status.code, status.reason.as_str()), (422, "Invalid"));
    assert_eq!(status.causes()[0].field, "fieldManager");
    Ok(())
}

async fn twice_at_once_succeeds_once(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let theme = map("theme");
    let tries = (0..10).map(|_| maps.create(&theme).into_future());
    let results = futures_util::future::join_all(tries).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    for error in results.into_iter().filter_map(Result::err) {
        assert!(error.is_already_exists(), "{error}");
    }
    Ok(())
}

async fn takes_all_options_at_once(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let options = CreateOptions {
        dry_run: true,
        field_manager: Some("somebody".to_owned()),
        field_validation: Some(FieldValidation::Strict),
    };
    maps.create(&map("theme")).options(options).await?;
    assert_eq!(maps.get("theme").optional().await?, None);
    Ok(())
}

async fn of_a_negative_number_of_replicas_is_invalid(cx: Cx) -> Done {
    cx.namespace().await?;
    let mut deployment = crate::scale::deployment("web");
    deployment.metadata = named("web");
    deployment.spec.replicas = Some(-1);
    let deployments = Api::<kubist::types::apps::v1::Deployment>::namespaced(&cx.client, &cx.ns);
    let status = refused(deployments.create(&deployment).await);
    assert_eq!(status.causes()[0].field, "spec.replicas");
    Ok(())
}
