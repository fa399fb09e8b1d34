//! The programs: found, or built from `go/go.mod` into the user's cache.

use std::collections::hash_map::DefaultHasher;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::Error;

/// The version of Kubernetes that is built.
pub const VERSION: &str = "v1.37.2";

/// The programs that a real API server needs, and kubectl.
#[derive(Clone, Debug)]
pub struct Binaries {
    folder: PathBuf,
}

/// Program, and the package it is built from.
const PROGRAMS: [(&str, &str); 3] = [
    ("etcd", "go.etcd.io/etcd/server/v3"),
    ("kube-apiserver", "k8s.io/kubernetes/cmd/kube-apiserver"),
    ("kubectl", "k8s.io/kubernetes/cmd/kubectl"),
];

const MODULE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/go");

impl Binaries {
    /// Finds the programs without building anything: in `KUBEBUILDER_ASSETS`, then in the cache.
    pub fn find() -> Option<Self> {
        let folder = match variable("KUBEBUILDER_ASSETS") {
            Some(folder) => PathBuf::from(folder),
            None => cache_folder().ok()?,
        };
        let found = Self { folder };
        found.is_complete().then_some(found)
    }

    /// Finds the programs, or builds them into the cache, which takes some minutes; `progress` is told what happens.
    ///
    /// # Errors
    ///
    /// No Go, or what the build said.
    pub fn find_or_build(progress: &mut dyn FnMut(&str)) -> Result<Self, Error> {
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        if let Some(folder) = variable("KUBEBUILDER_ASSETS") {
            return Err(Error::new(format!("KUBEBUILDER_ASSETS={folder} lacks one of etcd, kube-apiserver, kubectl")));
        }
        let folder = cache_folder()?;
        fs::create_dir_all(&folder).map_err(|error| Error::new(format!("{}: {error}", folder.display())))?;
        // One builder at a time; the others find its work.
        let lock =
            File::create(folder.join("lock")).map_err(|error| Error::new(format!("{}: {error}", folder.display())))?;
        lock.lock().map_err(|error| Error::new(format!("{}: {error}", folder.display())))?;
        for (program, package) in PROGRAMS {
            if !folder.join(program).exists() {
                progress(&format!("building {program} {VERSION} into {} (once)", folder.display()));
                build(&folder, program, package, progress)?;
            }
        }
        Ok(Self { folder })
    }

    /// Returns the path of a program: `etcd`, `kube-apiserver` or `kubectl`.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn is_complete(&self) -> bool {
        PROGRAMS.iter().all(|(program, _)| self.program(program).exists())
    }
}

/// The cache of this version: named by it and by the exact modules.
fn cache_folder() -> Result<PathBuf, Error> {
    let base = match (variable("XDG_CACHE_HOME"), variable("HOME")) {
        (Some(cache), _) => PathBuf::from(cache),
        (None, Some(home)) => Path::new(&home).join(".cache"),
        (None, None) => return Err(Error::new("neither XDG_CACHE_HOME nor HOME is set, so there is no cache folder")),
    };
    let sums =
        fs::read(Path::new(MODULE).join("go.sum")).map_err(|error| Error::new(format!("{MODULE}/go.sum: {error}")))?;
    let mut hasher = DefaultHasher::new();
    sums.hash(&mut hasher);
    Ok(base.join("kubist").join(format!("real-{VERSION}-{:016x}", hasher.finish())))
}

fn build(folder: &Path, program: &str, package: &str, progress: &mut dyn FnMut(&str)) -> Result<(), Error> {
    let unfinished = folder.join(format!("{program}.unfinished"));
    let (major, minor) = (1, VERSION.split('.').nth(1).unwrap_or_default());
    let stamp = "k8s.io/component-base/version";
    let flags =
        format!("-s -w -X {stamp}.gitVersion={VERSION} -X {stamp}.gitMajor={major} -X {stamp}.gitMinor={minor}");
    let log = folder.join(format!("{program}.log"));
    let output = File::create(&log).map_err(|error| Error::new(format!("{}: {error}", log.display())))?;
    let mut go = Command::new("go")
        .args(["build", "-mod=mod", "-trimpath", "-ldflags", &flags, "-o"])
        .arg(&unfinished)
        .arg(package)
        .current_dir(MODULE)
        .env("CGO_ENABLED", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(output)
        .spawn()
        .map_err(|error| {
            Error::new(format!("go cannot be run ({error}); install Go 1.26 or set KUBEBUILDER_ASSETS"))
        })?;
    let mut seconds = 0;
    let status = loop {
        match go.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => {}
            Err(error) => return Err(Error::new(format!("go: {error}"))),
        }
        pause(Duration::from_secs(1));
        seconds += 1;
        if seconds % 30 == 0 {
            progress(&format!(
                "building {program}: {seconds} s so far, about five minutes for kube-apiserver on two cores"
            ));
        }
    };
    if !status.success() {
        let said = fs::read_to_string(&log).unwrap_or_default();
        let tail: Vec<&str> = said.lines().rev().take(5).collect();
        let tail: Vec<&str> = tail.into_iter().rev().collect();
        return Err(Error::new(format!("go could not build {program}:\n{}", tail.join("\n"))));
    }
    fs::rename(&unfinished, folder.join(program)).map_err(|error| Error::new(format!("{program}: {error}")))
}

#[expect(clippy::disallowed_methods, reason = "where the programs are is said by the environment")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[expect(clippy::disallowed_methods, reason = "another process is waited for, and it tells nobody")]
pub(crate) fn pause(time: Duration) {
    std::thread::sleep(time);
}
