//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use lexopt::Arg::{Long, Short, Value};
use lexopt::ValueExt as _;

/// What is asked of the program.
#[derive(Debug, PartialEq)]
pub(super) enum Parsed {
    Help,
    Run(Verb, Options),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Print,
    Check,
    Diff,
    Install,
    Uninstall,
}

const VERBS: &[(&str, Verb)] = &[
    ("print", Verb::Print),
    ("check", Verb::Check),
    ("diff", Verb::Diff),
    ("install", Verb::Install),
    ("uninstall", Verb::Uninstall),
];

/// How to do it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Options {
    /// The files and folders with definitions; none if the program has its own.
    pub(super) paths: Vec<PathBuf>,
    /// The files and folders to compare with; none for the cluster.
    pub(super) against: Vec<PathBuf>,
    pub(super) json: bool,
    /// The folder to write to; none for the standard output.
    pub(super) output: Option<PathBuf>,
    pub(super) yes: bool,
    pub(super) timeout: Option<Duration>,
    pub(super) context: Option<String>,
    pub(super) kubeconfig: Option<PathBuf>,
}

/// Which commands an option belongs to.
const BELONGS: &[(&str, &[Verb])] = &[
    ("--json", &[Verb::Print]),
    ("--output", &[Verb::Print]),
    ("--against", &[Verb::Diff]),
    ("--yes", &[Verb::Uninstall]),
    ("--timeout", &[Verb::Install, Verb::Uninstall]),
    ("--context", &[Verb::Diff, Verb::Install, Verb::Uninstall]),
    ("--kubeconfig", &[Verb::Diff, Verb::Install, Verb::Uninstall]),
];

pub(super) fn help(name: &str, of_files: bool) -> String {
    let (paths, whose) = if of_files {
        (" FILE|DIR…", "in files of YAML or JSON, or below folders of such")
    } else {
        ("", "of this program")
    };
    format!(
        "\
Works on the custom resource definitions {whose}.

Usage: {name} COMMAND{paths} [OPTIONS]

Commands:
  print      Print them as YAML, the same text for the same definitions
  check      Say for what a server would refuse them, without a server
  diff       Say what changes for objects and clients of the cluster when they are installed
  install    Create or update them, and wait until their kinds are served
  uninstall  Delete them and all their objects

Options of `print`:
  --json              Print JSON instead
  -o, --output DIR    Write a file for each into this folder instead

Options of `diff`:
  --against FILE|DIR  Compare with the definitions there, not with those of the cluster; may be repeated

Options of `install` and `uninstall`:
  --timeout SECONDS   Give up when one takes longer [default: 30]
  --yes               Uninstall without asking

Which cluster:
  --context NAME      Use this context of the kubeconfig
  --kubeconfig FILE   Use this kubeconfig [default: $KUBECONFIG, ~/.kube/config, or the pod's account]

  -h, --help          Print this

Exit codes:
  0  All is well: nothing differs, or all changes are safe
  1  The answer is no: `check` found mistakes, `diff` a breaking change, `uninstall` was not confirmed
  2  It cannot be done; a line on the standard error says why
"
    )
}

/// What comes after an argument.
enum Next {
    More,
    End,
    Help,
}

/// Reads a command line.
pub(super) fn parse(args: impl IntoIterator<Item = OsString>, of_files: bool) -> Result<Parsed, String> {
    let mut verb = None;
    let mut options = Options::default();
    let mut given = Vec::new();
    let mut parser = lexopt::Parser::from_args(args);
    let mut next = || -> Result<Next, lexopt::Error> {
        let Some(arg) = parser.next()? else { return Ok(Next::End) };
        let option = match arg {
            Short('h') | Long("help") => return Ok(Next::Help),
            Value(word) if verb.is_none() => {
                let known = VERBS.iter().find(|(name, _)| word == *name);
                let (_, found) = known.ok_or_else(|| {
                    format!("unknown command `{}`; there are print, check, diff, install and uninstall", word.display())
                })?;
                verb = Some(*found);
                return Ok(Next::More);
            }
            Value(path) if of_files => {
                options.paths.push(path.into());
                return Ok(Next::More);
            }
            Long("json") => {
                options.json = true;
                "--json"
            }
            Short('o') | Long("output") => {
                options.output = Some(parser.value()?.into());
                "--output"
            }
            Long("against") => {
                options.against.push(parser.value()?.into());
                "--against"
            }
            Long("yes") => {
                options.yes = true;
                "--yes"
            }
            Long("timeout") => {
                options.timeout = Some(Duration::from_secs(parser.value()?.parse()?));
                "--timeout"
            }
            Long("context") => {
                options.context = Some(parser.value()?.string()?);
                "--context"
            }
            Long("kubeconfig") => {
                options.kubeconfig = Some(parser.value()?.into());
                "--kubeconfig"
            }
            other => return Err(other.unexpected()),
        };
        given.push(option);
        Ok(Next::More)
    };
    loop {
        match next() {
            Ok(Next::More) => {}
            Ok(Next::End) => break,
            Ok(Next::Help) => return Ok(Parsed::Help),
            Err(error) => return Err(error.to_string()),
        }
    }
    let Some(verb) = verb else { return Err("which command? `--help` lists them".to_owned()) };
    let name = VERBS.iter().find(|(_, known)| *known == verb).map_or("", |(name, _)| name);
    for option in given {
        let of = BELONGS.iter().find(|(known, _)| *known == option).map_or(&[][..], |(_, of)| of);
        if !of.contains(&verb) {
            return Err(format!("`{option}` is no option of `{name}`"));
        }
    }
    if of_files && options.paths.is_empty() {
        return Err(format!("`{name}` needs a file or a folder"));
    }
    Ok(Parsed::Run(verb, options))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str], of_files: bool) -> Result<Parsed, String> {
        parse(args.iter().map(OsString::from), of_files)
    }

    #[test]
    fn options_may_stand_anywhere() {
        let expected = Options {
            paths: vec!["a".into(), "b".into()],
            against: vec!["old".into()],
            context: Some("prod".into()),
            ..Options::default()
        };
        let args = ["--context=prod", "diff", "a", "--against", "old", "b"];
        assert_eq!(parsed(&args, true), Ok(Parsed::Run(Verb::Diff, expected)));
        assert_eq!(parsed(&["install", "a", "-h"], true), Ok(Parsed::Help));
        let timeout = Options { timeout: Some(Duration::from_secs(5)), yes: true, ..Options::default() };
        assert_eq!(parsed(&["uninstall", "--yes", "--timeout", "5"], false), Ok(Parsed::Run(Verb::Uninstall, timeout)));
    }

    #[test]
    fn a_mistake_is_one_line_that_names_it() {
        for (args, of_files, expected) in [
            (&[][..], true, "which command? `--help` lists them"),
            (&["show"], true, "unknown command `show`; there are print, check, diff, install and uninstall"),
            (&["print"], true, "`print` needs a file or a folder"),
            (&["print", "a"], false, "unexpected argument \"a\""),
            (&["print", "--yes"], false, "`--yes` is no option of `print`"),
            (&["install", "--context"], false, "missing argument for option '--context'"),
            (&["install", "--timeout", "soon"], false, "cannot parse argument \"soon\": invalid digit found in string"),
            (&["install", "--force"], false, "invalid option '--force'"),
        ] {
            assert_eq!(parsed(args, of_files), Err(expected.to_owned()), "{args:?}");
        }
    }

    #[test]
    fn the_help_names_every_command_and_option() {
        let text = help("websites", false);
        let words = VERBS.iter().map(|(name, _)| *name).chain(BELONGS.iter().map(|(name, _)| *name));
        for word in words {
            assert!(text.contains(&format!("  {word}")) || text.contains(&format!(", {word}")), "{word}");
        }
        assert!(text.contains("Usage: websites COMMAND [OPTIONS]\n"));
        assert!(help("kubist crd", true).contains("Usage: kubist crd COMMAND FILE|DIR… [OPTIONS]\n"));
    }
}
