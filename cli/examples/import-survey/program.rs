//! The program that is compiled of what was imported.

use std::fmt::Write as _;

use kubist_cli::import::Import;
use serde_json::Value;

const HEAD: &str = r"//! Prints definitions, and reads and writes objects.
#![deny(warnings)]

pub mod kinds;

use kubist::{Format, Wire, json};

fn main() {
    let crds = [
";

const MIDDLE: &str = r#"    ];
    for crd in crds {
        println!("{}", json!({ "crd": crd }));
    }
    for line in std::io::stdin().lines() {
        let line = line.expect("text");
        let value: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        let text = |key: &str| value[key].as_str().unwrap_or_default();
        let again = match (text("apiVersion"), text("kind")) {
"#;

const TAIL: &str = r#"            _ => Err("no kind of these".to_owned()),
        };
        match again {
            Ok(again) => println!("{}", json!({ "read": value, "written": again })),
            Err(error) => println!("{}", json!({ "read": value, "error": error })),
        }
    }
}

fn again<K: Wire>(line: &str) -> Result<serde_json::Value, String> {
    let object = K::decode(line.as_bytes(), Format::Json).map_err(|error| error.to_string())?;
    let mut out = Vec::new();
    object.encode(Format::Json, &mut out).map_err(|error| error.to_string())?;
    serde_json::from_slice(&out).map_err(|error| error.to_string())
}
"#;

/// Writes the program. It prints each definition, then each object of its input as it was read and as it is written.
pub(crate) fn text(import: &Import, definitions: &[Value]) -> String {
    let mut out = HEAD.to_owned();
    for kind in &import.kinds {
        let call = match kind.types.as_slice() {
            [only] if only.matches("::").count() == 1 => format!("kinds::{only}::crd()"),
            _ => format!("kinds::{}::crd().expect(\"versions go together\")", kind.module),
        };
        let _ = writeln!(out, "        {call},");
    }
    out += MIDDLE;
    for (kind, definition) in import.kinds.iter().zip(definitions) {
        let spec = &definition["spec"];
        for (ty, version) in kind.types.iter().zip(spec["versions"].as_array().into_iter().flatten()) {
            let group = spec["group"].as_str().unwrap_or_default();
            let api_version = format!("{group}/{}", version["name"].as_str().unwrap_or_default());
            let kind = &spec["names"]["kind"];
            let _ = writeln!(out, "            ({api_version:?}, {kind}) => again::<kinds::{ty}>(&line),");
        }
    }
    out + TAIL
}
