//! One project: its definitions, its samples, and what came of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use kubist_cli::import;
use serde::Deserialize as _;
use serde_json::Value;

use crate::{Cargo, fits};

pub(crate) struct Project {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) rows: Vec<Row>,
    pub(crate) samples: usize,
    pub(crate) kept: usize,
    pub(crate) warnings: Vec<String>,
    pub(crate) problems: Vec<String>,
    pub(crate) notes: Vec<String>,
    input: PathBuf,
}

/// One definition.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) versions: Vec<String>,
    pub(crate) types: usize,
    definition: Value,
    printed: bool,
    differences: Vec<String>,
}

impl Row {
    pub(crate) fn is_equal(&self) -> bool {
        self.printed && self.differences.is_empty()
    }

    pub(crate) fn reason(&self) -> String {
        let short = |text: &String| {
            let text: String = text.replace(['|', '\n'], " ");
            text.chars().take(160).collect::<String>()
        };
        match self.differences.as_slice() {
            [] if self.printed => String::new(),
            [] => "not compiled".to_owned(),
            [first, rest @ ..] => {
                let more = if rest.is_empty() { String::new() } else { format!(" (and {} more)", rest.len()) };
                format!("`{}`{more}", short(first).replace('`', "'"))
            }
        }
    }
}

impl Project {
    /// Reads the definitions and writes the crate.
    pub(crate) fn import(name: &str, folder: &Path, scratch: &Path) -> io::Result<Self> {
        let version = fs::read_to_string(folder.join("VERSION")).unwrap_or_default().trim().replace(' ', "@");
        let mut problems = Vec::new();
        let mut definitions: BTreeMap<String, Value> = BTreeMap::new();
        for path in sorted(&folder.join("crds")) {
            match kubist::crd::read(&path) {
                Ok(all) => {
                    for crd in all {
                        let value = serde_json::to_value(&crd).map_err(io::Error::other)?;
                        definitions.entry(crd.metadata.name.to_string()).or_insert(value);
                    }
                }
                Err(error) => problems.push(format!("left out: {error}")),
            }
        }
        // What cannot be imported is told by itself.
        let mut rows = Vec::new();
        let mut good = Vec::new();
        for (name, definition) in definitions {
            let imported = import::import(std::slice::from_ref(&definition));
            let versions = definition["spec"]["versions"].as_array().into_iter().flatten();
            let versions = versions.filter_map(|version| version["name"].as_str().map(str::to_owned)).collect();
            let mut row = Row {
                name,
                versions,
                types: 0,
                definition: definition.clone(),
                printed: false,
                differences: Vec::new(),
            };
            match imported {
                Ok(import) => {
                    row.types = import.files.iter().map(|file| file.text.matches("ResourcePart)]").count()).sum();
                    good.push(definition);
                }
                Err(error) => row.differences.push(error.to_string()),
            }
            rows.push(row);
        }
        let import = import::import(&good).map_err(io::Error::other)?;
        let krate = scratch.join(name);
        let src = krate.join("src");
        if src.exists() {
            fs::remove_dir_all(&src)?;
        }
        for file in &import.files {
            let path = src.join("kinds").join(&file.path);
            fs::create_dir_all(path.parent().unwrap_or(&src))?;
            fs::write(path, &file.text)?;
        }
        fs::write(
            krate.join("Cargo.toml"),
            format!(
                "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nkubist.workspace = true\nserde.workspace = true\nserde_json.workspace = true\n"
            ),
        )?;
        fs::write(src.join("main.rs"), main(&import, &good))?;
        let (samples, found) = samples(&folder.join("samples"), &good);
        let input = krate.join("samples.jsonl");
        fs::write(&input, found)?;
        Ok(Self {
            name: name.to_owned(),
            version,
            rows,
            samples,
            kept: 0,
            warnings: Vec::new(),
            notes: import.notes.iter().map(ToString::to_string).collect(),
            problems,
            input,
        })
    }

    /// Returns what came of it.
    pub(crate) fn result(&self) -> Value {
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|row| {
                kubist::json!({
                    "name": row.name,
                    "versions": row.versions.join(", "),
                    "types": row.types,
                    "equivalent": row.is_equal(),
                    "reason": row.reason(),
                })
            })
            .collect();
        kubist::json!({
            "project": self.name,
            "source": self.version,
            "definitions": rows.len(),
            "equivalent": self.rows.iter().filter(|row| row.is_equal()).count(),
            "objects": self.samples,
            "kept": self.kept,
            "warnings": self.warnings.len(),
            "rows": rows,
        })
    }

    /// Compiles and runs the crate; tells whether it compiled without a warning.
    pub(crate) fn run(&mut self, cargo: &Cargo) -> io::Result<bool> {
        let (printed, said) = cargo.run(&self.name, &self.input)?;
        let is_report =
            |line: &&str| line.starts_with("warning") || line.starts_with("error") || line.contains("panicked");
        self.warnings.extend(said.lines().filter(is_report).map(str::to_owned));
        if !self.warnings.is_empty() {
            self.problems.push(said.lines().take(60).collect::<Vec<_>>().join("\n"));
        }
        for line in printed.lines() {
            let Ok(value) = serde_json::from_str::<Value>(line) else { continue };
            if let Some(name) = value["crd"]["metadata"]["name"].as_str() {
                let Some(row) = self.rows.iter_mut().find(|row| row.name == name) else { continue };
                row.printed = true;
                // The text of a description is the project's own.
                let told = |difference: &import::Difference| match difference.path.strip_suffix(".description") {
                    Some(path) => format!("{path}: the description"),
                    None => difference.to_string(),
                };
                row.differences = import::differences(&row.definition, &value["crd"]).iter().map(told).collect();
                for difference in row.differences.iter().take(6) {
                    self.problems.push(format!("{name}: {}", difference.chars().take(400).collect::<String>()));
                }
            } else if value["same"] == true {
                self.kept += 1;
            } else if let Some(problem) = value["problem"].as_str() {
                self.problems.push(format!("object: {}", problem.chars().take(300).collect::<String>()));
            }
        }
        Ok(self.warnings.is_empty())
    }
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(_) => Vec::new(),
    };
    paths.sort();
    paths
}

/// Returns the objects that fit the schema of their kind, one on a line, each once.
fn samples(folder: &Path, definitions: &[Value]) -> (usize, String) {
    let mut schemas: BTreeMap<(String, String), &Value> = BTreeMap::new();
    for definition in definitions {
        let spec = &definition["spec"];
        for version in spec["versions"].as_array().into_iter().flatten() {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let key = (format!("{}/{}", text(&spec["group"]), text(&version["name"])), text(&spec["names"]["kind"]));
            schemas.insert(key, &version["schema"]["openAPIV3Schema"]);
        }
    }
    let groups: BTreeSet<&str> =
        definitions.iter().filter_map(|definition| definition["spec"]["group"].as_str()).collect();
    let mut lines = BTreeSet::new();
    for path in sorted(folder) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        // Most files are about other things, and YAML takes its time.
        if !groups.iter().any(|group| text.contains(group)) {
            continue;
        }
        for document in serde_norway::Deserializer::from_str(&text) {
            let Ok(value) = Value::deserialize(document) else { break };
            let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
            let Some(schema) = schemas.get(&(text("apiVersion"), text("kind"))) else { continue };
            let metadata = &value["metadata"];
            let has_metadata = metadata.as_object().is_some_and(|fields| {
                fields.iter().all(|(key, value)| match key.as_str() {
                    "name" | "namespace" | "generateName" => value.is_string(),
                    "labels" | "annotations" => {
                        value.as_object().is_some_and(|all| !all.is_empty() && all.values().all(Value::is_string))
                    }
                    _ => false,
                })
            });
            if has_metadata && fits::problem(schema, &value, "").is_none() {
                lines.insert(value.to_string());
            }
        }
    }
    let mut out = String::new();
    for line in &lines {
        let _ = writeln!(out, "{line}");
    }
    (lines.len(), out)
}

/// Writes the program that prints the definitions and reads the samples.
fn main(import: &import::Import, definitions: &[Value]) -> String {
    let mut out = "//! Prints definitions, and reads objects.\n#![deny(warnings)]\n\npub mod kinds;\n\nuse kubist::{Format, Wire, json};\n\nfn main() {\n    let crds = [\n".to_owned();
    for kind in &import.kinds {
        let call = match kind.types.as_slice() {
            [only] if only.matches("::").count() == 1 => format!("kinds::{only}::crd()"),
            _ => format!("kinds::{}::crd().expect(\"versions go together\")", kind.module),
        };
        let _ = writeln!(out, "        {call},");
    }
    out += "    ];\n    for crd in crds {\n        println!(\"{}\", json!({ \"crd\": crd }));\n    }\n";
    out += "    for line in std::io::stdin().lines() {\n        let line = line.expect(\"text\");\n        let value: serde_json::Value = serde_json::from_str(&line).expect(\"JSON\");\n";
    out += "        let types = (value[\"apiVersion\"].as_str().unwrap_or_default(), value[\"kind\"].as_str().unwrap_or_default());\n        let read = match types {\n";
    for (kind, definition) in import.kinds.iter().zip(definitions) {
        let spec = &definition["spec"];
        for (ty, version) in kind.types.iter().zip(spec["versions"].as_array().into_iter().flatten()) {
            let group = spec["group"].as_str().unwrap_or_default();
            let api_version = format!("{group}/{}", version["name"].as_str().unwrap_or_default());
            let _ = writeln!(
                out,
                "            ({api_version:?}, {}) => again::<kinds::{ty}>(&line),",
                spec["names"]["kind"]
            );
        }
    }
    out += "            _ => continue,\n        };\n        match read {\n            Ok(again) if same(&again, &value) => println!(\"{}\", json!({ \"same\": true })),\n";
    out += "            Ok(again) => println!(\"{}\", json!({ \"problem\": format!(\"{value} became {again}\") })),\n            Err(error) => println!(\"{}\", json!({ \"problem\": format!(\"{error}: {value}\") })),\n        }\n    }\n}\n\n";
    out += "fn again<K: Wire>(line: &str) -> Result<serde_json::Value, String> {\n    let object = K::decode(line.as_bytes(), Format::Json).map_err(|error| error.to_string())?;\n    let mut out = Vec::new();\n    object.encode(Format::Json, &mut out).map_err(|error| error.to_string())?;\n    serde_json::from_slice(&out).map_err(|error| error.to_string())\n}\n\n";
    out += "/// `1` is `1.0`.\nfn same(a: &serde_json::Value, b: &serde_json::Value) -> bool {\n    use serde_json::Value::{Array, Number, Object};\n    match (a, b) {\n        (Number(a), Number(b)) => a.as_f64() == b.as_f64(),\n        (Array(a), Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),\n        (Object(a), Object(b)) => a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b))),\n        (a, b) => a == b,\n    }\n}\n";
    out
}
