//! The parts of a server that all requests share.

use std::sync::Arc;
use std::time::Duration;

use kubist_model::Clock;

use crate::random::Random;
use crate::registry::Registry;
use crate::store::Store;

/// One cluster: its objects, its kinds, its clock.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) store: Arc<Store>,
    pub(crate) registry: Registry,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Random,
    pub(crate) settings: Settings,
}

/// What a builder set.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Time between bookmarks of one watch.
    pub(crate) bookmark_interval: Duration,
    /// How long a read waits for a revision that lies in the future.
    pub(crate) fresh_timeout: Duration,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { bookmark_interval: Duration::from_mins(1), fresh_timeout: Duration::from_secs(3) }
    }
}
