//! The handle: its constructors and its verbs.
//!
//! They stand in one file, since rustc names a method by the module of its `impl` where that is not the type's.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use kubist_model::{
    ClusterScoped, Dynamic, HasScale, HasStatus, ManagedFields, Namespaced, Object, Resource, ResourceInfo,
    WholeObject, Wire,
};

use super::address::Place;
use super::delete::{DeleteCollectionRequest, DeleteRequest};
use super::dynamic::DynamicApi;
use super::list::ListRequest;
use super::patch::{ApplyRequest, PatchStart};
use super::reach::{AllNamespaces, Cluster, InNamespace, OneObject};
use super::read::GetRequest;
use super::watch::WatchRequest;
use super::write::{CreateRequest, Document, UpdateRequest};
use crate::client::Client;
use crate::subresource::{ScaleOf, StatusOf, Subresource};

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
    #[doc(alias = "DynamicClient")]
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

    /// Says whether `metadata.managedFields` of objects is read, which tells who set which field. Unset: as the client does, which skips it unless
    /// it was built to [keep](ManagedFields::Keep) it.
    ///
    /// An update without them keeps those that the server has.
    ///
    /// # Example
    ///
    /// ```
    /// # use kubist::{Api, ManagedFields, types::core::v1::Pod};
    /// # async fn example(pods: Api<Pod>) -> kubist::Result<()> {
    /// let pod = pods.managed_fields(ManagedFields::Keep).get("web-0").await?;
    /// for entry in &pod.metadata.managed_fields {
    ///     println!("{} {}", entry.operation, entry.manager);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn managed_fields(self, what: ManagedFields) -> Self {
        Self::of(self.place.with_managed_fields(what))
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

/// The verbs. Each makes a request, and neither checks nor sends anything.
impl<K, R> Api<K, R> {
    /// Reads one object.
    ///
    /// # Request
    ///
    /// `GET /api/v1/namespaces/{namespace}/pods/{name}`
    ///
    /// # Permissions
    ///
    /// `get` on the resource.
    ///
    /// # Errors
    ///
    /// `NotFound` if there is no such object; [`optional`](GetRequest::optional) makes that `None`. A name that is empty
    /// or cannot stand in a path is refused before anything is sent, here and for every verb that takes one.
    ///
    /// # Example
    ///
    /// ```
    /// # use kubist::{Api, types::core::v1::Pod};
    /// # async fn example(pods: Api<Pod>) -> kubist::Result<()> {
    /// let pod = pods.get("web-0").await?;
    /// let maybe = pods.get("web-1").optional().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(&self, name: &str) -> GetRequest<K>
    where
        R: OneObject,
    {
        GetRequest::new(self.place().object(name))
    }

    /// Lists the objects that this handle reaches.
    ///
    /// # Request
    ///
    /// `GET /api/v1/namespaces/{namespace}/pods`, and `GET /api/v1/pods` over all namespaces.
    ///
    /// # Permissions
    ///
    /// `list` on the resource.
    ///
    /// # Errors
    ///
    /// `BadRequest` if a selector cannot be read. `Expired` if a page or version is asked for that the server no longer has.
    ///
    /// # Example
    ///
    /// ```
    /// # use kubist::{Api, Object, types::core::v1::Pod};
    /// # async fn example(pods: Api<Pod>) -> kubist::Result<()> {
    /// let web = pods.list().labels("app=web").await?;
    ///
    /// let mut all = pods.list().limit(100).items();
    /// while let Some(pod) = all.next().await {
    ///     println!("{}", pod?.name());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Source
    ///
    /// <https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions>
    pub fn list(&self) -> ListRequest<K> {
        ListRequest::new(self.place().collection())
    }

    /// Watches the objects that this handle reaches.
    ///
    /// # Request
    ///
    /// `GET /api/v1/namespaces/{namespace}/pods?watch=true`, and `GET /api/v1/pods?watch=true` over all namespaces.
    ///
    /// # Permissions
    ///
    /// `watch` on the resource.
    ///
    /// # Errors
    ///
    /// `Expired` if the server no longer knows what happened since the version; list again. It comes as an error of the
    /// request, or later as [`WatchEvent::Error`](kubist_model::WatchEvent::Error).
    ///
    /// # Example
    ///
    /// ```
    /// # use kubist::{Api, types::core::v1::Pod};
    /// # async fn example(pods: Api<Pod>) -> kubist::Result<()> {
    /// let list = pods.list().await?;
    /// let events = pods.watch().resource_version(&list.metadata.resource_version).bookmarks().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Source
    ///
    /// <https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes>
    pub fn watch(&self) -> WatchRequest<K> {
        WatchRequest::new(self.place().collection())
    }

    /// Creates an object and returns it as the server stored it.
    ///
    /// # Request
    ///
    /// `POST /api/v1/namespaces/{namespace}/pods`
    ///
    /// # Permissions
    ///
    /// `create` on the resource.
    ///
    /// # Errors
    ///
    /// `AlreadyExists` if the name is taken; `Invalid` with a cause for each field that is wrong; `NotFound` if the
    /// namespace is missing. The namespace of the object, if it has one, must be that of this handle.
    ///
    /// # Example
    ///
    /// ```
    /// # use kubist::{Api, types::core::v1::Pod};
    /// # async fn example(pods: Api<Pod>, pod: Pod) -> kubist::Result<()> {
    /// pods.create(&pod).dry_run().await?;
    /// let stored = pods.create(&pod).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(&self, object: &K) -> CreateRequest<K>
    where
        K: Object + WholeObject,
        R: OneObject,
    {
        CreateRequest::new(self.place().collection(), object.name(), Document::for_client(object, self.client()))
    }

    /// Replaces an object and returns it as the server stored it. The name is the object's.
    ///
    /// # Request
    ///
    /// `PUT /api/v1/namespaces/{namespace}/pods/{name}`
    ///
    /// # Permissions
    ///
    /// `update` on the resource.
    ///
    /// # Errors
    ///
    /// `Conflict` if the object's `resource_version` is set and no longer current; `NotFound` if there is no such object;
    /// `Invalid` with a cause for each field that is wrong.
    ///
    /// # Example
    ///
    /// ```
    /// # use kubist::{Api, Object, Metadata, types::core::v1::Pod};
    /// # async fn example(pods: Api<Pod>) -> kubist::Result<()> {
    /// let mut pod = pods.get("web-0").await?;
    /// pod.metadata_mut().set_label("tier", Some("front"));
    /// pods.update(&pod).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Source
    ///
    /// <https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions>
    #[doc(alias = "replace")]
    #[doc(alias = "put")]
    pub fn update(&self, object: &K) -> UpdateRequest<K>
    where
        K: Object + WholeObject,
        R: OneObject,
    {
        UpdateRequest::new(self.place().object(object.name()), Document::for_client(object, self.client()))
    }

    /// Changes parts of an object and returns it as the server stored it. Say next how.
    ///
    /// # Request
    ///
    /// `PATCH /api/v1/namespaces/{namespace}/pods/{name}`
    ///
    /// # Permissions
    ///
    /// `patch` on the resource.
    ///
    /// # Errors
    ///
    /// `NotFound` if there is no such object; `Invalid` if the result is, or if an operation of a JSON patch fails;
    /// `Conflict` if the patch holds a `resourceVersion` that is no longer current.
    ///
    /// # Example
    ///
    /// ```
    /// # use kubist::{Api, JsonPatch, json, types::core::v1::Pod};
    /// # async fn example(pods: Api<Pod>) -> kubist::Result<()> {
    /// pods.patch("web-0").merge(json!({"metadata": {"labels": {"tier": "front"}}})).await?;
    /// pods.patch("web-0").json(JsonPatch::new().remove("/metadata/labels/tier")).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Source
    ///
    /// <https://kubernetes.io/docs/reference/using-api/api-concepts/#patch-and-apply>
    pub fn patch(&self, name: &str) -> PatchStart<K>
    where
        R: OneObject,
    {
        PatchStart::new(self.place().object(name))
    }

    /// Applies an object, on the server's side: creates it, or takes over the fields that it sets.
    ///
    /// Fields that this manager applied before and that the object no longer sets are removed. Build the object,
    /// and do not send back what was read: that would claim every field. One with `managedFields` is refused.
    ///
    /// # Request
    ///
    /// `PATCH /api/v1/namespaces/{namespace}/pods/{name}?fieldManager={manager}`
    ///
    /// # Permissions
    ///
    /// `patch` on the resource, and `create` where the object may be missing.
    ///
    /// # Errors
    ///
    /// `Conflict` if another manager holds a field with another value, with a cause for each;
    /// [`force`](ApplyRequest::force) takes them.
    ///
    /// # Example
    ///
    /// ```
    /// # use kubist::{Api, types::core::v1::Pod};
    /// # async fn example(pods: Api<Pod>, pod: Pod) -> kubist::Result<()> {
    /// pods.apply(&pod).field_manager("shop").force().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Source
    ///
    /// <https://kubernetes.io/docs/reference/using-api/server-side-apply/>
    #[doc(alias = "server-side apply")]
    #[doc(alias = "ssa")]
    pub fn apply(&self, object: &K) -> ApplyRequest<K>
    where
        K: Object + Wire,
        R: OneObject,
    {
        ApplyRequest::new(self.place().object(object.name()), Document::of(object))
    }

    /// Deletes an object, or marks it for deletion.
    ///
    /// # Request
    ///
    /// `DELETE /api/v1/namespaces/{namespace}/pods/{name}`
    ///
    /// # Permissions
    ///
    /// `delete` on the resource.
    ///
    /// # Errors
    ///
    /// `NotFound` if there is no such object; [`if_exists`](DeleteRequest::if_exists) makes that `None`. `Conflict` if a
    /// precondition does not hold.
    ///
    /// # Example
    ///
    /// ```
    /// # use kubist::{Api, types::core::v1::Pod};
    /// # async fn example(pods: Api<Pod>) -> kubist::Result<()> {
    /// if !pods.delete("web-0").grace_period_seconds(5).await?.is_gone() {
    ///     println!("web-0 is shutting down");
    /// }
    /// pods.delete("web-1").if_exists().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Source
    ///
    /// <https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-deletion>
    pub fn delete(&self, name: &str) -> DeleteRequest<K>
    where
        R: OneObject,
    {
        DeleteRequest::new(self.place().object(name))
    }

    /// Deletes all objects that match, and returns them as they last were; the list is empty where the server does not
    /// send them.
    ///
    /// # Request
    ///
    /// `DELETE /api/v1/namespaces/{namespace}/pods`. The server has no such request over all namespaces: there, the
    /// matching objects are listed first, and then deleted in each namespace that holds some.
    ///
    /// # Permissions
    ///
    /// `deletecollection` on the resource; over all namespaces `list` as well.
    ///
    /// # Errors
    ///
    /// `BadRequest` if a selector cannot be read. What was deleted before an error stays deleted.
    ///
    /// # Example
    ///
    /// ```
    /// # use kubist::{Api, types::core::v1::Pod};
    /// # async fn example(pods: Api<Pod>) -> kubist::Result<()> {
    /// let deleted = pods.delete_collection().fields("status.phase=Failed").await?;
    /// println!("{} failed pods deleted", deleted.items.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Source
    ///
    /// <https://kubernetes.io/docs/reference/using-api/api-concepts/#collections>
    #[doc(alias = "DeleteAllOf")]
    pub fn delete_collection(&self) -> DeleteCollectionRequest<K> {
        DeleteCollectionRequest::new(self.place().collection())
    }

    /// Reaches the status of an object, which is written apart from the rest. For kinds that have one.
    ///
    /// # Example
    ///
    /// ```
    /// # use kubist::{Api, types::core::v1::Pod};
    /// # async fn example(pods: Api<Pod>) -> kubist::Result<()> {
    /// pods.status("web-0").update(|status| status.message = "warming up".into()).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn status<S>(&self, name: &str) -> StatusOf<K, S>
    where
        // Naming `K::Status` in the result would make a kind without one an error that knows nothing of our note.
        K: HasStatus<Status = S>,
        R: OneObject,
    {
        StatusOf::new(self.place().object(name), K::status_mut)
    }

    /// Reaches the scale of an object: how many replicas it wants and has. For kinds that have one.
    ///
    /// # Example
    ///
    /// ```
    /// # use kubist::{Api, Unstructured};
    /// # async fn example(deploys: Api<Unstructured>) -> kubist::Result<()> {
    /// let before = deploys.scale("web").get().await?.spec.replicas;
    /// deploys.scale("web").set(before + 1).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn scale(&self, name: &str) -> ScaleOf
    where
        K: HasScale,
        R: OneObject,
    {
        ScaleOf::new(self.place().object(name))
    }

    /// Reaches a subresource of an object by its name, such as `eviction` of a pod or `token` of a service account.
    ///
    /// # Example
    ///
    /// ```
    /// # use kubist::{Api, Status, Unstructured, types::core::v1::Pod};
    /// # async fn example(pods: Api<Pod>) -> kubist::Result<()> {
    /// let eviction = Unstructured::new("policy/v1", "Eviction", "web-0");
    /// let done: Status = pods.subresource("web-0", "eviction").create(&eviction).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn subresource(&self, name: &str, subresource: &str) -> Subresource
    where
        R: OneObject,
    {
        Subresource::new(self.place().object(name).subresource(subresource))
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
