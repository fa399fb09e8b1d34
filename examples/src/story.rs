//! A story on the terminal: a title, then a line a step.

use std::io::Write;

/// Prints numbered steps in columns.
#[derive(Debug, Default)]
pub struct Story {
    steps: usize,
}

impl Story {
    /// Prints the title and starts counting.
    pub fn begin(title: &str) -> Self {
        say(&format!("\n{title}\n"));
        Self::default()
    }

    /// Prints one step: what is done, to what, and what came of it.
    pub fn step(&mut self, verb: &str, object: &str, outcome: impl std::fmt::Display) {
        self.steps += 1;
        say(&format!("{:>4}  {verb:<10} {object:<34} {outcome}", self.steps));
    }

    /// Prints the last line.
    pub fn end(self, words: &str) {
        say(&format!("\n      {words}\n"));
    }
}

/// A reader that went away is no reason to stop: what was made is still to be removed.
fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").ok();
}
