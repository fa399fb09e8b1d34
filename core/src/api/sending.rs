//! Requests on their way.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::error::{Error, Result};

/// A request on its way. It is sent when it is first polled.
///
/// # Cancel safety
///
/// Dropping it cancels the request. A write that was already sent may still take effect.
#[must_use = "requests do nothing until awaited"]
pub struct Sending<'a, T>(Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>);

impl<'a, T> Sending<'a, T> {
    pub(crate) fn new(future: impl Future<Output = Result<T>> + Send + 'a) -> Self {
        Self(Box::pin(future))
    }
}

impl<T> Future for Sending<'_, T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        self.0.as_mut().poll(context)
    }
}

impl<T> fmt::Debug for Sending<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}

/// A request whose object may be missing: its result is `None` then, and not an error.
///
/// Only a missing object counts. A missing kind, such as a CRD that is not installed, is an error still.
#[derive(Clone, Debug)]
#[must_use = "requests do nothing until awaited"]
pub struct Optional<Q>(Q);

impl<Q> Optional<Q> {
    pub(crate) fn new(request: Q) -> Self {
        Self(request)
    }
}

impl<Q, T> IntoFuture for Optional<Q>
where
    Q: IntoFuture<Output = Result<T>>,
    Q::IntoFuture: Send + 'static,
{
    type Output = Result<Option<T>>;
    type IntoFuture = Sending<'static, Option<T>>;

    fn into_future(self) -> Self::IntoFuture {
        let request = self.0.into_future();
        Sending::new(async move {
            match request.await {
                Ok(value) => Ok(Some(value)),
                Err(error) if names_a_missing_object(&error) => Ok(None),
                Err(error) => Err(error),
            }
        })
    }
}

/// Tells a missing object from a missing kind or path: only for objects does the server name what it missed.
fn names_a_missing_object(error: &Error) -> bool {
    let names = |status: &kubist_model::Status| status.details.as_ref().is_some_and(|details| !details.name.is_empty());
    error.is_not_found() && error.status().is_some_and(names)
}
