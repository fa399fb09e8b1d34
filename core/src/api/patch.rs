//! Writing parts of objects.

use std::marker::PhantomData;

use http::Method;
use kubist_model::{ApplyOptions, FieldValidation, JsonPatch, PatchOptions, PatchType, Wire};
use serde::Serialize;
use serde_json::Value;

use super::address::Address;
use super::sending::{Optional, Sending};
use super::write::{Document, write_options};
use crate::error::Result;

/// An object to patch, of which it is not yet said how; made by [`Api::patch`](crate::Api::patch).
#[derive(Clone, Debug)]
#[must_use = "say how to patch: `.merge(…)`, `.json(…)`, `.strategic(…)` or `.apply(…)`"]
pub struct PatchStart<K> {
    address: Address,
    kind: PhantomData<fn() -> K>,
}

impl<K> PatchStart<K> {
    pub(crate) fn new(address: Address) -> Self {
        Self { address, kind: PhantomData }
    }

    /// Lays a tree over the object: maps are merged, `null` removes, lists are replaced (RFC 7386).
    pub fn merge(self, patch: impl Serialize) -> PatchRequest<K> {
        let body = Document::from_json(serde_json::to_vec(&patch));
        PatchRequest::new(self.address, PatchType::Merge, body)
    }

    /// Performs operations one after the other, all or none (RFC 6902). A failed `test` is `Invalid`.
    pub fn json(self, patch: impl Into<JsonPatch>) -> PatchRequest<K> {
        let body = Document::from_json(serde_json::to_vec(&patch.into()));
        PatchRequest::new(self.address, PatchType::Json, body)
    }

    /// Lays a tree over the object, whose lists merge by their keys. For built-in kinds; others answer
    /// `UnsupportedMediaType`.
    pub fn strategic(self, patch: impl Serialize) -> PatchRequest<K> {
        let body = Document::from_json(serde_json::to_vec(&patch));
        PatchRequest::new(self.address, PatchType::Strategic, body)
    }

    /// Applies a partial object, on the server's side. `apiVersion`, `kind` and the name are filled in where they are
    /// missing, unless this is a subresource of another kind. For a whole typed object, see [`Api::apply`](crate::Api::apply).
    pub fn apply(self, object: impl Serialize) -> ApplyRequest<K> {
        let body = Document::from_json(named(&self.address, serde_json::to_value(object)));
        ApplyRequest::new(self.address, body)
    }
}

/// Completes a partial object with what its address already says.
fn named(address: &Address, object: serde_json::Result<Value>) -> serde_json::Result<Vec<u8>> {
    let mut object = object?;
    if let (true, Value::Object(fields)) = (address.is_of_the_kind(), &mut object) {
        let info = address.place().info();
        fields.entry("apiVersion").or_insert_with(|| info.api_version().into());
        fields.entry("kind").or_insert_with(|| info.kind.clone().into());
        let metadata = fields.entry("metadata").or_insert_with(|| Value::Object(serde_json::Map::new()));
        if let (Value::Object(metadata), Some(name)) = (metadata, address.name()) {
            metadata.entry("name").or_insert_with(|| name.into());
        }
    }
    serde_json::to_vec(&object)
}

/// A request that changes parts of an object, made by [`Api::patch`](crate::Api::patch).
#[derive(Debug)]
#[must_use = "requests do nothing until awaited"]
pub struct PatchRequest<K> {
    address: Address,
    how: PatchType,
    body: Document,
    options: PatchOptions,
    kind: PhantomData<fn() -> K>,
}

impl<K> PatchRequest<K> {
    fn new(address: Address, how: PatchType, body: Document) -> Self {
        Self { address, how, body, options: PatchOptions::default(), kind: PhantomData }
    }

    write_options!();

    /// Sets all options at once; what was set before is forgotten.
    pub fn options(mut self, options: PatchOptions) -> Self {
        self.options = options;
        self
    }

    /// Makes a missing object `None` instead of an error.
    pub fn if_exists(self) -> Optional<Self> {
        Optional::new(self)
    }
}

impl<K: Wire + 'static> IntoFuture for PatchRequest<K> {
    type Output = Result<K>;
    type IntoFuture = Sending<'static, K>;

    fn into_future(self) -> Self::IntoFuture {
        let query = self.options.query();
        let request = self.body.send_as(&self.address, Method::PATCH, query, self.how.content_type()).accepting::<K>();
        Sending::new(async move { request.send().await?.into() })
    }
}

/// A server-side apply, made by [`Api::apply`](crate::Api::apply).
#[derive(Debug)]
#[must_use = "requests do nothing until awaited"]
pub struct ApplyRequest<K> {
    address: Address,
    body: Document,
    options: ApplyOptions,
    kind: PhantomData<fn() -> K>,
}

impl<K> ApplyRequest<K> {
    pub(crate) fn new(address: Address, body: Document) -> Self {
        Self { address, body, options: ApplyOptions::default(), kind: PhantomData }
    }

    /// Takes fields that other managers hold, instead of failing with a conflict.
    pub fn force(mut self) -> Self {
        self.options.force = true;
        self
    }

    write_options!();

    /// Sets all options at once; what was set before is forgotten.
    pub fn options(mut self, options: ApplyOptions) -> Self {
        self.options = options;
        self
    }
}

impl<K: Wire + 'static> IntoFuture for ApplyRequest<K> {
    type Output = Result<K>;
    type IntoFuture = Sending<'static, K>;

    fn into_future(self) -> Self::IntoFuture {
        let mut options = self.options;
        if options.field_manager.is_empty() {
            // The server insists on one here. For other writes it takes the same from the user agent.
            self.address.place().client().field_manager().clone_into(&mut options.field_manager);
        }
        let content_type = PatchType::Apply.content_type();
        let request = self
            .body
            .send_as(&self.address, Method::PATCH, options.query(), content_type)
            .named("apply")
            .accepting::<K>();
        Sending::new(async move { request.send().await?.into() })
    }
}
