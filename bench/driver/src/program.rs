//! Running the server, and one client once.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::Result;
use crate::build::{PODS, Programs};
use crate::plan::Competitor;

/// What one run cost, by name of the figure.
pub(crate) type Sample = BTreeMap<String, f64>;

/// Why there is no sample.
pub(crate) enum Missing {
    /// The competitor has nothing for this work, or cannot be built here.
    Absent(String),
    /// It should have worked.
    Failed(String),
}

/// The fake API server, as long as this is held.
pub(crate) struct Server {
    child: Child,
    url: String,
}

impl Server {
    pub(crate) fn start(programs: &Programs) -> Result<Self> {
        let mut command = pinned(&programs.server(), 1);
        command.arg(PODS.to_string());
        if let Some(file) = programs.protobuf() {
            command.arg(file);
        }
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.map_err(|error| format!("the server does not start: {error}"))?;
        let mut port = String::new();
        let out = child.stdout.take().ok_or("the server has no output")?;
        BufReader::new(out)
            .read_line(&mut port)
            .map_err(|error| format!("the server does not say its port: {error}"))?;
        Ok(Self { child, url: format!("http://127.0.0.1:{}", port.trim()) })
    }

    /// Has a competitor do work once, in a process of its own.
    pub(crate) fn run(
        &self,
        programs: &Programs,
        competitor: Competitor,
        work: &str,
        count: usize,
        heap: bool,
    ) -> std::result::Result<Sample, Missing> {
        let program = match (competitor, &programs.no_client_go) {
            (Competitor::ClientGo, Some(reason)) => return Err(Missing::Absent(reason.clone())),
            (Competitor::ClientGo, None) => programs.client_go(),
            (Competitor::Kubist, _) => programs.rust(if heap { "bench-kubist-heap" } else { "bench-kubist" }),
            (Competitor::Kube, _) => programs.rust(if heap { "bench-kube-heap" } else { "bench-kube" }),
        };
        let mut command = pinned(&program, 0);
        command.args([work, &self.url, &count.to_string()]);
        let output = command.output().map_err(|error| Missing::Failed(format!("{}: {error}", program.display())))?;
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said.lines().last().unwrap_or_default().to_owned();
        match output.status.code() {
            Some(0) => sample(&output.stdout).ok_or_else(|| Missing::Failed("no figures".to_owned())),
            Some(3) => Err(Missing::Absent(last)),
            _ => Err(Missing::Failed(format!("{} {work} {count}: {}: {said}", program.display(), output.status))),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends when its input does.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

pub(crate) fn sample(out: &[u8]) -> Option<Sample> {
    let Value::Object(figures) = serde_json::from_slice(out).ok()? else { return None };
    figures.into_iter().map(|(name, value)| Some((name, value.as_f64()?))).collect()
}

/// The client has one CPU and the server another, where the system lets us say so.
fn pinned(program: &Path, cpu: usize) -> Command {
    let possible = std::thread::available_parallelism().is_ok_and(|cpus| cpus.get() > 1)
        && Command::new("taskset").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !possible {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["--cpu-list", &cpu.to_string()]).arg(program);
    command
}
