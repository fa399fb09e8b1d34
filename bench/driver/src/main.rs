//! Runs the competitors in turn, and writes down what came out.
//!
//! `bench quick` takes minutes, `bench full` an hour's quarter, `bench compile` builds programs from nothing,
//! `bench crd100` a crate with 100 derived resources. Each writes
//! JSON, a Markdown table and a plot to `results/`.

mod build;
mod compile;
mod crd100;
mod figure;
mod machine;
mod measure;
mod plan;
mod plot;
mod program;
mod rows;
mod table;

use std::path::Path;

use crate::build::Programs;
use crate::measure::Results;
use crate::plan::Plan;

type Result<T> = std::result::Result<T, String>;

fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["quick"] => run(&Plan::quick(), "quick"),
        ["full"] => run(&Plan::full(), "full"),
        ["row", id] => run(&Plan::full().only(id), id),
        ["compile"] => compile::measure().and_then(|results| write(&results, "compile")),
        ["crd100"] => compile::crd100().and_then(|results| write(&results, "crd100")),
        ["plot", file] => replot(Path::new(file)),
        _ => Err("usage: bench quick | full | row ID | compile | crd100 | plot RESULTS.json".to_owned()),
    };
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn run(plan: &Plan, name: &str) -> Result<()> {
    if plan.rows.is_empty() {
        return Err(format!("there is no row {name}"));
    }
    let programs = Programs::build()?;
    let results = Results::measure(plan, &programs, name)?;
    write(&results, name)
}

fn replot(file: &Path) -> Result<()> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let results = Results::of_json(&text)?;
    let name = file.file_stem().and_then(|name| name.to_str()).unwrap_or("results").to_owned();
    write(&results, &name)
}

fn write(results: &Results, name: &str) -> Result<()> {
    let folder = build::home().join("results");
    let table = table::markdown(results);
    print!("{table}");
    put(&folder.join(format!("{name}.json")), &results.json())?;
    put(&folder.join(format!("{name}.md")), &table)?;
    put(&folder.join(format!("{name}.svg")), &plot::svg(results))
}

fn put(file: &Path, text: &str) -> Result<()> {
    let folder = file.parent().unwrap_or(file);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(file, text))
        .map_err(|error| format!("{}: {error}", file.display()))
}
