//! Readers and generators, held against inputs that nobody would write: `cargo xtask fuzz TARGET SECONDS`.
//!
//! Each target is a function that makes one case from a random number and says what was wrong with it. A new target is a line in [`TARGETS`].

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

mod cel;
mod corpus;
mod derive;
mod import;
mod json;
mod mutate;
mod path;
mod proto;
mod random;
mod run;
mod schema;
mod text;
mod tree;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use self::corpus::Corpus;
use self::random::Random;

/// How far an input came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It was read, or made into something.
    Taken,
    /// It was refused with an error.
    Refused,
}

impl Outcome {
    fn of<T, E>(result: &Result<T, E>) -> Self {
        if result.is_ok() { Self::Taken } else { Self::Refused }
    }
}

/// Tries one case; the error says what is wrong, and for which input.
type Case = fn(&Corpus, &mut Random) -> Result<Outcome, String>;

const TARGETS: &[(&str, Case)] = &[
    ("json", json::document),
    ("json-typed", json::typed),
    ("json-list", json::list),
    ("proto", proto::document),
    ("proto-list", proto::list),
    ("derive", derive::item),
    ("schema", schema::structure),
    ("cel", cel::expression),
    ("path", path::paths),
    ("import", import::definition),
    ("pattern", text::pattern),
    ("selector", text::selector),
    ("quantity", text::quantity),
    ("time", text::time),
    ("kubeconfig", text::kubeconfig),
];

const USAGE: &str = "usage: kubist-fuzz TARGET SECONDS | kubist-fuzz again TARGET SEED";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["again", target, seed] => run::again(target, seed),
        [target, seconds] => run::run(target, seconds),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("this crate stands two folders deep").to_owned()
}
