//! Finding out what a server serves.

use std::collections::BTreeSet;

use kubist::model::Scope;

use crate::cx::{Cx, site};
use crate::{Done, cases};

cases![
    resolves_a_plural_a_singular_a_kind_and_a_short_name,
    resolves_without_regard_to_case,
    resolves_with_a_group_and_with_a_version,
    resolves_with_the_beginning_of_a_group,
    resolves_names_of_a_custom_resource,
    prefers_the_groups_of_kubernetes,
    an_unknown_name_has_the_nearest_one,
    sees_a_crd_that_came_later,
    tells_scope_verbs_and_subresources,
    tells_categories_and_short_names_of_a_custom_resource,
    lists_every_group,
    lists_each_resource_once,
    the_older_endpoints_tell_the_same,
    the_version_of_the_server_is_1_37,
    the_aggregated_form_is_served,
    the_resources_of_a_group_version_are_served,
    of_an_unknown_group_is_not_found,
];

async fn resolves_a_plural_a_singular_a_kind_and_a_short_name(cx: Cx) -> Done {
    let discovery = cx.client.discovery();
    for name in ["deployments", "deployment", "Deployment", "deploy"] {
        let kind = discovery.resolve(name).await?;
        assert_eq!((&*kind.group, &*kind.version, &*kind.kind), ("apps", "v1", "Deployment"), "{name}");
        assert_eq!((&*kind.plural, &*kind.singular), ("deployments", "deployment"));
    }
    Ok(())
}

async fn resolves_without_regard_to_case(cx: Cx) -> Done {
    assert_eq!(cx.client.discovery().resolve("CONFIGMAP").await?.kind, "ConfigMap");
    Ok(())
}

async fn resolves_with_a_group_and_with_a_version(cx: Cx) -> Done {
    let discovery = cx.client.discovery();
    for name in ["deployments.apps", "deployments.v1.apps", "Deployment.v1.apps", "deploy.apps"] {
        assert_eq!(discovery.resolve(name).await?.resource_name(), "deployments.apps", "{name}");
    }
    assert_eq!(discovery.resolve("pods.v1").await?.kind, "Pod");
    assert!(discovery.resolve("deployments.v9.apps").await.is_err());
    assert!(discovery.resolve("deployments.batch").await.is_err());
    Ok(())
}

async fn resolves_with_the_beginning_of_a_group(cx: Cx) -> Done {
    assert_eq!(cx.client.discovery().resolve("ingresses.networking").await?.group, "networking.k8s.io");
    Ok(())
}

async fn resolves_names_of_a_custom_resource(cx: Cx) -> Done {
    cx.sites().await?;
    for name in ["websites.it.kubist.dev", "website.it.kubist.dev", "site.it.kubist.dev", "Website.v1.it.kubist.dev"] {
        let kind = cx.client.discovery().resolve(name).await?;
        assert_eq!((&*kind.group, &*kind.kind, kind.scope), ("it.kubist.dev", "Website", Scope::Namespaced), "{name}");
    }
    Ok(())
}

async fn prefers_the_groups_of_kubernetes(cx: Cx) -> Done {
    assert_eq!(cx.client.discovery().resolve("events").await?.group, "");
    assert_eq!(cx.client.discovery().resolve("events.events.k8s.io").await?.group, "events.k8s.io");
    Ok(())
}

async fn an_unknown_name_has_the_nearest_one(cx: Cx) -> Done {
    let error = cx.client.discovery().resolve("deploymnets").await.unwrap_err();
    assert!(error.is_not_found());
    assert!(error.to_string().ends_with("did you mean \"deployments\"?"), "{error}");
    Ok(())
}

async fn sees_a_crd_that_came_later(cx: Cx) -> Done {
    let discovery = cx.client.discovery();
    discovery.resolve("pods").await?;
    let crd = crate::crd::of_this_case(&cx, "Lamp");
    crate::cx::establish(&cx.client, &crd).await?;
    let name = format!("lamps.{}", crd.spec.group);
    // The real server tells of a new kind a moment after it serves it.
    for _ in 0..200 {
        match discovery.resolve(&name).await {
            Ok(kind) => {
                assert_eq!(kind.kind, "Lamp");
                return Ok(());
            }
            Err(error) if error.is_not_found() => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
            Err(error) => return Err(error.into()),
        }
    }
    panic!("{name} is not known")
}

async fn tells_scope_verbs_and_subresources(cx: Cx) -> Done {
    let resources = cx.client.discovery().resources().await?;
    let find = |name: &str| resources.iter().find(|resource| resource.info.resource_name() == name);
    let pods = find("pods").expect("pods");
    assert!(pods.allows("deletecollection") && pods.allows("watch"));
    assert_eq!(pods.info.scope, Scope::Namespaced);
    let names: BTreeSet<&str> = pods.subresources.iter().map(|sub| sub.name.as_str()).collect();
    for name in ["status", "log", "exec", "eviction", "ephemeralcontainers"] {
        assert!(names.contains(name), "{name} in {names:?}");
    }
    let deployments = find("deployments.apps").expect("deployments");
    let scale = deployments.subresources.iter().find(|sub| sub.name == "scale").expect("scale");
    assert_eq!(scale.kind, "Scale");
    assert_eq!(find("namespaces").expect("namespaces").info.scope, Scope::Cluster);
    Ok(())
}

async fn tells_categories_and_short_names_of_a_custom_resource(cx: Cx) -> Done {
    cx.sites().await?.create(&site("home")).await?;
    let kind = cx.client.discovery().resolve("websites.it.kubist.dev").await?;
    let text = |names: &[std::borrow::Cow<'static, str>]| names.join(" ");
    assert_eq!((text(&kind.short_names), text(&kind.categories)), ("site".to_owned(), "all".to_owned()));
    assert!(kind.has_subresource("status") && kind.has_subresource("scale"));
    assert_eq!(kind.list_kind, "WebsiteList");
    Ok(())
}

async fn lists_every_group(cx: Cx) -> Done {
    let groups = cx.client.discovery().groups().await?;
    let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names[0], "", "the core group comes first");
    for name in ["apps", "batch", "rbac.authorization.k8s.io", "apiextensions.k8s.io", "storage.k8s.io"] {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    let autoscaling = groups.iter().find(|group| group.name == "autoscaling").expect("autoscaling");
    assert_eq!(autoscaling.versions[0].name, "v2");
    Ok(())
}

async fn lists_each_resource_once(cx: Cx) -> Done {
    let resources = cx.client.discovery().resources().await?;
    let names: BTreeSet<String> = resources.iter().map(|resource| resource.info.resource_name()).collect();
    assert_eq!(names.len(), resources.len());
    assert!(names.contains("horizontalpodautoscalers.autoscaling"));
    Ok(())
}

async fn the_older_endpoints_tell_the_same(cx: Cx) -> Done {
    let catalogue = cx.client.discovery().catalogue().await?;
    for group in &catalogue.groups {
        let built_in = !group.name.contains(".kubist.dev") && !group.name.contains("example.com");
        for version in group.versions.iter().filter(|_| built_in) {
            let base = if group.name.is_empty() { "/api".to_owned() } else { format!("/apis/{}", group.name) };
            let path = format!("{base}/{}", version.name);
            let list: serde_json::Value = cx.client.rest().get().abs_path(&path).send().await?.json()?;
            let old: BTreeSet<&str> = list["resources"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|resource| resource["name"].as_str())
                .filter(|name| !name.contains('/'))
                .collect();
            let new: BTreeSet<&str> = version.resources.iter().map(|resource| &*resource.info.plural).collect();
            assert_eq!(new, old, "{path}");
        }
    }
    Ok(())
}

async fn the_version_of_the_server_is_1_37(cx: Cx) -> Done {
    let version = cx.client.discovery().server_version().await?;
    assert_eq!(version.numbers(), Some((1, 37)));
    assert!(version.git_version.starts_with("v1.37"), "{}", version.git_version);
    Ok(())
}

async fn the_aggregated_form_is_served(cx: Cx) -> Done {
    let accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    let list: serde_json::Value = cx.client.rest().get().abs_path("/apis").accept(accept).send().await?.json()?;
    assert_eq!(list["kind"], "APIGroupDiscoveryList");
    assert_eq!(list["apiVersion"], "apidiscovery.k8s.io/v2");
    Ok(())
}

async fn the_resources_of_a_group_version_are_served(cx: Cx) -> Done {
    let list: serde_json::Value = cx.client.rest().get().abs_path("/apis/apps/v1").send().await?.json()?;
    assert_eq!((&list["kind"], &list["groupVersion"]), (&"APIResourceList".into(), &"apps/v1".into()));
    let resources = list["resources"].as_array().expect("a list");
    let deployments = resources.iter().find(|resource| resource["name"] == "deployments").expect("deployments");
    assert_eq!(deployments["shortNames"][0], "deploy");
    assert_eq!(deployments["singularName"], "deployment");
    assert!(resources.iter().any(|resource| resource["name"] == "deployments/scale"));
    Ok(())
}

async fn of_an_unknown_group_is_not_found(cx: Cx) -> Done {
    let error = cx.client.rest().get().abs_path("/apis/nosuch.example.com").send().await.unwrap_err();
    assert_eq!(error.code(), Some(404));
    Ok(())
}
