//! Every case runs twice with the same code: on the embedded API server, in this process, and on a real kube-apiserver.
//!
//! `cargo test -p kubist-tests --test it -- embedded::get` runs some of them on one of the two.

#![expect(clippy::print_stdout, reason = "a test program tells how it went")]
#![expect(clippy::unwrap_used, reason = "a case that panics fails, and says where")]

mod apply;
mod crd;
mod crd_tools;
mod create;
mod cx;
mod definitions;
mod delete;
mod discovery;
mod dynamic;
mod errors;
mod get;
mod kinds;
mod list;
mod not_yet;
mod patch;
mod patterns;
#[expect(
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    clippy::missing_panics_doc,
    missing_debug_implementations,
    missing_docs,
    unreachable_pub,
    unused_qualifications,
    reason = "programs as users write them"
)]
pub mod programs;
mod rest;
mod rule_costs;
mod rule_mistakes;
mod rules;
mod scale;
mod status;
mod strictness;
mod update;
mod values;
mod views;
mod watch;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::future::Future;
use std::panic::{self, AssertUnwindSafe};
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use kubist_real::RealServer;
use libtest_mimic::{Arguments, Failed, Trial};

use self::cx::Cx;

/// What a case returns: an error that it did not expect fails it, as a panic does.
type Done = Result<(), Box<dyn std::error::Error>>;
type Running = Pin<Box<dyn Future<Output = Done>>>;

/// Something that must be so on both servers.
struct Case {
    name: String,
    run: Box<dyn Fn(Cx) -> Running + Send + Sync>,
}

impl Case {
    fn new<F: Future<Output = Done> + 'static>(
        module: &str,
        name: &str,
        run: impl Fn(Cx) -> F + Send + Sync + 'static,
    ) -> Self {
        let module = module.rsplit("::").next().unwrap_or(module);
        Self { name: format!("{module}::{name}"), run: Box::new(move |cx| Box::pin(run(cx))) }
    }
}

/// Lists functions of a module as its cases.
macro_rules! cases {
    ($($name:ident),* $(,)?) => {
        pub(crate) fn cases() -> Vec<crate::Case> {
            vec![$(crate::Case::new(module_path!(), stringify!($name), $name)),*]
        }
    };
}
use cases;

fn all() -> Vec<Case> {
    [
        get::cases(),
        list::cases(),
        watch::cases(),
        create::cases(),
        update::cases(),
        views::cases(),
        patch::cases(),
        apply::cases(),
        delete::cases(),
        status::cases(),
        scale::cases(),
        dynamic::cases(),
        rest::cases(),
        errors::cases(),
        discovery::cases(),
        crd::cases(),
        crd_tools::cases(),
        definitions::cases(),
        rule_costs::cases(),
        patterns::cases(),
        rule_mistakes::cases(),
        rules::cases(),
        kinds::cases(),
        programs::cases(),
        values::cases(),
        strictness::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// One server for all cases, started with the first of them.
static REAL: OnceLock<Result<RealAccess, String>> = OnceLock::new();
static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();

/// How cases reach the real server.
#[derive(Clone, Debug)]
struct RealAccess {
    url: String,
    certificate_authority: Vec<u8>,
    admin_token: String,
    nobody_token: String,
}

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Cases mostly wait for a server.
    arguments.test_threads.get_or_insert(8);
    let cases: Vec<Arc<Case>> = all().into_iter().map(Arc::new).collect();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len(), "no two cases have the same name");
    if let Some((stale, _)) = not_yet::LIST.iter().find(|(name, _)| !names.contains(name)) {
        println!("tests/it/not_yet.rs names {stale}, and there is no such case");
        return ExitCode::FAILURE;
    }

    quiet_expected_panics();
    // Listing the cases needs no server, and neither does running those of the other one.
    let wants_real = !arguments.list && arguments.filter.as_deref().is_none_or(|word| !word.starts_with("embedded"));
    let server = wants_real.then(start);
    let has_real = matches!(server, Some(Ok(_)));

    let mut trials: Vec<Trial> = Vec::new();
    for case in &cases {
        let on_embedded = Arc::clone(case);
        trials.push(Trial::test(format!("embedded::{}", case.name), move || embedded(&on_embedded)));
    }
    for case in &cases {
        let on_real = Arc::clone(case);
        let is_left_out = wants_real && !has_real && !required();
        trials.push(Trial::test(format!("real::{}", case.name), move || real(&on_real)).with_ignored_flag(is_left_out));
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    if !arguments.list {
        summary(&cases, server.as_ref());
    }
    drop(server);
    if conclusion.has_failed() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

thread_local! {
    /// Whether a panic of this thread is expected, and nobody needs to read of it.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Leaves out what expected panics print.
fn quiet_expected_panics() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !QUIET.get() {
            print(panic);
        }
    }));
}

fn start() -> Result<RealServer, String> {
    let server = RealServer::start().map_err(|error| error.to_string());
    let access = server.as_ref().map_err(Clone::clone).and_then(|server| {
        Ok(RealAccess {
            url: server.url().to_owned(),
            certificate_authority: server.certificate_authority().map_err(|error| error.to_string())?,
            admin_token: server.admin_token().to_owned(),
            nobody_token: server.nobody_token().to_owned(),
        })
    });
    REAL.get_or_init(|| access);
    server
}

fn runtime() -> &'static tokio::runtime::Runtime {
    RUNTIME.get_or_init(|| {
        tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("the machine has threads")
    })
}

/// Runs a case; `Err` says why it failed.
fn outcome(case: &Case, cx: Cx) -> Result<(), String> {
    let run = AssertUnwindSafe(|| runtime().block_on((case.run)(cx)).map_err(|error| format!("{error:?}")));
    panic::catch_unwind(run).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        Err(text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("a panic").to_owned())
    })
}

fn embedded(case: &Case) -> Result<(), Failed> {
    let listed = not_yet::LIST.iter().find(|(name, _)| *name == case.name);
    QUIET.set(listed.is_some());
    let outcome = outcome(case, Cx::new(None));
    QUIET.set(false);
    match (listed, outcome) {
        (None, outcome) => outcome.map_err(Failed::from),
        (Some(_), Err(_)) => Ok(()),
        (Some((name, _)), Ok(())) => {
            Err(format!("{name} passes now: take it off the list in tests/it/not_yet.rs").into())
        }
    }
}

fn real(case: &Case) -> Result<(), Failed> {
    match REAL.get() {
        Some(Ok(access)) => outcome(case, Cx::new(Some(access))).map_err(Failed::from),
        Some(Err(problem)) => Err(format!("there is no real API server: {problem}").into()),
        None => Err("the real API server was not started".into()),
    }
}

/// Tells whether leaving the real server out is a failure.
#[expect(clippy::disallowed_methods, reason = "CI says by the environment that nothing may be left out")]
fn required() -> bool {
    std::env::var("KUBIST_REQUIRE_REAL").is_ok()
}

fn summary(cases: &[Arc<Case>], server: Option<&Result<RealServer, String>>) {
    let listed = not_yet::LIST.len();
    println!("{} cases", cases.len());
    println!("  embedded API server: {} must pass, {listed} cannot yet:", cases.len() - listed);
    for (name, reason) in not_yet::LIST {
        println!("    {name}: {reason}");
    }
    match server {
        Some(Ok(server)) => println!("  kube-apiserver {}: {} must pass\n", server.version(), cases.len()),
        Some(Err(problem)) => println!("  kube-apiserver: left out: {problem}\n"),
        None => println!("  kube-apiserver: not asked for\n"),
    }
}
