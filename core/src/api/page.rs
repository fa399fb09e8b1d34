//! Lists that come in pages.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;
use kubist_model::{List, ListOptions, Wire};

use super::address::Address;
use super::list;
use super::sending::Sending;
use crate::error::Result;

/// How many objects a page holds if nothing else is asked for, as in client-go.
/// Source: `defaultPageSize` in `tools/pager/pager.go` of k8s.io/client-go v0.37.2.
const PAGE: u32 = 500;

/// The pages of a list, as a stream; made by [`ListRequest::pages`](super::ListRequest::pages).
///
/// It ends behind the last page and behind the first error.
#[must_use = "streams do nothing until polled"]
pub struct Pages<K> {
    address: Address,
    /// Those of the page to fetch next.
    options: ListOptions,
    state: State<K>,
}

enum State<K> {
    Idle,
    Fetching(Sending<'static, List<K>>),
    Done,
}

impl<K> Pages<K> {
    pub(super) fn new(address: Address, mut options: ListOptions) -> Self {
        options.limit = options.limit.filter(|limit| *limit > 0).or(Some(PAGE));
        Self { address, options, state: State::Idle }
    }
}

impl<K: Wire + 'static> Pages<K> {
    /// Returns the next page; `None` behind the last one.
    ///
    /// # Errors
    ///
    /// As for [`ListRequest::pages`](super::ListRequest::pages).
    ///
    /// # Cancel safety
    ///
    /// No page is lost when the future is dropped: the next call goes on with the same request.
    pub async fn next(&mut self) -> Option<Result<List<K>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<K: Wire + 'static> Stream for Pages<K> {
    type Item = Result<List<K>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match &mut self.state {
                State::Idle => self.state = State::Fetching(list::send(&self.address, &self.options)),
                State::Fetching(request) => {
                    let page = ready!(Pin::new(request).poll(context));
                    self.state = match &page {
                        Ok(page) if !page.metadata.continue_token.is_empty() => {
                            self.options.continue_token = Some(page.metadata.continue_token.to_string());
                            // The token holds the version; the server refuses to be told it twice.
                            self.options.resource_version = None;
                            self.options.resource_version_match = None;
                            State::Idle
                        }
                        _ => State::Done,
                    };
                    return Poll::Ready(Some(page));
                }
                State::Done => return Poll::Ready(None),
            }
        }
    }
}

impl<K> fmt::Debug for Pages<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("options", &self.options).finish_non_exhaustive()
    }
}

/// The objects of a list, as a stream; made by [`ListRequest::items`](super::ListRequest::items).
///
/// It ends behind the last object and behind the first error.
#[must_use = "streams do nothing until polled"]
pub struct Items<K> {
    pages: Pages<K>,
    page: vec::IntoIter<K>,
    kind: PhantomData<fn() -> K>,
}

impl<K> Items<K> {
    pub(super) fn new(pages: Pages<K>) -> Self {
        Self { pages, page: Vec::new().into_iter(), kind: PhantomData }
    }
}

impl<K: Wire + 'static> Items<K> {
    /// Returns the next object; `None` behind the last one.
    ///
    /// # Errors
    ///
    /// As for [`ListRequest::pages`](super::ListRequest::pages).
    ///
    /// # Cancel safety
    ///
    /// No object is lost when the future is dropped.
    pub async fn next(&mut self) -> Option<Result<K>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

// No field is ever pinned: objects are moved out whole.
impl<K> Unpin for Items<K> {}

impl<K: Wire + 'static> Stream for Items<K> {
    type Item = Result<K>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(object) = self.page.next() {
                return Poll::Ready(Some(Ok(object)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.page = page.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<K> fmt::Debug for Items<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("at_hand", &self.page.len()).field("pages", &self.pages).finish()
    }
}
