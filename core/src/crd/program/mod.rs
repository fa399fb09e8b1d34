//! Definitions as a program: printed, compared, checked, installed and uninstalled from the command line.

mod cluster;
mod local;
mod options;
mod output;

use std::ffi::OsString;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use self::options::{Options, Parsed, Verb};
use super::{CustomResourceDefinition, read};
use crate::client::Client;
use crate::error::BoxError;

/// The exit code when the answer is no: mistakes, breaking changes, or something that was not agreed to.
const NO: u8 = 1;
/// The exit code of what cannot be done, a command line that makes no sense included.
const ERROR: u8 = 2;

/// Turns a program into a printer, checker, differ, installer and uninstaller of its definitions; `--help` tells how.
///
/// The exit code is 0 when all is well, 1 when the answer is no (mistakes, breaking changes), and 2 when something cannot be done.
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
    let path = PathBuf::from(args.next().unwrap_or_default());
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Program::of(name, crds).run(args)
}

/// A command line for definitions: what [`main`] runs, for programs that do other things too.
#[derive(Clone, Debug)]
#[must_use = "it does nothing until it is run"]
pub struct Program<'a> {
    name: String,
    crds: Option<&'a [CustomResourceDefinition]>,
    client: Option<Client>,
}

/// Where a program writes and reads.
#[doc(hidden)]
#[expect(missing_debug_implementations, reason = "streams have nothing to show")]
#[expect(clippy::exhaustive_structs, reason = "tests make it")]
pub struct Terminal<'a> {
    /// What was asked for.
    pub out: &'a mut dyn Write,
    /// What went wrong.
    pub err: &'a mut dyn Write,
    /// Answers to questions.
    pub input: &'a mut dyn BufRead,
}

/// Why a program ends before its end.
enum Stop {
    /// Nobody reads what it writes.
    Unread,
    /// Something cannot be done.
    Problem(String),
}

impl<E: Into<BoxError>> From<E> for Stop {
    fn from(error: E) -> Self {
        let error = error.into();
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            text.extend([": ", &cause.to_string()]);
            source = cause.source();
        }
        Self::Problem(text)
    }
}

impl<'a> Program<'a> {
    /// A program for the definitions in the files that its command line names.
    pub fn of_files(name: impl Into<String>) -> Self {
        Self { name: name.into(), crds: None, client: None }
    }

    /// A program for these definitions.
    pub fn of(name: impl Into<String>, crds: &'a [CustomResourceDefinition]) -> Self {
        Self { name: name.into(), crds: Some(crds), client: None }
    }

    /// Uses this client instead of the kubeconfig's.
    pub fn client(mut self, client: Client) -> Self {
        self.client = Some(client);
        self
    }

    /// Does what a command line says, without the name of the program in front.
    pub fn run(&self, args: impl IntoIterator<Item = OsString>) -> ExitCode {
        let args: Vec<OsString> = args.into_iter().collect();
        let run = || {
            let (mut out, mut err, mut input) = (io::stdout(), io::stderr(), io::stdin().lock());
            let terminal = Terminal { out: &mut out, err: &mut err, input: &mut input };
            match tokio::runtime::Builder::new_current_thread().enable_all().build() {
                Ok(runtime) => runtime.block_on(self.run_in(args, terminal)),
                Err(error) => {
                    // Where even that cannot be written, the exit code tells it.
                    writeln!(terminal.err, "{}: {error}", self.name).ok();
                    ERROR
                }
            }
        };
        // Who calls this from an asynchronous `main` is in a runtime already, which cannot wait for another.
        let code = if tokio::runtime::Handle::try_current().is_ok() {
            std::thread::scope(|scope| scope.spawn(run).join().unwrap_or(ERROR))
        } else {
            run()
        };
        ExitCode::from(code)
    }

    /// Does what a command line says, and returns the exit code.
    #[doc(hidden)]
    pub async fn run_in(&self, args: impl IntoIterator<Item = OsString>, mut terminal: Terminal<'_>) -> u8 {
        match self.answer(args, &mut terminal).await {
            Ok(code) => code,
            Err(Stop::Unread) => 0,
            Err(Stop::Problem(problem)) => {
                // Where even that cannot be written, the exit code tells it.
                writeln!(terminal.err, "{}: {problem}", self.name).ok();
                ERROR
            }
        }
    }

    async fn answer(&self, args: impl IntoIterator<Item = OsString>, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
        let of_files = self.crds.is_none();
        let (verb, options) = match options::parse(args, of_files)? {
            Parsed::Help => {
                output::write(terminal, &options::help(&self.name, of_files))?;
                return Ok(0);
            }
            Parsed::Run(verb, options) => (verb, options),
        };
        let crds = self.definitions(&options)?;
        match verb {
            Verb::Print => local::print(&crds, &options, terminal),
            Verb::Check => local::check(&crds, terminal),
            Verb::Diff if options.against.is_empty() => cluster::diff(&self.connect(&options)?, &crds, terminal).await,
            Verb::Diff => local::diff(&crds, &options, terminal),
            Verb::Install => cluster::install(&self.connect(&options)?, &crds, &options, terminal).await,
            Verb::Uninstall => cluster::uninstall(&self.connect(&options)?, &crds, &options, terminal).await,
        }
    }

    fn definitions(&self, options: &Options) -> Result<Vec<CustomResourceDefinition>, Stop> {
        let crds = match self.crds {
            Some(crds) => crds.to_vec(),
            None => read_all(&options.paths)?,
        };
        let mut names: Vec<&str> = crds.iter().map(|crd| &*crd.metadata.name).collect();
        names.sort_unstable();
        if let Some([twice, _]) = names.array_windows().find(|[one, next]| one == next) {
            let hint = if self.crds.is_some() { "; `crd::merge` joins the versions of a kind" } else { "" };
            return Err(Stop::Problem(format!("{twice} is defined twice{hint}")));
        }
        Ok(crds)
    }

    fn connect(&self, options: &Options) -> Result<Client, Stop> {
        if let Some(client) = &self.client {
            return Ok(client.clone());
        }
        let mut builder = Client::builder();
        if let Some(path) = &options.kubeconfig {
            builder = builder.kubeconfig(path);
        }
        if let Some(context) = &options.context {
            builder = builder.context(context);
        }
        Ok(builder.build()?)
    }
}

/// Reads the definitions of several files and folders.
fn read_all(paths: &[PathBuf]) -> Result<Vec<CustomResourceDefinition>, Stop> {
    let mut out = Vec::new();
    for path in paths {
        out.extend(read(path)?);
    }
    Ok(out)
}

#[cfg(test)]
mod tests;
