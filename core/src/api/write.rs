//! Writing whole objects.

use std::marker::PhantomData;

use http::Method;
use kubist_model::options::Parameter;
use kubist_model::{CreateOptions, EncodeError, FieldValidation, Format, UpdateOptions, Wire};

use super::address::Address;
use super::sending::Sending;
use crate::client::Client;
use crate::error::Result;
use crate::rest;

/// The setters that all writes share; `options` is the field that holds them.
macro_rules! write_options {
    () => {
        /// Has the server do everything but store the result.
        pub fn dry_run(mut self) -> Self {
            self.options.dry_run = true;
            self
        }

        /// Says who writes, for the managed fields. Unset: the first part of the client's user agent.
        pub fn field_manager(mut self, manager: impl Into<String>) -> Self {
            self.options.field_manager = manager.into().into();
            self
        }

        /// Says what to do with unknown and repeated fields. Unset: the server decides (it drops them and warns).
        pub fn field_validation(mut self, validation: FieldValidation) -> Self {
            self.options.field_validation = Some(validation);
            self
        }
    };
}
pub(super) use write_options;

/// A request that makes an object, made by [`Api::create`](crate::Api::create).
#[derive(Debug)]
#[must_use = "requests do nothing until awaited"]
pub struct CreateRequest<K> {
    address: Address,
    /// For errors; the path does not tell it.
    name: String,
    body: Document,
    options: CreateOptions,
    kind: PhantomData<fn() -> K>,
}

impl<K> CreateRequest<K> {
    pub(crate) fn new(address: Address, name: &str, body: Document) -> Self {
        Self { address, name: name.to_owned(), body, options: CreateOptions::default(), kind: PhantomData }
    }

    write_options!();

    /// Sets all options at once; what was set before is forgotten.
    pub fn options(mut self, options: CreateOptions) -> Self {
        self.options = options;
        self
    }
}

impl<K: Wire + 'static> IntoFuture for CreateRequest<K> {
    type Output = Result<K>;
    type IntoFuture = Sending<'static, K>;

    fn into_future(self) -> Self::IntoFuture {
        let request =
            self.body.send_to(&self.address, Method::POST, self.options.query()).about(&self.name).accepting::<K>();
        Sending::new(async move { request.send().await?.into() })
    }
}

/// A request that replaces an object, made by [`Api::update`](crate::Api::update).
#[derive(Debug)]
#[must_use = "requests do nothing until awaited"]
pub struct UpdateRequest<K> {
    address: Address,
    body: Document,
    options: UpdateOptions,
    kind: PhantomData<fn() -> K>,
}

impl<K> UpdateRequest<K> {
    pub(crate) fn new(address: Address, body: Document) -> Self {
        Self { address, body, options: UpdateOptions::default(), kind: PhantomData }
    }

    write_options!();

    /// Sets all options at once; what was set before is forgotten.
    pub fn options(mut self, options: UpdateOptions) -> Self {
        self.options = options;
        self
    }
}

impl<K: Wire + 'static> IntoFuture for UpdateRequest<K> {
    type Output = Result<K>;
    type IntoFuture = Sending<'static, K>;

    fn into_future(self) -> Self::IntoFuture {
        let request = self.body.send_to(&self.address, Method::PUT, self.options.query()).accepting::<K>();
        Sending::new(async move { request.send().await?.into() })
    }
}

/// An encoded body, or why there is none. The error waits for the request, whose context it gets.
#[derive(Debug)]
pub(crate) struct Document {
    format: Format,
    bytes: Result<Vec<u8>, EncodeError>,
}

impl Document {
    /// A document in JSON.
    pub(crate) fn of<T: Wire>(object: &T) -> Self {
        Self::in_format(object, Format::Json)
    }

    /// A document in protobuf where the type has it and the server is known to speak it, else in JSON.
    pub(crate) fn for_client<T: Wire>(object: &T, client: &Client) -> Self {
        let has_protobuf = T::FORMATS.contains(&Format::Protobuf) && client.writes_protobuf();
        Self::in_format(object, if has_protobuf { Format::Protobuf } else { Format::Json })
    }

    fn in_format<T: Wire>(object: &T, format: Format) -> Self {
        let mut bytes = Vec::new();
        Self { format, bytes: object.encode(format, &mut bytes).map(|()| bytes) }
    }

    pub(crate) fn from_json(bytes: serde_json::Result<Vec<u8>>) -> Self {
        Self { format: Format::Json, bytes: bytes.map_err(EncodeError::from) }
    }

    pub(crate) fn send_to(self, address: &Address, verb: Method, query: Vec<Parameter>) -> rest::Request {
        let content_type = match self.format {
            Format::Protobuf => rest::PROTOBUF,
            _ => "application/json",
        };
        self.send_as(address, verb, query, content_type)
    }

    pub(crate) fn send_as(
        self,
        address: &Address,
        verb: Method,
        query: Vec<Parameter>,
        content_type: &'static str,
    ) -> rest::Request {
        let request = address.request(verb, query);
        match self.bytes {
            Ok(bytes) => request.content_type(content_type).body(bytes),
            Err(error) => request.mistaken(format!("the body cannot be written: {error}")),
        }
    }
}
