//! Running the server, and one client once.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;

use crate::Result;
use crate::build::Programs;
use crate::plan::{Competitor, Over, Row};

/// The longest that a client may take. The slowest row takes half a minute.
const LIMIT: Duration = Duration::from_mins(5);

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
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    url: String,
    secure_url: String,
    authority: PathBuf,
}

impl Server {
    pub(crate) fn start(programs: &Programs) -> Result<Self> {
        eprintln!("the server makes its answers");
        let authority = programs.authority();
        let mut command = pinned(&programs.server(), 1);
        command.arg(&authority);
        for (resource, file) in &programs.protobuf {
            command.arg(format!("{resource}={}", file.display()));
        }
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.map_err(|error| format!("the server does not start: {error}"))?;
        let questions = child.stdin.take();
        let mut answers = BufReader::new(child.stdout.take().ok_or("the server has no output")?);
        let mut ports = String::new();
        answers.read_line(&mut ports).map_err(|error| format!("the server does not say its ports: {error}"))?;
        let (plain, secure) = ports.trim().split_once(' ').ok_or("the server does not say its ports")?;
        let (url, secure_url) = (format!("http://127.0.0.1:{plain}"), format!("https://127.0.0.1:{secure}"));
        Ok(Self { child, questions, answers, url, secure_url, authority })
    }

    /// Tells whether it still runs.
    pub(crate) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Has it make what it would otherwise make while the first client waits.
    pub(crate) fn prepare(&mut self, row: &Row) -> Result<()> {
        if row.over == Over::Gzip {
            self.ask(&format!("compress /n{}z/api/v1/pods", row.count))?;
        }
        Ok(())
    }

    fn ask(&mut self, question: &str) -> Result<Sample> {
        let problem = |error: std::io::Error| format!("the server does not answer the driver: {error}");
        let input = self.questions.as_mut().ok_or("the server has no input")?;
        writeln!(input, "{question}").map_err(problem)?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer).map_err(problem)?;
        sample(answer.as_bytes()).ok_or_else(|| "the server does not answer the driver".to_owned())
    }

    /// Has a competitor do work once, in a process of its own.
    pub(crate) fn run(
        &mut self,
        programs: &Programs,
        competitor: Competitor,
        work: &str,
        row: &Row,
    ) -> std::result::Result<Sample, Missing> {
        if let Some(reason) = programs.missing.get(&competitor) {
            return Err(Missing::Absent(reason.clone()));
        }
        if row.protobuf && programs.protobuf.is_empty() {
            return Err(Missing::Absent("no data without Go".to_owned()));
        }
        let program = programs.rust(match competitor {
            Competitor::ClientGo => "bench-client-go",
            Competitor::Kubist if row.heap => "bench-kubist-heap",
            Competitor::Kubist => "bench-kubist",
            Competitor::Kube if row.heap => "bench-kube-heap",
            Competitor::Kube if row.over == Over::Gzip => "bench-kube-gzip",
            Competitor::Kube => "bench-kube",
        });
        let mut command = pinned(&program, 0);
        let secure = row.over == Over::Tls;
        command.args([work, if secure { &self.secure_url } else { &self.url }, &row.count.to_string()]);
        if secure {
            command.arg(&self.authority);
        }
        let before = self.ask("usage").map_err(Missing::Failed)?;
        let output =
            output(&mut command).map_err(|error| Missing::Failed(format!("{}: {error}", program.display())))?;
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said.lines().last().unwrap_or_default().to_owned();
        match output.status.code() {
            Some(0) => {
                let mut sample =
                    sample(&output.stdout).ok_or_else(|| Missing::Failed("it prints no figures".to_owned()))?;
                let after = self.ask("usage").map_err(Missing::Failed)?;
                let cost =
                    |usage: &Sample| ["user_us", "system_us"].iter().filter_map(|name| usage.get(*name)).sum::<f64>();
                sample.insert("server_us".to_owned(), cost(&after) - cost(&before));
                sample.extend(after.get("http").map(|http| ("http".to_owned(), *http)));
                Ok(sample)
            }
            Some(3) => Err(Missing::Absent(last)),
            _ => Err(Missing::Failed(format!("{work} {}: {}: {said}", row.count, output.status))),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends when its input does.
        drop(self.questions.take());
        let _ = self.child.wait();
    }
}

/// Waits for a command to end, and ends it when it takes too long.
fn output(command: &mut Command) -> std::io::Result<Output> {
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let process = i32::try_from(child.id()).map(Pid::from_raw);
    let (ended, waits) = mpsc::channel::<()>();
    let watch = std::thread::spawn(move || {
        if waits.recv_timeout(LIMIT) == Err(RecvTimeoutError::Timeout) {
            let _ = process.map(|process| kill(process, Signal::SIGKILL));
        }
    });
    let output = child.wait_with_output();
    drop(ended);
    let _ = watch.join();
    output
}

pub(crate) fn sample(out: &[u8]) -> Option<Sample> {
    let Value::Object(figures) = serde_json::from_slice(out).ok()? else { return None };
    figures.into_iter().map(|(name, value)| Some((name, value.as_f64()?))).collect()
}

/// Whether client and server can have a CPU each: the system must have two, and let us say so.
pub(crate) fn can_pin() -> bool {
    static POSSIBLE: OnceLock<bool> = OnceLock::new();
    *POSSIBLE.get_or_init(|| {
        let both = Command::new("taskset").args(["--cpu-list", "0,1", "true"]).stderr(Stdio::null()).status();
        std::thread::available_parallelism().is_ok_and(|cpus| cpus.get() > 1) && both.is_ok_and(|both| both.success())
    })
}

fn pinned(program: &Path, cpu: usize) -> Command {
    if !can_pin() {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["--cpu-list", &cpu.to_string()]).arg(program);
    command
}
