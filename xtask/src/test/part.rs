//! One part of the tests: a command, and how its success is counted.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use super::may_leave_out;

/// Something that must hold.
pub(super) struct Part {
    name: &'static str,
    work: Work,
}

enum Work {
    /// Passes if the command does.
    Command { program: &'static str, arguments: &'static [&'static str], strict_docs: bool },
    /// Passes if the command does; left out where the program is missing.
    Optional { program: &'static str, arguments: &'static [&'static str] },
    /// `cargo test`: each test counts.
    Tests(&'static [&'static str]),
    /// A function of ours.
    Own(fn(&Path, bool) -> Result<String, String>),
}

/// What came of a part.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) passed: usize,
    pub(super) failed: usize,
    pub(super) note: String,
}

impl Outcome {
    pub(super) fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    fn of(passed: bool, note: impl Into<String>) -> Self {
        Self { passed: usize::from(passed), failed: usize::from(!passed), note: note.into() }
    }
}

impl Part {
    pub(super) const fn command(name: &'static str, program: &'static str, arguments: &'static [&'static str]) -> Self {
        Self { name, work: Work::Command { program, arguments, strict_docs: false } }
    }

    pub(super) const fn documented(
        name: &'static str,
        program: &'static str,
        arguments: &'static [&'static str],
    ) -> Self {
        Self { name, work: Work::Command { program, arguments, strict_docs: true } }
    }

    pub(super) const fn optional(
        name: &'static str,
        program: &'static str,
        arguments: &'static [&'static str],
    ) -> Self {
        Self { name, work: Work::Optional { program, arguments } }
    }

    pub(super) const fn tests(name: &'static str, arguments: &'static [&'static str]) -> Self {
        Self { name, work: Work::Tests(arguments) }
    }

    pub(super) const fn own(name: &'static str, work: fn(&Path, bool) -> Result<String, String>) -> Self {
        Self { name, work: Work::Own(work) }
    }

    pub(super) fn name(&self) -> &'static str {
        self.name
    }
}

/// Runs a part; `real` tells whether there is a real API server.
pub(super) fn run_part(root: &Path, part: &Part, real: bool) -> Outcome {
    match &part.work {
        Work::Command { program, arguments, strict_docs } => {
            let mut command = Command::new(program);
            command.args(*arguments).current_dir(root);
            if *strict_docs {
                command.env("RUSTDOCFLAGS", "-D warnings");
            }
            Outcome::of(succeeds(&mut command), "")
        }
        Work::Optional { program, arguments } => {
            let is_there =
                Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
            if !is_there && may_leave_out() {
                return Outcome { note: format!("left out: {program} is not installed"), ..Outcome::default() };
            }
            Outcome::of(succeeds(Command::new(program).args(*arguments).current_dir(root)), "")
        }
        // What the manifest says, for the programs too that trybuild builds in a workspace of its own: with full debug info they take 3 GB.
        Work::Tests(arguments) => tests(
            Command::new("cargo")
                .arg("test")
                .args(*arguments)
                .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only")
                .current_dir(root),
        ),
        Work::Own(work) => match work(root, real) {
            Ok(note) => Outcome::of(true, note),
            Err(problem) => {
                println!("{problem}");
                Outcome::of(false, "")
            }
        },
    }
}

fn succeeds(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Runs a test command, shows what it prints and adds up its results.
fn tests(command: &mut Command) -> Outcome {
    let mut outcome = Outcome::default();
    let Ok(mut child) = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn() else {
        return Outcome::of(false, "cargo cannot be run");
    };
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            println!("{line}");
            if let Some((passed, failed)) = result(&line) {
                outcome.passed += passed;
                outcome.failed += failed;
            }
        }
    }
    let succeeded = child.wait().is_ok_and(|status| status.success());
    if !succeeded && outcome.failed == 0 {
        outcome.failed = 1;
        "it did not compile, or ended before its result".clone_into(&mut outcome.note);
    }
    outcome
}

/// Reads `test result: ok. 3 passed; 0 failed; …`.
fn result(line: &str) -> Option<(usize, usize)> {
    let rest = line.trim().strip_prefix("test result: ")?;
    let number = |word: &str| {
        let before = rest.split_once(&format!(" {word}"))?.0;
        before.rsplit([' ', '.']).next()?.parse().ok()
    };
    Some((number("passed")?, number("failed")?))
}

#[cfg(test)]
mod tests {
    use super::result;

    #[test]
    fn the_result_of_a_test_program_is_read() {
        assert_eq!(result("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured"), Some((12, 0)));
        assert_eq!(result("test result: FAILED. 1 passed; 2 failed; 0 ignored"), Some((1, 2)));
        assert_eq!(result("running 3 tests"), None);
    }
}
