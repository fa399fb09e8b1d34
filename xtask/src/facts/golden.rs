//! What Go's own types make of our documents.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use kubist_model::reflect::{encode_json, fill};
use kubist_types::KINDS;

use crate::{Mode, put};

const FILE: &str = "types/tests/data/go.jsonl";

/// Hands every kind, with a value in every field, to Go, and keeps what it writes.
pub(crate) fn golden(root: &Path, mode: Mode) -> Result<(), String> {
    let mut documents = Vec::new();
    for kind in KINDS {
        let mut object = kind.empty();
        fill(&mut *object);
        encode_json(&*object, &mut documents).map_err(|error| format!("{}: {error}", kind.info().resource_name()))?;
        documents.push(b'\n');
    }
    let mut child = Command::new("go")
        .args(["run", ".", "-recode"])
        .current_dir(root.join("xtask/facts/go"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("go: {error}; install Go 1.26"))?;
    let mut input = child.stdin.take().expect("it was asked for");
    let writer = std::thread::spawn(move || input.write_all(&documents));
    let output = child.wait_with_output().map_err(|error| format!("go: {error}"))?;
    let written = writer.join().expect("writing does not panic");
    if !output.status.success() {
        return Err("Go does not read what we write".into());
    }
    written.map_err(|error| format!("go: {error}"))?;
    let text = String::from_utf8(output.stdout).map_err(|error| error.to_string())?;
    if put(&root.join(FILE), &text, mode)? {
        Ok(())
    } else {
        Err(format!("{FILE} is not what Go writes; run `cargo xtask golden`"))
    }
}
