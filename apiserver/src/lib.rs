//! An embedded Kubernetes API server.
//!
//! [`Server`] holds the state of one cluster. [`Server::service`] gives a [`tower::Service`] that answers HTTP requests
//! as a real API server does, in the same process and without a socket:
//!
//! ```
//! # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
//! use http_body_util::{Empty, BodyExt as _};
//! use tower::ServiceExt as _;
//!
//! let server = kubist_apiserver::Server::new();
//! let request = http::Request::get("/api/v1/namespaces/default").body(Empty::<bytes::Bytes>::new())?;
//! let response = server.service().oneshot(request).await?;
//! assert_eq!(response.status(), 200);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! ```
//!
//! [`Server::serve`] answers the same on a socket, for kubectl and other programs; so does the program
//! `kubist-apiserver`.
//!
//! What it does not know yet it refuses with 501 and a `Status` that says so. Nothing happens behind a client's back:
//! as with a real `kube-apiserver` without its controller manager, nobody collects garbage or empties a namespace that
//! is being deleted.

mod body;
mod builtin;
mod clock;
mod crd;
mod discovery;
mod error;
mod handlers;
mod random;
mod registry;
mod schema;
mod serve;
mod server;
mod service;
mod shared;
mod store;
mod tree;
mod watch;

pub use body::Body;
pub use clock::SystemClock;
pub use serve::Running;
pub use server::{Server, ServerBuilder};
pub use service::Service;
