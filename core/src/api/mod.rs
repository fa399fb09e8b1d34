//! [`Api`]: what can be done with the objects of one kind.

mod address;
mod delete;
mod dynamic;
mod handle;
mod list;
mod page;
mod patch;
mod reach;
mod read;
mod sending;
mod watch;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use self::address::Address;
pub use self::delete::{DeleteCollectionRequest, DeleteRequest, Deletion};
pub use self::dynamic::DynamicApi;
pub use self::handle::Api;
pub use self::list::ListRequest;
pub use self::page::{Items, Pages};
pub use self::patch::{ApplyRequest, PatchRequest, PatchStart};
pub use self::reach::{AllNamespaces, Cluster, InNamespace, OneObject};
pub use self::read::GetRequest;
pub use self::sending::{Optional, Sending};
pub use self::watch::WatchRequest;
pub(crate) use self::write::Document;
pub use self::write::{CreateRequest, UpdateRequest};
