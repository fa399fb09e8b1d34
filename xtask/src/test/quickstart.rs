//! The quickstart, as a newcomer runs it: on the embedded API server, and on a real one, which it leaves as it was found.

use std::path::Path;
use std::process::{Command, Output};

use kubist_real::RealServer;

use super::may_leave_out;

/// What a cluster holds that the quickstart touches.
const TOUCHED: [&str; 3] = [
    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
    "/api/v1/namespaces/default/configmaps",
    "/api/v1/namespaces/default/pods",
];

pub(super) fn run(root: &Path, real: bool) -> Result<String, String> {
    let story = tell(root, &[], None)?;
    println!("{story}");
    if !real {
        return if may_leave_out() {
            Ok("on the embedded server only".to_owned())
        } else {
            Err("the real API server is required and there is none".to_owned())
        };
    }
    let server = RealServer::start().map_err(|error| error.to_string())?;
    let before = names(&server)?;
    let on_cluster = tell(root, &["--", "--cluster"], Some(&server.kubeconfig()))?;
    println!("{on_cluster}");
    let after = names(&server)?;
    if before != after {
        return Err(format!("the quickstart left the cluster changed:\nbefore: {before:?}\nafter:  {after:?}"));
    }
    let steps =
        |story: &str| story.lines().filter(|line| line.trim_start().starts_with(|c: char| c.is_ascii_digit())).count();
    if steps(&story) == steps(&on_cluster) {
        Ok("on both servers".to_owned())
    } else {
        Err("the quickstart tells different stories on the two servers".to_owned())
    }
}

fn tell(root: &Path, arguments: &[&str], kubeconfig: Option<&Path>) -> Result<String, String> {
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--example", "quickstart"]).args(arguments).current_dir(root);
    command.env_remove("KUBECONFIG");
    if let Some(path) = kubeconfig {
        command.env("KUBECONFIG", path);
    }
    let Output { status, stdout, stderr } = command.output().map_err(|error| format!("cargo: {error}"))?;
    let text = String::from_utf8_lossy(&stdout).into_owned();
    if status.success() { Ok(text) } else { Err(format!("{text}\n{}", String::from_utf8_lossy(&stderr))) }
}

/// The names of what the quickstart touches, sorted.
fn names(server: &RealServer) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    for path in TOUCHED {
        let text = server.raw(path).map_err(|error| error.to_string())?;
        let list: serde_json::Value = serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
        let items = list["items"].as_array().into_iter().flatten();
        names.extend(items.map(|item| format!("{path}/{}", item["metadata"]["name"].as_str().unwrap_or_default())));
    }
    names.sort();
    Ok(names)
}
