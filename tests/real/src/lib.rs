//! A real kube-apiserver for tests: built once from Go modules, started on loopback, gone with the process that started it.
//!
//! There is no controller manager beside it, as under envtest: nothing collects garbage, finishes the deletion of a namespace or rolls out a
//! Deployment.

mod binaries;
mod server;

use std::fmt;

pub use self::binaries::{Binaries, VERSION};
pub use self::server::RealServer;

/// Why there is no real server.
#[derive(Debug)]
pub struct Error(String);

impl Error {
    fn new(problem: impl Into<String>) -> Self {
        Self(problem.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}
