//! [`Api`]: what can be done with the objects of one kind.
//!
//! ```
//! use kubist::types::core::v1::{Node, Pod};
//! use kubist::{Api, Client, List, Unstructured, json};
//!
//! # async fn example(pod: Pod, obj: Unstructured) -> kubist::Result<()> {
//! let client = Client::try_default().await?;
//! let pods = Api::<Pod>::namespaced(&client, "prod"); // one namespace: every verb
//! let all = Api::<Pod>::all(&client); // all namespaces: list, watch, delete_collection
//! let node = Api::<Node>::cluster(&client); // a kind that lives in no namespace
//!
//! pods.get("web-0").await?; // a request is a value; .await sends it
//! pods.get("web-0").optional().await?; // Option<Pod>
//! let mut pages = all.list().labels("app=web").limit(500).pages(); // a stream of pages
//! while let Some(page) = pages.next().await {
//!     println!("{} pods", page?.items.len());
//! }
//! pods.create(&pod).dry_run().await?;
//! pods.apply(&pod).force().await?; // server-side apply; force() exists only here
//! pods.patch("web-0").merge(json!({"metadata": {"labels": {"tier": "front"}}})).await?;
//! pods.status("web-0").update(|s| s.message = "warming up".into()).await?; // retries conflicts
//! pods.delete("web-0").if_exists().await?;
//!
//! let kind = client.discovery().resolve("deploy").await?; // short name, plural, kind or "deployments.apps"
//! let api = Api::<Unstructured>::dynamic(&client, &kind).namespace("prod")?;
//! api.scale("web").set(3).await?;
//! let image: &str = obj.at("spec.containers[name=app].image")?; // the error names the segment and what was found there
//! let pod: Pod = obj.decode()?; // checks apiVersion and kind first
//!
//! client.rest().get().namespace("default").resource("pods").param("limit", 500).send().await?.into::<List<Pod>>()?; // the floor
//! # drop(node);
//! # Ok(())
//! # }
//! ```

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
