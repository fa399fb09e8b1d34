//! The server and how it is built.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use kubist_model::Clock;

use crate::clock::SystemClock;
use crate::random::Random;
use crate::registry::Registry;
use crate::service::Service;
use crate::shared::{Settings, Shared};
use crate::store::Store;

/// How many changes of each kind are kept for watches and consistent pages.
const DEFAULT_HISTORY: usize = 10_000;

/// An API server that lives in this process; clones share one cluster.
#[derive(Clone)]
pub struct Server {
    shared: Arc<Shared>,
}

impl Server {
    /// Starts an empty cluster: the namespaces that every cluster has, and no other object.
    pub fn new() -> Server {
        Server::builder().build()
    }

    /// Starts to describe a cluster.
    pub fn builder() -> ServerBuilder {
        ServerBuilder {
            clock: Arc::new(SystemClock),
            history: DEFAULT_HISTORY,
            seed: None,
            settings: Settings::default(),
        }
    }

    /// Returns a service that answers requests to this cluster.
    pub fn service(&self) -> Service {
        Service::new(Arc::clone(&self.shared))
    }

    /// Forgets all history up to now, as etcd's compaction does every five minutes: lists at an earlier
    /// `resourceVersion`, `continue` tokens and watches from before now answer 410 `Expired`.
    pub fn compact(&self) {
        self.shared.store.compact(u64::MAX);
    }
}

impl Default for Server {
    fn default() -> Server {
        Server::new()
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").finish_non_exhaustive()
    }
}

/// Describes a cluster before it starts.
#[derive(Clone, Debug)]
pub struct ServerBuilder {
    clock: Arc<dyn Clock>,
    history: usize,
    seed: Option<u64>,
    settings: Settings,
}

impl ServerBuilder {
    /// Sets the clock that stamps objects. Default: the machine's.
    ///
    /// Timers, such as a watch's timeout, use tokio's time instead, which tests can pause.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> ServerBuilder {
        self.clock = clock;
        self
    }

    /// Sets how many changes of each kind are kept for watches and consistent pages. Default: 10,000.
    #[must_use]
    pub fn history(mut self, changes: usize) -> ServerBuilder {
        self.history = changes;
        self
    }

    /// Makes generated names and uids the same at each run. Default: different ones.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> ServerBuilder {
        self.seed = Some(seed);
        self
    }

    /// Sets the time between the bookmarks of one watch. Default: one minute.
    #[must_use]
    pub fn bookmark_interval(mut self, interval: Duration) -> ServerBuilder {
        self.settings.bookmark_interval = interval;
        self
    }

    /// Starts the cluster.
    pub fn build(self) -> Server {
        let shared = Shared {
            store: Arc::new(Store::new(self.history)),
            registry: Registry::default(),
            clock: self.clock,
            random: self.seed.map_or_else(Random::from_process, Random::seeded),
            settings: self.settings,
        };
        shared.registry.install(crate::builtin::rows());
        let shared = Arc::new(shared);
        crate::builtin::bootstrap(&shared);
        Server { shared }
    }
}
