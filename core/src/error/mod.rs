//! The one error of this crate.

mod context;
mod kind;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use kubist_model::{DecodeError, EncodeError, PathError, Reason, Status, StatusCause};

pub(crate) use self::context::Context;
pub(crate) use self::kind::{Kind, ProxyError, Unexpected};

/// An error of any type, as layers and bodies hand it on.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// The result of an operation on the API.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, and with what.
///
/// It is opaque: decide by [`reason`](Error::reason) and the `is_…` methods, and read the rest from [`status`](Error::status). Its line names the
/// operation, the resource, the object, the namespace and the outcome; it never holds a token, a key or the body of an object.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    context: Option<Context>,
}

impl Error {
    pub(crate) fn new(kind: Kind) -> Self {
        Self(Box::new(Inner { kind, context: None }))
    }

    pub(crate) fn config(problem: impl Into<String>) -> Self {
        Self::new(Kind::Config(problem.into()))
    }

    pub(crate) fn request(problem: impl Into<String>) -> Self {
        Self::new(Kind::Request(problem.into()))
    }

    pub(crate) fn status_error(status: Status) -> Self {
        Self::new(Kind::Status(Box::new(status)))
    }

    pub(crate) fn decode(source: DecodeError) -> Self {
        Self::new(Kind::Decode(source))
    }

    pub(crate) fn unresolved(problem: impl Into<String>) -> Self {
        Self::new(Kind::Unresolved(problem.into()))
    }

    /// Says of what operation this is the error; the first one stays.
    pub(crate) fn in_context(mut self, context: impl FnOnce() -> Context) -> Self {
        if self.0.context.is_none() {
            self.0.context = Some(context());
        }
        self
    }

    /// Says that the connection broke behind so many objects of a list.
    pub(crate) fn behind(mut self, objects: usize) -> Self {
        self.0.kind = match self.0.kind {
            Kind::Transport(source) => Kind::Interrupted(source, objects),
            kind => kind,
        };
        self
    }

    /// Returns why the server refused; [`Reason::Unknown`] if it did not say, or if no server answered.
    pub fn reason(&self) -> Reason {
        match &self.0.kind {
            Kind::Status(status) => status.reason.clone(),
            Kind::Unexpected(answer) => answer.reason(),
            Kind::Timeout(_) => Reason::Timeout,
            Kind::Unresolved(_) => Reason::NotFound,
            _ => Reason::Unknown,
        }
    }

    /// Returns the server's answer, where it was one of Kubernetes' own.
    pub fn status(&self) -> Option<&Status> {
        match &self.0.kind {
            Kind::Status(status) => Some(status),
            _ => None,
        }
    }

    /// Returns the HTTP status code of the answer, if there was one.
    pub fn code(&self) -> Option<u16> {
        match &self.0.kind {
            Kind::Status(status) => Some(status.code),
            Kind::Unexpected(answer) => Some(answer.code),
            _ => None,
        }
    }

    /// Returns each single thing that the server found wrong.
    pub fn causes(&self) -> &[StatusCause] {
        self.status().map_or(&[], Status::causes)
    }

    /// Tells whether there is no such object or resource.
    pub fn is_not_found(&self) -> bool {
        self.reason() == Reason::NotFound
    }

    /// Tells whether the object to create exists.
    pub fn is_already_exists(&self) -> bool {
        self.reason() == Reason::AlreadyExists
    }

    /// Tells whether the write and the stored object do not agree: read again and retry.
    pub fn is_conflict(&self) -> bool {
        self.reason() == Reason::Conflict
    }

    /// Tells whether the object is not valid.
    pub fn is_invalid(&self) -> bool {
        self.reason() == Reason::Invalid
    }

    /// Tells whether the server refuses this to whoever asked.
    pub fn is_forbidden(&self) -> bool {
        self.reason() == Reason::Forbidden
    }

    /// Tells whether the server does not know who asked.
    pub fn is_unauthorized(&self) -> bool {
        self.reason() == Reason::Unauthorized
    }

    /// Tells whether the version or page asked for is too old: list again from the start.
    pub fn is_expired(&self) -> bool {
        matches!(self.reason(), Reason::Expired | Reason::Gone)
    }

    /// Tells whether the time was up, here or on the server.
    pub fn is_timeout(&self) -> bool {
        matches!(self.reason(), Reason::Timeout | Reason::ServerTimeout)
    }

    /// Tells whether an answer came that is none of Kubernetes' own: from a proxy, cut off, or of another format.
    pub fn is_unexpected_answer(&self) -> bool {
        matches!(self.0.kind, Kind::Unexpected(_) | Kind::Decode(_))
    }

    /// Tells whether no answer came: refused connection, TLS failure, broken connection.
    pub fn is_transport(&self) -> bool {
        matches!(self.0.kind, Kind::Transport(_) | Kind::Interrupted(..))
    }

    /// Tells whether the same request may succeed later without a change.
    ///
    /// True for overload, time-outs, broken connections and servers in trouble; not for a conflict, which needs a new read.
    pub fn is_retryable(&self) -> bool {
        match &self.0.kind {
            Kind::Transport(_) | Kind::Interrupted(..) | Kind::Timeout(_) => true,
            Kind::Status(status) => {
                status.retry_after().is_some()
                    || matches!(
                        status.reason,
                        Reason::TooManyRequests | Reason::ServerTimeout | Reason::Timeout | Reason::ServiceUnavailable
                    )
            }
            Kind::Unexpected(answer) => matches!(answer.code, 429 | 502 | 503 | 504),
            _ => false,
        }
    }

    /// Returns how long the server asks to wait before trying again.
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.0.kind {
            Kind::Status(status) => status.retry_after(),
            Kind::Unexpected(answer) => answer.retry_after,
            _ => None,
        }
    }

    /// Returns what to do about it, where there is something that mostly helps.
    pub fn hint(&self) -> Option<String> {
        kind::hint(&self.0.kind, self.0.context.as_ref())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(context) = &self.0.context {
            write!(f, "{context}: ")?;
        }
        self.0.kind.fmt_outcome(f, self.0.context.is_some())
    }
}

impl fmt::Debug for Error {
    /// Prints the line and its causes, as `main` shows an error that it returns.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        let mut source = self.source();
        while let Some(cause) = source {
            write!(f, "\n  caused by: {cause}")?;
            source = cause.source();
        }
        match self.hint() {
            Some(hint) => write!(f, "\n  hint: {hint}"),
            None => Ok(()),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.kind {
            Kind::Transport(source) | Kind::Interrupted(source, _) => Some(&**source),
            Kind::Decode(source) => Some(source),
            _ => None,
        }
    }
}

impl From<DecodeError> for Error {
    fn from(source: DecodeError) -> Self {
        Self::decode(source)
    }
}

impl From<PathError> for Error {
    fn from(source: PathError) -> Self {
        Self::request(source.to_string())
    }
}

impl From<EncodeError> for Error {
    fn from(source: EncodeError) -> Self {
        Self::request(source.to_string())
    }
}

#[cfg(test)]
mod tests;
