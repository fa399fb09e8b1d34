//! Definitions as a program: printed from the command line.

mod options;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use self::options::{Options, Request};
use super::{CustomResourceDefinition, read, to_yaml};

/// The exit code of what cannot be done, a command line that makes no sense included.
const ERROR: u8 = 2;

/// Turns a program into a printer of its definitions; `--help` tells how.
///
/// # Example
///
/// ```no_run
/// use std::process::ExitCode;
/// use kubist::{ObjectMeta, Resource, crd};
/// # #[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
/// # pub struct Spec {}
///
/// #[derive(Resource)]
/// #[resource(group = "shop.example.com", version = "v1", namespaced)]
/// pub struct Website { pub metadata: ObjectMeta, pub spec: Spec }
///
/// fn main() -> ExitCode {
///     crd::main(&[Website::crd()])
/// }
/// ```
pub fn main(crds: &[CustomResourceDefinition]) -> ExitCode {
    let mut args = std::env::args_os();
    let path = args.next().unwrap_or_default();
    let name = std::path::Path::new(&path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Program { name, crds: Some(crds) }.run(args)
}

/// A command line for definitions.
#[derive(Clone, Debug)]
#[must_use = "it does nothing until it is run"]
pub struct Program<'a> {
    name: String,
    crds: Option<&'a [CustomResourceDefinition]>,
}

impl<'a> Program<'a> {
    /// A program for the definitions in the files that its command line names.
    pub fn of_files(name: impl Into<String>) -> Self {
        Self { name: name.into(), crds: None }
    }

    /// A program for these definitions.
    pub fn of(name: impl Into<String>, crds: &'a [CustomResourceDefinition]) -> Self {
        Self { name: name.into(), crds: Some(crds) }
    }

    /// Does what a command line says, without the name of the program in front.
    pub fn run(&self, args: impl IntoIterator<Item = OsString>) -> ExitCode {
        match self.try_run(args) {
            Ok(()) => ExitCode::SUCCESS,
            Err(problem) => self.fail(&problem),
        }
    }

    fn try_run(&self, args: impl IntoIterator<Item = OsString>) -> Result<(), String> {
        let text = match options::parse(args, self.crds.is_none())? {
            Request::Help => options::help(&self.name, self.crds.is_none()),
            Request::Print(options) => to_yaml(&self.definitions(&options)?),
        };
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| error.to_string())
    }

    fn definitions(&self, options: &Options) -> Result<Vec<CustomResourceDefinition>, String> {
        if let Some(crds) = self.crds {
            return Ok(crds.to_vec());
        }
        let mut out = Vec::new();
        for path in &options.paths {
            out.extend(read(path).map_err(|error| error.to_string())?);
        }
        Ok(out)
    }

    #[expect(clippy::print_stderr, reason = "where a program tells what went wrong")]
    fn fail(&self, problem: &str) -> ExitCode {
        eprintln!("{}: {problem}", self.name);
        ExitCode::from(ERROR)
    }
}
