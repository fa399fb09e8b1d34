//! Where time comes from.

use crate::time::MicroTime;

/// Tells the time. Whoever needs it asks one, so that tests own the time.
pub trait Clock: std::fmt::Debug + Send + Sync {
    /// Returns the current time.
    fn now(&self) -> MicroTime;
}
