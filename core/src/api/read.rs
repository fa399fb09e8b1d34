//! Reading one object.

use std::marker::PhantomData;

use http::Method;
use kubist_model::{GetOptions, ResourceVersion, Wire};

use super::address::Address;
use super::sending::{Optional, Sending};
use crate::error::Result;

/// A request for one object, made by [`Api::get`](crate::Api::get).
#[derive(Clone, Debug)]
#[must_use = "requests do nothing until awaited"]
pub struct GetRequest<K> {
    address: Address,
    options: GetOptions,
    kind: PhantomData<fn() -> K>,
}

impl<K> GetRequest<K> {
    pub(crate) fn new(address: Address) -> Self {
        Self { address, options: GetOptions::default(), kind: PhantomData }
    }

    /// Asks for a state that is not older than this version. Unset: the latest; [`ResourceVersion::any`]: whatever the
    /// server has at hand, which is cheaper.
    pub fn resource_version(mut self, version: impl Into<ResourceVersion>) -> Self {
        self.options.resource_version = Some(version.into());
        self
    }

    /// Sets all options at once; what was set before is forgotten.
    pub fn options(mut self, options: GetOptions) -> Self {
        self.options = options;
        self
    }

    /// Makes a missing object `None` instead of an error.
    pub fn optional(self) -> Optional<Self> {
        Optional::new(self)
    }
}

impl<K: Wire + 'static> IntoFuture for GetRequest<K> {
    type Output = Result<K>;
    type IntoFuture = Sending<'static, K>;

    fn into_future(self) -> Self::IntoFuture {
        let request = self.address.request(Method::GET, self.options.query()).accepting::<K>();
        Sending::new(async move { request.send().await?.into() })
    }
}
