//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::Arg::{Long, Short, Value};

/// What is asked of the program.
#[derive(Debug, PartialEq)]
pub(super) enum Request {
    Help,
    Print(Options),
}

/// How to do it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Options {
    /// The files and folders with definitions; none if the program has its own.
    pub(super) paths: Vec<PathBuf>,
}

pub(super) fn help(name: &str, of_files: bool) -> String {
    let paths = if of_files { " FILE|DIR…" } else { "" };
    format!(
        "\
Custom resource definitions.

Usage: {name} print{paths}

Commands:
  print    Print the definitions as YAML

Options:
  -h, --help    Print this
"
    )
}

/// Reads a command line.
pub(super) fn parse(args: impl IntoIterator<Item = OsString>, of_files: bool) -> Result<Request, String> {
    let mut parser = lexopt::Parser::from_args(args);
    let mut command = None;
    let mut options = Options::default();
    while let Some(arg) = parser.next().map_err(|error| error.to_string())? {
        match arg {
            Short('h') | Long("help") => return Ok(Request::Help),
            Value(word) if command.is_none() => command = Some(word.to_string_lossy().into_owned()),
            Value(path) if of_files => options.paths.push(path.into()),
            other => return Err(other.unexpected().to_string()),
        }
    }
    match command.as_deref() {
        None => Err("which command? --help lists them".to_owned()),
        Some("print") if of_files && options.paths.is_empty() => Err("`print` needs a file or a folder".to_owned()),
        Some("print") => Ok(Request::Print(options)),
        Some(other) => Err(format!("unknown command `{other}`; --help lists them")),
    }
}
