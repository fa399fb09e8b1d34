//! Custom resource definitions: how they become kinds that are served.

use kubist::types::apiextensions::v1::CustomResourceDefinition;
use kubist::{Api, FieldValidation, Object, ResourceInfo, Scope, Unstructured, json};
use serde_json::Value;

use crate::cx::{Cx, Website, establish, refused, site};
use crate::{Done, cases};

cases![
    of_a_derived_type_is_taken_strictly,
    of_a_derived_type_comes_back_as_it_was_sent,
    becomes_established_and_is_served,
    accepts_its_names,
    under_another_name_than_its_own_is_invalid,
    without_a_storage_version_is_invalid,
    without_a_schema_is_invalid,
    with_names_that_are_taken_is_not_accepted,
    prunes_unknown_fields,
    keeps_unknown_fields_where_the_schema_says_so,
    fills_in_defaults,
    fills_in_defaults_when_it_reads,
    checks_types,
    checks_required_fields,
    checks_bounds_patterns_and_enums,
    takes_null_only_where_it_may_be,
    serves_several_versions,
    takes_a_change_of_the_schema,
    that_is_deleted_takes_its_kind_with_it,
    that_is_deleted_takes_its_objects_with_it,
    of_a_cluster_scoped_kind_works,
    without_a_status_subresource_writes_the_status_with_the_rest,
    list_kind_and_singular_are_filled_in,
    generation_moves_with_the_spec,
];

/// A CRD whose group no other case uses, with a schema that takes anything below `spec`.
pub(crate) fn of_this_case(cx: &Cx, kind: &str) -> CustomResourceDefinition {
    with_schema(cx, kind, &json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true}))
}

/// A CRD whose group no other case uses, with this schema of its `spec`.
pub(crate) fn with_schema(cx: &Cx, kind: &str, spec: &Value) -> CustomResourceDefinition {
    let (plural, group) = (format!("{}s", kind.to_lowercase()), format!("{}.kubist.dev", cx.ns));
    let schema = json!({"type": "object", "properties": {"spec": spec, "status": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}}});
    let crd = json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": format!("{plural}.{group}")},
        "spec": {
            "group": group, "scope": "Namespaced", "names": {"plural": plural, "kind": kind},
            "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": schema}}],
        },
    });
    serde_json::from_value(crd).expect("a CRD")
}

/// A way to the objects of a CRD of this case.
pub(crate) fn objects(
    cx: &Cx,
    crd: &CustomResourceDefinition,
    version: &str,
) -> Result<Api<Unstructured>, kubist::Error> {
    let names = &crd.spec.names;
    let info = ResourceInfo {
        group: crd.spec.group.to_string().into(),
        version: version.to_owned().into(),
        kind: names.kind.to_string().into(),
        plural: names.plural.to_string().into(),
        singular: names.kind.to_lowercase().into(),
        list_kind: format!("{}List", names.kind).into(),
        short_names: Vec::new().into(),
        categories: Vec::new().into(),
        scope: Scope::Namespaced,
        subresources: Vec::new().into(),
    };
    Api::<Unstructured>::dynamic(&cx.client, &info).namespace(&cx.ns)
}

pub(crate) fn object(crd: &CustomResourceDefinition, name: &str, spec: Value) -> Unstructured {
    let mut object = Unstructured::new(&format!("{}/v1", crd.spec.group), &crd.spec.names.kind, name);
    object.set("spec", spec).expect("a field of the root");
    object
}

/// Makes a CRD with a schema of `spec`, and gives the way to its objects.
pub(crate) async fn served(
    cx: &Cx,
    spec: Value,
) -> Result<(CustomResourceDefinition, Api<Unstructured>), kubist::Error> {
    cx.namespace().await?;
    let crd = with_schema(cx, "Lamp", &spec);
    establish(&cx.client, &crd).await?;
    let lamps = objects(cx, &crd, "v1")?;
    Ok((crd, lamps))
}

async fn of_a_derived_type_is_taken_strictly(cx: Cx) -> Done {
    let mut crd = Website::crd();
    crd.spec.group = format!("{}.kubist.dev", cx.ns).into();
    crd.metadata.name = format!("websites.{}", crd.spec.group).into();
    cx.crds().create(&crd).field_validation(FieldValidation::Strict).await?;
    Ok(())
}

async fn of_a_derived_type_comes_back_as_it_was_sent(cx: Cx) -> Done {
    cx.sites().await?;
    let sent = Website::crd();
    let back = cx.crds().get(&sent.metadata.name).await?;
    assert_eq!(back.spec.versions, sent.spec.versions);
    assert_eq!(back.spec.names.short_names, sent.spec.names.short_names);
    assert_eq!(back.spec.scope, sent.spec.scope);
    Ok(())
}

async fn becomes_established_and_is_served(cx: Cx) -> Done {
    let (crd, lamps) = served(&cx, json!({"type": "object", "properties": {"watts": {"type": "integer"}}})).await?;
    let created = lamps.create(&object(&crd, "desk", json!({"watts": 40}))).await?;
    assert_eq!(created.at::<i64>("spec.watts")?, 40);
    let stored = cx.crds().get(&crd.metadata.name).await?;
    assert_eq!(stored.status.stored_versions, ["v1"]);
    Ok(())
}

async fn accepts_its_names(cx: Cx) -> Done {
    let (crd, _) = served(&cx, json!({"type": "object"})).await?;
    let stored = cx.crds().get(&crd.metadata.name).await?;
    let condition = |name: &str| stored.status.conditions.iter().find(|condition| condition.r#type == name);
    let accepted = condition("NamesAccepted").expect("NamesAccepted");
    assert_eq!((accepted.status.as_str(), accepted.reason.as_str()), ("True", "NoConflicts"));
    assert_eq!(accepted.message, "no conflicts found");
    let established = condition("Established").expect("Established");
    assert_eq!(
        (established.reason.as_str(), established.message.as_str()),
        ("InitialNamesAccepted", "the initial names have been accepted")
    );
    assert_eq!(stored.status.accepted_names.plural, "lamps");
    Ok(())
}

async fn under_another_name_than_its_own_is_invalid(cx: Cx) -> Done {
    let mut crd = of_this_case(&cx, "Lamp");
    crd.metadata.name = "lamps.example.com".into();
    let status = refused(cx.crds().create(&crd).await);
    let cause = &status.causes()[0];
    assert_eq!((cause.reason.as_str(), cause.field.as_str()), ("FieldValueInvalid", "metadata.name"));
    assert_eq!(
        cause.message,
        format!("Invalid value: \"lamps.example.com\": must be spec.names.plural+\".\"+spec.group")
    );
    Ok(())
}

async fn without_a_storage_version_is_invalid(cx: Cx) -> Done {
    let mut crd = of_this_case(&cx, "Lamp");
    crd.spec.versions[0].storage = false;
    let status = refused(cx.crds().create(&crd).await);
    assert!(
        status.causes().iter().any(|cause| cause.field == "spec.versions"
            && cause.message.contains("must have exactly one version marked as storage version")),
        "{status:?}"
    );
    Ok(())
}

async fn without_a_schema_is_invalid(cx: Cx) -> Done {
    let mut crd = of_this_case(&cx, "Lamp");
    crd.spec.versions[0].schema = None;
    let status = refused(cx.crds().create(&crd).await);
    assert!(
        status
            .causes()
            .iter()
            .any(|cause| cause.field == "spec.versions[0].schema.openAPIV3Schema" && cause.message == "Required value"),
        "{status:?}"
    );
    Ok(())
}

async fn with_names_that_are_taken_is_not_accepted(cx: Cx) -> Done {
    let first = of_this_case(&cx, "Lamp");
    establish(&cx.client, &first).await?;
    let mut second = of_this_case(&cx, "Light");
    second.spec.names.short_names = vec!["lamps".into()];
    cx.crds().create(&second).await?;
    let name = format!("metadata.name={}", second.metadata.name);
    let mut events = cx.crds().watch().fields(name).timeout(crate::cx::PATIENCE).await?;
    loop {
        let event = crate::cx::event(&mut events).await?;
        let crd = event.object().expect("an object");
        if let Some(condition) = crd.status.conditions.iter().find(|condition| condition.r#type == "NamesAccepted") {
            assert_eq!((condition.status.as_str(), condition.reason.as_str()), ("False", "ShortNamesConflict"));
            assert_eq!(condition.message, "\"lamps\" is already in use");
            return Ok(());
        }
    }
}

async fn prunes_unknown_fields(cx: Cx) -> Done {
    let schema = json!({"type": "object", "properties": {"watts": {"type": "integer"}, "parts": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}}}});
    let (crd, lamps) = served(&cx, schema).await?;
    let spec = json!({"watts": 1, "color": "red", "parts": [{"name": "a", "size": 3}]});
    let created = lamps.create(&object(&crd, "desk", spec)).await?;
    assert_eq!(created.into_value()["spec"], json!({"watts": 1, "parts": [{"name": "a"}]}));
    Ok(())
}

async fn keeps_unknown_fields_where_the_schema_says_so(cx: Cx) -> Done {
    let (crd, lamps) = served(&cx, json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true})).await?;
    let spec = json!({"any": {"depth": [1, "two", null]}});
    let created = lamps.create(&object(&crd, "desk", spec.clone())).await?;
    assert_eq!(created.into_value()["spec"], spec);
    Ok(())
}

async fn fills_in_defaults(cx: Cx) -> Done {
    let schema = json!({"type": "object", "properties": {
        "watts": {"type": "integer", "default": 40},
        "shade": {"type": "object", "default": {}, "properties": {"color": {"type": "string", "default": "white"}}},
    }});
    let (crd, lamps) = served(&cx, schema).await?;
    let created = lamps.create(&object(&crd, "desk", json!({}))).await?;
    assert_eq!(created.into_value()["spec"], json!({"watts": 40, "shade": {"color": "white"}}));
    Ok(())
}

async fn fills_in_defaults_when_it_reads(cx: Cx) -> Done {
    let (crd, lamps) = served(&cx, json!({"type": "object", "properties": {"watts": {"type": "integer"}}})).await?;
    lamps.create(&object(&crd, "desk", json!({}))).await?;
    let path = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/watts/default";
    cx.crds().patch(&crd.metadata.name).json(kubist::JsonPatch::new().add(path, 60)).await?;
    for _ in 0..200 {
        if lamps.get("desk").await?.at::<Option<i64>>("spec.watts")? == Some(60) {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the default does not come")
}

async fn checks_types(cx: Cx) -> Done {
    let schema = json!({"type": "object", "properties": {"watts": {"type": "integer"}, "on": {"type": "boolean"}}});
    let (crd, lamps) = served(&cx, schema).await?;
    let status = refused(lamps.create(&object(&crd, "desk", json!({"watts": "forty"}))).await);
    let cause = &status.causes()[0];
    assert_eq!((cause.reason.as_str(), cause.field.as_str()), ("FieldValueTypeInvalid", "spec.watts"));
    assert_eq!(cause.message, "Invalid value: \"string\": spec.watts in body must be of type integer: \"string\"");
    let status = refused(lamps.create(&object(&crd, "desk", json!({"on": 1}))).await);
    assert_eq!(
        status.causes()[0].message,
        "Invalid value: \"integer\": spec.on in body must be of type boolean: \"integer\""
    );
    Ok(())
}

async fn checks_required_fields(cx: Cx) -> Done {
    let schema = json!({"type": "object", "required": ["watts"], "properties": {"watts": {"type": "integer"}}});
    let (crd, lamps) = served(&cx, schema).await?;
    let status = refused(lamps.create(&object(&crd, "desk", json!({}))).await);
    let cause = &status.causes()[0];
    assert_eq!((cause.reason.as_str(), cause.field.as_str()), ("FieldValueRequired", "spec.watts"));
    assert_eq!(cause.message, "Required value");
    Ok(())
}

async fn checks_bounds_patterns_and_enums(cx: Cx) -> Done {
    let schema = json!({"type": "object", "properties": {
        "watts": {"type": "integer", "minimum": 1, "maximum": 100},
        "name": {"type": "string", "pattern": "^[a-z]+$", "maxLength": 5},
        "size": {"type": "string", "enum": ["small", "large"]},
    }});
    let (crd, lamps) = served(&cx, schema).await?;
    for (spec, reason, message) in [
        (
            json!({"watts": 0}),
            "FieldValueInvalid",
            "Invalid value: 0: spec.watts in body should be greater than or equal to 1",
        ),
        (
            json!({"watts": 101}),
            "FieldValueInvalid",
            "Invalid value: 101: spec.watts in body should be less than or equal to 100",
        ),
        (json!({"name": "A"}), "FieldValueInvalid", "Invalid value: \"A\": spec.name in body should match '^[a-z]+$'"),
        (json!({"name": "abcdef"}), "FieldValueTooLong", "Too long: may not be more than 5 bytes"),
        (
            json!({"size": "huge"}),
            "FieldValueNotSupported",
            "Unsupported value: \"huge\": supported values: \"small\", \"large\"",
        ),
    ] {
        let status = refused(lamps.create(&object(&crd, "desk", spec)).await);
        let cause = &status.causes()[0];
        assert_eq!((cause.reason.as_str(), cause.message.as_str()), (reason, message));
    }
    Ok(())
}

async fn takes_null_only_where_it_may_be(cx: Cx) -> Done {
    let schema = json!({"type": "object", "properties": {
        "a": {"type": "string", "nullable": true}, "b": {"type": "string"},
    }});
    let (crd, lamps) = served(&cx, schema).await?;
    let created = lamps.create(&object(&crd, "desk", json!({"a": null}))).await?;
    assert_eq!(created.into_value()["spec"], json!({"a": null}));
    let created = lamps.create(&object(&crd, "floor", json!({"b": null}))).await?;
    assert_eq!(created.into_value()["spec"], json!({}), "null is as if nothing was said");
    Ok(())
}

async fn serves_several_versions(cx: Cx) -> Done {
    cx.namespace().await?;
    let mut crd = of_this_case(&cx, "Lamp");
    let mut old = crd.spec.versions[0].clone();
    (old.name, old.storage) = ("v1alpha1".into(), false);
    crd.spec.versions.push(old);
    establish(&cx.client, &crd).await?;
    objects(&cx, &crd, "v1")?.create(&object(&crd, "desk", json!({"a": 1}))).await?;
    let old = objects(&cx, &crd, "v1alpha1")?.get("desk").await?;
    assert_eq!(old.api_version(), format!("{}/v1alpha1", crd.spec.group));
    assert_eq!(old.at::<i64>("spec.a")?, 1);
    Ok(())
}

async fn takes_a_change_of_the_schema(cx: Cx) -> Done {
    let (crd, lamps) = served(&cx, json!({"type": "object", "properties": {"a": {"type": "string"}}})).await?;
    let path = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/b";
    cx.crds().patch(&crd.metadata.name).json(kubist::JsonPatch::new().add(path, json!({"type": "string"}))).await?;
    let both = object(&crd, "desk", json!({"a": "1", "b": "2"}));
    for _ in 0..200 {
        if lamps.create(&both).dry_run().await?.at::<Option<&str>>("spec.b")? == Some("2") {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the change does not come")
}

async fn gone(cx: &Cx, crd: &CustomResourceDefinition) -> Done {
    for _ in 0..400 {
        if cx.crds().get(&crd.metadata.name).optional().await?.is_none() {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the CRD does not go")
}

async fn that_is_deleted_takes_its_kind_with_it(cx: Cx) -> Done {
    let (crd, lamps) = served(&cx, json!({"type": "object"})).await?;
    cx.crds().delete(&crd.metadata.name).await?;
    gone(&cx, &crd).await?;
    for _ in 0..200 {
        match lamps.list().await {
            Err(error) if error.is_not_found() => return Ok(()),
            Err(error) if error.code() == Some(405) => {}
            Err(error) => return Err(error.into()),
            Ok(_) => {}
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the kind is served still")
}

async fn that_is_deleted_takes_its_objects_with_it(cx: Cx) -> Done {
    let (crd, lamps) = served(&cx, json!({"type": "object"})).await?;
    lamps.create(&object(&crd, "desk", json!({}))).await?;
    cx.crds().delete(&crd.metadata.name).await?;
    gone(&cx, &crd).await?;
    establish(&cx.client, &crd).await?;
    assert_eq!(lamps.get("desk").optional().await?.map(|lamp| lamp.name().to_owned()), None);
    Ok(())
}

async fn of_a_cluster_scoped_kind_works(cx: Cx) -> Done {
    let mut crd = of_this_case(&cx, "Lamp");
    crd.spec.scope = "Cluster".into();
    establish(&cx.client, &crd).await?;
    let mut info = objects(&cx, &crd, "v1")?.info().clone();
    info.scope = Scope::Cluster;
    let lamps = Api::<Unstructured>::dynamic(&cx.client, &info).cluster()?;
    lamps.create(&object(&crd, "desk", json!({"a": 1}))).await?;
    assert_eq!(lamps.list().await?.items.len(), 1);
    Ok(())
}

async fn without_a_status_subresource_writes_the_status_with_the_rest(cx: Cx) -> Done {
    let (crd, lamps) = served(&cx, json!({"type": "object"})).await?;
    let mut desk = object(&crd, "desk", json!({}));
    desk.set("status.on", true)?;
    let created = lamps.create(&desk).await?;
    assert!(created.at::<bool>("status.on")?);
    let result = lamps.subresource("desk", "status").get::<Unstructured>().await;
    assert!(result.unwrap_err().is_not_found());
    Ok(())
}

async fn list_kind_and_singular_are_filled_in(cx: Cx) -> Done {
    let (crd, lamps) = served(&cx, json!({"type": "object"})).await?;
    let stored = cx.crds().get(&crd.metadata.name).await?;
    assert_eq!((stored.spec.names.list_kind.as_str(), stored.spec.names.singular.as_str()), ("LampList", "lamp"));
    let request = cx.client.rest().get().kind(lamps.info()).namespace(&cx.ns);
    assert_eq!(request.send().await?.json::<Value>()?["kind"], "LampList");
    Ok(())
}

async fn generation_moves_with_the_spec(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    sites.patch("home").merge(json!({"spec": {"host": "example.org"}})).await?;
    sites.status("home").update(|status| status.ready = true).await?;
    assert_eq!(sites.get("home").await?.metadata.generation, 2);
    Ok(())
}
