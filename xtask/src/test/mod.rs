//! `cargo xtask test`: everything that must hold, with its set-up, its progress and one line at the end.

mod part;
mod quickstart;

use std::path::Path;

use kubist_real::Binaries;

use self::part::{Outcome, Part, run_part};

/// With this variable set, what would be left out for want of a program is a failure.
const REQUIRE_REAL: &str = "KUBIST_REQUIRE_REAL";

/// The parts, in the order in which they run: what fails fastest stands first.
const PARTS: &[Part] = &[
    Part::command("format", "cargo", &["fmt", "--all", "--check"]),
    Part::command("generated", "cargo", &["run", "--quiet", "--package", "xtask", "--", "generate", "--check"]),
    Part::command(
        "clippy",
        "cargo",
        &["clippy", "--quiet", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"],
    ),
    Part::documented("docs", "cargo", &["doc", "--quiet", "--workspace", "--no-deps", "--all-features"]),
    Part::optional(
        "deny",
        "cargo-deny",
        &["--all-features", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"],
    ),
    Part::tests("house", &["--package", "kubist-tests", "--test", "house"]),
    Part::tests(
        "unit",
        &[
            "--workspace",
            "--all-features",
            "--exclude",
            "kubist-tests",
            "--exclude",
            "kubist-renamed",
            "--exclude",
            "kubist-cli",
        ],
    ),
    Part::tests("renamed", &["--package", "kubist-renamed"]),
    Part::tests("ui", &["--package", "kubist-tests", "--test", "ui"]),
    Part::tests("schemas", &["--package", "kubist-tests", "--test", "schemas"]),
    Part::tests("diff", &["--package", "kubist-tests", "--test", "diff"]),
    Part::tests("it", &["--package", "kubist-tests", "--test", "it"]),
    Part::tests("cli", &["--package", "kubist-cli"]),
    Part::tests("kubectl", &["--package", "kubist-tests", "--test", "kubectl"]),
    Part::own("quickstart", quickstart::run),
];

/// Runs all parts, or those that are named.
pub(crate) fn run(root: &Path, only: &[&str]) -> Result<(), String> {
    let names: Vec<&str> = PARTS.iter().map(Part::name).collect();
    if let Some(unknown) = only.iter().find(|name| !names.contains(name)) {
        return Err(format!("there is no part {unknown:?}; there are: {}", names.join(", ")));
    }
    let parts: Vec<&Part> = PARTS.iter().filter(|part| only.is_empty() || only.contains(&part.name())).collect();
    let real = set_up();

    let mut total = Outcome::default();
    let mut rows = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        println!("\n── {} of {} · {} ──", index + 1, parts.len(), part.name());
        let outcome = run_part(root, part, real);
        total.add(&outcome);
        rows.push((part.name(), outcome));
    }
    println!("\n{:<12} {:>7} {:>7}  NOTE", "PART", "PASSED", "FAILED");
    for (name, outcome) in &rows {
        println!("{name:<12} {:>7} {:>7}  {}", outcome.passed, outcome.failed, outcome.note);
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    if total.failed == 0 { Ok(()) } else { Err(String::new()) }
}

/// Finds or builds the real API server; tells whether there is one.
fn set_up() -> bool {
    match Binaries::find_or_build(&mut |line| println!("set-up: {line}")) {
        Ok(_) => true,
        Err(problem) => {
            println!("set-up: no real API server: {problem}");
            println!("set-up: what needs one is left out; everything else runs");
            false
        }
    }
}

/// Tells whether a part may be left out for want of a program.
#[expect(clippy::disallowed_methods, reason = "CI says by the environment that nothing may be left out")]
fn may_leave_out() -> bool {
    std::env::var(REQUIRE_REAL).is_err()
}
