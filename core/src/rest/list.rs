//! Lists that are read while they arrive.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use kubist_model::split::{ListHeader, ListSplitter};
use kubist_model::{DecodeError, Format, List, ListMeta, ManagedFields, ResourceInfo, Status, Wire};
use tokio::time::Sleep;

use super::send::format_of;
use super::stream::ByteStream;
use crate::error::{Error, Kind, Result, Unexpected};

/// How much of the body is looked through at once, so that a body that is there whole is not copied whole.
const STEP: usize = 64 * 1024;
/// How much is read behind what cannot be read: a server that fails in the middle of a list says why at the end.
const MAX_REST: u64 = 256 * 1024;

/// The objects of a list while they arrive; made by [`Request::items`](super::Request::items).
///
/// The body is never held whole: an object is decoded as soon as its last byte is there, and handed on. The stream ends behind the last object and
/// behind the first error.
#[must_use = "streams do nothing unless polled"]
pub struct ListStream<K> {
    bytes: ByteStream,
    status: StatusCode,
    headers: HeaderMap,
    /// What has arrived and has not been looked through.
    chunk: Bytes,
    splitter: ListSplitter,
    managed_fields: ManagedFields,
    expected: Option<Expected>,
    /// Whether the list has been found to be of the kind expected.
    checked: bool,
    limit: Option<Duration>,
    /// Runs while nothing arrives.
    silence: Option<Pin<Box<Sleep>>>,
    state: State,
    kind: PhantomData<fn() -> K>,
}

/// What the list must say it is.
struct Expected {
    api_version: String,
    kind: String,
    list_kind: String,
}

enum State {
    Reading,
    /// It cannot be read; the rest may say why. Up to how many bytes it is looked through.
    Broken(DecodeError, u64),
    Ended,
}

impl<K> ListStream<K> {
    pub(super) fn new(
        bytes: ByteStream,
        (status, headers): (StatusCode, HeaderMap),
        kind: Option<&ResourceInfo>,
        limit: Option<Duration>,
        managed_fields: ManagedFields,
    ) -> Self {
        let expected = kind.map(|kind| Expected {
            api_version: kind.api_version().into(),
            kind: kind.kind.clone().into(),
            list_kind: kind.list_kind.clone().into(),
        });
        Self {
            bytes,
            status,
            chunk: Bytes::new(),
            splitter: ListSplitter::new(format_of(&headers), managed_fields),
            managed_fields,
            headers,
            expected,
            checked: false,
            limit,
            silence: None,
            state: State::Reading,
            kind: PhantomData,
        }
    }

    /// Returns the metadata of the list, once it has been read.
    ///
    /// It comes before the objects of a built-in kind, and behind those of a custom resource.
    pub fn metadata(&self) -> Option<&ListMeta> {
        match &self.splitter.header().metadata {
            // A list without metadata has none when it has ended.
            None if self.splitter.is_done() => {
                static NONE: std::sync::LazyLock<ListMeta> = std::sync::LazyLock::new(ListMeta::default);
                Some(&NONE)
            }
            found => found.as_ref(),
        }
    }

    /// Takes the next bytes of the body; false at its end.
    fn poll_more(&mut self, cx: &mut TaskContext<'_>) -> Poll<Result<bool>> {
        if self.chunk.is_empty() {
            let Poll::Ready(next) = Pin::new(&mut self.bytes).poll_next(cx) else { return self.poll_silence(cx) };
            self.silence = None;
            match next {
                Some(Ok(bytes)) => self.chunk = bytes,
                Some(Err(error)) => return Poll::Ready(Err(error)),
                None => return Poll::Ready(Ok(false)),
            }
        }
        let step = self.chunk.split_to(self.chunk.len().min(STEP));
        self.splitter.push(&step);
        Poll::Ready(Ok(true))
    }

    /// Fails if nothing has arrived for too long. Who reads slowly does not count: what has arrived meanwhile is at hand.
    fn poll_silence(&mut self, cx: &mut TaskContext<'_>) -> Poll<Result<bool>> {
        let Some(limit) = self.limit else { return Poll::Pending };
        let silence = self.silence.get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        ready!(silence.as_mut().poll(cx));
        Poll::Ready(Err(Error::new(Kind::Timeout(limit))))
    }

    /// Ends with an error.
    fn fail(&mut self, error: Error) -> Error {
        self.state = State::Ended;
        let context = self.bytes.context();
        error.in_context(|| context)
    }

    /// Ends with what cannot be read, unless the server has said why.
    fn broken(&mut self, error: DecodeError) -> Error {
        let error = match self.splitter.status() {
            Some(status) => Error::status_error(status),
            None => Error::decode(error),
        };
        self.fail(error)
    }

    fn unexpected(&mut self, problem: &'static str, body: &[u8]) -> Error {
        let answer = Unexpected::new(self.status.as_u16(), &self.headers, body, problem);
        self.fail(Error::new(Kind::Unexpected(answer)))
    }

    /// The body has ended: all is well if the list has.
    fn end(&mut self) -> Option<Error> {
        if self.splitter.is_blank() {
            return Some(self.unexpected("the answer is empty", b""));
        }
        if !self.splitter.is_done() {
            let error = self.splitter.cut_off();
            return Some(self.broken(error));
        }
        self.state = State::Ended;
        // Custom resources tell it at the end only.
        let wrong = self.expected.as_ref().filter(|_| !self.checked)?.check(self.splitter.header()).err()?;
        Some(self.broken(wrong))
    }
}

impl Expected {
    fn check(&self, header: &ListHeader) -> Result<(), DecodeError> {
        let found = (header.api_version.as_str(), header.kind.as_str());
        if found == (&*self.api_version, &*self.list_kind) {
            Ok(())
        } else {
            Err(DecodeError::wrong_type((&self.api_version, &self.list_kind), found))
        }
    }
}

/// The type that the list says its objects are of, or else must be.
fn item_type<'a>(header: &'a ListHeader, expected: Option<&'a Expected>) -> (&'a str, &'a str) {
    match (header.item_type(), expected) {
        ((_, ""), Some(expected)) => (&*expected.api_version, &*expected.kind),
        (found, _) => found,
    }
}

/// The `Status` that a server has put where an object should be.
fn as_failure(bytes: &[u8]) -> Option<Status> {
    let status: Status = serde_json::from_slice(bytes).ok()?;
    (status.is_failure() && bytes.windows(8).any(|part| part == br#""Status""#)).then_some(status)
}

impl<K: Wire> ListStream<K> {
    /// Returns the next object; `None` behind the last one.
    ///
    /// # Errors
    ///
    /// A broken connection, a list of another kind, an object that cannot be read; the path names its index.
    ///
    /// # Cancel safety
    ///
    /// No object is lost when the future is dropped.
    pub async fn next(&mut self) -> Option<Result<K>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Reads all that is left.
    ///
    /// # Errors
    ///
    /// As for [`next`](Self::next).
    pub async fn collect(mut self) -> Result<List<K>> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            items.push(item?);
        }
        items.shrink_to_fit();
        Ok(List { metadata: self.metadata().cloned().unwrap_or_default(), items })
    }

    /// Returns the next object of what has arrived.
    fn at_hand(&mut self) -> Option<Result<K, DecodeError>> {
        if !self.chunk.is_empty() && self.splitter.is_short() {
            return None;
        }
        if let Some(object) = self.read_on() {
            return Some(Ok(object));
        }
        let limit = self.splitter.total_bytes() + MAX_REST;
        let item = match self.splitter.next_item() {
            Ok(item) => item?,
            Err(error) => {
                self.state = State::Broken(error, limit);
                return None;
            }
        };
        // As soon as the list says what it is; and before an object is taken for what it is not.
        if let Some(expected) = &self.expected
            && !self.checked
            && item.header.is_typed()
        {
            if let Err(error) = expected.check(item.header) {
                return Some(Err(error));
            }
            self.checked = true;
        }
        let item_type = item_type(item.header, self.expected.as_ref());
        let decoded = K::decode_item(item.bytes, item.format, item_type).map_err(|error| item.error(error));
        if decoded.is_err()
            && item.format == Format::Json
            && let Some(status) = as_failure(item.bytes)
        {
            let problem = format!("a Status stands where an object should: {status}");
            return Some(Err(DecodeError::new(problem).at(&format!(".items[{}]", item.index))));
        }
        Some(decoded)
    }

    /// Reads the next object in one pass, if all of it has arrived and nothing is wrong with it.
    fn read_on(&mut self) -> Option<K> {
        let expected = self.expected.as_ref();
        let (text, header) = self.splitter.text_of_item()?;
        // An object that is read the other way is checked against what the list says.
        if expected.is_some_and(|_| !self.checked) && header.is_typed() {
            return None;
        }
        let (object, length) = K::decode_prefix(text, Some(item_type(header, expected)), self.managed_fields)?;
        self.splitter.go_behind_item(length);
        Some(object)
    }

    fn poll_item(&mut self, cx: &mut TaskContext<'_>) -> Poll<Option<Result<K>>> {
        loop {
            if let State::Reading = self.state
                && let Some(item) = self.at_hand()
            {
                return Poll::Ready(Some(item.map_err(|error| self.broken(error))));
            }
            match self.state {
                State::Reading => {}
                State::Broken(..) if self.splitter.is_blank() => {
                    let start = self.splitter.rest().to_vec();
                    let error = self.unexpected("the answer is not the API server's", &start);
                    return Poll::Ready(Some(Err(error)));
                }
                State::Broken(_, limit) if self.splitter.total_bytes() < limit => {}
                State::Broken(..) => return Poll::Ready(self.give_up().map(Err)),
                State::Ended => return Poll::Ready(None),
            }
            match (ready!(self.poll_more(cx)), &self.state) {
                (Ok(true), _) => {}
                (_, State::Broken(..)) => return Poll::Ready(self.give_up().map(Err)),
                (Ok(false), _) => return Poll::Ready(self.end().map(Err)),
                (Err(error), _) => {
                    let error = match self.splitter.status() {
                        Some(status) => Error::status_error(status),
                        None => error.behind(self.splitter.count()),
                    };
                    return Poll::Ready(Some(Err(self.fail(error))));
                }
            }
        }
    }

    fn give_up(&mut self) -> Option<Error> {
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Broken(error, _) => Some(self.broken(error)),
            _ => None,
        }
    }
}

// No field is ever pinned: objects are moved out whole.
impl<K> Unpin for ListStream<K> {}

impl<K: Wire> Stream for ListStream<K> {
    type Item = Result<K>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}

impl<K> fmt::Debug for ListStream<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListStream")
            .field("objects", &self.splitter.count())
            .field("bytes", &self.splitter.total_bytes())
            .finish_non_exhaustive()
    }
}
