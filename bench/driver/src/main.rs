//! Runs the competitors in turn, and writes down what came out.
//!
//! `bench quick` takes minutes, `bench full` an hour's quarter, `bench compile` builds programs from nothing. Each writes JSON, a
//! Markdown table and a plot to `results/`. With the names of rows, each measures only these, which take the place of the former
//! ones.

mod build;
mod check;
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
        ["quick", ref rows @ ..] => run(Plan::quick(), rows, "quick"),
        ["full", ref rows @ ..] => run(Plan::full(), rows, "full"),
        ["row", row] => Plan::full().only(&[row]).and_then(|plan| run(plan, &[], row)),
        ["compile", ref rows @ ..] => compile(rows),
        ["plot", file] => replot(Path::new(file)),
        _ => Err("usage: bench quick [ROW…] | full [ROW…] | row ROW | compile [ROW…] | plot RESULTS.json".to_owned()),
    };
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            std::process::ExitCode::FAILURE
        }
    }
}

/// Measures the plan, or these rows of it, which take the place of those among the results that are there.
fn run(plan: Plan, rows: &[&str], name: &str) -> Result<()> {
    let order: Vec<&str> = plan.rows.iter().map(|row| row.id).collect();
    let plan = if rows.is_empty() { plan } else { plan.only(rows)? };
    let programs = Programs::build()?;
    let results = Results::measure(&plan, &programs, name)?;
    finish(results, (!rows.is_empty()).then_some(&*order))
}

fn compile(rows: &[&str]) -> Result<()> {
    let results = compile::measure(if rows.is_empty() { &compile::ROWS } else { rows })?;
    finish(results, (!rows.is_empty()).then_some(&*compile::order()))
}

/// Writes the results, among the others if there is an order of all. What failed is an error, after all else was measured.
fn finish(results: Results, order: Option<&[&str]>) -> Result<()> {
    let name = results.name.clone();
    let failures = results.failures.join("\n");
    let former = build::home().join("results").join(format!("{name}.json"));
    match order.and_then(|order| Some((order, read(&former).ok()?))) {
        Some((order, mut all)) => {
            all.replace(results, order);
            write(&all, &name)?;
        }
        None => write(&results, &name)?,
    }
    if failures.is_empty() {
        Ok(())
    } else {
        Err(format!("failed:\n{failures}\n`bench {name} ROW…` measures rows again"))
    }
}

fn read(file: &Path) -> Result<Results> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Results::of_json(&text)
}

fn replot(file: &Path) -> Result<()> {
    let results = read(file)?;
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
