//! The handle itself and its constructors.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use kubist_model::{ClusterScoped, Dynamic, Namespaced, Resource, ResourceInfo};

use super::address::Place;
use super::dynamic::DynamicApi;
use super::reach::{AllNamespaces, Cluster, InNamespace};
use crate::client::Client;

/// The objects of kind `K`, within a reach `R`: [`InNamespace`], [`AllNamespaces`] or [`Cluster`].
///
/// It is a cheap handle: clone it, keep it, hand it on. Each verb makes a request, which is a value; `.await` sends it.
/// A verb that cannot work does not compile: no `get` over all namespaces, no `status` for a kind without one.
///
/// # Example
///
/// ```
/// use kubist::types::core::v1::Pod;
/// use kubist::{Api, Client, Object};
///
/// # async fn example(client: Client) -> kubist::Result<()> {
/// let pods = Api::<Pod>::namespaced(&client, "prod");
/// let pod = pods.get("web-0").await?;
/// for pod in pods.list().labels("app=web").await? {
///     println!("{}", pod.name());
/// }
/// # Ok(())
/// # }
/// ```
pub struct Api<K, R = InNamespace> {
    place: Place,
    kind: PhantomData<fn() -> (K, R)>,
}

// A caller who leaves `R` out gets its default, so all constructors stand here and each returns the reach that it makes.
impl<K> Api<K> {
    /// Reaches the objects of one namespace.
    pub fn namespaced(client: &Client, namespace: &str) -> Self
    where
        K: Namespaced,
    {
        Self::of(typed::<K>(client, Some(namespace)))
    }

    /// Reaches the objects of the client's own namespace: the context's, or the one that the pod runs in.
    ///
    /// See [`Client::default_namespace`].
    pub fn default_namespaced(client: &Client) -> Self
    where
        K: Namespaced,
    {
        Self::of(typed::<K>(client, Some(client.default_namespace())))
    }

    /// Reaches the objects of all namespaces: to list, to watch and to delete many, not to name one.
    pub fn all(client: &Client) -> Api<K, AllNamespaces>
    where
        K: Namespaced,
    {
        Api::of(typed::<K>(client, None))
    }

    /// Reaches the objects of a kind that lives in no namespace.
    pub fn cluster(client: &Client) -> Api<K, Cluster>
    where
        K: ClusterScoped,
    {
        Api::of(typed::<K>(client, None))
    }

    /// Reaches the objects of a kind that is known at run time only, such as one that discovery found.
    ///
    /// Say next how far: `.namespace("prod")?`, `.all()?` or `.cluster()?`. The verbs are those of typed access.
    /// `K` is [`Unstructured`](kubist_model::Unstructured), or [`PartialObjectMetadata`](kubist_model::PartialObjectMetadata),
    /// which has the server send metadata alone.
    ///
    /// # Example
    ///
    /// ```
    /// use kubist::{Api, Client, Unstructured};
    ///
    /// # async fn example(client: Client) -> kubist::Result<()> {
    /// let kind = client.discovery().resolve("deploy").await?;
    /// let deploys = Api::<Unstructured>::dynamic(&client, &kind).namespace("prod")?;
    /// let web = deploys.get("web").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn dynamic(client: &Client, kind: &ResourceInfo) -> DynamicApi<K>
    where
        K: Dynamic,
    {
        let place = Place::new(client, Cow::Owned(kind.clone()), None);
        DynamicApi::of(if K::METADATA_ONLY { place.metadata_only() } else { place })
    }
}

impl<K, R> Api<K, R> {
    pub(crate) fn of(place: Place) -> Self {
        Self { place, kind: PhantomData }
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// Returns the client that sends the requests.
    pub fn client(&self) -> &Client {
        self.place.client()
    }

    /// Returns the description of the kind.
    pub fn info(&self) -> &ResourceInfo {
        self.place.info()
    }

    /// Returns the namespace; `None` over all namespaces and for kinds that live in none.
    pub fn namespace(&self) -> Option<&str> {
        self.place.namespace()
    }
}

fn typed<K: Resource>(client: &Client, namespace: Option<&str>) -> Place {
    Place::new(client, Cow::Borrowed(K::info()), namespace)
}

impl<K, R> Clone for Api<K, R> {
    fn clone(&self) -> Self {
        Self::of(self.place.clone())
    }
}

impl<K, R> fmt::Debug for Api<K, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Api")
            .field("resource", &self.info().resource_name())
            .field("version", &self.info().version)
            .field("namespace", &self.namespace())
            .finish_non_exhaustive()
    }
}
