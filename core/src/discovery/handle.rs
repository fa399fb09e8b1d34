//! The handle.

use std::fmt;
use std::sync::Arc;

use kubist_model::ResourceInfo;

use super::cache::Cache;
use super::catalogue::{ApiGroup, ApiResource, Catalogue};
use super::resolve::resolve;
use super::server_version::ServerVersion;
use crate::client::Client;
use crate::error::{Error, Result};

impl Client {
    /// Returns what finds out which kinds the server serves, and what people call them.
    pub fn discovery(&self) -> Discovery {
        Discovery(self.clone())
    }
}

/// Finds out which kinds a server serves; made by [`Client::discovery`].
///
/// What was found is kept with the client, and shared by its clones. A name that is not known has it fetched again, once.
///
/// # Request
///
/// `GET /api` and `GET /apis` in the aggregated form; a server without it is asked for each version of each group.
///
/// # Permissions
///
/// Those of `system:discovery`, which all who are logged in have.
#[doc(alias = "DiscoveryClient")]
#[doc(alias = "RESTMapper")]
#[derive(Clone)]
pub struct Discovery(Client);

impl Discovery {
    /// Finds the kind that a name means, in the version that the server prefers.
    ///
    /// A name is a plural, a singular, a kind or a short name, in any case: `deployments`, `deployment`, `Deployment`,
    /// `deploy`. A group may follow, and a version before it: `deployments.apps`, `deployments.v1.apps`, `pods.v1`; the
    /// beginning of a group will do.
    ///
    /// If several groups have the name, those of Kubernetes itself win, in the server's order. Other groups are not told
    /// from one another by order: that is an error, which lists the names to choose from.
    ///
    /// # Errors
    ///
    /// A name that means nothing, with the nearest one that does; or one that means several things. It reads as
    /// `NotFound`.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example(client: kubist::Client) -> kubist::Result<()> {
    /// let kind = client.discovery().resolve("deploy").await?;
    /// assert_eq!(kind.resource_name(), "deployments.apps");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn resolve(&self, name: &str) -> Result<ResourceInfo> {
        let (mut catalogue, fresh) = self.cache().get(&self.0).await?;
        if !fresh && resolve(&catalogue, name).is_err() {
            catalogue = self.cache().newer_than(Some(&catalogue), &self.0).await?;
        }
        resolve(&catalogue, name).map(|found| found.info.clone()).map_err(Error::unresolved)
    }

    /// Returns everything that is known: all groups, and what could not be learned.
    ///
    /// # Errors
    ///
    /// No answer to the first question. A single API whose server is down is no error: see [`Catalogue::failed`].
    pub async fn catalogue(&self) -> Result<Arc<Catalogue>> {
        Ok(self.cache().get(&self.0).await?.0)
    }

    /// Returns all groups with their versions and resources.
    ///
    /// # Errors
    ///
    /// As for [`catalogue`](Self::catalogue).
    pub async fn groups(&self) -> Result<Vec<ApiGroup>> {
        Ok(self.catalogue().await?.groups.clone())
    }

    /// Returns each resource once, in the version that the server prefers, as `kubectl api-resources` does.
    ///
    /// # Errors
    ///
    /// As for [`catalogue`](Self::catalogue).
    pub async fn resources(&self) -> Result<Vec<ApiResource>> {
        Ok(self.catalogue().await?.preferred().cloned().collect())
    }

    /// Asks for the version of the server.
    ///
    /// # Request
    ///
    /// `GET /version`
    ///
    /// # Errors
    ///
    /// No answer.
    pub async fn server_version(&self) -> Result<ServerVersion> {
        self.0.rest().get().abs_path("/version").send().await?.json()
    }

    /// Forgets what was found, so that the next question asks the server. To be called when CRDs come or go.
    pub fn invalidate(&self) {
        self.cache().forget();
    }

    /// Asks the server now, whatever is known.
    ///
    /// # Errors
    ///
    /// As for [`catalogue`](Self::catalogue).
    pub async fn refresh(&self) -> Result<Arc<Catalogue>> {
        let known = self.cache().known();
        self.cache().newer_than(known.as_ref(), &self.0).await
    }

    fn cache(&self) -> &Cache {
        self.0.extension()
    }
}

impl fmt::Debug for Discovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Discovery").field("client", &self.0).field("known", &self.cache().known().is_some()).finish()
    }
}
