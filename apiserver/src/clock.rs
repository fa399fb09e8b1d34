//! The clock that a server uses unless it is given another.

use kubist_model::Clock;
use kubist_model::MicroTime;

/// Tells the time of the machine.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "it has nothing to configure")]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else asks")]
    fn now(&self) -> MicroTime {
        std::time::SystemTime::now().into()
    }
}
