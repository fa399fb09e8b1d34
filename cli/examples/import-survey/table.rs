//! The table of `docs/import-survey.md`.

use std::path::Path;
use std::{fs, io};

use serde_json::Value;

const HEAD: &str = "# Imported definitions of other projects

Written by `cargo run -p kubist-cli --example import-survey`. Each definition was imported, compiled, printed again and compared; objects
out of the projects' documentation, samples and tests that fit the schema of their kind were decoded and encoded. Nothing of the projects'
own text is here. An object without a loss came back as it was. One that is spelled anew means the same in the spelling that Go's typed clients
give it, too: quantities and times as Kubernetes writes them (`1000m` as `1`), empty lists and maps of Kubernetes' own types, `null` in
a field without a default, and what is the default anyway, left out. What differs otherwise has a loss.
";

/// Prints the table of all results that are in the scratch folder, of this run and of earlier ones.
pub(crate) fn print(scratch: &Path) -> io::Result<()> {
    let mut projects: Vec<Value> = Vec::new();
    for entry in fs::read_dir(scratch)? {
        if let Ok(text) = fs::read_to_string(entry?.path().join("result.json")) {
            projects.push(serde_json::from_str(&text)?);
        }
    }
    projects.sort_by_key(|project| project["project"].to_string());
    let sum = |key: &str| -> u64 { projects.iter().map(|project| count(project, key)).sum() };
    println!("{HEAD}");
    let (definitions, equal) = (sum("definitions"), sum("equivalent"));
    let share = 1000 * equal / definitions.max(1);
    println!(
        "{} projects, {definitions} definitions: {equal} equivalent ({}.{} %). {} warnings of the compiler. {} objects: {} without loss, {} spelled anew, {} with a loss.",
        projects.len(),
        share / 10,
        share % 10,
        sum("warnings"),
        sum("objects"),
        sum("kept"),
        sum("respelled"),
        sum("objects") - sum("kept") - sum("respelled"),
    );
    println!();
    println!("| project | source | definitions | equivalent | objects | without loss | spelled anew |");
    println!("|---|---|---:|---:|---:|---:|---:|");
    for project in &projects {
        let counts = ["definitions", "equivalent", "objects", "kept", "respelled"];
        let counts = counts.map(|key| count(project, key).to_string());
        println!("| {} | `{}` | {} |", text(project, "project"), text(project, "source"), counts.join(" | "));
    }
    println!();
    println!("## Each definition");
    println!();
    println!("| project | definition | versions | types | result | what differs |");
    println!("|---|---|---|---:|---|---|");
    for project in &projects {
        for row in project["rows"].as_array().into_iter().flatten() {
            println!(
                "| {} | `{}` | {} | {} | {} | {} |",
                text(project, "project"),
                text(row, "name"),
                text(row, "versions"),
                count(row, "types"),
                if row["equivalent"] == true { "equivalent" } else { "differs" },
                text(row, "reason"),
            );
        }
    }
    Ok(())
}

fn count(value: &Value, key: &str) -> u64 {
    value[key].as_u64().unwrap_or_default()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
