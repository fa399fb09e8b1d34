//! Answers that are read while they arrive.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use kubist_model::{DecodeError, Format, ManagedFields, Status, WatchEvent, Wire};

use crate::body::Body;
use crate::error::{Context, Error, Kind, Result};
use crate::rest::frames::Frames;

/// The bytes of a body while they arrive.
#[derive(Debug)]
#[must_use = "streams do nothing unless polled"]
pub struct ByteStream {
    body: Body,
    context: Context,
}

impl ByteStream {
    pub(super) fn new(body: Body, context: Context) -> Self {
        Self { body, context }
    }

    pub(super) fn context(&self) -> Context {
        self.context.clone()
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<Option<Result<Bytes>>> {
        loop {
            return Poll::Ready(match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                None => None,
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => Some(Ok(data)),
                    Err(_) => continue,
                },
                Some(Err(error)) => {
                    let context = self.context.clone();
                    Some(Err(Error::new(Kind::Transport(error)).in_context(|| context)))
                }
            });
        }
    }
}

/// The events of a watch.
///
/// Ends when the server ends the watch, which it does after a while. An error of the server comes as
/// [`WatchEvent::Error`]; an `Err` means that the connection broke or that an event could not be read.
#[must_use = "streams do nothing unless polled"]
pub struct WatchStream<K> {
    bytes: ByteStream,
    frames: Frames,
    ended: bool,
    format: Format,
    managed_fields: ManagedFields,
    kind: PhantomData<fn() -> K>,
}

impl<K> WatchStream<K> {
    pub(super) fn new(bytes: ByteStream, format: Format, managed_fields: ManagedFields) -> Self {
        Self { bytes, frames: Frames::new(format), ended: false, format, managed_fields, kind: PhantomData }
    }

    fn fail(&mut self, error: Error) -> Error {
        self.ended = true;
        let context = self.bytes.context.clone();
        error.in_context(|| context)
    }
}

impl<K: Wire> WatchStream<K> {
    /// Returns the next event that has arrived whole.
    fn event(&mut self) -> Option<Result<WatchEvent<K>>> {
        let (format, managed_fields) = (self.format, self.managed_fields);
        let event = self.frames.next(|frame| {
            WatchEvent::decode(frame, format, managed_fields).map_err(|error| {
                // A proxy, or an old server, may put a bare `Status` where an event should be.
                match Status::decode(frame, format) {
                    Ok(status) => Error::status_error(status),
                    Err(_) => Error::decode(error),
                }
            })
        })?;
        Some(event.map_err(|error| self.fail(error)))
    }
}

impl<K: Wire> WatchStream<K> {
    /// Returns the next event; `None` when the watch has ended.
    ///
    /// # Errors
    ///
    /// A broken connection, or an event that cannot be read.
    ///
    /// # Cancel safety
    ///
    /// No event is lost when the future is dropped.
    pub async fn next(&mut self) -> Option<Result<WatchEvent<K>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<K: Wire> Stream for WatchStream<K> {
    type Item = Result<WatchEvent<K>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if this.ended {
                return Poll::Ready(None);
            }
            if let Some(event) = this.event() {
                return Poll::Ready(Some(event));
            }
            match ready!(Pin::new(&mut this.bytes).poll_next(cx)) {
                Some(Ok(bytes)) => this.frames.push(bytes),
                Some(Err(error)) => return Poll::Ready(Some(Err(this.fail(error)))),
                None => {
                    this.ended = true;
                    let rest = this.frames.take_rest();
                    if rest.trim_ascii().is_empty() {
                        return Poll::Ready(None);
                    }
                    // The last event may come without its newline; half of one is a broken connection.
                    let event = WatchEvent::decode(&rest, this.format, this.managed_fields).map_err(|_| {
                        let problem =
                            format!("the watch ends in the middle of an event, after {} bytes of it", rest.len());
                        this.fail(Error::decode(DecodeError::new(problem)))
                    });
                    return Poll::Ready(Some(event));
                }
            }
        }
    }
}

impl<K> fmt::Debug for WatchStream<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WatchStream").field("ended", &self.ended).finish_non_exhaustive()
    }
}
