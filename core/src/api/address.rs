//! Where a request goes: kind, namespace, object, subresource. Nothing here is generic.

use std::borrow::Cow;
use std::sync::Arc;

use http::Method;
use kubist_model::options::Parameter;
use kubist_model::{ManagedFields, ResourceInfo};

use crate::client::Client;
use crate::rest;

/// What the server is asked to send where only metadata is wanted; a server that cannot do it sends whole objects.
const METADATA_OF_ONE: &str = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
const METADATA_OF_MANY: &str = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

/// The collection that an `Api` stands for.
#[derive(Clone, Debug)]
pub(crate) struct Place(Arc<Parts>);

#[derive(Clone, Debug)]
struct Parts {
    client: Client,
    info: Cow<'static, ResourceInfo>,
    namespace: Option<Arc<str>>,
    metadata_only: bool,
    managed_fields: ManagedFields,
}

impl Place {
    pub(crate) fn new(client: &Client, info: Cow<'static, ResourceInfo>, namespace: Option<&str>) -> Self {
        Self(Arc::new(Parts {
            client: client.clone(),
            info,
            namespace: namespace.map(Into::into),
            metadata_only: false,
            managed_fields: client.managed_fields(),
        }))
    }

    /// The same place, of which only metadata is read.
    pub(crate) fn metadata_only(self) -> Self {
        Self(Arc::new(Parts { metadata_only: true, ..Parts::clone(&self.0) }))
    }

    /// The same place, of which managed fields are read or not.
    pub(crate) fn with_managed_fields(self, managed_fields: ManagedFields) -> Self {
        Self(Arc::new(Parts { managed_fields, ..Parts::clone(&self.0) }))
    }

    /// The same kind, in this namespace.
    pub(crate) fn in_namespace(&self, namespace: &str) -> Self {
        Self(Arc::new(Parts { namespace: Some(namespace.into()), ..Parts::clone(&self.0) }))
    }

    pub(crate) fn client(&self) -> &Client {
        &self.0.client
    }

    pub(crate) fn info(&self) -> &ResourceInfo {
        &self.0.info
    }

    pub(crate) fn namespace(&self) -> Option<&str> {
        self.0.namespace.as_deref()
    }

    pub(crate) fn is_metadata_only(&self) -> bool {
        self.0.metadata_only
    }

    /// The address of the collection itself.
    pub(crate) fn collection(&self) -> Address {
        Address { place: self.clone(), name: None, subresource: None }
    }

    /// The address of one object.
    pub(crate) fn object(&self, name: &str) -> Address {
        Address { place: self.clone(), name: Some(name.into()), subresource: None }
    }
}

/// One collection, object or subresource.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    place: Place,
    name: Option<Arc<str>>,
    subresource: Option<Arc<str>>,
}

impl Address {
    /// A subresource of the object.
    pub(crate) fn subresource(mut self, subresource: &str) -> Self {
        self.subresource = Some(subresource.into());
        self
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// Whether what stands here is of the kind itself: other subresources than the status are kinds of their own.
    pub(crate) fn is_of_the_kind(&self) -> bool {
        self.subresource.as_deref().is_none_or(|subresource| subresource == "status")
    }

    pub(crate) fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Starts a request to this address. Names are checked by `rest`, before anything is sent.
    pub(crate) fn request(&self, verb: Method, query: Vec<Parameter>) -> rest::Request {
        let parts = &*self.place.0;
        // A watch of a collection sends its objects one by one, and a create answers with one.
        let is_watch = query.iter().any(|(name, _)| *name == "watch");
        let is_list = self.name.is_none() && !is_watch && verb != Method::POST;
        let mut request = parts.client.rest().verb(verb);
        request.set_kind(&parts.info);
        if let Some(namespace) = &parts.namespace {
            request.set_namespace(Arc::clone(namespace));
        }
        if let Some(name) = &self.name {
            request.set_name(Arc::clone(name));
        }
        if let Some(subresource) = &self.subresource {
            request.set_subresource(Arc::clone(subresource));
        }
        if parts.metadata_only {
            request = request.accept(if is_list { METADATA_OF_MANY } else { METADATA_OF_ONE });
        }
        request.managed_fields(parts.managed_fields).params(query)
    }
}
