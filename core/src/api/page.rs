//! Lists that come in pages.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use kubist_model::{List, ListMeta, ListOptions, Wire};

use super::address::Address;
use super::list;
use super::sending::Sending;
use crate::error::{Error, Result};
use crate::rest::ListStream;

/// How many objects a page holds if nothing else is asked for, as in client-go.
/// Source: `defaultPageSize` in `tools/pager/pager.go` of k8s.io/client-go v0.37.2.
const PAGE: u32 = 500;

/// The objects of a list, as a stream; made by [`ListRequest::items`](super::ListRequest::items).
///
/// It ends behind the last object and behind the first error.
#[must_use = "streams do nothing until polled"]
pub struct Items<K> {
    address: Address,
    /// Those of the page to ask for next.
    options: ListOptions,
    page: Page<K>,
    next: Next<K>,
}

/// The page that is being read.
enum Page<K> {
    /// None yet.
    None,
    Reading(Box<ListStream<K>>),
    Done,
}

/// The page behind it.
enum Next<K> {
    /// Not known yet whether there is one.
    Unknown,
    None,
    Asked(Sending<'static, ListStream<K>>),
    /// Its answer has begun, or it is an error, before the page in front of it was read.
    Begun(Result<Box<ListStream<K>>>),
}

/// What the pages consist of.
enum Part<K> {
    Object(K),
    /// A page has ended, with this metadata.
    End(ListMeta),
}

impl<K> Items<K> {
    pub(super) fn new(address: Address, mut options: ListOptions) -> Self {
        options.limit = Some(options.limit.unwrap_or(PAGE)).filter(|limit| *limit > 0);
        Self { address, options, page: Page::None, next: Next::Unknown }
    }

    fn fail(&mut self, error: Error) -> Error {
        self.page = Page::Done;
        self.next = Next::None;
        error
    }
}

impl<K: Wire + 'static> Items<K> {
    /// Returns the next object; `None` behind the last one.
    ///
    /// # Errors
    ///
    /// As for [`ListRequest::items`](super::ListRequest::items).
    ///
    /// # Cancel safety
    ///
    /// No object is lost when the future is dropped.
    pub async fn next(&mut self) -> Option<Result<K>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Asks for the page behind the one that is being read, as soon as that says that there is one.
    fn ask_ahead(&mut self, context: &mut Context<'_>) {
        if let (Next::Unknown, Page::Reading(page)) = (&self.next, &self.page)
            && let Some(metadata) = page.metadata()
        {
            self.next = if metadata.continue_token.is_empty() {
                Next::None
            } else {
                self.options.continue_token = Some(metadata.continue_token.to_string());
                // The token holds the version; the server refuses to be told it twice.
                self.options.resource_version = None;
                self.options.resource_version_match = None;
                Next::Asked(list::open(&self.address, &self.options))
            };
        }
        if let Next::Asked(request) = &mut self.next
            && let Poll::Ready(begun) = Pin::new(request).poll(context)
        {
            self.next = Next::Begun(begun.map(Box::new));
        }
    }

    fn poll_part(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Part<K>>>> {
        loop {
            match &mut self.page {
                Page::Reading(page) => {
                    let Poll::Ready(item) = Pin::new(&mut **page).poll_next(context) else {
                        self.ask_ahead(context);
                        return Poll::Pending;
                    };
                    // Asked once the page has said that there is a next one; then it is looked after where this one has to wait, or has ended.
                    if matches!(self.next, Next::Unknown) {
                        self.ask_ahead(context);
                    }
                    return Poll::Ready(Some(match item {
                        Some(Ok(object)) => Ok(Part::Object(object)),
                        Some(Err(error)) => Err(self.fail(error)),
                        None => Ok(Part::End(self.end_page())),
                    }));
                }
                Page::None => {
                    if let Next::Unknown = self.next {
                        self.next = Next::Asked(list::open(&self.address, &self.options));
                    }
                    let begun = match std::mem::replace(&mut self.next, Next::Unknown) {
                        Next::Begun(begun) => begun,
                        Next::Asked(mut request) => match Pin::new(&mut request).poll(context) {
                            Poll::Ready(begun) => begun.map(Box::new),
                            Poll::Pending => {
                                self.next = Next::Asked(request);
                                return Poll::Pending;
                            }
                        },
                        Next::None | Next::Unknown => {
                            self.page = Page::Done;
                            continue;
                        }
                    };
                    match begun {
                        Ok(page) => self.page = Page::Reading(page),
                        Err(error) => return Poll::Ready(Some(Err(self.fail(error)))),
                    }
                }
                Page::Done => return Poll::Ready(None),
            }
        }
    }

    /// Leaves the page that has been read, and returns its metadata.
    fn end_page(&mut self) -> ListMeta {
        let rest = if matches!(self.next, Next::Asked(_) | Next::Begun(_)) { Page::None } else { Page::Done };
        match std::mem::replace(&mut self.page, rest) {
            Page::Reading(page) => page.metadata().cloned().unwrap_or_default(),
            Page::None | Page::Done => ListMeta::default(),
        }
    }
}

// No field is ever pinned: objects are moved out whole.
impl<K> Unpin for Items<K> {}

impl<K: Wire + 'static> Stream for Items<K> {
    type Item = Result<K>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(self.poll_part(context)) {
                Some(Ok(Part::Object(object))) => return Poll::Ready(Some(Ok(object))),
                Some(Ok(Part::End(_))) => {}
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<K> fmt::Debug for Items<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("options", &self.options).finish_non_exhaustive()
    }
}

/// The pages of a list, as a stream; made by [`ListRequest::pages`](super::ListRequest::pages).
///
/// It ends behind the last page and behind the first error.
#[must_use = "streams do nothing until polled"]
pub struct Pages<K> {
    items: Items<K>,
    /// What has arrived of the page.
    page: Vec<K>,
}

impl<K> Pages<K> {
    pub(super) fn new(items: Items<K>) -> Self {
        Self { items, page: Vec::new() }
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

// As for the items.
impl<K> Unpin for Pages<K> {}

impl<K: Wire + 'static> Stream for Pages<K> {
    type Item = Result<List<K>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(self.items.poll_part(context)) {
                Some(Ok(Part::Object(object))) => self.page.push(object),
                Some(Ok(Part::End(metadata))) => {
                    let mut items = std::mem::take(&mut self.page);
                    items.shrink_to_fit();
                    // The next page is on its way while this one is read.
                    self.items.ask_ahead(context);
                    return Poll::Ready(Some(Ok(List { metadata, items })));
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<K> fmt::Debug for Pages<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("at_hand", &self.page.len()).field("items", &self.items).finish()
    }
}
