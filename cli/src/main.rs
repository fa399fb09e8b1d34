//! `kubist`: the tools of Kubist for the command line.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use kubist::crd;

const HELP: &str = "\
The tools of Kubist.

Usage: kubist COMMAND

Commands:
  crd     Print, check, compare, install and uninstall custom resource definitions
  import  Write the Rust of custom resource definitions

Options:
  -h, --help       Print this; `kubist COMMAND --help` tells more
  -V, --version    Print the version
";

/// The exit code of what cannot be done, a command line that makes no sense included.
const ERROR: u8 = 2;

/// A command: its name, and what runs it with the rest of the command line.
type Command = (&'static str, fn(Vec<OsString>) -> ExitCode);

const COMMANDS: &[Command] =
    &[("crd", |args| crd::Program::of_files("kubist crd").run(args)), ("import", |args| kubist_cli::import::run(args))];

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    let Some(first) = args.next() else {
        return fail("which command? `kubist --help` lists them");
    };
    match first.to_str() {
        Some("-h" | "--help" | "help") => say(HELP),
        Some("-V" | "--version") => say(concat!("kubist ", env!("CARGO_PKG_VERSION"), "\n")),
        name => match COMMANDS.iter().find(|(known, _)| name == Some(known)) {
            Some((_, run)) => run(args.collect()),
            None => fail(&format!("unknown command `{}`; `kubist --help` lists them", first.display())),
        },
    }
}

fn say(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string()),
    }
}

#[expect(clippy::print_stderr, reason = "where a program tells what went wrong")]
fn fail(problem: &str) -> ExitCode {
    eprintln!("kubist: {problem}");
    ExitCode::from(ERROR)
}
