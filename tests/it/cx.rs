//! What each case gets: a client, a namespace of its own, and the words that most cases use.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use kubist::config::Credentials;
use kubist::types::apiextensions::v1::CustomResourceDefinition;
use kubist::types::core::v1::{ConfigMap, Container, Namespace, Pod};
use kubist::{Api, Client, Cluster, Config, Error, Object, ObjectMeta, Resource, Status, WatchEvent, Wire, json};
use kubist_apiserver::Server;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::RealAccess;

/// How long a case waits for a server before it gives up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// One case's own place on a server.
#[derive(Debug)]
pub(crate) struct Cx {
    pub(crate) client: Client,
    /// A client of a user who may do nothing.
    nobody: Option<Client>,
    /// A namespace that no other case uses; it exists already.
    pub(crate) ns: String,
    /// The embedded server, where it is that.
    embedded: Option<Server>,
}

/// A custom resource for the cases.
#[derive(Resource, Clone, Debug, PartialEq)]
#[resource(
    group = "it.kubist.dev",
    version = "v1",
    namespaced,
    short_names("site"),
    categories("all"),
    column("Host", ".spec.host", string),
    scale(spec = ".spec.replicas", status = ".status.replicas", selector = ".status.selector")
)]
pub(crate) struct Website {
    pub(crate) metadata: ObjectMeta,
    pub(crate) spec: WebsiteSpec,
    pub(crate) status: Option<WebsiteStatus>,
}

#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug, Default, PartialEq)]
pub(crate) struct WebsiteSpec {
    pub(crate) host: String,
    #[serde(default = "one")]
    pub(crate) replicas: i32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) paths: Vec<String>,
}

fn one() -> i32 {
    1
}

#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug, Default, PartialEq)]
pub(crate) struct WebsiteStatus {
    #[serde(default)]
    pub(crate) ready: bool,
    #[serde(default)]
    pub(crate) replicas: i32,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) selector: String,
}

/// The real server gets the CRD once; installing it twice at once would be a conflict for one of them.
static INSTALL: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

impl Cx {
    /// A place on the real server, or on an embedded one of its own.
    pub(crate) fn new(real: Option<&RealAccess>) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let ns = format!("case-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let (client, nobody, embedded) = if let Some(access) = real {
            (access.client(&access.admin_token), Some(access.client(&access.nobody_token)), None)
        } else {
            let server = Server::new();
            (Client::from_service(server.service()), None, Some(server))
        };
        Self { client, nobody, ns, embedded }
    }

    /// Makes the namespace of the case.
    pub(crate) async fn namespace(&self) -> Result<&str, Error> {
        let mut namespace = Namespace::default();
        namespace.metadata.name = self.ns.as_str().into();
        match Api::<Namespace>::cluster(&self.client).create(&namespace).await {
            Err(error) if !error.is_already_exists() => Err(error),
            _ => Ok(&self.ns),
        }
    }

    /// The `ConfigMaps` of the case's namespace, which is made.
    pub(crate) async fn maps(&self) -> Result<Api<ConfigMap>, Error> {
        Ok(Api::namespaced(&self.client, self.namespace().await?))
    }

    /// The pods of the case's namespace, which is made.
    pub(crate) async fn pods(&self) -> Result<Api<Pod>, Error> {
        Ok(Api::namespaced(&self.client, self.namespace().await?))
    }

    /// The `Websites` of the case's namespace, which is made; so is their CRD.
    pub(crate) async fn sites(&self) -> Result<Api<Website>, Error> {
        let _one_at_a_time = INSTALL.lock().await;
        establish(&self.client, &Website::crd()).await?;
        Ok(Api::namespaced(&self.client, self.namespace().await?))
    }

    pub(crate) fn crds(&self) -> Api<CustomResourceDefinition, Cluster> {
        Api::<CustomResourceDefinition>::cluster(&self.client)
    }

    /// A client of a user without rights. The embedded server knows no users, so there it may do everything.
    pub(crate) fn nobody(&self) -> &Client {
        self.nobody.as_ref().unwrap_or(&self.client)
    }

    /// Whether this is the real server.
    pub(crate) fn is_real(&self) -> bool {
        self.embedded.is_none()
    }

    /// Forgets history, as etcd does after some minutes. On the real server that cannot be asked for, so this tells
    /// whether it was done.
    pub(crate) fn compact(&self) -> bool {
        self.embedded.as_ref().map(Server::compact).is_some()
    }
}

impl RealAccess {
    fn client(&self, token: &str) -> Client {
        let mut config = Config::new(&self.url);
        config.certificate_authority = Some(self.certificate_authority.clone());
        config.credentials = Credentials::Token(token.into());
        Client::builder().config(config).build().expect("the configuration is complete")
    }
}

/// Creates a CRD, if it is not there, and waits until its kind is served.
pub(crate) async fn establish(client: &Client, crd: &CustomResourceDefinition) -> Result<(), Error> {
    let crds = Api::<CustomResourceDefinition>::cluster(client);
    match crds.create(crd).await {
        Err(error) if !error.is_already_exists() => return Err(error),
        _ => {}
    }
    let name = crd.metadata.name.as_str();
    let mut events = crds.watch().fields(format!("metadata.name={name}")).timeout(PATIENCE).await?;
    while let Some(event) = events.next().await {
        if let WatchEvent::Added(crd) | WatchEvent::Modified(crd) = event?
            && crd.status.conditions.iter().any(|c| c.r#type == "Established" && c.status == "True")
        {
            // The server says so a moment before it serves the kind in each of its parts.
            return served(client, &crd).await;
        }
    }
    panic!("{name} was not established within {PATIENCE:?}")
}

async fn served(client: &Client, crd: &CustomResourceDefinition) -> Result<(), Error> {
    for version in crd.spec.versions.iter().filter(|version| version.served) {
        let request = || client.rest().get().api(&crd.spec.group, &version.name).resource(&crd.spec.names.plural);
        for _ in 0..100 {
            match request().send().await {
                Ok(_) => break,
                Err(error) if error.is_not_found() => tokio::time::sleep(Duration::from_millis(50)).await,
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}

pub(crate) fn map(name: &str) -> ConfigMap {
    ConfigMap { metadata: named(name), ..ConfigMap::default() }
}

pub(crate) fn map_with(name: &str, labels: &[(&str, &str)]) -> ConfigMap {
    let mut map = map(name);
    map.metadata.labels = labels.iter().map(|(key, value)| (*key, *value)).collect();
    map
}

pub(crate) fn pod(name: &str) -> Pod {
    let mut pod = Pod { metadata: named(name), ..Pod::default() };
    pod.spec.containers =
        vec![Container { name: "app".into(), image: "registry.k8s.io/pause:3.10".into(), ..Container::default() }];
    pod
}

pub(crate) fn site(name: &str) -> Website {
    let spec = WebsiteSpec { host: "example.com".to_owned(), replicas: 2, paths: Vec::new() };
    Website { metadata: named(name), spec, status: None }
}

pub(crate) fn named(name: &str) -> ObjectMeta {
    ObjectMeta { name: name.into(), ..ObjectMeta::default() }
}

/// The names of a list, in its order.
pub(crate) fn names<K: Object>(list: &kubist::List<K>) -> Vec<&str> {
    list.items.iter().map(Object::name).collect()
}

/// The `Status` of a request that the server must refuse.
pub(crate) fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> Status {
    match result {
        Ok(answer) => panic!("the server must refuse this, and answered {answer:?}"),
        Err(error) => error.status().unwrap_or_else(|| panic!("no Status came: {error:?}")).clone(),
    }
}

/// Asserts the whole of a refusal, as it stands on the wire.
pub(crate) fn assert_refused<T: std::fmt::Debug>(result: Result<T, Error>, expected: Value) {
    let mut whole = json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure"});
    if let (Value::Object(whole), Value::Object(expected)) = (&mut whole, expected) {
        whole.extend(expected);
    }
    assert_eq!(tree(&refused(result)), whole);
}

/// Any object as the tree that it is on the wire.
pub(crate) fn tree<T: Wire>(object: &T) -> Value {
    let mut bytes = Vec::new();
    object.encode(kubist::Format::Json, &mut bytes).expect("it can be encoded");
    serde_json::from_slice(&bytes).expect("what is encoded is JSON")
}

/// The next event of a watch, which must come within the patience of a case.
pub(crate) async fn event<K: Wire>(events: &mut kubist::rest::WatchStream<K>) -> Result<WatchEvent<K>, Error> {
    match tokio::time::timeout(PATIENCE, events.next()).await {
        Ok(Some(event)) => event,
        Ok(None) => panic!("the watch ended before the event came"),
        Err(elapsed) => panic!("no event came within {PATIENCE:?}: {elapsed}"),
    }
}

/// What an event says, short: `ADDED a`.
pub(crate) fn short<K: Object>(event: &WatchEvent<K>) -> String {
    match event {
        WatchEvent::Added(object) => format!("ADDED {}", object.name()),
        WatchEvent::Modified(object) => format!("MODIFIED {}", object.name()),
        WatchEvent::Deleted(object) => format!("DELETED {}", object.name()),
        WatchEvent::Bookmark { .. } => "BOOKMARK".to_owned(),
        WatchEvent::Error(status) => format!("ERROR {}", status.code),
        _ => "another event".to_owned(),
    }
}
