//! What a handler answers when it cannot do what was asked.

use kubist_model::Status;

/// A refusal: the `Status` that the client gets.
///
/// Boxed, because it travels through many functions whose good answer is small.
#[derive(Debug)]
pub(crate) struct ApiError(pub(crate) Box<Status>);

impl ApiError {
    /// Returns the HTTP status code.
    pub(crate) fn code(&self) -> u16 {
        if self.0.code == 0 { 500 } else { self.0.code }
    }
}

impl From<Status> for ApiError {
    fn from(status: Status) -> ApiError {
        ApiError(Box::new(status))
    }
}
