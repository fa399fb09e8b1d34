//! The tools for definitions that talk to a cluster: `crd::install`, `crd::uninstall` and the program.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use kubist::crd::{self, Installed};
use kubist::types::apiextensions::v1::{CustomResourceColumnDefinition, CustomResourceDefinition};
use kubist::{Api, Body, Client, FieldValidation, Unstructured, json};

use crate::crd::{of_this_case, with_schema};
use crate::cx::{Cx, refused};
use crate::{Done, cases};

cases![
    install_creates_what_is_not_there_and_its_kind_is_served,
    install_leaves_what_is_there_already,
    install_updates_what_differs,
    install_holds_writes_to_a_changed_schema_once_it_is_done,
    install_waits_until_a_changed_schema_is_published,
    install_serves_an_added_version_once_it_is_done,
    install_keeps_the_conversion_that_a_new_definition_does_not_name,
    install_tries_again_after_a_conflict,
    install_says_whose_names_are_taken,
    install_says_at_once_that_names_are_still_taken,
    install_takes_names_that_are_given_back,
    install_says_that_the_definition_was_deleted_meanwhile,
    install_does_not_need_the_right_to_list_the_objects,
    install_does_not_need_the_webhook_that_converts_objects,
    install_says_why_a_request_failed,
    install_gives_up_when_the_time_is_up,
    uninstall_deletes_definitions_and_their_objects,
    uninstall_deletes_nothing_without_a_yes,
    uninstall_says_what_holds_a_definition,
    the_program_installs_and_says_what_it_did,
    the_program_says_what_changes_in_the_cluster,
    the_program_asks_before_it_uninstalls,
];

async fn install_creates_what_is_not_there_and_its_kind_is_served(cx: Cx) -> Done {
    let lamps = of_this_case(&cx, "Lamp");
    let mut told = Vec::new();
    let done = crd::install(&cx.client, std::slice::from_ref(&lamps))
        .progress(|name, done| told.push((name.to_owned(), done)))
        .await?;
    assert_eq!(done, [Installed::Created]);
    assert_eq!(told, [(lamps.metadata.name.to_string(), Installed::Created)]);
    let kind = cx.client.discovery().resolve(&format!("{}.{}", lamps.spec.names.plural, lamps.spec.group)).await?;
    assert_eq!(Api::<Unstructured>::dynamic(&cx.client, &kind).all()?.list().await?.items.len(), 0);
    Ok(())
}

async fn install_leaves_what_is_there_already(cx: Cx) -> Done {
    let mut lamps = of_this_case(&cx, "Lamp");
    crd::install(&cx.client, std::slice::from_ref(&lamps)).await?;
    // What the server fills in makes no difference.
    lamps.spec.names.singular = "".into();
    lamps.spec.names.list_kind = "".into();
    lamps.spec.conversion = None;
    let before = cx.crds().get(&lamps.metadata.name).await?;
    assert_eq!(crd::install(&cx.client, &[lamps]).await?, [Installed::Unchanged]);
    assert_eq!(cx.crds().get(&before.metadata.name).await?.metadata.generation, before.metadata.generation);
    Ok(())
}

async fn install_updates_what_differs(cx: Cx) -> Done {
    let mut lamps = of_this_case(&cx, "Lamp");
    crd::install(&cx.client, std::slice::from_ref(&lamps)).await?;
    let mut others = cx.crds().get(&lamps.metadata.name).await?;
    others.metadata.labels.insert("team", "light");
    cx.crds().update(&others).await?;

    lamps.spec.versions[0].additional_printer_columns = vec![CustomResourceColumnDefinition {
        name: "Watts".into(),
        r#type: "integer".into(),
        json_path: ".spec.watts".into(),
        ..CustomResourceColumnDefinition::default()
    }];
    assert_eq!(crd::install(&cx.client, std::slice::from_ref(&lamps)).await?, [Installed::Updated]);
    let now = cx.crds().get(&lamps.metadata.name).await?;
    assert_eq!(now.spec.versions[0].additional_printer_columns[0].name, "Watts");
    assert_eq!(&now.metadata.labels["team"], "light");
    Ok(())
}

async fn install_holds_writes_to_a_changed_schema_once_it_is_done(cx: Cx) -> Done {
    for round in 0..12 {
        let field = format!("field{round}");
        let lamps = with_schema(
            &cx,
            "Lamp",
            &json!({ "type": "object", "properties": { &field: { "type": "string", "maxLength": 5 } } }),
        );
        crd::install(&cx.client, std::slice::from_ref(&lamps)).await?;
        let kind = cx.client.discovery().resolve(&format!("{}.{}", lamps.spec.names.plural, lamps.spec.group)).await?;
        let api = Api::<Unstructured>::dynamic(&cx.client, &kind).namespace(cx.namespace().await?)?;
        let lamp = |text: &str| {
            Unstructured::from_value(json!({
                "apiVersion": format!("{}/v1", lamps.spec.group), "kind": "Lamp", "metadata": { "name": "a" },
                "spec": { &field: text },
            }))
        };
        api.create(&lamp("short")?).dry_run().field_validation(FieldValidation::Strict).await?;
        let status = refused(api.create(&lamp("too long")?).dry_run().await);
        assert_eq!(status.causes()[0].field, format!("spec.{field}"), "{status:?}");
    }
    Ok(())
}

async fn install_waits_until_a_changed_schema_is_published(cx: Cx) -> Done {
    let lamps = of_this_case(&cx, "Lamp");
    crd::install(&cx.client, std::slice::from_ref(&lamps)).await?;
    let document = format!("/openapi/v3/apis/{}/v1", lamps.spec.group);
    let asked = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&asked);
    let client = with_a_hand_in(&cx, move |client, request| {
        let times = (request.uri().path() == document).then(|| seen.fetch_add(1, Ordering::Relaxed));
        async move {
            let Some(times) = times else { return client.send(request).await };
            let tag = if times < 4 { "old" } else { "new" };
            Ok(http::Response::builder().header("etag", tag).body(Body::from("{}")).unwrap())
        }
    });
    let mut columns = lamps.clone();
    columns.spec.versions[0].additional_printer_columns = vec![CustomResourceColumnDefinition {
        name: "Watts".into(),
        r#type: "integer".into(),
        json_path: ".spec.watts".into(),
        ..CustomResourceColumnDefinition::default()
    }];
    assert_eq!(crd::install(&client, &[columns]).await?, [Installed::Updated]);
    assert_eq!(asked.load(Ordering::Relaxed), 0, "the schema is the same");
    let spec = json!({ "type": "object", "properties": { "watts": { "type": "integer" } } });
    assert_eq!(crd::install(&client, &[with_schema(&cx, "Lamp", &spec)]).await?, [Installed::Updated]);
    assert_eq!(asked.load(Ordering::Relaxed), 5);
    Ok(())
}

async fn install_serves_an_added_version_once_it_is_done(cx: Cx) -> Done {
    let mut lamps = of_this_case(&cx, "Lamp");
    crd::install(&cx.client, std::slice::from_ref(&lamps)).await?;
    let mut second = lamps.spec.versions[0].clone();
    second.name = "v2".into();
    lamps.spec.versions[0].storage = false;
    lamps.spec.versions.push(second);
    assert_eq!(crd::install(&cx.client, std::slice::from_ref(&lamps)).await?, [Installed::Updated]);
    let list = cx.client.rest().get().api(&lamps.spec.group, "v2").resource(&lamps.spec.names.plural);
    assert_eq!(list.send().await?.list::<Unstructured>()?.items.len(), 0);
    assert_eq!(cx.crds().get(&lamps.metadata.name).await?.status.stored_versions, ["v1", "v2"]);
    Ok(())
}

async fn install_keeps_the_conversion_that_a_new_definition_does_not_name(cx: Cx) -> Done {
    let mut lamps = of_this_case(&cx, "Lamp");
    let webhook = json!({
        "strategy": "Webhook",
        "webhook": { "clientConfig": { "url": "https://127.0.0.1:1/convert" }, "conversionReviewVersions": ["v1"] },
    });
    lamps.spec.conversion = serde_json::from_value(webhook)?;
    crd::install(&cx.client, std::slice::from_ref(&lamps)).await?;
    let before = cx.crds().get(&lamps.metadata.name).await?.spec.conversion;
    lamps.spec.conversion = None;
    lamps.spec.versions[0].deprecated = true;
    assert_eq!(crd::install(&cx.client, std::slice::from_ref(&lamps)).await?, [Installed::Updated]);
    let after = cx.crds().get(&lamps.metadata.name).await?;
    assert!(after.spec.versions[0].deprecated);
    assert_eq!(after.spec.conversion, before);
    assert!(before.is_some_and(|conversion| conversion.strategy == "Webhook"));
    Ok(())
}

/// A client that shows each request to a function, which may answer it; else the case's own client sends it.
fn with_a_hand_in<F>(cx: &Cx, hand: impl Fn(Client, http::Request<Body>) -> F + Clone + Send + Sync + 'static) -> Client
where
    F: Future<Output = Result<http::Response<Body>, kubist::Error>> + Send + 'static,
{
    let client = cx.client.clone();
    Client::from_service(tower::service_fn(move |request: http::Request<Body>| hand(client.clone(), request)))
}

fn answer(code: u16, reason: &str, message: &str) -> http::Response<Body> {
    let status = json!({
        "apiVersion": "v1", "kind": "Status", "status": "Failure", "code": code, "reason": reason, "message": message,
    });
    http::Response::builder()
        .status(code)
        .header("content-type", "application/json")
        .body(Body::from(status.to_string()))
        .unwrap()
}

async fn install_tries_again_after_a_conflict(cx: Cx) -> Done {
    let mut lamps = of_this_case(&cx, "Lamp");
    crd::install(&cx.client, std::slice::from_ref(&lamps)).await?;
    let name = lamps.metadata.name.to_string();
    let updates = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&updates);
    let client = with_a_hand_in(&cx, move |client, request| {
        let (name, seen) = (name.clone(), Arc::clone(&seen));
        async move {
            if request.method() == http::Method::PUT && seen.fetch_add(1, Ordering::Relaxed) == 0 {
                // Somebody else is faster.
                let label = json!({ "metadata": { "labels": { "team": "light" } } });
                Api::<CustomResourceDefinition>::cluster(&client).patch(&name).merge(label).await?;
            }
            client.send(request).await
        }
    });
    lamps.spec.versions[0].deprecated = true;
    assert_eq!(crd::install(&client, std::slice::from_ref(&lamps)).await?, [Installed::Updated]);
    assert_eq!(updates.load(Ordering::Relaxed), 2);
    let now = cx.crds().get(&lamps.metadata.name).await?;
    assert!(now.spec.versions[0].deprecated);
    assert_eq!(&now.metadata.labels["team"], "light");
    Ok(())
}

async fn install_says_whose_names_are_taken(cx: Cx) -> Done {
    let lamps = of_this_case(&cx, "Lamp");
    let mut lights = lamps.clone();
    lights.spec.names.plural = "lights".into();
    lights.metadata.name = format!("lights.{}", lamps.spec.group).into();
    crd::install(&cx.client, &[lamps]).await?;
    let error = crd::install(&cx.client, std::slice::from_ref(&lights)).await.unwrap_err();
    assert_eq!(error.crd(), lights.metadata.name.as_str());
    let text = error.to_string();
    assert!(text.starts_with(&format!("the CRD {} is not accepted: NamesAccepted is False, ", error.crd())), "{text}");
    assert!(text.ends_with("is already in use"), "{text}");
    Ok(())
}

async fn install_says_at_once_that_names_are_still_taken(cx: Cx) -> Done {
    let lamps = of_this_case(&cx, "Lamp");
    let mut lights = lamps.clone();
    lights.spec.names.plural = "lights".into();
    lights.metadata.name = format!("lights.{}", lamps.spec.group).into();
    crd::install(&cx.client, &[lamps]).await?;
    crd::install(&cx.client, std::slice::from_ref(&lights)).await.unwrap_err();
    // The next try changes something, but not the names.
    lights.spec.versions[0].deprecated = true;
    let error = crd::install(&cx.client, std::slice::from_ref(&lights)).await.unwrap_err().to_string();
    assert!(error.contains(" is not accepted: NamesAccepted is False, "), "{error}");
    Ok(())
}

async fn install_takes_names_that_are_given_back(cx: Cx) -> Done {
    let lamps = of_this_case(&cx, "Lamp");
    let mut lights = lamps.clone();
    lights.spec.names.plural = "lights".into();
    lights.spec.names.kind = "Light".into();
    lights.spec.names.list_kind = "LightList".into();
    lights.spec.names.singular = "light".into();
    lights.metadata.name = format!("lights.{}", lamps.spec.group).into();
    crd::install(&cx.client, &[lamps, lights.clone()]).await?;
    // A short name that the other has is refused; without it, all is as it was.
    let before = lights.clone();
    lights.spec.names.short_names = vec!["lamp".into()];
    let error = crd::install(&cx.client, &[lights]).await.unwrap_err().to_string();
    assert!(error.contains("ShortNamesConflict"), "{error}");
    assert_eq!(crd::install(&cx.client, &[before]).await?, [Installed::Updated]);
    Ok(())
}

async fn install_says_that_the_definition_was_deleted_meanwhile(cx: Cx) -> Done {
    let lamps = of_this_case(&cx, "Lamp");
    let name = lamps.metadata.name.to_string();
    let client = with_a_hand_in(&cx, move |client, request| {
        let name = name.clone();
        async move {
            let is_create = request.method() == http::Method::POST;
            let answer = client.send(request).await;
            let crds = Api::<CustomResourceDefinition>::cluster(&client);
            if is_create && !crds.delete(&name).await?.is_gone() {
                while crds.get(&name).optional().await?.is_some() {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            }
            answer
        }
    });
    let error = crd::install(&client, std::slice::from_ref(&lamps)).await.unwrap_err();
    assert_eq!(error.to_string(), format!("the CRD {} was deleted meanwhile", lamps.metadata.name));
    Ok(())
}

async fn install_does_not_need_the_right_to_list_the_objects(cx: Cx) -> Done {
    let lamps = of_this_case(&cx, "Lamp");
    let path = format!("/apis/{}/v1/{}", lamps.spec.group, lamps.spec.names.plural);
    let discovery = format!("/apis/{}/v1", lamps.spec.group);
    let discovered = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&discovered);
    let client = with_a_hand_in(&cx, move |client, request| {
        let is_list = request.uri().path() == path;
        let is_first_discovery = request.uri().path() == discovery && seen.fetch_add(1, Ordering::Relaxed) == 0;
        async move {
            match () {
                () if is_list => Ok(answer(403, "Forbidden", "not yours")),
                // A 403 says nothing of whether the kind is served; discovery does, a moment later.
                () if is_first_discovery => Ok(answer(404, "NotFound", "not yet")),
                () => client.send(request).await,
            }
        }
    });
    assert_eq!(crd::install(&client, &[lamps]).await?, [Installed::Created]);
    assert!(discovered.load(Ordering::Relaxed) > 1);
    Ok(())
}

async fn install_does_not_need_the_webhook_that_converts_objects(cx: Cx) -> Done {
    let lamps = of_this_case(&cx, "Lamp");
    let path = format!("/apis/{}/v1/{}", lamps.spec.group, lamps.spec.names.plural);
    let client = with_a_hand_in(&cx, move |client, request| {
        let is_list = request.uri().path() == path;
        async move {
            if is_list {
                return Ok(answer(500, "StorageReadError", "conversion webhook failed: connection refused"));
            }
            client.send(request).await
        }
    });
    assert_eq!(crd::install(&client, &[lamps]).await?, [Installed::Created]);
    Ok(())
}

async fn install_says_why_a_request_failed(cx: Cx) -> Done {
    let lamps = of_this_case(&cx, "Lamp");
    let mut wrong = lamps.clone();
    wrong.spec.scope = "World".into();
    let error = crd::install(&cx.client, &[wrong]).await.unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with(&format!("the CRD {} could not be installed: create ", lamps.metadata.name)), "{text}");
    assert!(text.contains("spec.scope"), "{text}");
    assert!(error.error().is_some_and(kubist::Error::is_invalid));
    assert!(std::error::Error::source(&error).is_none_or(|source| !text.contains(&source.to_string())));
    Ok(())
}

async fn install_gives_up_when_the_time_is_up(cx: Cx) -> Done {
    let lamps = of_this_case(&cx, "Lamp");
    // Both servers are too fast for a test of this.
    let silent = Client::from_service(tower::service_fn(|_: http::Request<Body>| {
        std::future::pending::<Result<http::Response<Body>, std::convert::Infallible>>()
    }));
    let error = crd::install(&silent, &[lamps]).timeout(Duration::from_millis(10)).await.unwrap_err().to_string();
    assert!(error.ends_with(" was not served within 10ms: the server did not answer"), "{error}");
    Ok(())
}

/// Stores objects of a definition that is installed.
async fn store(cx: &Cx, crd: &CustomResourceDefinition, names: &[&str], finalizers: &[&str]) -> Done {
    let kind = cx.client.discovery().resolve(&format!("{}.{}", crd.spec.names.plural, crd.spec.group)).await?;
    let api = Api::<Unstructured>::dynamic(&cx.client, &kind).namespace(cx.namespace().await?)?;
    for name in names {
        let object = json!({
            "apiVersion": format!("{}/v1", crd.spec.group), "kind": crd.spec.names.kind,
            "metadata": { "name": name, "finalizers": finalizers },
        });
        api.create(&Unstructured::from_value(object)?).await?;
    }
    Ok(())
}

async fn uninstall_deletes_definitions_and_their_objects(cx: Cx) -> Done {
    let (lamps, fans) = (of_this_case(&cx, "Lamp"), of_this_case(&cx, "Fan"));
    crd::install(&cx.client, std::slice::from_ref(&lamps)).await?;
    store(&cx, &lamps, &["a", "b", "c"], &[]).await?;
    let mut told = Vec::new();
    let gone = crd::uninstall(&cx.client, &[lamps.clone(), fans]).progress(|one| told.push(one.name.clone())).await?;
    assert_eq!(told, [lamps.metadata.name.to_string()]);
    assert_eq!(gone.len(), 1, "what is not there is passed over");
    assert_eq!(gone[0].objects, Some(3));
    assert!(cx.crds().get(&lamps.metadata.name).optional().await?.is_none());
    Ok(())
}

async fn uninstall_deletes_nothing_without_a_yes(cx: Cx) -> Done {
    let lamps = of_this_case(&cx, "Lamp");
    crd::install(&cx.client, std::slice::from_ref(&lamps)).await?;
    let mut asked = Vec::new();
    let gone = crd::uninstall(&cx.client, std::slice::from_ref(&lamps))
        .confirm(|found| {
            asked = found.to_vec();
            false
        })
        .await?;
    assert_eq!(gone, []);
    assert_eq!((asked.len(), asked[0].objects), (1, Some(0)));
    assert!(cx.crds().get(&lamps.metadata.name).await?.metadata.deletion_timestamp.is_none());
    Ok(())
}

async fn uninstall_says_what_holds_a_definition(cx: Cx) -> Done {
    let lamps = of_this_case(&cx, "Lamp");
    crd::install(&cx.client, std::slice::from_ref(&lamps)).await?;
    store(&cx, &lamps, &["held"], &["kubist.dev/hold"]).await?;
    let request = crd::uninstall(&cx.client, std::slice::from_ref(&lamps)).timeout(Duration::from_secs(1));
    let error = request.await.unwrap_err().to_string();
    let expected = format!(
        "the CRD {} was not gone within 1s: Terminating is True, InstanceDeletionInProgress: ",
        lamps.metadata.name
    );
    assert!(error.starts_with(&expected), "{error}");
    Ok(())
}

/// Runs the program for a definition against the case's server; returns exit code, output and errors.
async fn program(cx: &Cx, crd: &CustomResourceDefinition, args: &[&str], input: &str) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let terminal = crd::Terminal { out: &mut out, err: &mut err, input: &mut input.as_bytes() };
    let crds = std::slice::from_ref(crd);
    let program = crd::Program::of("lamps", crds).client(cx.client.clone());
    let code = program.run_in(args.iter().map(std::ffi::OsString::from), terminal).await;
    let text =
        |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(cx.client.url(), "SERVER").replace(&cx.ns, "CASE");
    (code, text(out), text(err))
}

async fn the_program_installs_and_says_what_it_did(cx: Cx) -> Done {
    let mut lamps = of_this_case(&cx, "Lamp");
    let said = |word: &str| (0, format!("lamps.CASE.kubist.dev  {word}\n"), String::new());
    assert_eq!(program(&cx, &lamps, &["install"], "").await, said("created"));
    assert_eq!(program(&cx, &lamps, &["install"], "").await, said("unchanged"));
    lamps.spec.versions[0].deprecated = true;
    assert_eq!(program(&cx, &lamps, &["install"], "").await, said("updated"));
    lamps.spec.scope = "World".into();
    let (code, out, err) = program(&cx, &lamps, &["install"], "").await;
    assert_eq!((code, &*out), (2, "lamps.CASE.kubist.dev  failed\n"));
    assert!(err.starts_with("lamps: the CRD lamps.CASE.kubist.dev could not be installed: update "), "{err}");
    assert_eq!(err.lines().count(), 1, "{err}");
    Ok(())
}

async fn the_program_says_what_changes_in_the_cluster(cx: Cx) -> Done {
    let mut lamps = of_this_case(&cx, "Lamp");
    let said = |code: u8, text: &str| (code, text.to_owned(), String::new());
    let new = "lamps.CASE.kubist.dev: not in SERVER yet\n";
    assert_eq!(program(&cx, &lamps, &["diff"], "").await, said(0, new));
    crd::install(&cx.client, std::slice::from_ref(&lamps)).await?;
    assert_eq!(program(&cx, &lamps, &["diff"], "").await, said(0, "lamps.CASE.kubist.dev: no difference\n"));
    lamps.spec.versions[0].deprecated = true;
    let safe = "lamps.CASE.kubist.dev
  Safe
    spec.versions[v1].deprecated  clients of the version are warned

1 change, safe
";
    assert_eq!(program(&cx, &lamps, &["diff"], "").await, said(0, safe));
    lamps.spec.names.list_kind = "Lights".into();
    let breaking = "lamps.CASE.kubist.dev
  Breaking for clients
    spec.names.listKind  changes from `LampList` to `Lights`: clients that check the kind of a list do not take it
  Safe
    spec.versions[v1].deprecated  clients of the version are warned

2 changes: 1 is breaking
";
    assert_eq!(program(&cx, &lamps, &["diff"], "").await, said(1, breaking));
    Ok(())
}

async fn the_program_asks_before_it_uninstalls(cx: Cx) -> Done {
    let lamps = of_this_case(&cx, "Lamp");
    let said = |code: u8, text: &str| (code, text.to_owned(), String::new());
    let nothing = said(0, "lamps.CASE.kubist.dev: not in SERVER\n");
    assert_eq!(program(&cx, &lamps, &["uninstall", "--yes"], "").await, nothing);
    crd::install(&cx.client, std::slice::from_ref(&lamps)).await?;
    store(&cx, &lamps, &["a", "b"], &[]).await?;
    let question = "This deletes from SERVER:
  lamps.CASE.kubist.dev  with 2 objects
";
    let ask = "Type `yes` to go on: ";
    for (answer, end) in [("no\n", ""), ("", "\n"), ("yes please\n", "")] {
        let kept = program(&cx, &lamps, &["uninstall"], answer).await;
        assert_eq!(kept, said(1, &format!("{question}{ask}{end}nothing was deleted\n")));
    }
    let deleted = "lamps.CASE.kubist.dev  deleted\n";
    let done = program(&cx, &lamps, &["uninstall"], "yes\n").await;
    assert_eq!(done, said(0, &format!("{question}{ask}{deleted}")));
    crd::install(&cx.client, std::slice::from_ref(&lamps)).await?;
    let done = program(&cx, &lamps, &["uninstall", "--yes"], "").await;
    assert_eq!(done, said(0, &format!("{}{deleted}", question.replace("with 2 objects", "without objects"))));
    Ok(())
}
