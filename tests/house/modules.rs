//! The direction between the modules of `core`, from the paths in their sources.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of `core`, each with those it may look into. `lib` sees all.
const MAY_USE: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("body", &["error"]),
    ("config", &["error"]),
    ("auth", &["config", "error", "body"]),
    ("transport", &["auth", "config", "error", "body"]),
    ("client", &["transport", "auth", "config", "error", "body", "rest"]),
    ("rest", &["client", "error", "body"]),
    ("discovery", &["rest", "client", "error"]),
    ("api", &["rest", "client", "error", "subresource"]),
    ("subresource", &["rest", "client", "error", "api"]),
    ("crd", &["error", "client", "api"]),
    ("private", &["crd"]),
];

#[test]
fn modules_of_core_depend_in_one_direction_only() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src");
    let mut wrong = Vec::new();
    for file in sources(&source) {
        let room = room_of(&source, &file);
        if room == "lib" {
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|row| row.0 == room) else {
            wrong.push(format!("{}: a new module; give it a row in tests/house/modules.rs", file.display()));
            continue;
        };
        let text = fs::read_to_string(&file).expect("the file was just listed");
        for (number, line) in product_lines(&text) {
            for used in rooms_used(line) {
                if used != room && !allowed.contains(&used) && MAY_USE.iter().any(|row| row.0 == used) {
                    wrong.push(format!("{}:{number}: `{room}` may not use `{used}`", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "wrong direction:\n  {}", wrong.join("\n  "));
}

/// The model is pure: it opens no file or socket, starts nothing and never asks what time it is.
#[test]
fn the_model_does_no_io_and_reads_no_clock() {
    const FORBIDDEN: &[&str] =
        &["std::net", "std::fs", "std::thread", "std::process", "std::env", "tokio", "Instant::now", "SystemTime::now"];
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/src");
    let mut wrong = Vec::new();
    for file in sources(&source) {
        let text = fs::read_to_string(&file).expect("the file was just listed");
        for (number, line) in product_lines(&text) {
            for word in FORBIDDEN.iter().filter(|word| line.contains(**word)) {
                wrong.push(format!("{}:{number}: `{word}`", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "the model must stay pure:\n  {}", wrong.join("\n  "));
}

/// Lines that are compiled into the product: no comments, and nothing behind the first `#[cfg(test)]`.
fn product_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(index, line)| (index + 1, line))
}

/// The modules of the crate's root that a line names, by `crate::name`, also several in braces.
fn rooms_used(line: &str) -> Vec<&str> {
    let word = |text: &'_ str| text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    line.match_indices("crate::")
        .filter(|(at, _)| !line[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$'))
        .flat_map(|(at, found)| {
            let rest = &line[at + found.len()..];
            match rest.strip_prefix('{') {
                None => vec![&rest[..word(rest)]],
                Some(list) => list.split(',').map(str::trim_start).map(|part| &part[..word(part)]).collect(),
            }
        })
        .collect()
}

fn room_of(root: &Path, file: &Path) -> String {
    let relative = file.strip_prefix(root).expect("listed below the root");
    let first = relative.components().next().expect("a file has a name").as_os_str();
    Path::new(first).file_stem().expect("a file has a name").to_string_lossy().into_owned()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder exists") {
        let path = entry.expect("the folder can be read").path();
        let is_test = path.file_stem().is_some_and(|stem| stem == "tests");
        if is_test {
            continue;
        }
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn a_line_with_several_modules_names_them_all() {
    assert_eq!(rooms_used("use crate::{api::Api, rest};"), ["api", "rest"]);
    assert_eq!(rooms_used("let x = crate::error::Error::new(crate::body::Body::empty());"), ["error", "body"]);
    assert_eq!(rooms_used("my_crate::api::Api"), [""; 0]);
}
