//! Server-side apply.

use kubist::{ApplyOptions, ManagedFields, Object, json};

use crate::cx::{Cx, map, refused, site};
use crate::{Done, cases};

cases![
    creates_what_is_missing,
    changes_what_is_there,
    removes_what_the_manager_no_longer_sets,
    keeps_what_others_set,
    of_a_field_that_another_holds_is_a_conflict_that_names_it,
    by_force_takes_fields_from_others,
    takes_a_partial_object,
    of_a_custom_resource_works,
    as_a_dry_run_stores_nothing,
    uses_the_clients_name_as_the_manager,
    writes_managed_fields,
    of_a_status_sets_only_that,
    takes_all_options_at_once,
];

async fn creates_what_is_missing(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut theme = map("theme");
    theme.data.insert("color", "dark");
    let applied = maps.apply(&theme).field_manager("a").await?;
    assert_eq!(applied.data, theme.data);
    assert_eq!(maps.get("theme").await?.metadata.uid, applied.metadata.uid);
    Ok(())
}

async fn changes_what_is_there(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut theme = map("theme");
    theme.data.insert("color", "dark");
    maps.apply(&theme).field_manager("a").await?;
    theme.data.insert("color", "light");
    assert_eq!(&maps.apply(&theme).field_manager("a").await?.data["color"], "light");
    Ok(())
}

async fn removes_what_the_manager_no_longer_sets(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let mut theme = map("theme");
    theme.data = [("color", "dark"), ("font", "serif")].into();
    maps.apply(&theme).field_manager("a").await?;
    theme.data.remove("font");
    assert_eq!(maps.apply(&theme).field_manager("a").await?.data, [("color", "dark")].into());
    Ok(())
}

async fn keeps_what_others_set(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.patch("theme").apply(json!({"data": {"color": "dark"}})).field_manager("a").await?;
    let both = maps.patch("theme").apply(json!({"data": {"font": "serif"}})).field_manager("b").await?;
    assert_eq!(both.data, [("color", "dark"), ("font", "serif")].into());
    let without = maps.patch("theme").apply(json!({"data": {}})).field_manager("b").await?;
    assert_eq!(without.data, [("color", "dark")].into());
    Ok(())
}

async fn of_a_field_that_another_holds_is_a_conflict_that_names_it(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.patch("theme").apply(json!({"data": {"color": "dark"}})).field_manager("a").await?;
    let status = refused(maps.patch("theme").apply(json!({"data": {"color": "light"}})).field_manager("b").await);
    assert_eq!((status.code, status.reason.as_str()), (409, "Conflict"));
    assert_eq!(status.causes()[0].reason, "FieldManagerConflict");
    assert_eq!(status.causes()[0].field, ".data.color");
    assert_eq!(status.causes()[0].message, "conflict with \"a\"");
    Ok(())
}

async fn by_force_takes_fields_from_others(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.patch("theme").apply(json!({"data": {"color": "dark"}})).field_manager("a").await?;
    let taken = maps.patch("theme").apply(json!({"data": {"color": "light"}})).field_manager("b").force().await?;
    assert_eq!(&taken.data["color"], "light");
    Ok(())
}

async fn takes_a_partial_object(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let applied = maps.patch("theme").apply(json!({"data": {"color": "dark"}})).field_manager("a").await?;
    assert_eq!(applied.name(), "theme");
    Ok(())
}

async fn of_a_custom_resource_works(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    let mut home = site("home");
    assert_eq!(sites.apply(&home).field_manager("a").await?.metadata.generation, 1);
    home.spec.replicas = 4;
    let applied = sites.apply(&home).field_manager("a").await?;
    assert_eq!((applied.spec.replicas, applied.metadata.generation), (4, 2));
    Ok(())
}

async fn as_a_dry_run_stores_nothing(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    maps.apply(&map("theme")).field_manager("a").dry_run().await?;
    assert_eq!(maps.get("theme").optional().await?, None);
    Ok(())
}

async fn uses_the_clients_name_as_the_manager(cx: Cx) -> Done {
    let mut theme = map("theme");
    theme.data.insert("color", "dark");
    let applied = cx.maps().await?.managed_fields(ManagedFields::Keep).apply(&theme).await?;
    assert_eq!(applied.metadata.managed_fields[0].manager, cx.client.field_manager());
    Ok(())
}

async fn writes_managed_fields(cx: Cx) -> Done {
    let maps = cx.maps().await?.managed_fields(ManagedFields::Keep);
    let applied = maps.patch("theme").apply(json!({"data": {"color": "dark"}})).field_manager("a").await?;
    let entry = &applied.metadata.managed_fields[0];
    assert_eq!((entry.manager.as_str(), entry.operation.as_str(), entry.api_version.as_str()), ("a", "Apply", "v1"));
    let fields: serde_json::Value = serde_json::from_str(entry.fields_v1.as_ref().expect("fields").as_json())?;
    assert_eq!(fields, json!({"f:data": {"f:color": {}}}));
    Ok(())
}

async fn of_a_status_sets_only_that(cx: Cx) -> Done {
    let sites = cx.sites().await?;
    sites.create(&site("home")).await?;
    let status = json!({"status": {"ready": true, "replicas": 1}, "spec": {"host": "other", "replicas": 9}});
    let applied = sites.status("home").patch().apply(status).field_manager("controller").await?;
    assert!(applied.status.is_some_and(|status| status.ready));
    assert_eq!(applied.spec.replicas, 2);
    Ok(())
}

async fn takes_all_options_at_once(cx: Cx) -> Done {
    let maps = cx.maps().await?;
    let options = ApplyOptions { dry_run: true, force: true, field_manager: "a".to_owned(), ..ApplyOptions::default() };
    maps.apply(&map("theme")).options(options).await?;
    assert_eq!(maps.get("theme").optional().await?, None);
    Ok(())
}
