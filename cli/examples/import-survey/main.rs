//! Imports the definitions of other projects, compiles the code, prints the definitions again and compares.
//!
//! `cargo run -p kubist-cli --example import-survey -- FOLDER SCRATCH` reads `FOLDER/<project>/crds` and `FOLDER/<project>/samples`, writes one
//! crate for each project into `SCRATCH`, and prints the table of `docs/import-survey.md`. `FOLDER/<project>/VERSION` says where they come from.
//! With projects behind, only these run; the table holds what earlier runs left in `SCRATCH`, too.
//! `--notes` instead of a project prints what could not be imported, and compiles nothing.
//! Objects in `samples` that fit the schema of their kind are decoded and encoded; what fits no schema is left out.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

mod fits;
mod program;
mod project;
mod samples;
mod spelling;
mod table;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::{env, fs, io};

use self::project::Project;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [folder, scratch, only @ ..] = args.as_slice() else {
        eprintln!("usage: import-survey FOLDER SCRATCH [PROJECT…]");
        return ExitCode::FAILURE;
    };
    match run(Path::new(folder), Path::new(scratch), only) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(folder: &Path, scratch: &Path, only: &[String]) -> io::Result<bool> {
    let mut names: Vec<String> = fs::read_dir(folder)?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            entry.path().join("crds").is_dir().then(|| entry.file_name().to_string_lossy().into_owned())
        })
        .filter(|name| only.is_empty() || only.contains(name) || only == ["--notes"])
        .collect();
    names.sort();
    let mut projects = Vec::new();
    for name in &names {
        eprintln!("import {name}");
        projects.push(Project::import(name, &folder.join(name), scratch)?);
    }
    if only == ["--notes"] {
        projects.iter().flat_map(|project| &project.notes).for_each(|note| println!("{note}"));
        return Ok(true);
    }
    let members: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    let root = env!("CARGO_MANIFEST_DIR");
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[workspace.dependencies]\nkubist = {{ path = \"{root}/../core\", features = [\"all\"] }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n\n[profile.dev]\ndebug = 0\nincremental = false\n",
        members.join(", ")
    );
    fs::write(scratch.join("Cargo.toml"), manifest)?;
    fs::copy(Path::new(root).join("../Cargo.lock"), scratch.join("Cargo.lock"))?;
    let mut good = true;
    for project in &mut projects {
        eprintln!("compile {}", project.name);
        good &= project.run(&Cargo { scratch: scratch.to_owned() })?;
        let result = project.result();
        fs::write(scratch.join(&project.name).join("result.json"), result.to_string())?;
        eprintln!("{}: {} of {}", project.name, result["equivalent"], result["definitions"]);
        for line in project.problems.iter().take(40) {
            eprintln!("{}: {line}", project.name);
        }
    }
    table::print(scratch)?;
    Ok(good)
}

/// Runs cargo in the scratch workspace.
pub(crate) struct Cargo {
    scratch: PathBuf,
}

impl Cargo {
    /// Runs the program of a package with a line of input for each sample; gives what it prints, and what the compiler said.
    pub(crate) fn run(&self, package: &str, input: &Path) -> io::Result<(String, String)> {
        let output = Command::new("cargo")
            .args(["run", "--quiet", "-j", "2", "--offline", "-p", package])
            .env("RUSTFLAGS", "")
            .current_dir(&self.scratch)
            .stdin(Stdio::from(fs::File::open(input)?))
            .output()?;
        Ok((String::from_utf8_lossy(&output.stdout).into_owned(), String::from_utf8_lossy(&output.stderr).into_owned()))
    }
}
