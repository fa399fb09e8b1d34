//! A running `kubist-apiserver`, and kubectl that asks it.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::Result;

/// The program, as a process of its own, with a folder for its kubeconfig. Dropping it ends both.
pub(crate) struct Server {
    child: Child,
    folder: PathBuf,
    /// What it printed until it was ready.
    pub(crate) greeting: String,
}

impl Server {
    /// Starts the program and waits until it says that it is ready.
    pub(crate) fn start() -> Result<Server> {
        let folder = new_folder()?;
        let child = Command::new(program()?)
            .args(["--addr", "127.0.0.1:0", "--kubeconfig", "kubeconfig"])
            .current_dir(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut server = Server { child, folder, greeting: String::new() };
        let out = server.child.stdout.take().ok_or("the program has no output")?;
        let mut lines = BufReader::new(out);
        while !server.greeting.contains("Ctrl-C ends it.\n") {
            if lines.read_line(&mut server.greeting)? == 0 {
                return Err(format!("the program ended before it was ready: {}", server.greeting).into());
            }
        }
        // The pipe stays open: what the program prints at its end must not fail.
        server.child.stdout = Some(lines.into_inner());
        Ok(server)
    }

    /// The path of the kubeconfig that the program has written.
    pub(crate) fn kubeconfig(&self) -> PathBuf {
        self.folder.join("kubeconfig")
    }

    /// The folder of this server.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Sends SIGTERM and waits; returns whether the program ended well.
    pub(crate) fn terminate(&mut self) -> Result<bool> {
        let sent = Command::new("kill").arg(self.child.id().to_string()).status()?;
        if !sent.success() {
            return Err("no signal can be sent".into());
        }
        Ok(self.child.wait()?.success())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already, and a folder left among temporary files harms nobody.
        self.child.kill().ok();
        self.child.wait().ok();
        fs::remove_dir_all(&self.folder).ok();
    }
}

/// A server and kubectl.
pub(crate) struct Cluster {
    pub(crate) server: Server,
    kubectl: PathBuf,
}

impl Cluster {
    pub(crate) fn start(kubectl: PathBuf) -> Result<Cluster> {
        Ok(Cluster { server: Server::start()?, kubectl })
    }

    /// Runs kubectl with words separated by spaces, and returns what it prints.
    pub(crate) fn kubectl(&self, words: &str) -> Result<String> {
        self.kubectl_with(words, "")
    }

    /// Runs kubectl with an input.
    pub(crate) fn kubectl_with(&self, words: &str, input: &str) -> Result<String> {
        let output = self.output(words, input)?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if output.status.success() {
            Ok(text(&output.stdout))
        } else {
            Err(format!("kubectl {words}: {}{}", text(&output.stdout), text(&output.stderr)).into())
        }
    }

    /// Runs kubectl, which prints JSON.
    pub(crate) fn json(&self, words: &str) -> Result<Value> {
        Ok(serde_json::from_str(&self.kubectl(words)?)?)
    }

    /// Runs kubectl, which must fail; returns what it says.
    pub(crate) fn refusal(&self, words: &str) -> Result<String> {
        let output = self.output(words, "")?;
        if output.status.success() {
            return Err(format!("kubectl {words} succeeded").into());
        }
        Ok(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }

    fn output(&self, words: &str, input: &str) -> Result<Output> {
        let mut child = Command::new(&self.kubectl)
            .args(words.split(' '))
            .current_dir(self.server.folder())
            .env("KUBECONFIG", self.server.kubeconfig())
            .env("KUBECACHEDIR", self.server.folder().join("cache"))
            .env("HOME", self.server.folder())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        // Dropping the pipe ends the input.
        child.stdin.take().ok_or("kubectl has no input")?.write_all(input.as_bytes())?;
        Ok(child.wait_with_output()?)
    }
}

/// An empty folder of our own.
pub(crate) fn new_folder() -> Result<PathBuf> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("kubist-kubectl-{}-{count}", std::process::id()));
    fs::create_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// Builds the program, once; returns its path.
pub(crate) fn program() -> Result<&'static Path> {
    static PROGRAM: OnceLock<std::result::Result<PathBuf, String>> = OnceLock::new();
    let path = PROGRAM.get_or_init(|| build().map_err(|error| error.message().unwrap_or_default().to_owned()));
    path.as_deref().map_err(Into::into)
}

fn build() -> Result<PathBuf> {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "kubist-apiserver", "--bin", "kubist-apiserver"])
        .arg("--message-format=json-render-diagnostics")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stderr(Stdio::inherit())
        .output()?;
    let messages = String::from_utf8(output.stdout)?;
    let messages = messages.lines().map_while(|line| serde_json::from_str::<Value>(line).ok());
    let path = messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from)).last();
    path.ok_or_else(|| "cargo built no kubist-apiserver".into())
}
