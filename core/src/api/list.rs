//! Reading many objects at once.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use http::Method;
use kubist_model::{List, ListOptions, ResourceInfo, ResourceVersion, ResourceVersionMatch, Wire};

use super::address::{Address, Place};
use super::page::{Items, Pages};
use super::sending::Sending;
use crate::error::Result;
use crate::rest::{self, ListStream};

/// A request for the objects of a collection, made by [`Api::list`](crate::Api::list).
///
/// `.await` sends one request. [`pages`](Self::pages) and [`items`](Self::items) send as many as it takes.
#[derive(Clone, Debug)]
#[must_use = "requests do nothing until awaited"]
pub struct ListRequest<K> {
    address: Address,
    options: ListOptions,
    kind: PhantomData<fn() -> K>,
}

impl<K> ListRequest<K> {
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

    /// Asks for at most so many objects; [`List::metadata`] then says how to go on. Unset: all of them, and 500 a page; 0: all of them at once.
    pub fn limit(mut self, limit: u32) -> Self {
        self.options.limit = Some(limit);
        self
    }

    /// Goes on behind a page, with the token that it came with. Leave everything else as it was for that page.
    pub fn continue_token(mut self, token: impl Into<String>) -> Self {
        self.options.continue_token = Some(token.into());
        self
    }

    /// Asks for a state that is not older than this version, or as [`resource_version_match`](Self::resource_version_match)
    /// says. Unset: the latest; [`ResourceVersion::any`]: whatever the server has at hand, which is cheaper.
    pub fn resource_version(mut self, version: impl Into<ResourceVersion>) -> Self {
        self.options.resource_version = Some(version.into());
        self
    }

    /// Says how to read the version. Unset: as the server documents.
    pub fn resource_version_match(mut self, how: ResourceVersionMatch) -> Self {
        self.options.resource_version_match = Some(how);
        self
    }

    /// Has the server give up after this time, rounded up to seconds. Unset: the server decides (60 s).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout_seconds = Some(whole_seconds(timeout));
        self
    }

    /// Sets all options at once; what was set before is forgotten. `watch` and what belongs to it is not sent.
    pub fn options(mut self, options: ListOptions) -> Self {
        self.options = ListOptions { watch: false, allow_watch_bookmarks: false, send_initial_events: None, ..options };
        self
    }

    /// Reads page by page: a stream of lists. The next page is asked for while this one is read.
    ///
    /// All pages show the state of the first, so that nothing is seen twice or missed. The server keeps that state for
    /// some minutes (5 by default).
    ///
    /// # Errors
    ///
    /// `Expired` if the pages are read so slowly that the server no longer has the state. The stream ends with this
    /// error; begin again, and forget what was read, or raise the limit.
    ///
    /// # Source
    ///
    /// <https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks>
    pub fn pages(self) -> Pages<K> {
        Pages::new(Items::new(self.address, self.options))
    }

    /// Reads object by object, each as soon as it has arrived: no page is ever held whole.
    ///
    /// The next page is asked for while this one is read. With a [`limit`](Self::limit) of 0 there is one page with all objects; the server cuts
    /// it off when the reader takes more than a minute over it.
    ///
    /// # Errors
    ///
    /// As for [`pages`](Self::pages); and an object that cannot be read, which the error names.
    pub fn items(self) -> Items<K> {
        Items::new(self.address, self.options)
    }
}

impl<K: Wire + Send + 'static> IntoFuture for ListRequest<K> {
    type Output = Result<List<K>>;
    type IntoFuture = Sending<'static, List<K>>;

    fn into_future(self) -> Self::IntoFuture {
        let request = open(&self.address, &self.options);
        Sending::new(async move { request.await?.collect().await })
    }
}

/// Sends one list and returns as soon as the answer begins.
pub(super) fn open<K: Wire + 'static>(address: &Address, options: &ListOptions) -> Sending<'static, ListStream<K>> {
    let request = address.request(Method::GET, options.query());
    let place = address.place().clone();
    Sending::new(async move { request.items_of(expected(&place)).await })
}

/// What a list must be of; one of metadata says that it is one, whatever the kind.
fn expected(place: &Place) -> Option<&ResourceInfo> {
    (!place.is_metadata_only()).then(|| place.info())
}

/// Decodes a list that has arrived whole.
pub(super) fn decode<K: Wire>(response: rest::Response, place: &Place) -> Result<List<K>> {
    match expected(place) {
        Some(kind) => response.list_of(kind),
        None => response.list(),
    }
}

pub(super) fn whole_seconds(time: Duration) -> u32 {
    let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

pub(super) fn and(selector: &mut Option<String>, more: &dyn fmt::Display) {
    let more = more.to_string();
    *selector = match selector.take() {
        Some(first) if !first.is_empty() && !more.is_empty() => Some(format!("{first},{more}")),
        Some(first) if more.is_empty() => Some(first),
        _ => Some(more),
    };
}
