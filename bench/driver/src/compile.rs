//! How long programs take to build: from nothing, their types alone, and again after a change.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;

use crate::Result;
use crate::build::{home, must};
use crate::crd100;
use crate::figure::Figure;
use crate::machine;
use crate::measure::{Line, Results};
use crate::plan::{Bound, Competitor, Must};
use crate::program::Sample;

use Competitor::{Kube, Kubist};

/// How often a program is built again after a change.
const CHANGES: usize = 3;

/// A competitor's crate of types, and its program.
struct Side {
    who: Competitor,
    program: PathBuf,
    /// The workspace that has the crate of types, the crate's name, and how every type of it is asked for.
    types: (PathBuf, &'static str, &'static [&'static str]),
    target: PathBuf,
}

type Samples = BTreeMap<Competitor, Vec<Sample>>;

/// What can be measured, each by itself.
pub(crate) const ROWS: [&str; 7] =
    ["crates", "cold-debug", "cold-release", "types-debug", "types-release", "again-release", "crd100"];

/// The order of the lines: the last row has several.
pub(crate) fn order() -> Vec<&'static str> {
    let before = ROWS.into_iter().filter(|row| *row != "crd100");
    before.chain(["crd100-plain", "crd100-derived", "crd100", "crd100-run"]).collect()
}

/// Builds everything that these rows need, and measures it. What fails is noted, and the others go on.
pub(crate) fn measure(rows: &[&str]) -> Result<Results> {
    if let Some(row) = rows.iter().find(|row| !ROWS.contains(row)) {
        return Err(format!("there is no row {row}; there are {}", ROWS.join(", ")));
    }
    let target = target()?;
    let root = home().parent().map(Path::to_path_buf).unwrap_or_default();
    let kube = home().join("hello-kube");
    let sides = [
        Side {
            who: Kubist,
            program: home().join("hello"),
            types: (root, "kubist-types", &["--all-features"]),
            target: target.join("kubist"),
        },
        Side { who: Kube, program: kube.clone(), types: (kube, "k8s-openapi", &[]), target: target.join("kube") },
    ];
    let mut machine = machine::describe("not measured here");
    for side in &sides {
        must(cargo(&side.program, &side.target).arg("fetch"), "cargo fetch")?;
    }
    let (mut lines, mut failures) = (Vec::new(), Vec::new());
    for (number, row) in rows.iter().enumerate() {
        eprintln!("row {} of {}: {row}", number + 1, rows.len());
        match measure_row(row, &sides, &target) {
            Ok(these) => lines.extend(these),
            Err(problem) => {
                eprintln!("{row} failed: {problem}");
                failures.push(format!("{row}: {problem}"));
            }
        }
    }
    machine.insert("load at the end".to_owned(), machine::load());
    Ok(Results { name: "compile".to_owned(), machine, rounds: 1, lines, failures, doubts: Vec::new() })
}

fn measure_row(row: &str, sides: &[Side], target: &Path) -> Result<Vec<Line>> {
    let (work, profile) = row.split_once('-').unwrap_or((row, ""));
    let flags: &[&str] = if profile == "release" { &["--release"] } else { &[] };
    let (title, samples, at_most) = match work {
        "crates" => return Ok(vec![line(row, "hello: crates in its tree", Figure::Crates, crates(sides)?, None)]),
        "cold" => {
            let samples = each(sides, |side| cold(side, flags))?;
            (format!("hello, built from nothing, {profile}"), samples, Some(0.75))
        }
        "types" => {
            let samples = each(sides, |side| types(side, flags))?;
            let title = format!("the crate of types alone, every kind, {profile} (kubist-types, k8s-openapi)");
            (title, samples, None)
        }
        "again" => {
            let title = format!("a program that lists Pods and Deployments, built again after a change, {profile}");
            (title, each(sides, again)?, Some(0.3))
        }
        _ => return crd100::lines(&target.join("crd100")),
    };
    let figure = |figure| line(row, &title, figure, samples.clone(), at_most);
    Ok(vec![figure(Figure::Build), figure(Figure::BuildCpu)])
}

/// Where programs are built.
fn target() -> Result<PathBuf> {
    let target = std::env::current_exe().ok().and_then(|path| Some(path.parent()?.parent()?.join("compile")));
    target.ok_or_else(|| "this program has no path".to_owned())
}

fn each(sides: &[Side], work: impl Fn(&Side) -> Result<Vec<Sample>>) -> Result<Samples> {
    sides.iter().map(|side| Ok((side.who, work(side)?))).collect()
}

pub(crate) fn line(row: &str, title: &str, figure: Figure, samples: Samples, at_most: Option<f64>) -> Line {
    let values = |samples: Vec<Sample>| samples.iter().filter_map(|sample| figure.of(sample)).collect();
    Line {
        row: row.to_owned(),
        title: title.to_owned(),
        figure,
        musts: at_most.map(|limit| Must { against: Kube, bound: Bound::AtMost(limit) }).into_iter().collect(),
        values: samples.into_iter().map(|(who, samples)| (who, Ok(values(samples)))).collect(),
    }
}

pub(crate) fn cargo(folder: &Path, target: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    // Quiet, but for what goes wrong.
    cargo.current_dir(folder).env("CARGO_TARGET_DIR", target).env("CARGO_TERM_QUIET", "true");
    cargo
}

/// Counts the packages that are built for this platform; `(*)` marks one that was named before.
fn crates(sides: &[Side]) -> Result<Samples> {
    each(sides, |side| {
        let mut tree = cargo(&side.program, &side.target);
        let tree = tree.args(["tree", "-e", "normal,build", "--prefix", "none"]).output();
        let tree = tree.map_err(|error| format!("cargo tree: {error}"))?;
        let text = String::from_utf8_lossy(&tree.stdout);
        let mut packages: Vec<&str> = text.lines().map(|line| line.trim_end_matches(" (*)")).collect();
        packages.sort_unstable();
        packages.dedup();
        let count = u32::try_from(packages.len()).unwrap_or(u32::MAX);
        Ok(vec![Sample::from([("crates".to_owned(), f64::from(count))])])
    })
}

fn cold(side: &Side, flags: &[&str]) -> Result<Vec<Sample>> {
    let _ = std::fs::remove_dir_all(&side.target);
    let mut build = cargo(&side.program, &side.target);
    Ok(vec![timed(build.args(["build", "--bin", "hello"]).args(flags))?])
}

/// What the crate needs is built before, so that it is alone.
fn types(side: &Side, flags: &[&str]) -> Result<Vec<Sample>> {
    let (folder, package, features) = &side.types;
    let target = side.target.join("types");
    let build = || {
        let mut build = cargo(folder, &target);
        build.args(["build", "--package", package]).args(*features).args(flags);
        build
    };
    must(&mut build(), "cargo build")?;
    must(cargo(folder, &target).args(["clean", "--package", package]).args(flags), "cargo clean")?;
    Ok(vec![timed(&mut build())?])
}

fn again(side: &Side) -> Result<Vec<Sample>> {
    let build = || {
        let mut build = cargo(&side.program, &side.target);
        build.args(["build", "--release", "--bin", "lists", "--features", "deployments"]);
        build
    };
    must(&mut build(), "cargo build")?;
    let file = side.program.join("src/bin/lists.rs");
    let change = || {
        let file = std::fs::File::options().append(true).open(&file)?;
        file.set_modified(std::time::SystemTime::now())
    };
    (0..CHANGES)
        .map(|_| {
            change().map_err(|error| format!("{}: {error}", file.display()))?;
            timed(&mut build())
        })
        .collect()
}

/// Runs a command, and says what it took with everything it started.
pub(crate) fn timed(command: &mut Command) -> Result<Sample> {
    let cpu = || {
        let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|error| error.to_string())?;
        Ok::<_, String>((usage.user_time().num_microseconds(), usage.system_time().num_microseconds()))
    };
    eprintln!("{command:?}");
    let (before, start) = (cpu()?, Instant::now());
    must(command, "cargo build")?;
    let (wall, after) = (start.elapsed(), cpu()?);
    let micros = |value: i64| f64::from(u32::try_from(value).unwrap_or(u32::MAX));
    Ok(Sample::from([
        ("wall_us".to_owned(), wall.as_secs_f64() * 1e6),
        ("user_us".to_owned(), micros(after.0 - before.0)),
        ("system_us".to_owned(), micros(after.1 - before.1)),
    ]))
}
