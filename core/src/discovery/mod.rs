//! What a server serves: groups, versions, resources, and the names that people call them.

mod aggregated;
mod cache;
mod catalogue;
mod handle;
mod legacy;
mod resolve;
mod server_version;

#[cfg(test)]
mod tests;

pub use self::catalogue::{ApiGroup, ApiResource, ApiSubresource, ApiVersion, Catalogue, Failure};
pub use self::handle::Discovery;
pub use self::server_version::ServerVersion;
