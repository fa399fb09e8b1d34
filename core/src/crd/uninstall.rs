//! Definitions get out of a cluster, and their objects with them.

use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use kubist_model::PartialObjectMetadata;

use super::CustomResourceDefinition;
use super::install::Pause;
use crate::api::{Api, Cluster};
use crate::client::Client;
use crate::error::{Error, Result};

/// A definition that is to be uninstalled.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Installation {
    /// The name of the definition, such as `websites.shop.example.com`.
    pub name: String,
    /// How many objects go with it; unset where the server does not say.
    pub objects: Option<u64>,
    uid: String,
}

/// A definition is still there.
#[derive(Debug)]
pub struct UninstallError {
    crd: String,
    problem: String,
    error: Option<Error>,
}

impl UninstallError {
    /// The name of the definition.
    pub fn crd(&self) -> &str {
        &self.crd
    }

    /// The request that failed, if that is the reason.
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }
}

impl fmt::Display for UninstallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the CRD {} {}", self.crd, self.problem)?;
        self.error.as_ref().map_or(Ok(()), |error| write!(f, ": {error}"))
    }
}

impl StdError for UninstallError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // The text of the request stands in ours.
        self.error.as_ref().and_then(StdError::source)
    }
}

/// Deletes definitions **and all their objects**, and waits until they are gone.
///
/// It gives what was deleted; definitions that are not there are passed over.
///
/// # Request
///
/// For each: `GET` on `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{name}` and a list of at most one object; then, for each that is there,
/// `DELETE` of what was seen, and `GET` until it is gone.
///
/// # Permissions
///
/// `get` and `delete` on `customresourcedefinitions.apiextensions.k8s.io`; `list` on the objects, to count them.
///
/// # Errors
///
/// What the server refuses; a definition that is not gone in time, mostly since an object of it has a finalizer. Definitions before it are gone.
///
/// # Example
///
/// ```
/// # use kubist::{Client, crd};
/// # async fn example(client: Client, website: crd::CustomResourceDefinition) -> Result<(), crd::UninstallError> {
/// let gone = crd::uninstall(&client, &[website])
///     .confirm(|found| found.iter().all(|found| found.objects == Some(0))) // nothing but empty ones
///     .await?;
/// # Ok(())
/// # }
/// ```
pub fn uninstall<'a>(client: &'a Client, crds: &'a [CustomResourceDefinition]) -> Uninstall<'a> {
    Uninstall {
        client,
        crds,
        timeout: Duration::from_secs(30),
        confirm: Box::new(|_| true),
        progress: Box::new(|_| ()),
    }
}

type Confirm<'a> = Box<dyn FnOnce(&[Installation]) -> bool + Send + 'a>;
type Progress<'a> = Box<dyn FnMut(&Installation) + Send + 'a>;

/// A request to uninstall definitions, made by [`uninstall`].
#[must_use = "it is sent by `.await`"]
pub struct Uninstall<'a> {
    client: &'a Client,
    crds: &'a [CustomResourceDefinition],
    timeout: Duration,
    confirm: Confirm<'a>,
    progress: Progress<'a>,
}

impl<'a> Uninstall<'a> {
    /// How long each definition may take; 30 seconds if nothing is said.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Is asked once, with all definitions that are there, before any is deleted; with `false` none is.
    pub fn confirm(mut self, confirm: impl FnOnce(&[Installation]) -> bool + Send + 'a) -> Self {
        self.confirm = Box::new(confirm);
        self
    }

    /// Is called with each definition as soon as it is gone.
    pub fn progress(mut self, progress: impl FnMut(&Installation) + Send + 'a) -> Self {
        self.progress = Box::new(progress);
        self
    }

    async fn run(mut self) -> Result<Vec<Installation>, UninstallError> {
        let crds = Api::<CustomResourceDefinition>::cluster(self.client);
        let mut found = Vec::new();
        for crd in self.crds {
            let name = &crd.metadata.name;
            let failed = |error| UninstallError {
                crd: name.to_string(),
                problem: "could not be looked at".to_owned(),
                error: Some(error),
            };
            let Some(current) = crds.get(name).optional().await.map_err(failed)? else { continue };
            let objects = count(self.client, &current).await.map_err(failed)?;
            found.push(Installation { name: name.to_string(), objects, uid: current.metadata.uid.to_string() });
        }
        if found.is_empty() || !(self.confirm)(&found) {
            return Ok(Vec::new());
        }
        for one in &found {
            let mut waits_for = "the server did not answer".to_owned();
            let gone = tokio::time::timeout(self.timeout, delete(&crds, one, &mut waits_for)).await;
            let (problem, error) = match gone {
                Ok(Ok(())) => {
                    (self.progress)(one);
                    continue;
                }
                Ok(Err(error)) => ("could not be uninstalled".to_owned(), Some(error)),
                Err(_) => (format!("was not gone within {:?}: {waits_for}", self.timeout), None),
            };
            return Err(UninstallError { crd: one.name.clone(), problem, error });
        }
        Ok(found)
    }
}

impl fmt::Debug for Uninstall<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Uninstall").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

impl<'a> IntoFuture for Uninstall<'a> {
    type Output = Result<Vec<Installation>, UninstallError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// Counts the objects of a definition, in any version that is served.
async fn count(client: &Client, crd: &CustomResourceDefinition) -> Result<Option<u64>> {
    let Some(version) = crd.spec.versions.iter().find(|version| version.served) else { return Ok(None) };
    let list =
        client.rest().get().api(&crd.spec.group, &version.name).resource(&crd.spec.names.plural).param("limit", 1);
    match list.send().await {
        Ok(answer) => {
            let list = answer.list::<PartialObjectMetadata>()?;
            let here = u64::try_from(list.items.len()).unwrap_or_default();
            let rest = list.metadata.remaining_item_count.unwrap_or_default();
            Ok(Some(here + u64::try_from(rest).unwrap_or_default()))
        }
        // What is not served, or cannot be converted, cannot be counted; nor can it by whom it does not concern.
        Err(error) if error.code().is_some() => Ok(None),
        Err(error) => Err(error),
    }
}

async fn delete(
    crds: &Api<CustomResourceDefinition, Cluster>,
    found: &Installation,
    waits_for: &mut String,
) -> Result<()> {
    // What somebody has made anew since is not what was agreed to.
    crds.delete(&found.name).uid(found.uid.as_str()).if_exists().await?;
    let mut pause = Pause::new();
    while let Some(current) = crds.get(&found.name).optional().await? {
        if current.metadata.uid != found.uid.as_str() {
            break;
        }
        let terminating = current.status.conditions.iter().find(|condition| condition.r#type == "Terminating");
        *waits_for = match terminating {
            Some(condition) => {
                format!("Terminating is {}, {}: {}", condition.status, condition.reason, condition.message)
            }
            None => format!("it has the finalizers {}", current.metadata.finalizers.join(", ")),
        };
        pause.wait().await;
    }
    Ok(())
}
