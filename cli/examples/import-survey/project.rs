//! One project: its definitions, its samples, and what came of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use kubist_cli::import;
use serde_json::Value;

use crate::samples::Schemas;
use crate::spelling::{Likeness, likeness};
use crate::{Cargo, program, samples};

pub(crate) struct Project {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) rows: Vec<Row>,
    pub(crate) samples: usize,
    pub(crate) kept: usize,
    pub(crate) respelled: usize,
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
        let written = import.files.iter().map(|file| (src.join("kinds").join(&file.path), file.text.clone()));
        let mut written: BTreeMap<PathBuf, String> = written.collect();
        written.insert(src.join("main.rs"), program::text(&import, &good));
        written.insert(
            krate.join("Cargo.toml"),
            format!(
                "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nkubist.workspace = true\nserde.workspace = true\nserde_json.workspace = true\n"
            ),
        );
        for (path, text) in &written {
            write(path, text)?;
        }
        let samples = samples::read(&folder.join("samples"), &Schemas::of(good.iter()));
        let input = krate.join("samples.jsonl");
        write(&input, &samples.iter().flat_map(|line| [line, "\n"]).collect::<String>())?;
        Ok(Self {
            name: name.to_owned(),
            version,
            rows,
            samples: samples.len(),
            kept: 0,
            respelled: 0,
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
            "respelled": self.respelled,
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
            } else {
                self.object(&value);
            }
        }
        Ok(self.warnings.is_empty())
    }

    /// Takes note of an object that was read and written, or was not.
    fn object(&mut self, line: &Value) {
        let read = &line["read"];
        let schema = Schemas::of(self.rows.iter().map(|row| &row.definition)).find(read).unwrap_or(&Value::Null);
        match likeness(schema, read, &line["written"]) {
            Likeness::Same => self.kept += 1,
            Likeness::Respelled => self.respelled += 1,
            Likeness::Different => self.problems.push(format!("object: {line}")),
        }
    }
}

/// Writes a file, unless it is so already: cargo would compile it again.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    fs::write(path, text)
}

pub(crate) fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(_) => Vec::new(),
    };
    paths.sort();
    paths
}
