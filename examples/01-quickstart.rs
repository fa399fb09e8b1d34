//! The main job, end to end: a derived resource and built-in kinds, typed and untyped.
//!
//! `cargo run --example quickstart` runs on the embedded API server; `-- --cluster` (and `--context NAME`) on yours, which is left as
//! it was found.

use std::error::Error;

use kubist::types::apiextensions::v1::CustomResourceDefinition;
use kubist::types::core::v1::{ConfigMap, Container, Pod};
use kubist::{Api, Client, ObjectMeta, Resource, Unstructured, WatchEvent, crd};
use kubist_examples::{PATIENCE, Story, Target};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A site the shop serves.
#[derive(Resource, Clone, Debug)]
#[resource(
    group = "quickstart.kubist.dev",
    version = "v1",
    namespaced,
    short_names("site"),
    column("Host", ".spec.host", string),
    column("Ready", ".status.ready", boolean),
    scale(spec = ".spec.replicas", status = ".status.replicas")
)]
struct Website {
    /// Name, labels and the rest that every object has.
    metadata: ObjectMeta,
    /// What the site should be.
    spec: WebsiteSpec,
    /// What the site is; being here, it turns the status subresource on.
    status: Option<WebsiteStatus>,
}

/// What a site should be.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug)]
struct WebsiteSpec {
    /// The name it answers to.
    host: String,
    /// How many servers it runs on.
    replicas: i32,
}

/// What a site is.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug, Default)]
struct WebsiteStatus {
    /// Whether it answers.
    ready: bool,
    /// How many servers answer.
    replicas: i32,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let target = Target::from_args()?;
    let mut story = Story::begin(&format!("Kubist quickstart on {}", target.description));
    let installed = install(&target.client, &mut story).await?;

    // Whatever goes wrong on the way, what was made is removed again.
    let told = tell(&target.client, &mut story).await;
    clean_up(&target.client, &mut story, &installed).await?;
    told?;
    story.end("Done. examples/01-quickstart.rs is the program; README.md says where to go next.");
    Ok(())
}

/// Creates the CRD and waits until the server serves it.
async fn install(client: &Client, story: &mut Story) -> Result<String, Box<dyn Error>> {
    let crds = Api::<CustomResourceDefinition>::cluster(client);
    let crd = Website::crd();
    let name = crd.metadata.name.to_string();
    if crds.get(&name).optional().await?.is_some() {
        return Err(format!("the cluster has a CRD {name} already; this program will not touch it").into());
    }
    if let Err(error) = crd::install(client, &[crd]).timeout(PATIENCE).await {
        crds.delete(&name).if_exists().await?;
        return Err(error.into());
    }
    story.step("install", "CRD websites", "created, and the server serves it");
    Ok(name)
}

async fn tell(client: &Client, story: &mut Story) -> Result<(), Box<dyn Error>> {
    let namespace = client.default_namespace().to_owned();
    let sites = Api::<Website>::namespaced(client, &namespace);

    let home = Website {
        metadata: ObjectMeta {
            name: "quickstart-home".into(),
            labels: [("tier", "front")].into(),
            ..ObjectMeta::default()
        },
        spec: WebsiteSpec { host: "example.com".to_owned(), replicas: 2 },
        status: None,
    };
    let created = sites.create(&home).await?;
    story.step("create", "Website quickstart-home", format_args!("in {namespace}, uid {}", created.metadata.uid));

    let read = sites.get("quickstart-home").await?;
    story.step(
        "get",
        "Website quickstart-home",
        format_args!("serves {} on {} servers", read.spec.host, read.spec.replicas),
    );

    let front = sites.list().labels("tier=front").await?;
    story.step("list", "Websites with tier=front", format_args!("{} found", front.items.len()));

    let patched = sites.patch("quickstart-home").merge(json!({"spec": {"replicas": 3}})).await?;
    story.step(
        "patch",
        "Website quickstart-home",
        format_args!("replicas {} → {}", read.spec.replicas, patched.spec.replicas),
    );

    let ready = sites.status("quickstart-home").update(|status| status.ready = true).await?;
    let is_ready = ready.status.is_some_and(|status| status.ready);
    story.step("status", "Website quickstart-home", format_args!("ready: {is_ready}"));

    let scaled = sites.scale("quickstart-home").set(5).await?;
    story.step(
        "scale",
        "Website quickstart-home",
        format_args!("replicas {} → {}", patched.spec.replicas, scaled.spec.replicas),
    );

    // From the version that was read at first, the server replays what happened since.
    let mut events = sites.watch().resource_version(&created.metadata.resource_version).timeout(PATIENCE).await?;
    let mut seen = 0;
    while seen < 3 {
        match events.next().await {
            Some(event) => seen += usize::from(matches!(event?, WatchEvent::Modified(_))),
            None => return Err("the watch ended before it told of the three changes".into()),
        }
    }
    story.step("watch", "Websites since the create", format_args!("{seen} changes replayed"));

    let kind = client.discovery().resolve("site").await?;
    story.step("resolve", "the short name `site`", format_args!("{} in {}", kind.kind, kind.api_version()));

    let untyped = Api::<Unstructured>::dynamic(client, &kind).namespace(&namespace)?;
    let object = untyped.get("quickstart-home").await?;
    let host: &str = object.at("spec.host")?;
    let again: Website = object.decode()?;
    story.step(
        "get",
        "the same as Unstructured",
        format_args!("spec.host is {host}, decoded {} again", again.metadata.name),
    );

    built_in(client, &namespace, story).await?;
    mistakes(client, &namespace, story, read).await
}

/// Built-in kinds work like derived ones.
async fn built_in(client: &Client, namespace: &str, story: &mut Story) -> Result<(), Box<dyn Error>> {
    let maps = Api::<ConfigMap>::namespaced(client, namespace);
    let map = ConfigMap {
        metadata: ObjectMeta { name: "quickstart-theme".into(), ..ObjectMeta::default() },
        data: [("theme", "dark")].into(),
        ..ConfigMap::default()
    };
    let map = maps.create(&map).await?;
    story.step("create", "ConfigMap quickstart-theme", format_args!("data.theme is {}", &map.data["theme"]));

    let pods = Api::<Pod>::namespaced(client, namespace);
    let mut pod = Pod::default();
    pod.metadata.name = "quickstart-web".into();
    pod.spec.containers =
        vec![Container { name: "web".into(), image: "registry.k8s.io/pause:3.10".into(), ..Container::default() }];
    let pod = pods.create(&pod).await?;
    story.step("create", "Pod quickstart-web", format_args!("runs {}", pod.spec.containers[0].image));
    Ok(())
}

/// What errors look like.
async fn mistakes(
    client: &Client,
    namespace: &str,
    story: &mut Story,
    mut stale: Website,
) -> Result<(), Box<dyn Error>> {
    let sites = Api::<Website>::namespaced(client, namespace);
    "example.org".clone_into(&mut stale.spec.host);
    match sites.update(&stale).await {
        Err(error) if error.is_conflict() => story.step("conflict", "an update of an old copy", error),
        Err(error) => return Err(error.into()),
        Ok(_) => return Err("an update with an old resourceVersion must be refused".into()),
    }
    match sites.get("quickstart-away").await {
        Err(error) if error.is_not_found() => story.step("not found", "Website quickstart-away", error),
        Err(error) => return Err(error.into()),
        Ok(_) => return Err("there is no such site".into()),
    }
    Ok(())
}

/// Removes what the program made.
async fn clean_up(client: &Client, story: &mut Story, crd: &str) -> Result<(), Box<dyn Error>> {
    let namespace = client.default_namespace();
    Api::<Pod>::namespaced(client, namespace).delete("quickstart-web").grace_period_seconds(0).if_exists().await?;
    Api::<ConfigMap>::namespaced(client, namespace).delete("quickstart-theme").if_exists().await?;
    Api::<Website>::namespaced(client, namespace).delete("quickstart-home").if_exists().await?;

    let crds = Api::<CustomResourceDefinition>::cluster(client);
    crds.delete(crd).if_exists().await?;
    let mut events = crds.watch().fields(format!("metadata.name={crd}")).timeout(PATIENCE).await?;
    while crds.get(crd).optional().await?.is_some() {
        match events.next().await {
            Some(event) => drop(event?),
            None => {
                return Err(format!("the CRD {crd} is still being deleted; `kubectl get crd {crd}` shows why").into());
            }
        }
    }
    story.step("clean up", "all of the above", "gone");
    Ok(())
}
