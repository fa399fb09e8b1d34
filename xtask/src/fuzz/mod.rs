//! Readers of the wire, held against others with texts that nobody would write.
//!
//! Each target is a function that makes one case from a random number and says what was wrong with it. A new target is a line in [`TARGETS`].

mod json;
mod mutate;
mod proto;
mod random;

use std::hash::{BuildHasher as _, RandomState};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::time::{Duration, Instant};

use self::mutate::Corpus;
use self::random::Random;

/// Tries one case; the error says what differs, and for which input.
type Case = fn(&Corpus, &mut Random) -> Result<(), String>;

const TARGETS: &[(&str, Case)] = &[
    ("json", json::document),
    ("json-typed", json::typed),
    ("json-list", json::list),
    ("proto", proto::document),
    ("proto-list", proto::list),
];

/// Tries cases of a target, or of all whose name begins so, for some seconds.
pub(crate) fn run(root: &Path, name: &str, seconds: &str) -> Result<(), String> {
    let seconds: u64 = seconds.parse().map_err(|_| format!("{seconds:?} is no number of seconds"))?;
    let targets: Vec<_> = TARGETS.iter().filter(|target| target.0.starts_with(name)).collect();
    if targets.is_empty() {
        return Err(format!(
            "no target begins with {name:?}; there are {:?}",
            TARGETS.iter().map(|target| target.0).collect::<Vec<_>>()
        ));
    }
    let corpus = Corpus::read(root)?;
    let time = Duration::from_secs(seconds) / u32::try_from(targets.len()).unwrap_or(1);
    for (name, case) in targets {
        let first = RandomState::new().hash_one(name);
        #[expect(clippy::disallowed_methods, reason = "a program that a person runs for a time")]
        let start = Instant::now();
        let mut count = 0;
        while start.elapsed() < time {
            try_case(&corpus, name, *case, first.wrapping_add(count))?;
            count += 1;
        }
        println!("{name}: {count} cases in {} s without a difference", time.as_secs());
    }
    Ok(())
}

/// Tries the case of a seed again.
pub(crate) fn again(root: &Path, name: &str, seed: &str) -> Result<(), String> {
    let seed = seed.parse().map_err(|_| format!("{seed:?} is no seed"))?;
    let target =
        TARGETS.iter().find(|target| target.0 == name).ok_or_else(|| format!("there is no target {name:?}"))?;
    try_case(&Corpus::read(root)?, name, target.1, seed)
}

fn try_case(corpus: &Corpus, name: &str, case: Case, seed: u64) -> Result<(), String> {
    let tried = panic::catch_unwind(AssertUnwindSafe(|| case(corpus, &mut Random::new(seed))));
    let problem = match tried {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(problem)) => problem,
        Err(_) => "it panicked".to_owned(),
    };
    Err(format!("{name}: {problem}\nonce more: cargo run --release -p xtask -- fuzz-again {name} {seed}"))
}
