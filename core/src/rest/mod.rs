//! The floor: requests by verb and path, answers as bytes, text, values or streams.

mod frames;
mod list;
mod request;
mod response;
mod send;
mod stream;
mod warning;

pub use self::list::ListStream;
pub use self::request::Request;
pub use self::response::Response;
pub(crate) use self::send::PROTOBUF;
pub use self::stream::{ByteStream, WatchStream};
pub use self::warning::Warning;

use http::Method;
use kubist_model::PatchType;

use crate::client::Client;

/// Makes requests of the API server, by verb.
///
/// ```no_run
/// # async fn example(client: kubist::Client) -> kubist::Result<()> {
/// use kubist::List;
/// use kubist::types::core::v1::Pod;
///
/// let request = client.rest().get().namespace("default").resource("pods").param("limit", 500);
/// let pods: List<Pod> = request.send().await?.list()?;
/// # Ok(())
/// # }
/// ```
#[doc(alias = "RESTClient")]
#[derive(Clone, Debug)]
pub struct RestClient {
    client: Client,
}

impl RestClient {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Begins a GET.
    pub fn get(&self) -> Request {
        self.verb(Method::GET)
    }

    /// Begins a POST.
    pub fn post(&self) -> Request {
        self.verb(Method::POST)
    }

    /// Begins a PUT.
    pub fn put(&self) -> Request {
        self.verb(Method::PUT)
    }

    /// Begins a PATCH of a type, whose body is yet to be given.
    pub fn patch(&self, patch: PatchType) -> Request {
        self.verb(Method::PATCH).content_type(patch.content_type())
    }

    /// Begins a DELETE.
    pub fn delete(&self) -> Request {
        self.verb(Method::DELETE)
    }

    /// Begins a request of any verb.
    pub fn verb(&self, method: Method) -> Request {
        Request::new(self.client.clone(), method)
    }
}

#[cfg(test)]
mod list_tests;
#[cfg(test)]
mod tests;
