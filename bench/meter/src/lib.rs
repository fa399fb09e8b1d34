//! What one run costs.
//!
//! A client does its work once, prints one line of JSON, and ends. The meter runs from before the first request to after the
//! last answer is decoded; setting up the client is not in it.

use std::alloc::System;
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use serde_json::{Map, Value, json};
use stats_alloc::StatsAlloc;

/// The allocator of those programs that count; counting costs time, so that they are not the ones that are timed.
pub type Counting = StatsAlloc<System>;

/// A run that has begun.
pub struct Meter {
    heap: Option<(&'static Counting, Heap)>,
    user: i64,
    system: i64,
    start: Instant,
}

#[derive(Clone, Copy)]
struct Heap {
    live: i64,
    allocations: i64,
}

/// What it cost so far.
pub struct Cost(Map<String, Value>);

impl Meter {
    /// Begins to measure; the heap too if the program counts it.
    pub fn start(counting: Option<&'static Counting>) -> Self {
        let heap = counting.map(|counting| (counting, heap(counting)));
        let (user, system) = cpu();
        Self { heap, user, system, start: Instant::now() }
    }

    /// Reads everything. What the work made must still be held, or its heap is not seen.
    pub fn stop(&self) -> Cost {
        let wall = self.start.elapsed();
        let (user, system) = cpu();
        let mut cost = Map::new();
        cost.insert("wall_us".into(), json!(u64::try_from(wall.as_micros()).unwrap_or(u64::MAX)));
        cost.insert("user_us".into(), json!(user - self.user));
        cost.insert("system_us".into(), json!(system - self.system));
        cost.insert("peak_kb".into(), json!(peak_kb()));
        cost.insert("cpus".into(), json!(std::thread::available_parallelism().map_or(0, usize::from)));
        if let Some((counting, before)) = self.heap {
            let after = heap(counting);
            cost.insert("heap_bytes".into(), json!(after.live - before.live));
            cost.insert("allocations".into(), json!(after.allocations - before.allocations));
        }
        Cost(cost)
    }
}

impl Cost {
    /// Adds what the work made, which the driver compares between competitors.
    #[must_use]
    pub fn with(mut self, key: &str, value: usize) -> Self {
        self.0.insert(key.to_owned(), json!(value));
        self
    }

    /// Prints the line that the driver reads.
    pub fn print(self) {
        println!("{}", Value::Object(self.0));
    }
}

/// User and system time of this process, in microseconds.
fn cpu() -> (i64, i64) {
    let usage = getrusage(UsageWho::RUSAGE_SELF).expect("a process may ask for its own usage");
    (usage.user_time().num_microseconds(), usage.system_time().num_microseconds())
}

/// The most memory that was resident at once; 0 where there is no `/proc`.
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn heap(counting: &Counting) -> Heap {
    let stats = counting.stats();
    let signed = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    Heap {
        // Bytes of a block that grew are counted once more on top of those it was made with.
        live: signed(stats.bytes_allocated) - signed(stats.bytes_deallocated),
        allocations: signed(stats.allocations) + signed(stats.reallocations),
    }
}
