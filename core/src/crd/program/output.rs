//! What a program writes.

use std::fmt::Write as _;
use std::io;

use kubist_model::definition::diff::{Change, Class};

use super::{Stop, Terminal};

/// Writes a text at once.
pub(super) fn write(terminal: &mut Terminal<'_>, text: &str) -> Result<(), Stop> {
    let written = terminal.out.write_all(text.as_bytes()).and_then(|()| terminal.out.flush());
    written.map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Stop::Unread,
        _ => Stop::Problem(error.to_string()),
    })
}

/// What happens to a definition.
pub(super) enum Difference {
    /// There is none like it to compare with.
    New,
    /// It changes; maybe in nothing.
    Changes(Vec<Change>),
    /// It is only among those that are compared with.
    Missing,
}

/// Lays out what changes, the worst first, and tells whether that is breaking.
pub(super) fn differences(found: &[(String, Difference)], place: &str) -> (String, bool) {
    let mut out = String::new();
    let mut counts = [0_usize; 4];
    for (name, difference) in found {
        match difference {
            Difference::New => line(&mut out, &format!("{name}: not {place} yet")),
            Difference::Missing => {
                line(&mut out, &format!("{name}: only {place}; installing the others leaves it there"));
            }
            Difference::Changes(changes) if changes.is_empty() => line(&mut out, &format!("{name}: no difference")),
            Difference::Changes(changes) => {
                line(&mut out, name);
                for class in [Class::Refused, Class::Stored, Class::Clients, Class::Safe] {
                    let of_class: Vec<&Change> = changes.iter().filter(|change| change.class == class).collect();
                    counts[class as usize] += of_class.len();
                    if of_class.is_empty() {
                        continue;
                    }
                    line(&mut out, &format!("  {}", title(class)));
                    let width = of_class.iter().map(|change| change.path.chars().count()).max().unwrap_or(0).min(48);
                    for change in of_class {
                        line(&mut out, &format!("    {:<width$}  {}", change.path, change.text));
                    }
                }
            }
        }
    }
    let breaking = counts[1] + counts[2] + counts[3];
    if breaking + counts[0] > 0 {
        let changes = |count: usize| if count == 1 { "1 change".to_owned() } else { format!("{count} changes") };
        let is = if breaking == 1 { "is" } else { "are" };
        line(
            &mut out,
            &match (counts[0], breaking) {
                (safe, 0) => format!("\n{}, safe", changes(safe)),
                (0, breaking) => format!("\n{}, breaking", changes(breaking)),
                (safe, breaking) => format!("\n{}: {breaking} {is} breaking", changes(safe + breaking)),
            },
        );
    }
    (out, breaking > 0)
}

fn title(class: Class) -> &'static str {
    match class {
        Class::Refused => "The server refuses it",
        Class::Stored => "Breaking for stored objects",
        Class::Clients => "Breaking for clients",
        _ => "Safe",
    }
}

pub(super) fn line(out: &mut String, text: &str) {
    writeln!(out, "{text}").expect("a string takes all");
}
