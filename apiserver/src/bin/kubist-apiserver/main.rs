//! `kubist-apiserver`: an empty cluster on loopback, for kubectl and whatever else reads a kubeconfig.

mod file;
mod options;

use std::fmt;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use kubist_apiserver::{Running, Server};

use self::file::KubeconfigFile;
use self::options::{Options, Request};

/// The exit code of a command line that makes no sense.
const USAGE: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    let written = match options::parse(std::env::args_os().skip(1)) {
        Ok(Request::Help) => say(options::HELP),
        Ok(Request::Version) => say(concat!("kubist-apiserver ", env!("CARGO_PKG_VERSION"), "\n")),
        Ok(Request::Serve(options)) => {
            return serve(&options).await.map_or_else(|error| fail(error, 1), |()| ExitCode::SUCCESS);
        }
        Err(problem) => return fail(problem, USAGE),
    };
    written.map_or_else(|error| fail(error, 1), |()| ExitCode::SUCCESS)
}

async fn serve(options: &Options) -> io::Result<()> {
    // Before the ready message, so that no signal after it is missed.
    let end = end()?;
    let running = Server::new().serve(options.addr).await.map_err(|error| match error.kind() {
        io::ErrorKind::InvalidInput => error,
        _ => io::Error::new(error.kind(), format!("cannot listen on {}: {error}", options.addr)),
    })?;
    let kubeconfig = KubeconfigFile::write(&options.kubeconfig, &running.kubeconfig())?;
    say(&ready(&running, kubeconfig.path()))?;
    end.await;
    running.shutdown().await;
    kubeconfig.remove()?;
    say("ended\n")
}

/// What to know and what to try.
fn ready(running: &Running, kubeconfig: &Path) -> String {
    format!(
        "kubist-apiserver {} is ready

  URL         {}
  kubeconfig  {}

Try it in another shell:

  export KUBECONFIG={}
  kubectl get namespaces

Ctrl-C ends it.
",
        env!("CARGO_PKG_VERSION"),
        running.url(),
        kubeconfig.display(),
        quoted(kubeconfig),
    )
}

/// A path as a shell reads it.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+:@%,=\\".contains(c);
    if path.chars().all(is_plain) { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

/// Returns a future that ends with Ctrl-C, or with SIGTERM where there is such a thing.
#[cfg(unix)]
fn end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Returns a future that ends with Ctrl-C.
#[cfg(windows)]
fn end() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

fn say(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush())
}

#[expect(clippy::print_stderr, reason = "where a program tells what went wrong")]
fn fail(problem: impl fmt::Display, code: u8) -> ExitCode {
    eprintln!("kubist-apiserver: {problem}");
    ExitCode::from(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_quoted_where_a_shell_would_split_it() {
        assert_eq!(quoted(Path::new("/tmp/kubist.kubeconfig")), "/tmp/kubist.kubeconfig");
        assert_eq!(quoted(Path::new("/tmp/it's mine")), r"'/tmp/it'\''s mine'");
    }
}
