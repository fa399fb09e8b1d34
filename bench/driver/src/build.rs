//! The programs of the competitors, and the data that one of them makes.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Result;
use crate::plan::Competitor;

/// What Go turns into protobuf.
const RESOURCES: [&str; 3] = ["pods", "deployments", "configmaps"];

/// Everything that is run.
pub(crate) struct Programs {
    folder: PathBuf,
    /// Why there is no client-go or kube-rs, if there is none.
    pub(crate) missing: BTreeMap<Competitor, String>,
    /// The objects in protobuf, by resource; none without Go.
    pub(crate) protobuf: Vec<(&'static str, PathBuf)>,
}

/// The folder of this workspace.
pub(crate) fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

impl Programs {
    /// Builds whatever is not up to date. Only the server and Kubist must build; a competitor that does not is missing.
    pub(crate) fn build() -> Result<Self> {
        let folder = std::env::current_exe().map_err(|error| format!("this program has no path: {error}"))?;
        let folder = folder.parent().unwrap_or(&folder).to_path_buf();
        let mut programs = Self { folder, missing: BTreeMap::new(), protobuf: Vec::new() };
        // Each alone, so that no competitor is built with features that another asks of a shared dependency.
        programs.cargo(&["bench-server"])?;
        programs.cargo(&["bench-kubist"])?;
        let gzip = ["bench-kube", "--features", "gzip", "--bin", "bench-kube-gzip"];
        if let Err(problem) = programs.cargo(&["bench-kube"]).and_then(|()| programs.cargo(&gzip)) {
            eprintln!("kube-rs: {problem}");
            programs.missing.insert(Competitor::Kube, "does not build here".to_owned());
        }
        match programs.build_client_go() {
            Ok(()) => programs.protobuf = programs.encode()?,
            Err(problem) => {
                eprintln!("client-go: {problem}");
                programs.missing.insert(Competitor::ClientGo, problem);
            }
        }
        Ok(programs)
    }

    /// Builds into the folder that this program is in.
    fn cargo(&self, package: &[&str]) -> Result<()> {
        eprintln!("building {}", package[0]);
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--release", "--quiet", "--target-dir"]).arg(self.folder.parent().unwrap_or(&self.folder));
        must(cargo.arg("--package").args(package).current_dir(home()), "cargo build")
    }

    fn build_client_go(&self) -> Result<()> {
        if !Command::new("go").arg("version").stdout(Stdio::null()).status().is_ok_and(|status| status.success()) {
            return Err("no Go on PATH".to_owned());
        }
        eprintln!("building bench-client-go");
        let mut go = Command::new("go");
        go.args(["build", "-o"]).arg(self.client_go()).arg(".").current_dir(home().join("clients/client-go"));
        must(&mut go, "go build")
    }

    /// Has Go turn the objects into protobuf, once: nothing else knows for certain how they look.
    fn encode(&self) -> Result<Vec<(&'static str, PathBuf)>> {
        RESOURCES.into_iter().map(|resource| Ok((resource, self.encode_one(resource)?))).collect()
    }

    fn encode_one(&self, resource: &str) -> Result<PathBuf> {
        let file = self.folder.join(format!("bench-{resource}.pb"));
        let fresh = |file: &Path| file.metadata().ok()?.modified().ok();
        // The data is as old as the server, which holds its generator.
        if fresh(&file) > fresh(&self.server()) {
            return Ok(file);
        }
        eprintln!("turning {resource} into protobuf");
        let problem = |error: std::io::Error| format!("{resource} cannot be turned into protobuf: {error}");
        let mut dump = Command::new(self.server());
        let mut dump = dump.args(["dump", resource]).stdout(Stdio::piped()).spawn().map_err(problem)?;
        let objects = dump.stdout.take().map_or_else(Stdio::null, Stdio::from);
        // Half a file must not be taken for a whole one.
        let half = file.with_extension("half");
        let out = File::create(&half).map_err(problem)?;
        let mut encode = Command::new(self.client_go());
        must(encode.args(["protobuf", resource]).stdin(objects).stdout(out), "client-go protobuf")?;
        dump.wait().map_err(problem)?;
        std::fs::rename(&half, &file).map_err(problem)?;
        Ok(file)
    }

    /// Where the server puts the certificate that its own is signed by.
    pub(crate) fn authority(&self) -> PathBuf {
        self.folder.join("bench-authority.pem")
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
}

/// Runs a command that has to work.
pub(crate) fn must(command: &mut Command, what: &str) -> Result<()> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{what}: {status}")),
        Err(error) => Err(format!("{what}: {error}")),
    }
}
