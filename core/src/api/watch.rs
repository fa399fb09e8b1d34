//! Following changes.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use http::Method;
use kubist_model::{ListOptions, ResourceVersion, ResourceVersionMatch, Wire};

use super::address::Address;
use super::list::{and, whole_seconds};
use super::sending::Sending;
use crate::error::Result;
use crate::rest::WatchStream;

/// A request for the changes of a collection, made by [`Api::watch`](crate::Api::watch).
///
/// `.await` opens one watch and gives a stream of events. The server ends it after some minutes; it is not taken up
/// again on its own.
#[derive(Clone, Debug)]
#[must_use = "requests do nothing until awaited"]
pub struct WatchRequest<K> {
    address: Address,
    options: ListOptions,
    kind: PhantomData<fn() -> K>,
}

impl<K> WatchRequest<K> {
    pub(crate) fn new(address: Address) -> Self {
        Self { address, options: ListOptions::default(), kind: PhantomData }
    }

    /// Selects by labels, such as `app=web,tier in (a,b)`. Called again, both selectors must match.
    pub fn labels(mut self, selector: impl fmt::Display) -> Self {
        and(&mut self.options.label_selector, &selector);
        self
    }

    /// Selects by fields, such as `metadata.name=web-0`. Called again, both selectors must match.
    pub fn fields(mut self, selector: impl fmt::Display) -> Self {
        and(&mut self.options.field_selector, &selector);
        self
    }

    /// Begins behind this version: that of a list, an object, a bookmark or an event. Unset: with all objects that there
    /// are, as added, and then their changes.
    pub fn resource_version(mut self, version: impl Into<ResourceVersion>) -> Self {
        self.options.resource_version = Some(version.into());
        self
    }

    /// Lets the server send bookmarks, which tell from which version to go on though nothing changed.
    pub fn bookmarks(mut self) -> Self {
        self.options.allow_watch_bookmarks = true;
        self
    }

    /// Has the server end the watch after this time, rounded up to seconds. Unset: the server decides (30 to 60 minutes).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout_seconds = Some(whole_seconds(timeout));
        self
    }

    /// Has the watch begin with all objects, as added, followed by a bookmark that says that these were all.
    ///
    /// This is `sendInitialEvents` with what belongs to it: bookmarks, and a state not older than the version.
    ///
    /// # Source
    ///
    /// <https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists>
    pub fn send_initial_events(mut self) -> Self {
        self.options.send_initial_events = Some(true);
        self.options.resource_version_match = Some(ResourceVersionMatch::NotOlderThan);
        self.options.allow_watch_bookmarks = true;
        self
    }

    /// Sets all options at once; what was set before is forgotten. The page, `limit` and `continue`, is not sent.
    pub fn options(mut self, options: ListOptions) -> Self {
        self.options = ListOptions { limit: None, continue_token: None, ..options };
        self
    }
}

impl<K: Wire + Send + 'static> IntoFuture for WatchRequest<K> {
    type Output = Result<WatchStream<K>>;
    type IntoFuture = Sending<'static, WatchStream<K>>;

    fn into_future(self) -> Self::IntoFuture {
        let options = ListOptions { watch: true, ..self.options };
        let request = self.address.request(Method::GET, options.query());
        Sending::new(async move { request.watch().await })
    }
}
