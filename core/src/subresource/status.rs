//! The status subresource.

use std::fmt;

use http::Method;
use kubist_model::{Format, Object, UpdateOptions, WholeObject, Wire};

use crate::api::{Address, Document, GetRequest, PatchStart, Sending, UpdateRequest};
use crate::error::Result;

const STATUS: &str = "status";

/// How often an update is tried before its conflict is reported. Each conflict means that another writer got through.
const TRIES: u32 = 10;

/// The status of one object, made by [`Api::status`](crate::Api::status).
#[must_use = "call a verb on it"]
pub struct StatusOf<K, S> {
    object: Address,
    /// Kept as a value, so that a kind without a status is reported once, where `status` is called.
    status_mut: fn(&mut K) -> &mut S,
}

impl<K, S> StatusOf<K, S> {
    pub(crate) fn new(object: Address, status_mut: fn(&mut K) -> &mut S) -> Self {
        Self { object, status_mut }
    }

    fn address(&self) -> Address {
        self.object.clone().subresource(STATUS)
    }

    /// Reads the object, status included, as [`Api::get`](crate::Api::get) does.
    ///
    /// # Request
    ///
    /// `GET /api/v1/namespaces/{namespace}/pods/{name}/status`
    ///
    /// # Permissions
    ///
    /// `get` on `pods/status`.
    pub fn get(&self) -> GetRequest<K> {
        GetRequest::new(self.address())
    }

    /// Replaces the status with that of an object; the rest of it is not written.
    ///
    /// # Request
    ///
    /// `PUT /api/v1/namespaces/{namespace}/pods/{name}/status`
    ///
    /// # Permissions
    ///
    /// `update` on `pods/status`.
    ///
    /// # Errors
    ///
    /// `Conflict` if the object's `resource_version` is set and no longer current.
    pub fn replace(&self, object: &K) -> UpdateRequest<K>
    where
        K: WholeObject,
    {
        UpdateRequest::new(self.address(), Document::of(object))
    }

    /// Changes parts of the status; the patch holds them below `status`. Say next how.
    ///
    /// # Request
    ///
    /// `PATCH /api/v1/namespaces/{namespace}/pods/{name}/status`
    ///
    /// # Permissions
    ///
    /// `patch` on `pods/status`.
    pub fn patch(&self) -> PatchStart<K> {
        PatchStart::new(self.address())
    }

    /// Reads the object, changes its status and writes it back; if somebody else wrote in between, does it again.
    ///
    /// The closure may run several times, each time on what is stored then. A status that it leaves as it was is not
    /// written. Fields of the status that the Rust type does not know are lost, as with every update;
    /// [`patch`](Self::patch) keeps them.
    ///
    /// # Request
    ///
    /// `GET …/pods/{name}`, then `PUT …/pods/{name}/status`, both again after a conflict, at most 10 times.
    ///
    /// # Permissions
    ///
    /// `get` on `pods`, `update` on `pods/status`.
    ///
    /// # Errors
    ///
    /// `NotFound` if there is no such object; `Conflict` if others wrote in between each time.
    pub fn update<'a>(&self, edit: impl FnMut(&mut S) + Send + 'a) -> StatusUpdate<'a, K>
    where
        K: 'a,
        S: 'a,
    {
        let status_mut = self.status_mut;
        let mut edit = edit;
        StatusUpdate {
            object: self.object.clone(),
            edit: Box::new(move |object| edit(status_mut(object))),
            options: UpdateOptions::default(),
        }
    }
}

impl<K, S> fmt::Debug for StatusOf<K, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatusOf").field("object", &self.object).finish_non_exhaustive()
    }
}

/// An update of a status by a closure, made by [`StatusOf::update`].
#[must_use = "requests do nothing until awaited"]
pub struct StatusUpdate<'a, K> {
    object: Address,
    edit: Box<dyn FnMut(&mut K) + Send + 'a>,
    options: UpdateOptions,
}

impl<K> StatusUpdate<'_, K> {
    /// Has the server do everything but store the result.
    pub fn dry_run(mut self) -> Self {
        self.options.dry_run = true;
        self
    }

    /// Says who writes, for the managed fields. Unset: the first part of the client's user agent.
    pub fn field_manager(mut self, manager: impl Into<String>) -> Self {
        self.options.field_manager = Some(manager.into());
        self
    }

    /// Sets all options at once; what was set before is forgotten.
    pub fn options(mut self, options: UpdateOptions) -> Self {
        self.options = options;
        self
    }
}

impl<'a, K: Object + Wire + Send + 'a> IntoFuture for StatusUpdate<'a, K> {
    type Output = Result<K>;
    type IntoFuture = Sending<'a, K>;

    fn into_future(self) -> Self::IntoFuture {
        Sending::new(self.run())
    }
}

impl<K: Object + Wire + Send> StatusUpdate<'_, K> {
    async fn run(mut self) -> Result<K> {
        let mut tries = 1;
        loop {
            match self.once().await {
                Err(error) if error.is_conflict() && tries < TRIES => tries += 1,
                result => return result,
            }
        }
    }

    async fn once(&mut self) -> Result<K> {
        let response = self.object.request(Method::GET, Vec::new()).send().await?;
        let mut object: K = response.into()?;
        let before = encoded(&object);
        (self.edit)(&mut object);
        if before.is_some() && before == encoded(&object) {
            return Ok(object);
        }
        let document = Document::of(&object);
        drop(object);
        let address = self.object.clone().subresource(STATUS);
        document.send_to(&address, Method::PUT, self.options.query()).send().await?.into()
    }
}

/// The object as text, to see whether it changed; what cannot be encoded is reported where it is sent.
fn encoded<K: Wire>(object: &K) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    object.encode(Format::Json, &mut bytes).ok().map(|()| bytes)
}

impl<K> fmt::Debug for StatusUpdate<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatusUpdate")
            .field("object", &self.object)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
