//! `kubist import` on the command line.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kubist::crd::{self, CustomResourceDefinition};
use kubist::{Api, Client};

use super::{File, import};

/// What `--help` prints.
const HELP: &str = "\
Writes the Rust of custom resource definitions: types with #[derive(Resource)].

Usage: kubist import [OPTIONS] PATH...
       kubist import [OPTIONS] --cluster [NAME...]

Arguments:
  PATH  A file of YAML or JSON, or a folder of such files
  NAME  A definition in the cluster, such as certificates.cert-manager.io; all without a name

Options:
      --out FOLDER      Write the files there; `-` prints the file of a single kind [default: -]
      --cluster         Read the definitions from the cluster
      --context NAME    Use this context of the kubeconfig; means --cluster
      --kubeconfig FILE Use this kubeconfig; means --cluster
  -h, --help            Print this

The code needs the crates `kubist` and `serde`, and `serde_json` where a value may be anything.
What has no words in Rust is told on stderr, and in a comment at its place.
";

/// The exit code of what cannot be done.
const ERROR: u8 = 2;

/// Does what a command line says, without the words `kubist import` in front.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    match parse(args).and_then(|options| options.map_or_else(|| print(HELP), |options| options.run())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            tell(&problem);
            ExitCode::from(ERROR)
        }
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    /// The files and folders, or the names in the cluster.
    what: Vec<String>,
    out: Option<PathBuf>,
    is_cluster: bool,
    context: Option<String>,
    kubeconfig: Option<PathBuf>,
}

/// Reads the command line; `None` where it asks for help.
fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Option<Options>, String> {
    let mut options = Options::default();
    let mut args = args.into_iter();
    let mut only_names = false;
    while let Some(arg) = args.next() {
        let text = arg.to_str().unwrap_or_default().to_owned();
        if only_names || text == "-" || !text.starts_with('-') {
            options.what.push(arg.into_string().map_err(|arg| format!("`{}` is no text", arg.display()))?);
            continue;
        }
        let (name, given) = text.split_once('=').map_or((text.as_str(), None), |(name, value)| (name, Some(value)));
        let mut value = || match given.map(OsString::from).or_else(|| args.next()) {
            Some(value) if !value.is_empty() => Ok(value),
            _ => Err(format!("`{name}` needs a value")),
        };
        match name {
            "-h" | "--help" => return Ok(None),
            "--" => only_names = true,
            "--out" | "-o" => options.out = Some(value()?.into()).filter(|path: &PathBuf| path.as_os_str() != "-"),
            "--context" => {
                options.context = Some(value()?.into_string().map_err(|_| "`--context` is no text".to_owned())?);
                options.is_cluster = true;
            }
            "--kubeconfig" => {
                options.kubeconfig = Some(value()?.into());
                options.is_cluster = true;
            }
            "--cluster" => options.is_cluster = true,
            _ => return Err(format!("unknown option `{name}`; `kubist import --help` lists them")),
        }
    }
    if options.what.is_empty() && !options.is_cluster {
        return Err("which definitions? Name files or folders, or `--cluster`".to_owned());
    }
    Ok(Some(options))
}

impl Options {
    fn run(&self) -> Result<(), String> {
        let mut definitions = Vec::new();
        for definition in self.definitions()? {
            definitions.push(kubist::json!(definition));
        }
        let import = import(&definitions).map_err(|error| error.to_string())?;
        match (&self.out, import.files.as_slice()) {
            (Some(folder), files) => write(folder, files)?,
            // The second is that with the names of all modules.
            (None, [only, _]) => print(&only.text)?,
            (None, files) => {
                return Err(format!("these are {} files; say in which folder, with `--out`", files.len()));
            }
        }
        for note in &import.notes {
            tell(&format!("note: {note}"));
        }
        Ok(())
    }

    fn definitions(&self) -> Result<Vec<CustomResourceDefinition>, String> {
        if self.is_cluster {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            return runtime.map_err(|error| error.to_string())?.block_on(self.in_cluster());
        }
        let mut out = Vec::new();
        for path in &self.what {
            out.extend(crd::read(path).map_err(|error| error.to_string())?);
        }
        Ok(out)
    }

    async fn in_cluster(&self) -> Result<Vec<CustomResourceDefinition>, String> {
        let one_line = |error: &dyn std::error::Error| {
            let mut text = error.to_string();
            let mut source = error.source();
            while let Some(cause) = source {
                text.extend([": ", &cause.to_string()]);
                source = cause.source();
            }
            text
        };
        let client = self.client().await.map_err(|error| one_line(&error))?;
        from_cluster(&client, &self.what).await.map_err(|error| one_line(&error))
    }

    async fn client(&self) -> kubist::Result<Client> {
        if self.context.is_none() && self.kubeconfig.is_none() {
            return Client::try_default().await;
        }
        let mut builder = Client::builder();
        if let Some(path) = &self.kubeconfig {
            builder = builder.kubeconfig(path);
        }
        if let Some(context) = &self.context {
            builder = builder.context(context);
        }
        builder.build()
    }
}

/// Reads definitions out of a cluster: those of these names, or all.
///
/// # Errors
///
/// What the server answers; a name that it does not know is an error.
pub async fn from_cluster(client: &Client, names: &[String]) -> kubist::Result<Vec<CustomResourceDefinition>> {
    let api = Api::<CustomResourceDefinition>::cluster(client);
    if names.is_empty() {
        return Ok(api.list().await?.into_iter().collect());
    }
    let mut out = Vec::new();
    for name in names {
        out.push(api.get(name).await?);
    }
    Ok(out)
}

fn write(folder: &Path, files: &[File]) -> Result<(), String> {
    let told = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    for file in files {
        let path = folder.join(&file.path);
        if fs::read_to_string(&path).is_ok_and(|text| !text.contains("Written by `kubist import`")) {
            return Err(told(&path, &"somebody else wrote this file; choose another folder"));
        }
    }
    for file in files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| told(parent, &error))?;
        }
        fs::write(&path, &file.text).map_err(|error| told(&path, &error))?;
    }
    Ok(())
}

fn print(text: &str) -> Result<(), String> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| error.to_string())
}

#[expect(clippy::print_stderr, reason = "where a program tells what went wrong")]
fn tell(problem: &str) {
    eprintln!("kubist import: {problem}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> Result<Option<Options>, String> {
        parse(args.iter().map(OsString::from))
    }

    #[test]
    fn the_command_line_names_files_or_a_cluster() {
        let files = read(&["a.yaml", "--out=src/kinds", "b"]).unwrap().unwrap();
        assert_eq!(files.what, ["a.yaml", "b"]);
        assert_eq!(files.out, Some(PathBuf::from("src/kinds")));
        let cluster = read(&["--context", "prod", "certificates.cert-manager.io", "--out", "-"]).unwrap().unwrap();
        assert!(cluster.is_cluster);
        assert_eq!((cluster.context.as_deref(), cluster.out), (Some("prod"), None));
        assert_eq!(read(&["--help"]), Ok(None));
    }

    #[test]
    fn mistakes_of_the_command_line_are_told_in_one_line() {
        for (args, problem) in [
            (&[][..], "which definitions? Name files or folders, or `--cluster`"),
            (&["--oout"], "unknown option `--oout`; `kubist import --help` lists them"),
            (&["a", "--out"], "`--out` needs a value"),
        ] {
            assert_eq!(read(args).unwrap_err(), problem);
        }
    }
}
