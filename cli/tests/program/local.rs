//! What needs no cluster.

use std::ffi::OsStr;

use libtest_mimic::Trial;

use crate::{Folder, LAMPS, Ran, Result, kubist};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("help_is_printed_for_the_program_and_its_commands", help),
        Trial::test("a_command_line_that_makes_no_sense_is_one_line_and_ends_with_2", mistakes),
        Trial::test("print_writes_yaml_json_and_files_that_are_read_again", print),
        Trial::test("check_and_diff_end_with_what_they_found", answers),
    ]
}

fn run(folder: &Folder, words: &str) -> Result<Ran> {
    kubist(&folder.0, words, "", OsStr::new("/no/such/kubeconfig"))
}

fn help() -> Result {
    let folder = Folder::new()?;
    for (words, expected) in [
        ("--help", "Usage: kubist COMMAND\n"),
        ("help", "Usage: kubist COMMAND\n"),
        ("crd --help", "Usage: kubist crd COMMAND FILE|DIR… [OPTIONS]\n"),
        ("crd diff -h", "Exit codes:\n"),
        ("--version", concat!("kubist ", env!("CARGO_PKG_VERSION"), "\n")),
    ] {
        let ran = run(&folder, words)?;
        assert_eq!((ran.code, &*ran.err), (Some(0), ""), "{words}");
        assert!(ran.out.contains(expected), "{words}: {}", ran.out);
    }
    Ok(())
}

fn mistakes() -> Result {
    let folder = Folder::new()?;
    for (words, expected) in [
        ("", "kubist: which command? `kubist --help` lists them\n"),
        ("shine", "kubist: unknown command `shine`; `kubist --help` lists them\n"),
        ("crd", "kubist crd: which command? `--help` lists them\n"),
        ("crd print", "kubist crd: `print` needs a file or a folder\n"),
        ("crd print no.yaml", "kubist crd: no.yaml: there is no such file or folder\n"),
        ("crd check . --yes", "kubist crd: `--yes` is no option of `check`\n"),
    ] {
        let expected = Ran { code: Some(2), out: String::new(), err: expected.to_owned() };
        assert_eq!(run(&folder, words)?, expected, "{words}");
    }
    Ok(())
}

fn print() -> Result {
    let folder = Folder::new()?;
    folder.write("lamps.yaml", LAMPS)?;
    let yaml = run(&folder, "crd print lamps.yaml")?;
    assert_eq!((yaml.code, &*yaml.err), (Some(0), ""));
    // What YAML 1.1 takes for a boolean stays a text.
    assert!(
        yaml.out.contains("                enum:\n                - \"on\"\n                - \"off\"\n"),
        "{}",
        yaml.out
    );
    let json = run(&folder, "crd print --json lamps.yaml")?;
    folder.write("lamps.json", &json.out)?;
    assert_eq!(run(&folder, "crd print lamps.json")?, yaml);
    let written = run(&folder, "crd print lamps.yaml --output out")?;
    assert_eq!(written.out, "out/lamps.cli.kubist.dev.yaml\n");
    assert_eq!(folder.read("out/lamps.cli.kubist.dev.yaml")?, yaml.out);
    assert_eq!(run(&folder, "crd print out")?, yaml);
    Ok(())
}

fn answers() -> Result {
    let folder = Folder::new()?;
    folder.write("old.yaml", LAMPS)?;
    folder.write("safe.yaml", &LAMPS.replace("['on', 'off']", "['on', 'off', dim]"))?;
    folder.write("breaking.yaml", &LAMPS.replace("['on', 'off']", "['on']"))?;
    folder.write("wrong.yaml", &LAMPS.replace("scope: Cluster", "scope: World"))?;
    for (words, code, expected) in [
        ("crd check old.yaml", 0, "lamps.cli.kubist.dev: good\n"),
        ("crd check wrong.yaml", 1, "  spec.scope: Unsupported value: \"World\""),
        ("crd diff old.yaml --against old.yaml", 0, "lamps.cli.kubist.dev: no difference\n"),
        ("crd diff safe.yaml --against old.yaml", 0, "    v1: .spec.mode  \"dim\" is also allowed\n\n1 change, safe\n"),
        (
            "crd diff breaking.yaml --against=old.yaml",
            1,
            "  Breaking for clients\n    v1: .spec.mode  \"off\" is no longer allowed\n",
        ),
        ("crd diff --against old.yaml wrong.yaml", 1, "  The server refuses it\n    spec.scope  "),
    ] {
        let ran = run(&folder, words)?;
        assert_eq!((ran.code, &*ran.err), (Some(code), ""), "{words}: {}", ran.out);
        assert!(ran.out.contains(expected), "{words}: {}", ran.out);
    }
    Ok(())
}
