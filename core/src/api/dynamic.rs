//! The step between a kind known at run time and the reach.

use std::fmt;
use std::marker::PhantomData;

use kubist_model::{ResourceInfo, Scope};

use super::address::Place;
use super::handle::Api;
use super::reach::{AllNamespaces, Cluster};
use crate::error::{Error, Result};

/// A kind known at run time, of which it is not yet said how far to reach.
///
/// Made by [`Api::dynamic`]. The scope is checked here, since the compiler cannot.
#[must_use = "say how far to reach: `.namespace(…)`, `.all()` or `.cluster()`"]
pub struct DynamicApi<K> {
    place: Place,
    kind: PhantomData<fn() -> K>,
}

impl<K> DynamicApi<K> {
    pub(crate) fn of(place: Place) -> Self {
        Self { place, kind: PhantomData }
    }

    /// Reaches the objects of one namespace.
    ///
    /// # Errors
    ///
    /// A kind that is cluster-scoped.
    pub fn namespace(self, namespace: &str) -> Result<Api<K>> {
        require(self.place.info(), Scope::Namespaced)?;
        Ok(Api::of(self.place.in_namespace(namespace)))
    }

    /// Reaches the objects of the client's own namespace.
    ///
    /// # Errors
    ///
    /// A kind that is cluster-scoped.
    pub fn default_namespace(self) -> Result<Api<K>> {
        let namespace = self.place.client().default_namespace().to_owned();
        self.namespace(&namespace)
    }

    /// Reaches the objects of all namespaces: to list, to watch and to delete many, not to name one.
    ///
    /// # Errors
    ///
    /// A kind that is cluster-scoped.
    pub fn all(self) -> Result<Api<K, AllNamespaces>> {
        require(self.place.info(), Scope::Namespaced)?;
        Ok(Api::of(self.place))
    }

    /// Reaches the objects of a kind that lives in no namespace.
    ///
    /// # Errors
    ///
    /// A kind that is namespaced.
    pub fn cluster(self) -> Result<Api<K, Cluster>> {
        require(self.place.info(), Scope::Cluster)?;
        Ok(Api::of(self.place))
    }
}

fn require(info: &ResourceInfo, scope: Scope) -> Result<()> {
    if info.scope == scope {
        return Ok(());
    }
    let name = info.resource_name();
    Err(Error::request(match info.scope {
        Scope::Cluster => format!("{name} is cluster-scoped: its objects live in no namespace; use `.cluster()`"),
        Scope::Namespaced => {
            format!(
                "{name} is namespaced; use `.namespace(…)` for one namespace, or `.all()` to list and watch all of them"
            )
        }
    }))
}

impl<K> fmt::Debug for DynamicApi<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DynamicApi").field("info", self.place.info()).finish_non_exhaustive()
    }
}
