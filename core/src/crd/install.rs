//! Definitions get into a cluster.

use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use kubist_model::WatchEvent;
use kubist_types::apiextensions::v1::CustomResourceDefinitionCondition;

use super::CustomResourceDefinition;
use crate::api::{Api, Cluster};
use crate::client::Client;
use crate::error::{Error, Result};

/// How often an update is tried while others write too.
const TRIES: usize = 10;
/// Between two questions whether a kind is served; nothing can be watched for that.
const PAUSE: Duration = Duration::from_millis(25);

/// What was done to a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Installed {
    /// There was none.
    Created,
    /// It was another.
    Updated,
    /// It was there as it is.
    Unchanged,
}

/// A definition is not served.
#[derive(Debug)]
pub struct InstallError {
    crd: String,
    problem: String,
    source: Option<Error>,
}

impl InstallError {
    /// The name of the definition, such as `websites.shop.example.com`.
    pub fn crd(&self) -> &str {
        &self.crd
    }
}

impl fmt::Display for InstallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the CRD {} {}", self.crd, self.problem)
    }
}

impl StdError for InstallError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

/// Creates or updates definitions, one after the other, and waits until the server serves their kinds.
///
/// It gives what was done to each. A definition that is there already keeps its other labels and annotations, and its conversion if
/// the new one names none.
///
/// # Request
///
/// For each: `GET`, then `POST` or `PUT` if they differ, and a watch, on `/apis/apiextensions.k8s.io/v1/customresourcedefinitions`; then a list of at
/// most one object of each version that is served.
///
/// # Permissions
///
/// `get`, `create`, `update` and `watch` on `customresourcedefinitions.apiextensions.k8s.io`.
///
/// # Errors
///
/// What the server refuses; names that another definition has; the time is up. The definitions before the one that failed stay.
///
/// # Example
///
/// ```
/// # use kubist::{Client, crd};
/// # async fn example(client: Client, website: crd::CustomResourceDefinition) -> Result<(), crd::InstallError> {
/// crd::install(&client, &[website]).progress(|name, done| println!("{name}: {done:?}")).await?;
/// # Ok(())
/// # }
/// ```
pub fn install<'a>(client: &'a Client, crds: &'a [CustomResourceDefinition]) -> Install<'a> {
    Install { client, crds, timeout: Duration::from_secs(30), progress: Box::new(|_, _| ()) }
}

type Progress<'a> = Box<dyn FnMut(&str, Installed) + Send + 'a>;

/// A request to install definitions, made by [`install`].
#[must_use = "it is sent by `.await`"]
pub struct Install<'a> {
    client: &'a Client,
    crds: &'a [CustomResourceDefinition],
    timeout: Duration,
    progress: Progress<'a>,
}

impl<'a> Install<'a> {
    /// How long each definition may take; 30 seconds if nothing is said.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Is called with the name of each definition as soon as its kind is served.
    pub fn progress(mut self, progress: impl FnMut(&str, Installed) + Send + 'a) -> Self {
        self.progress = Box::new(progress);
        self
    }

    async fn run(mut self) -> Result<Vec<Installed>, InstallError> {
        let mut out = Vec::with_capacity(self.crds.len());
        for crd in self.crds {
            let name = crd.metadata.name.as_str();
            let failed = |problem: String, source| InstallError { crd: name.to_owned(), problem, source };
            let mut waits_for = "the server did not answer".to_owned();
            let done = match tokio::time::timeout(self.timeout, one(self.client, crd, &mut waits_for)).await {
                Ok(Ok(done)) => done,
                Ok(Err(Failure::Request(error))) => {
                    return Err(failed("could not be installed".to_owned(), Some(error)));
                }
                Ok(Err(Failure::Refused(problem))) => return Err(failed(format!("is not accepted: {problem}"), None)),
                Err(_) => return Err(failed(format!("was not served within {:?}: {waits_for}", self.timeout), None)),
            };
            (self.progress)(name, done);
            out.push(done);
        }
        Ok(out)
    }
}

impl fmt::Debug for Install<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Install").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

impl<'a> IntoFuture for Install<'a> {
    type Output = Result<Vec<Installed>, InstallError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

enum Failure {
    Request(Error),
    Refused(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Request(error)
    }
}

async fn one(client: &Client, crd: &CustomResourceDefinition, waits_for: &mut String) -> Result<Installed, Failure> {
    let crds = Api::<CustomResourceDefinition>::cluster(client);
    let (done, written) = write(&crds, crd).await?;
    "the server says nothing of its names".clone_into(waits_for);
    // After an update the first thing to be seen may be what was said of the definition before it.
    let old = condition(&written, "NamesAccepted").filter(|_| done == Installed::Updated);
    let established = 'seen: loop {
        let mut events = crds.watch().fields(format!("metadata.name={}", crd.metadata.name)).await?;
        while let Some(event) = events.next().await {
            let (WatchEvent::Added(seen) | WatchEvent::Modified(seen)) = event? else { continue };
            for kind in ["Established", "NamesAccepted"] {
                if let Some(no) = condition(&seen, kind).filter(|condition| condition.status == "False") {
                    *waits_for = format!("{kind} is False, {}: {}", no.reason, no.message);
                    if kind == "NamesAccepted" && Some(no) != old {
                        return Err(Failure::Refused(waits_for.clone()));
                    }
                }
            }
            let is_true = |kind| condition(&seen, kind).is_some_and(|condition| condition.status == "True");
            if is_true("Established") && is_true("NamesAccepted") && seen.status.accepted_names == seen.spec.names {
                break 'seen seen;
            }
        }
    };
    "it is established, but its objects cannot be listed yet".clone_into(waits_for);
    for version in established.spec.versions.iter().filter(|version| version.served) {
        let spec = &established.spec;
        let list =
            || client.rest().get().api(&spec.group, &version.name).resource(&spec.names.plural).param("limit", 1);
        // Who may not list them is told so whether they are served or not.
        while list().send().await.is_err_and(|error| error.is_not_found()) {
            tokio::time::sleep(PAUSE).await;
        }
    }
    Ok(done)
}

/// Creates the definition, or makes the one that is there like it.
async fn write(
    crds: &Api<CustomResourceDefinition, Cluster>,
    crd: &CustomResourceDefinition,
) -> Result<(Installed, CustomResourceDefinition)> {
    let mut tries = 1;
    loop {
        let written = match crds.get(&crd.metadata.name).optional().await? {
            None => crds.create(crd).await.map(|created| (Installed::Created, created)),
            Some(current) => {
                let wanted = like(&current, crd);
                if wanted == current {
                    return Ok((Installed::Unchanged, current));
                }
                crds.update(&wanted).await.map(|updated| {
                    // The server writes nothing where it sees no difference.
                    let is_same = updated.metadata.resource_version == current.metadata.resource_version;
                    (if is_same { Installed::Unchanged } else { Installed::Updated }, updated)
                })
            }
        };
        match written {
            Err(error) if tries < TRIES && (error.is_conflict() || error.is_already_exists()) => tries += 1,
            written => return written,
        }
    }
}

/// What is there, with what is wanted.
fn like(current: &CustomResourceDefinition, crd: &CustomResourceDefinition) -> CustomResourceDefinition {
    let mut wanted = current.clone();
    wanted.spec = crd.spec.clone();
    let (names, now) = (&mut wanted.spec.names, &current.spec.names);
    if names.singular.is_empty() {
        names.singular = now.singular.clone();
    }
    if names.list_kind.is_empty() {
        names.list_kind = now.list_kind.clone();
    }
    if wanted.spec.conversion.is_none() {
        wanted.spec.conversion.clone_from(&current.spec.conversion);
    }
    for (key, value) in &crd.metadata.labels {
        wanted.metadata.labels.insert(key.clone(), value.clone());
    }
    for (key, value) in &crd.metadata.annotations {
        wanted.metadata.annotations.insert(key.clone(), value.clone());
    }
    wanted
}

fn condition<'a>(crd: &'a CustomResourceDefinition, kind: &str) -> Option<&'a CustomResourceDefinitionCondition> {
    crd.status.conditions.iter().find(|condition| condition.r#type == kind)
}
