//! `docs/crd.md`, run as it is written.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::Command;

use kubist_apiserver::Server;

use crate::{Folder, Result};

/// Where the page says that the server listens.
const URL: &str = "https://127.0.0.1:6443";

/// Runs every command of the page, in its order; `KUBIST_BLESS=1` writes down what they print.
pub(crate) fn page() -> Result {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no workspace")?;
    let path = root.join("docs/crd.md");
    let text = fs::read_to_string(&path)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let server = runtime.block_on(Server::new().serve((Ipv4Addr::LOCALHOST, 0).into()))?;
    let folder = Folder::new()?;
    let kubeconfig = folder.write("kubeconfig", &server.kubeconfig())?;
    let ran = run_all(root, &text, &kubeconfig, server.url());
    runtime.block_on(server.shutdown());
    let printed = ran?;
    if is_blessed() {
        fs::write(&path, printed)?;
    } else if printed != text {
        let differing = printed.lines().zip(text.lines()).find(|(printed, text)| printed != text);
        let (printed, text) = differing.unwrap_or(("the end", "the end"));
        let problem = format!("docs/crd.md says\n  {text}\nand the commands print\n  {printed}");
        return Err(format!("{problem}\n(KUBIST_BLESS=1 writes the page anew)").into());
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "people say by the environment that the page is to be written")]
fn is_blessed() -> bool {
    env::var("KUBIST_BLESS").is_ok()
}

/// Returns the page with what its commands print.
fn run_all(root: &Path, text: &str, kubeconfig: &Path, url: &str) -> Result<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("```console\n") {
        let (block, end) = after.split_once("```").ok_or("a block has no end")?;
        out.push_str(before);
        out.push_str("```console\n");
        for command in block.lines().filter_map(|line| line.strip_prefix("$ ")) {
            let printed = run(root, command, kubeconfig)?.replace(url, URL);
            out.extend(["$ ", command, "\n", &printed]);
        }
        out.push_str("```");
        rest = end;
    }
    out.push_str(rest);
    Ok(out)
}

/// Runs a command as a shell in the checkout does, with the program on the path.
fn run(root: &Path, command: &str, kubeconfig: &Path) -> Result<String> {
    let program = Path::new(env!("CARGO_BIN_EXE_kubist"));
    let tools = [program.parent(), Path::new(env!("CARGO")).parent()];
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = tools.into_iter().flatten().map(PathBuf::from).chain(env::split_paths(&path));
    let path: OsString = env::join_paths(folders)?;
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}; }} 2>&1")])
        .current_dir(root)
        .env("PATH", path)
        .env("KUBECONFIG", kubeconfig)
        .output()?;
    Ok(String::from_utf8(output.stdout)?)
}
