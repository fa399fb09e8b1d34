//! What others make of our documents: Go's own types, and a real server.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use kubist_model::Scope;
use kubist_model::reflect::{decode_json, encode_json, encode_proto, fill};
use kubist_types::KINDS;
use serde_json::Value;
use serde_json::value::RawValue;

use super::assets;
use crate::{Mode, put};

const FILE: &str = "types/tests/data/go.jsonl";
const PROTOBUF: &str = "types/tests/data/go.pb.hex";
/// One manifest a kind that can be created, with nothing in it that the server does not ask for.
const MINIMAL: &str = "types/facts/minimal.json";

/// Hands every kind, with a value in every field, to Go in both formats, and keeps what it writes.
pub(crate) fn golden(root: &Path, mode: Mode) -> Result<(), String> {
    let mut documents = Vec::new();
    let mut pairs = Vec::new();
    for kind in KINDS {
        let mut object = kind.empty();
        fill(&mut *object);
        let fail = |error| format!("{}: {error}", kind.info().resource_name());
        let (mut document, mut protobuf) = (Vec::new(), Vec::new());
        encode_json(&*object, &mut document).map_err(fail)?;
        encode_proto(&*object, &mut protobuf).map_err(fail)?;
        document.push(b'\n');
        documents.extend_from_slice(&document);
        pairs.extend_from_slice(&document);
        for byte in protobuf {
            pairs.extend_from_slice(format!("{byte:02x}").as_bytes());
        }
        pairs.push(b'\n');
    }
    for (file, argument, text) in [(FILE, "-recode", documents), (PROTOBUF, "-protobuf", pairs)] {
        let text = ask_go(root, &[argument], text)?;
        if !put(&root.join(file), &text, mode)? {
            return Err(format!("{file} is not what Go writes; run `cargo xtask golden`"));
        }
    }
    Ok(())
}

/// Sends the smallest manifest of every kind to a real server with `dryRun=All`, as our types write it.
pub(crate) fn accept(root: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(root.join(MINIMAL)).map_err(|error| format!("{MINIMAL}: {error}"))?;
    let manifests: Vec<Value> = serde_json::from_str(&text).map_err(|error| format!("{MINIMAL}: {error}"))?;
    let mut requests = Vec::new();
    for manifest in &manifests {
        let field = |name: &str| manifest[name].as_str().unwrap_or_default();
        let fits =
            |info: &kubist_model::ResourceInfo| info.kind == field("kind") && info.api_version() == field("apiVersion");
        let kind = KINDS.iter().find(|kind| fits(kind.info()));
        let kind = kind.ok_or_else(|| format!("{MINIMAL}: {} {} is no kind", field("apiVersion"), field("kind")))?;
        let info = kind.info();
        let (mut object, mut written) = (kind.empty(), Vec::new());
        decode_json(&mut *object, manifest.to_string().as_bytes(), true)
            .map_err(|error| format!("{}: {error}", info.kind))?;
        encode_json(&*object, &mut written).map_err(|error| format!("{}: {error}", info.kind))?;
        let object: &RawValue = serde_json::from_slice(&written).map_err(|error| error.to_string())?;
        let root = if info.group.is_empty() { "api" } else { "apis" };
        let namespace = if info.scope == Scope::Namespaced { "/namespaces/default" } else { "" };
        let path = format!("/{root}/{}{namespace}/{}", info.api_version(), info.plural);
        requests.extend_from_slice(format!("{{\"path\":{path:?},\"object\":{object}}}\n").as_bytes());
    }
    let assets = assets()?;
    ask_go(root, &["-dry-run", "-assets", &assets.to_string_lossy()], requests).map(drop)
}

/// Runs the program in `xtask/facts/go` with a text and returns what it prints.
fn ask_go(root: &Path, arguments: &[&str], text: Vec<u8>) -> Result<String, String> {
    let mut child = Command::new("go")
        .args(["run", "."])
        .args(arguments)
        .current_dir(root.join("xtask/facts/go"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("go: {error}; install Go 1.26"))?;
    let mut input = child.stdin.take().expect("it was asked for");
    let writer = std::thread::spawn(move || input.write_all(&text));
    let output = child.wait_with_output().map_err(|error| format!("go: {error}"))?;
    let written = writer.join().expect("writing does not panic");
    let answer = String::from_utf8(output.stdout).map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(format!("{answer}not all of what we write is accepted"));
    }
    written.map_err(|error| format!("go: {error}"))?;
    Ok(answer)
}
