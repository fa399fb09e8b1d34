//! Real kubectl, and the client over a socket, against the program `kubist-apiserver`.

mod client;
mod cluster;
mod custom;
mod network;
mod program;
mod resources;

use std::process::ExitCode;

use kubist_real::Binaries;
use libtest_mimic::{Arguments, Failed, Trial};

use self::cluster::Cluster;

/// With this variable set, it is a failure if kubectl cannot be had.
const REQUIRE_REAL: &str = "KUBIST_REQUIRE_REAL";

type Result<T = ()> = std::result::Result<T, Failed>;

/// A case with kubectl: its name, and what it does to a fresh cluster.
type Case = (&'static str, fn(&Cluster) -> Result);

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = client::trials();
    trials.extend(network::trials());
    trials.extend(program::trials());
    let cases = || resources::CASES.iter().chain(custom::CASES);
    let kubectl = if arguments.list { None } else { kubectl() };
    if kubectl.is_none() && !arguments.list && is_required() {
        tell("kubectl is required and cannot be had");
        return ExitCode::FAILURE;
    }
    for &(name, case) in cases() {
        let program = kubectl.clone();
        let is_left_out = program.is_none() && !arguments.list;
        let run = move || match program {
            Some(program) => case(&Cluster::start(program)?),
            None => Err("there is no kubectl".into()),
        };
        trials.push(Trial::test(name, run).with_ignored_flag(is_left_out));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Finds or builds kubectl.
fn kubectl() -> Option<std::path::PathBuf> {
    match Binaries::find_or_build(&mut |line| tell(line)) {
        Ok(binaries) => Some(binaries.program("kubectl")),
        Err(problem) => {
            tell(&format!("left out, for want of kubectl: all cases named kubectl_…: {problem}"));
            None
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "CI says by the environment that nothing may be left out")]
fn is_required() -> bool {
    std::env::var(REQUIRE_REAL).is_ok()
}

#[expect(clippy::print_stderr, reason = "progress for whoever waits")]
fn tell(line: &str) {
    eprintln!("kubectl: {line}");
}
