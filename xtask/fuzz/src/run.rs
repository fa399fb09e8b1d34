//! Case after case, for a time; one case once more.

use std::cell::RefCell;
use std::fs::File;
use std::hash::{BuildHasher as _, RandomState};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::panic::{self, AssertUnwindSafe};
use std::thread;
use std::time::{Duration, Instant};

use crate::corpus::Corpus;
use crate::random::Random;
use crate::{Case, Outcome, TARGETS};

/// What a thread of tokio and of a test has.
const STACK: usize = 2 << 20;

/// A case that takes longer is an error, too.
const MOST: Duration = Duration::from_secs(5);

thread_local! {
    /// What the last panic said. [`TARGETS`] may expect some, so none is printed.
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Tries cases of a target, or of all whose name begins so, for some seconds.
pub(crate) fn run(name: &str, seconds: &str) -> Result<(), String> {
    let seconds: u64 = seconds.parse().map_err(|_| format!("{seconds:?} is no number of seconds"))?;
    let mut targets: Vec<_> = TARGETS.iter().filter(|target| target.0 == name).collect();
    if targets.is_empty() {
        targets = TARGETS.iter().filter(|target| target.0.starts_with(name)).collect();
    }
    if targets.is_empty() {
        let names: Vec<_> = TARGETS.iter().map(|target| target.0).collect();
        return Err(format!("no target begins with {name:?}; there are {names:?}"));
    }
    let time = Duration::from_secs(seconds) / u32::try_from(targets.len()).unwrap_or(1);
    for (name, case) in targets {
        apart(|| {
            let (count, taken, slowest) = tries(name, *case, time)?;
            println!(
                "{name}: {count} cases in {} s, {taken} taken, without a finding; the slowest took {:?} (seed {})",
                time.as_secs(),
                slowest.0,
                slowest.1
            );
            Ok(())
        })?;
    }
    Ok(())
}

/// Tries the case of a seed again.
pub(crate) fn again(name: &str, seed: &str) -> Result<(), String> {
    let seed = seed.parse().map_err(|_| format!("{seed:?} is no seed"))?;
    let target =
        TARGETS.iter().find(|target| target.0 == name).ok_or_else(|| format!("there is no target {name:?}"))?;
    apart(|| {
        let outcome = try_case(&Corpus::read()?, name, target.1, seed)?;
        println!("{name}: nothing is wrong; it was {outcome:?}");
        Ok(())
    })
}

/// Runs on a stack of a known size, and keeps what panics say.
fn apart(run: impl FnOnce() -> Result<(), String> + Send) -> Result<(), String> {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(|info| PANIC.set(info.to_string())));
    let done = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run);
        thread.map_err(|error| error.to_string())?.join().map_err(|_| "the fuzzer itself panicked".to_owned())?
    });
    panic::set_hook(usual);
    done
}

/// Tries cases for a time: how many, how many were taken, and the slowest with its seed.
fn tries(name: &str, case: Case, time: Duration) -> Result<(u64, u64, (Duration, u64)), String> {
    let corpus = Corpus::read()?;
    let first = RandomState::new().hash_one(name);
    // What runs out of stack ends the process without a word.
    let path = std::env::temp_dir().join(format!("kubist-fuzz-{name}.seed"));
    let mut file = File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("{name}: if it ends without a word, the seed is in {}", path.display());
    let (mut count, mut taken, mut slowest) = (0, 0, (Duration::ZERO, first));
    let start = now();
    let mut before = start;
    while before.duration_since(start) < time {
        let seed = first.wrapping_add(count);
        let noted = file.seek(SeekFrom::Start(0)).and_then(|_| write!(file, "{seed:020}"));
        noted.map_err(|error| format!("{}: {error}", path.display()))?;
        taken += u64::from(try_case(&corpus, name, case, seed)? == Outcome::Taken);
        count += 1;
        let after = now();
        let took = after.duration_since(before);
        before = after;
        if took > slowest.0 {
            slowest = (took, seed);
        }
        if took > MOST {
            // On a busy machine anything takes long, now and then.
            let again = (0..3).map(|_| time_of(&corpus, case, seed)).min().unwrap_or(took);
            if again > MOST {
                return Err(once_more(name, seed, &format!("it took {again:?} at the least")));
            }
            before = now();
        }
    }
    Ok((count, taken, slowest))
}

fn time_of(corpus: &Corpus, case: Case, seed: u64) -> Duration {
    let start = now();
    // It found nothing before.
    let _nothing = case(corpus, &mut Random::new(seed));
    start.elapsed()
}

#[expect(clippy::disallowed_methods, reason = "a program that a person runs for a time")]
fn now() -> Instant {
    Instant::now()
}

fn try_case(corpus: &Corpus, name: &str, case: Case, seed: u64) -> Result<Outcome, String> {
    match catch(|| case(corpus, &mut Random::new(seed))) {
        Ok(Ok(outcome)) => Ok(outcome),
        Ok(Err(problem)) => Err(once_more(name, seed, &problem)),
        Err(said) => Err(once_more(name, seed, &said)),
    }
}

fn once_more(name: &str, seed: u64, problem: &str) -> String {
    format!("{name}: {problem}\nonce more: cargo xtask fuzz-again {name} {seed}")
}

/// Calls a function; what it says if it panics.
pub(crate) fn catch<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(run)).map_err(|_| PANIC.take())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A start of each target; for longer there is `cargo xtask fuzz`.
    #[test]
    fn the_first_cases_of_every_target_find_nothing() {
        apart(|| {
            let corpus = Corpus::read()?;
            for (name, case) in TARGETS {
                for seed in 0..60 {
                    try_case(&corpus, name, *case, seed)?;
                }
            }
            Ok(())
        })
        .unwrap();
    }
}
