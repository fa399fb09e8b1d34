//! Generators and chores: `cargo xtask facts`, `cargo xtask generate`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

mod facts;
mod generate;
mod test;

const USAGE: &str = "usage: cargo xtask COMMAND

  test               run everything that must hold; ends with `N passed, N failed`
  test --only PART…  run some parts of it
  facts              take the facts about the built-in kinds from Go and a real server: types/facts/v1.37.json
  facts --check      fail if they are not what is committed
  generate           write the built-in kinds from the facts: types/src, features of types and core
  generate --check   fail if they are not what is committed
  golden             let Go's own types read and write every kind: types/tests/data/go.jsonl and go.pb.hex
  golden --check     fail if that is not what is committed
  fuzz TARGET SECONDS      try inputs that nobody would write on a reader or a generator; xtask/fuzz has the targets
  fuzz-again TARGET SEED   try the case again that failed
  accept             create every kind of types/facts/minimal.json on a real server, with dryRun=All";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["test"] => test::run(&root(), &[]),
        ["test", "--only", ref parts @ ..] if !parts.is_empty() => test::run(&root(), parts),
        ["facts"] => facts::run(&root(), Mode::Write),
        ["facts", "--check"] => facts::run(&root(), Mode::Check),
        ["generate"] => generate::run(&root(), Mode::Write),
        ["generate", "--check"] => generate::run(&root(), Mode::Check),
        ["golden"] => facts::golden(&root(), Mode::Write),
        ["golden", "--check"] => facts::golden(&root(), Mode::Check),
        ["fuzz", target, seconds] => fuzz(&root(), &[target, seconds]),
        ["fuzz-again", target, seed] => fuzz(&root(), &["again", target, seed]),
        ["accept"] => facts::accept(&root()),
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

/// Runs the fuzzer, which needs much of the workspace and a profile of its own.
fn fuzz(root: &Path, arguments: &[&str]) -> Result<(), String> {
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(root)
        .args(["run", "--quiet", "--profile", "fuzz", "--package", "kubist-fuzz", "--"])
        .args(arguments);
    let status = cargo.status().map_err(|error| format!("cargo: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("the fuzzer ended with {status}")) }
}

/// What to do with what a generator makes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Write it.
    Write,
    /// Compare it with what is there.
    Check,
}

/// Writes or compares a file; tells whether it was as it should be.
fn put(path: &Path, text: &str, mode: Mode) -> Result<bool, String> {
    let same = std::fs::read_to_string(path).is_ok_and(|found| found == text);
    if !same && mode == Mode::Write {
        let folder = path.parent().expect("a file stands in a folder");
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(path, text))
            .map_err(|error| format!("{}: {error}", path.display()))?;
        println!("wrote {}", path.display());
    }
    Ok(same || mode == Mode::Write)
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask stands in the workspace").to_owned()
}
