//! A story on the terminal: a title, then a line a step.

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

#[expect(clippy::print_stdout, reason = "this is the output of the examples")]
fn say(line: &str) {
    println!("{line}");
}
