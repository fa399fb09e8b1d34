//! The programs of the competitors, and the data that one of them makes.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Result;

/// How many different Pods the server has.
pub(crate) const PODS: usize = 10_000;

/// Everything that is run.
pub(crate) struct Programs {
    folder: PathBuf,
    /// Why there is no client-go, if there is none.
    pub(crate) no_client_go: Option<String>,
    protobuf: Option<PathBuf>,
}

/// The folder of this workspace.
pub(crate) fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

impl Programs {
    /// Builds whatever is not up to date.
    pub(crate) fn build() -> Result<Self> {
        // Each alone, so that no competitor is built with features that another asks of a shared dependency.
        for package in ["bench-server", "bench-kubist", "bench-kube"] {
            let mut cargo = Command::new("cargo");
            must(cargo.args(["build", "--release", "--package", package]).current_dir(home()), "cargo build")?;
        }
        let folder = std::env::current_exe().map_err(|error| format!("this program has no path: {error}"))?;
        let folder = folder.parent().unwrap_or(&folder).to_path_buf();
        let mut programs = Self { folder, no_client_go: None, protobuf: None };
        programs.no_client_go = programs.build_client_go().err();
        if programs.no_client_go.is_none() {
            programs.protobuf = Some(programs.encode()?);
        }
        Ok(programs)
    }

    fn build_client_go(&self) -> Result<()> {
        if !Command::new("go").arg("version").stdout(Stdio::null()).status().is_ok_and(|status| status.success()) {
            return Err("no Go on PATH".to_owned());
        }
        let mut go = Command::new("go");
        go.args(["build", "-o"]).arg(self.client_go()).arg(".").current_dir(home().join("clients/client-go"));
        must(&mut go, "go build")
    }

    /// Has Go turn the Pods into protobuf, once: nothing else knows for certain how they look.
    fn encode(&self) -> Result<PathBuf> {
        let file = self.folder.join(format!("bench-pods-{PODS}.pb"));
        let fresh = |file: &Path| file.metadata().ok()?.modified().ok();
        // The data is as old as the server, which holds its generator.
        if fresh(&file) > fresh(&self.server()) {
            return Ok(file);
        }
        let problem = |error: std::io::Error| format!("the Pods cannot be turned into protobuf: {error}");
        let mut dump = Command::new(self.server());
        let mut dump = dump.args(["dump", &PODS.to_string()]).stdout(Stdio::piped()).spawn().map_err(problem)?;
        let pods = dump.stdout.take().map_or_else(Stdio::null, Stdio::from);
        let out = File::create(&file).map_err(problem)?;
        let mut encode = Command::new(self.client_go());
        must(encode.arg("protobuf").stdin(pods).stdout(out), "client-go protobuf")?;
        dump.wait().map_err(problem)?;
        Ok(file)
    }

    pub(crate) fn server(&self) -> PathBuf {
        self.folder.join("bench-server")
    }

    pub(crate) fn client_go(&self) -> PathBuf {
        self.folder.join("bench-client-go")
    }

    pub(crate) fn rust(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn protobuf(&self) -> Option<&Path> {
        self.protobuf.as_deref()
    }
}

/// Runs a command that has to work.
pub(crate) fn must(command: &mut Command, what: &str) -> Result<()> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{what}: {status}")),
        Err(error) => Err(format!("{what}: {error}")),
    }
}
