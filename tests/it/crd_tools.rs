//! The tools for definitions: `crd::install`.

use std::time::Duration;

use kubist::crd::{self, Installed};
use kubist::types::apiextensions::v1::CustomResourceColumnDefinition;
use kubist::{Api, Body, Client, Unstructured};

use crate::crd::of_this_case;
use crate::cx::Cx;
use crate::{Done, cases};

cases![
    install_creates_what_is_not_there_and_its_kind_is_served,
    install_leaves_what_is_there_already,
    install_updates_what_differs,
    install_says_whose_names_are_taken,
    install_gives_up_when_the_time_is_up,
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
