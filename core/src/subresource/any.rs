//! A subresource by its name.

use http::Method;
use kubist_model::{WholeObject, Wire};

use crate::api::{Address, CreateRequest, Document, GetRequest, PatchStart, UpdateRequest};
use crate::rest;

/// A subresource of one object, made by [`Api::subresource`](crate::Api::subresource).
///
/// What goes in and what comes out is often another kind than the object, so each verb says which.
#[derive(Clone, Debug)]
#[must_use = "call a verb on it"]
pub struct Subresource(Address);

impl Subresource {
    pub(crate) fn new(address: Address) -> Self {
        Self(address)
    }

    /// Reads it. Permission: `get` on `pods/{subresource}`.
    pub fn get<T: Wire>(&self) -> GetRequest<T> {
        GetRequest::new(self.0.clone())
    }

    /// Posts to it. Permission: `create` on `pods/{subresource}`.
    pub fn create<T: Wire>(&self, body: &impl WholeObject) -> CreateRequest<T> {
        CreateRequest::new(self.0.clone(), "", Document::of(body))
    }

    /// Replaces it. Permission: `update` on `pods/{subresource}`.
    pub fn update<T: Wire>(&self, body: &impl WholeObject) -> UpdateRequest<T> {
        UpdateRequest::new(self.0.clone(), Document::of(body))
    }

    /// Changes parts of it. Permission: `patch` on `pods/{subresource}`.
    pub fn patch<T: Wire>(&self) -> PatchStart<T> {
        PatchStart::new(self.0.clone())
    }

    /// Starts a request to it on the floor below, for what is no object: parameters, texts, streams.
    ///
    /// # Example
    ///
    /// ```
    /// # use kubist::{Api, types::core::v1::Pod};
    /// # async fn example(pods: Api<Pod>) -> kubist::Result<()> {
    /// let log = pods.subresource("web-0", "log").request(http::Method::GET).param("tailLines", 20).send().await?;
    /// println!("{}", log.text()?);
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, verb: Method) -> rest::Request {
        self.0.request(verb, Vec::new())
    }
}
