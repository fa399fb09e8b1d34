//! The table of facts: how it is taken, and what it holds.

mod golden;
mod table;

use std::path::Path;
use std::process::Command;

pub(crate) use self::golden::{accept, golden};
pub(crate) use self::table::{Enumeration, Field, Resource, Structure, Table};
use crate::{Mode, put};

/// Where the table stands.
pub(crate) const FILE: &str = "types/facts/v1.37.json";

/// Takes the facts with the Go program in `xtask/facts/go`, which starts a real server.
pub(crate) fn run(root: &Path, mode: Mode) -> Result<(), String> {
    let assets = assets()?;
    let out = std::env::temp_dir().join(format!("kubist-facts-{}.json", std::process::id()));
    let status = Command::new("go")
        .args(["run", ".", "-assets"])
        .arg(&assets)
        .arg("-out")
        .arg(&out)
        .current_dir(root.join("xtask/facts/go"))
        .status()
        .map_err(|error| format!("go: {error}; install Go 1.26 to take the facts"))?;
    if !status.success() {
        return Err(format!("the program in xtask/facts/go failed: {status}"));
    }
    let text = std::fs::read_to_string(&out).map_err(|error| error.to_string())?;
    std::fs::remove_file(&out).map_err(|error| error.to_string())?;
    if put(&root.join(FILE), &text, mode)? {
        Ok(())
    } else {
        Err(format!("{FILE} is not what Go and the server say; run `cargo xtask facts`"))
    }
}

/// The folder with etcd and kube-apiserver: `KUBEBUILDER_ASSETS`, or the one that the tests build.
fn assets() -> Result<std::path::PathBuf, String> {
    #[expect(clippy::disallowed_methods, reason = "a program for the terminal reads its own environment")]
    let (given, cache, home) =
        (std::env::var("KUBEBUILDER_ASSETS"), std::env::var("XDG_CACHE_HOME"), std::env::var("HOME"));
    if let Ok(given) = given {
        return Ok(given.into());
    }
    let cache = cache.map(std::path::PathBuf::from).or_else(|_| home.map(|home| Path::new(&home).join(".cache")));
    let cache = cache.map_err(|_| "neither KUBEBUILDER_ASSETS nor HOME is set".to_owned())?;
    Ok(cache.join("kubist/build"))
}
