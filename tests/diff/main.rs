//! Pairs of definitions, the class of what changes between them, and what a real kube-apiserver does with objects and clients when the one
//! takes the place of the other.
//!
//! The class of a pair is written down three times: by hand, by `crd::diff`, and by what the server does. All must be the same.

#![expect(clippy::print_stdout, reason = "a test program tells how it went")]

mod observe;
mod pair;
mod pairs;

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use kubist_real::RealServer;
use libtest_mimic::{Arguments, Failed, Trial};

use self::observe::Access;
use self::pair::Pair;

/// One server for all pairs, started with the first of them.
static REAL: OnceLock<Result<Access, String>> = OnceLock::new();

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Most of the time a pair waits for the server.
    arguments.test_threads.get_or_insert(16);
    let pairs: Vec<Arc<Pair>> = pairs::all().into_iter().map(Arc::new).collect();
    let names: BTreeSet<&str> = pairs.iter().map(|pair| pair.name).collect();
    assert_eq!(names.len(), pairs.len(), "no two pairs have the same name");

    let wants_real = !arguments.list && arguments.filter.as_deref().is_none_or(|word| !word.starts_with("class"));
    let server = wants_real.then(start);
    let is_left_out = wants_real && !matches!(server, Some(Ok(_))) && !variable("KUBIST_REQUIRE_REAL");
    let mut trials = Vec::new();
    for (number, pair) in pairs.iter().enumerate() {
        let of_class = Arc::clone(pair);
        trials.push(Trial::test(format!("class::{}", pair.name), move || of_class.check().map_err(Failed::from)));
        let on_real = Arc::clone(pair);
        let run = move || {
            let access = REAL.get().ok_or("the real API server was not started")?.as_ref()?;
            access.check(&on_real, number).map_err(Failed::from)
        };
        trials.push(Trial::test(format!("real::{}", pair.name), run).with_ignored_flag(is_left_out));
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    if let Some(Err(problem)) = &server {
        println!("kube-apiserver: left out: {problem}");
    }
    println!("{} pairs\n", pairs.len());
    drop(server);
    if conclusion.has_failed() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn start() -> Result<RealServer, String> {
    let server = RealServer::start().map_err(|error| error.to_string());
    let access = server.as_ref().map_err(Clone::clone).and_then(Access::new);
    REAL.get_or_init(|| access);
    server
}

#[expect(clippy::disallowed_methods, reason = "CI says by the environment that nothing may be left out")]
fn variable(name: &str) -> bool {
    std::env::var(name).is_ok()
}
