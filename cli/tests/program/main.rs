//! The program as a process: what it prints, how it ends, and how it finds its cluster, on the embedded and on a real API server.

mod cluster;
mod local;
#[cfg(unix)]
mod tour;

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs};

use kubist_real::RealServer;
use libtest_mimic::{Arguments, Failed, Trial};

type Result<T = ()> = std::result::Result<T, Failed>;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = local::trials();
    #[cfg(unix)]
    trials.push(Trial::test("the_page_about_definitions_says_what_its_commands_print", tour::page));
    trials.push(Trial::test("embedded::a_cluster_from_an_empty_one_and_back", cluster::on_embedded));
    let real = (!arguments.list).then(RealServer::start);
    let kubeconfig = real.as_ref().and_then(|server| server.as_ref().ok()).map(RealServer::kubeconfig);
    let is_left_out = !arguments.list && kubeconfig.is_none() && !is_required();
    let on_real = move || cluster::story(&kubeconfig.ok_or("there is no real API server")?);
    trials.push(Trial::test("real::a_cluster_from_an_empty_one_and_back", on_real).with_ignored_flag(is_left_out));
    let conclusion = libtest_mimic::run(&arguments, trials);
    drop(real);
    conclusion.exit_code()
}

#[expect(clippy::disallowed_methods, reason = "CI says by the environment that nothing may be left out")]
fn is_required() -> bool {
    env::var("KUBIST_REQUIRE_REAL").is_ok()
}

/// A folder of a test; it goes with this value.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("kubist-cli-{}-{count}", std::process::id()));
        fs::create_dir(&path)?;
        Ok(Self(path))
    }

    fn write(&self, name: &str, text: &str) -> Result<PathBuf> {
        let path = self.0.join(name);
        fs::write(&path, text)?;
        Ok(path)
    }

    fn read(&self, name: &str) -> Result<String> {
        Ok(fs::read_to_string(self.0.join(name))?)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left among temporary files harms nobody.
        fs::remove_dir_all(&self.0).ok();
    }
}

/// What the program did.
#[derive(Debug, PartialEq)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs `kubist` in a folder, with words separated by spaces, some lines to read, and a `KUBECONFIG`.
fn kubist(folder: &Path, words: &str, input: &str, kubeconfig: &OsStr) -> Result<Ran> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kubist"))
        .args(words.split_whitespace())
        .current_dir(folder)
        .env("KUBECONFIG", kubeconfig)
        .env("HOME", folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    // A program that reads nothing may be gone already.
    child.stdin.take().ok_or("no input")?.write_all(input.as_bytes()).ok();
    let output = child.wait_with_output()?;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).map_err(|error| error.to_string());
    Ok(Ran { code: output.status.code(), out: text(output.stdout)?, err: text(output.stderr)? })
}

/// A definition, as somebody would write it.
const LAMPS: &str = "\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: lamps.cli.kubist.dev
spec:
  group: cli.kubist.dev
  scope: Cluster
  names: {plural: lamps, singular: lamp, kind: Lamp, listKind: LampList, shortNames: [lp]}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            properties:
              mode: {type: string, enum: ['on', 'off']}
";
