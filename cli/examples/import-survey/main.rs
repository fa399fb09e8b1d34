//! Imports the definitions of other projects, compiles the code, prints the definitions again and compares.
//!
//! `cargo run -p kubist-cli --example import-survey -- FOLDER SCRATCH` reads `FOLDER/<project>/crds` and `FOLDER/<project>/samples`, writes one
//! crate for each project into `SCRATCH`, and prints the table of `docs/import-survey.md`. `FOLDER/<project>/VERSION` says where they come from.
//! `--notes` instead of a project prints what could not be imported, and compiles nothing.
//! Objects in `samples` that fit the schema of their kind are decoded and encoded; what fits no schema is left out.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints a table")]

mod fits;
mod project;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::{env, fs, io};

use self::project::{Project, Row};

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
        let equal = project.rows.iter().filter(|row| row.is_equal()).count();
        eprintln!("{}: {equal} of {}, {} of {}", project.name, project.rows.len(), project.kept, project.samples);
        for line in project.problems.iter().take(40) {
            eprintln!("{}: {line}", project.name);
        }
    }
    print(&projects);
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

fn print(projects: &[Project]) {
    println!("# Imported definitions of other projects");
    println!();
    println!(
        "Written by `cargo run -p kubist-cli --example import-survey`; each definition was imported, compiled, printed and compared,"
    );
    println!(
        "and objects out of the projects' documentation and samples were decoded and encoded again. Nothing of the projects' own text is here."
    );
    println!();
    let rows: Vec<&Row> = projects.iter().flat_map(|project| &project.rows).collect();
    let equal = rows.iter().filter(|row| row.is_equal()).count();
    let (samples, kept): (usize, usize) =
        projects.iter().fold((0, 0), |(all, kept), project| (all + project.samples, kept + project.kept));
    let warnings: usize = projects.iter().map(|project| project.warnings.len()).sum();
    let share =
        100.0 * f64::from(u32::try_from(equal).unwrap_or(0)) / f64::from(u32::try_from(rows.len().max(1)).unwrap_or(1));
    println!(
        "{} projects, {} definitions: {equal} equivalent ({share:.1} %). {warnings} warnings of the compiler. {kept} of {samples} objects without loss.",
        projects.len(),
        rows.len()
    );
    println!();
    println!("| project | source | definitions | equivalent | objects | without loss |");
    println!("|---|---|---:|---:|---:|---:|");
    for project in projects {
        let equal = project.rows.iter().filter(|row| row.is_equal()).count();
        println!(
            "| {} | `{}` | {} | {equal} | {} | {} |",
            project.name,
            project.version,
            project.rows.len(),
            project.samples,
            project.kept
        );
    }
    println!();
    println!("## Each definition");
    println!();
    println!("| project | definition | versions | types | result | what differs |");
    println!("|---|---|---|---:|---|---|");
    for project in projects {
        for row in &project.rows {
            let result = if row.is_equal() { "equivalent" } else { "differs" };
            println!(
                "| {} | `{}` | {} | {} | {result} | {} |",
                project.name,
                row.name,
                row.versions.join(", "),
                row.types,
                row.reason()
            );
        }
    }
}
