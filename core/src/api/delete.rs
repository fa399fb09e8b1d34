//! Deleting objects.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use http::Method;
use kubist_model::{
    DeleteOptions, List, ListOptions, Object, PartialObjectMetadata, PropagationPolicy, ResourceVersion, Status, Str,
    Wire,
};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::address::Address;
use super::list::{and, decode};
use super::page::{Items, Pages};
use super::sending::{Optional, Sending};
use crate::error::Result;
use crate::rest;

/// The setters that both deletes share.
macro_rules! delete_options {
    () => {
        /// Has the server do everything but delete.
        pub fn dry_run(mut self) -> Self {
            self.options.dry_run = true;
            self
        }

        /// Gives the object so many seconds to end. Unset: the kind's default (30 for pods); 0: at once.
        pub fn grace_period_seconds(mut self, seconds: u32) -> Self {
            self.options.grace_period_seconds = Some(seconds.into());
            self
        }

        /// Says what happens to what the object owns. Unset: the kind's default.
        pub fn propagation(mut self, policy: PropagationPolicy) -> Self {
            self.options.propagation_policy = Some(policy);
            self
        }
    };
}

/// A request that deletes an object, made by [`Api::delete`](crate::Api::delete).
#[derive(Clone, Debug)]
#[must_use = "requests do nothing until awaited"]
pub struct DeleteRequest<K> {
    address: Address,
    options: DeleteOptions,
    kind: PhantomData<fn() -> K>,
}

impl<K> DeleteRequest<K> {
    pub(crate) fn new(address: Address) -> Self {
        Self { address, options: DeleteOptions::default(), kind: PhantomData }
    }

    delete_options!();

    /// Deletes only the object with this uid, and not another that has since got its name; else it is a conflict.
    pub fn uid(mut self, uid: impl Into<Str>) -> Self {
        self.options.preconditions.uid = Some(uid.into());
        self
    }

    /// Deletes only if nothing changed since this version; else it is a conflict.
    pub fn resource_version(mut self, version: impl Into<ResourceVersion>) -> Self {
        self.options.preconditions.resource_version = Some(version.into());
        self
    }

    /// Sets all options at once; what was set before is forgotten.
    pub fn options(mut self, options: DeleteOptions) -> Self {
        self.options = options;
        self
    }

    /// Makes a missing object `None` instead of an error.
    pub fn if_exists(self) -> Optional<Self> {
        Optional::new(self)
    }
}

impl<K: Wire + 'static> IntoFuture for DeleteRequest<K> {
    type Output = Result<Deletion<K>>;
    type IntoFuture = Sending<'static, Deletion<K>>;

    fn into_future(self) -> Self::IntoFuture {
        let request = self.address.request(Method::DELETE, Vec::new()).body(self.options.body());
        Sending::new(async move { Deletion::read(request.send().await?) })
    }
}

/// What became of an object that was to be deleted.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "these are the answers that there are")]
pub enum Deletion<K> {
    /// It is gone; the server says so, with its uid in the details.
    Confirmed(Status),
    /// It is gone, and this was its last state. Some kinds answer so, such as pods.
    Gone(K),
    /// It is still there, marked for deletion, until its grace period is over and its finalizers are done.
    Pending(K),
}

impl<K> Deletion<K> {
    /// Tells whether the object is gone already.
    pub fn is_gone(&self) -> bool {
        !matches!(self, Self::Pending(_))
    }

    /// Returns the object, if the server sent it.
    pub fn object(&self) -> Option<&K> {
        match self {
            Self::Confirmed(_) => None,
            Self::Gone(object) | Self::Pending(object) => Some(object),
        }
    }
}

impl<K: Wire> Deletion<K> {
    fn read(response: rest::Response) -> Result<Self> {
        // What cannot be read here is reported below, where it is read for real.
        let glance: Glance<'_> = serde_json::from_slice(response.bytes()).unwrap_or_default();
        let (is_status, is_pending) = (glance.is_status(), glance.metadata.is_pending());
        if is_status {
            response.json().map(Self::Confirmed)
        } else if is_pending {
            response.into().map(Self::Pending)
        } else {
            response.into().map(Self::Gone)
        }
    }
}

/// The few fields that tell the answers of a delete apart.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Glance<'a> {
    #[serde(borrow)]
    api_version: Cow<'a, str>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    metadata: GlanceAtMetadata,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct GlanceAtMetadata {
    deletion_timestamp: Option<IgnoredAny>,
    deletion_grace_period_seconds: Option<i64>,
    finalizers: Option<Vec<IgnoredAny>>,
}

impl Glance<'_> {
    fn is_status(&self) -> bool {
        self.api_version == "v1" && self.kind == "Status"
    }
}

impl GlanceAtMetadata {
    /// Marked for deletion, and something is still to happen. A namespace has no grace period, and waits all the same.
    fn is_pending(&self) -> bool {
        let waits = self.finalizers.as_ref().is_some_and(|finalizers| !finalizers.is_empty());
        self.deletion_timestamp.is_some() && (waits || self.deletion_grace_period_seconds != Some(0))
    }
}

/// A request that deletes all objects that match, made by [`Api::delete_collection`](crate::Api::delete_collection).
#[derive(Clone, Debug)]
#[must_use = "requests do nothing until awaited"]
pub struct DeleteCollectionRequest<K> {
    address: Address,
    which: ListOptions,
    options: DeleteOptions,
    kind: PhantomData<fn() -> K>,
}

impl<K> DeleteCollectionRequest<K> {
    pub(crate) fn new(address: Address) -> Self {
        Self { address, which: ListOptions::default(), options: DeleteOptions::default(), kind: PhantomData }
    }

    /// Selects by labels, such as `app=web,tier in (a,b)`. Called again, both selectors must match.
    pub fn labels(mut self, selector: impl fmt::Display) -> Self {
        and(&mut self.which.label_selector, &selector);
        self
    }

    /// Selects by fields, such as `status.phase=Failed`. Called again, both selectors must match.
    pub fn fields(mut self, selector: impl fmt::Display) -> Self {
        and(&mut self.which.field_selector, &selector);
        self
    }

    delete_options!();

    /// Sets all options at once; what was set before is forgotten, selectors excepted.
    pub fn options(mut self, options: DeleteOptions) -> Self {
        self.options = options;
        self
    }

    /// Sets which objects are meant, as for a list; what was set before is forgotten.
    pub fn list_options(mut self, options: ListOptions) -> Self {
        self.which = ListOptions { watch: false, allow_watch_bookmarks: false, send_initial_events: None, ..options };
        self
    }
}

impl<K: Wire + Send + 'static> IntoFuture for DeleteCollectionRequest<K> {
    type Output = Result<List<K>>;
    type IntoFuture = Sending<'static, List<K>>;

    fn into_future(self) -> Self::IntoFuture {
        let place = self.address.place();
        // The server deletes collections within one namespace only.
        let spans_namespaces = place.info().scope == kubist_model::Scope::Namespaced && place.namespace().is_none();
        Sending::new(async move {
            if spans_namespaces { self.in_each_namespace().await } else { self.in_one_place(&self.address).await }
        })
    }
}

impl<K: Wire> DeleteCollectionRequest<K> {
    async fn in_one_place(&self, address: &Address) -> Result<List<K>> {
        let request = address.request(Method::DELETE, self.which.query()).body(self.options.body());
        let response = request.send().await?;
        let glance: Glance<'_> = serde_json::from_slice(response.bytes()).unwrap_or_default();
        if glance.is_status() {
            return Ok(List::default());
        }
        decode(response, address.place())
    }

    async fn in_each_namespace(&self) -> Result<List<K>> {
        let place = self.address.place();
        let mut pages = Pages::<PartialObjectMetadata>::new(Items::new(
            place.clone().metadata_only().collection(),
            self.which.clone(),
        ));
        let mut namespaces = BTreeSet::new();
        while let Some(page) = pages.next().await {
            namespaces.extend(page?.items.iter().map(|object| object.namespace().to_owned()));
        }
        let mut all = List::default();
        for namespace in namespaces {
            let some = self.in_one_place(&place.in_namespace(&namespace).collection()).await?;
            all.metadata = some.metadata;
            all.items.extend(some.items);
        }
        Ok(all)
    }
}
