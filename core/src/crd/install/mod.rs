//! Definitions get into a cluster.

mod pause;
mod served;
mod write;

use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

pub(super) use self::pause::Pause;
use super::CustomResourceDefinition;
use crate::api::Api;
use crate::client::Client;
use crate::error::{Error, Result};

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
    error: Option<Error>,
}

impl InstallError {
    /// The name of the definition, such as `websites.shop.example.com`.
    pub fn crd(&self) -> &str {
        &self.crd
    }

    /// The request that failed, if that is the reason.
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }
}

impl fmt::Display for InstallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the CRD {} {}", self.crd, self.problem)?;
        self.error.as_ref().map_or(Ok(()), |error| write!(f, ": {error}"))
    }
}

impl StdError for InstallError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // The text of the request stands in ours.
        self.error.as_ref().and_then(StdError::source)
    }
}

/// Creates or updates definitions, one after the other, and waits until the server serves their kinds.
///
/// It gives what was done to each. A definition that is there already keeps its other labels and annotations, and its conversion if
/// the new one names none.
///
/// # Request
///
/// For each: `GET`, then `POST` or `PUT` if they differ, and a watch, on `/apis/apiextensions.k8s.io/v1/customresourcedefinitions`; then
/// `GET /apis/{group}/{version}` and a list of at most one object of each version that is served. Where a schema changes, also
/// `GET /openapi/v3/apis/{group}/{version}`, until the server shows another document: writes are then held to the new schema.
///
/// # Permissions
///
/// `get`, `create`, `update` and `watch` on `customresourcedefinitions.apiextensions.k8s.io`. Who may not list the objects is content with
/// the word of discovery that they are served.
///
/// # Errors
///
/// What the server refuses; names that another definition has; a definition that is deleted meanwhile; the time is up. The definitions before the one that failed stay.
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
            let mut waits_for = "the server did not answer".to_owned();
            let done = tokio::time::timeout(self.timeout, one(self.client, crd, &mut waits_for)).await;
            let failure = match done {
                Ok(Ok(done)) => {
                    (self.progress)(name, done);
                    out.push(done);
                    continue;
                }
                Ok(Err(failure)) => failure,
                Err(_) => Failure::Refused(format!("was not served within {:?}: {waits_for}", self.timeout)),
            };
            let (problem, error) = match failure {
                Failure::Request(error) => ("could not be installed".to_owned(), Some(error)),
                Failure::Refused(problem) => (problem, None),
            };
            return Err(InstallError { crd: name.to_owned(), problem, error });
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

/// Installs a definition; while it waits, it notes for what.
async fn one(client: &Client, crd: &CustomResourceDefinition, waits_for: &mut String) -> Result<Installed, Failure> {
    let crds = Api::<CustomResourceDefinition>::cluster(client);
    let written = write::write(client, &crds, crd).await?;
    let established = served::established(&crds, &written, waits_for).await?;
    served::served(client, &established, waits_for).await?;
    served::in_force(client, &written, waits_for).await;
    Ok(written.done)
}

#[cfg(test)]
mod tests;
