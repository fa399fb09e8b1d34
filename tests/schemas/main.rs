//! Rust types, the structural schemas that they get, and what a real kube-apiserver says to them.
//!
//! Each case is a type. Its schema stands in `snapshots/<topic>.json`; `KUBIST_BLESS=1` writes it anew. On the real
//! server its definition is created strictly and without a warning, established, read back unchanged, and asked about
//! values: the server takes and refuses what serde takes and refuses, unless the case says why not.

#![expect(clippy::print_stdout, reason = "a test program tells how it went")]

mod case;
mod real;
mod roots;
mod snapshots;
mod topics;

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use kubist_real::RealServer;
use libtest_mimic::{Arguments, Failed, Trial};

use self::case::Case;
use self::real::Access;

/// One server for all cases, started with the first of them.
static REAL: OnceLock<Result<Access, String>> = OnceLock::new();

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Most of the time a case waits for the server.
    arguments.test_threads.get_or_insert(16);
    let cases: Vec<Arc<Case>> = topics::all().into_iter().map(Arc::new).collect();
    let names: BTreeSet<String> = cases.iter().map(|case| case.path()).collect();
    assert_eq!(names.len(), cases.len(), "no two cases have the same name");
    if variable("KUBIST_BLESS") {
        return snapshots::write(&cases);
    }

    let wants_real = !arguments.list && arguments.filter.as_deref().is_none_or(|word| !word.starts_with("schema"));
    let server = wants_real.then(start);
    let has_real = matches!(server, Some(Ok(_)));
    let is_left_out = wants_real && !has_real && !variable("KUBIST_REQUIRE_REAL");

    let mut trials: Vec<Trial> = snapshots::stale(&cases);
    for case in &cases {
        let of_schema = Arc::clone(case);
        trials.push(Trial::test(format!("schema::{}", case.path()), move || {
            snapshots::check(&of_schema)?;
            of_schema.check_serde().map_err(Failed::from)
        }));
        let on_real = Arc::clone(case);
        trials.push(
            Trial::test(format!("real::{}", case.path()), move || {
                let access = REAL.get().ok_or("the real API server was not started")?.as_ref()?;
                access.check(&on_real).map_err(Failed::from)
            })
            .with_ignored_flag(is_left_out),
        );
    }
    trials.push(Trial::test("schema::roots::versions and constructors", || {
        roots::checks();
        Ok(())
    }));
    for root in roots::all() {
        let name = format!("real::roots::{}", root.name);
        let run = move || {
            let access = REAL.get().ok_or("the real API server was not started")?.as_ref()?;
            access.check_root(&root).map_err(Failed::from)
        };
        trials.push(Trial::test(name, run).with_ignored_flag(is_left_out));
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    if let Some(Err(problem)) = &server {
        println!("kube-apiserver: left out: {problem}");
    }
    drop(server);
    if conclusion.has_failed() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn start() -> Result<RealServer, String> {
    let server = RealServer::start().map_err(|error| error.to_string());
    let access = server.as_ref().map_err(Clone::clone).and_then(Access::new);
    REAL.get_or_init(|| access);
    server
}

#[expect(clippy::disallowed_methods, reason = "CI and people say by the environment what is wanted")]
fn variable(name: &str) -> bool {
    std::env::var(name).is_ok()
}
