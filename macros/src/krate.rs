//! Under which name the user's crate knows Kubist.

use std::fs;
use std::path::PathBuf;

use proc_macro2::Span;
use syn::{Ident, Path, parse_quote};

/// The package that the expansion needs.
const PACKAGE: &str = "kubist";

/// Finds the path of Kubist by the manifest of the crate that is compiled; `::kubist` where it says nothing else.
///
/// This reads the few forms in which Cargo writes a renamed dependency. `#[resource(crate = …)]` serves the rest, such
/// as a crate that knows Kubist only through another one.
pub(crate) fn find() -> Path {
    let name = manifest_dir().and_then(|dir| name_in(&dir)).unwrap_or_else(|| PACKAGE.to_owned());
    let name = Ident::new(&name.replace('-', "_"), Span::call_site());
    parse_quote!(::#name)
}

/// Cargo tells macros by the environment which crate is compiled.
fn manifest_dir() -> Option<PathBuf> {
    std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from)
}

fn name_in(dir: &std::path::Path) -> Option<String> {
    let manifest = fs::read_to_string(dir.join("Cargo.toml")).ok()?;
    let dependencies = dependencies(&manifest);
    if dependencies.iter().any(|found| found.key == PACKAGE && found.package.as_deref().unwrap_or(PACKAGE) == PACKAGE) {
        return Some(PACKAGE.to_owned());
    }
    if let Some(found) = dependencies.iter().find(|found| found.package.as_deref() == Some(PACKAGE)) {
        return Some(found.key.clone());
    }
    // `k = { workspace = true }`: the workspace's manifest has the package's name.
    let of_workspace = dir.ancestors().skip(1).find_map(|above| {
        let text = fs::read_to_string(above.join("Cargo.toml")).ok()?;
        text.contains("[workspace").then(|| self::dependencies(&text))
    })?;
    let renamed = of_workspace.iter().find(|found| found.package.as_deref() == Some(PACKAGE))?;
    dependencies.iter().any(|found| found.key == renamed.key && found.inherited).then(|| renamed.key.clone())
}

/// One dependency of a manifest.
#[derive(Debug, PartialEq)]
struct Dependency {
    key: String,
    package: Option<String>,
    inherited: bool,
}

/// Reads the dependencies of a manifest: `[…dependencies]` with a line each, and `[…dependencies.key]` tables.
fn dependencies(manifest: &str) -> Vec<Dependency> {
    let mut found: Vec<Dependency> = Vec::new();
    let mut in_list = false;
    let mut in_table = false;
    for line in manifest.lines() {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            let header = header.trim_matches('[').trim();
            in_list = header.ends_with("dependencies");
            let table = header.rsplit_once('.').filter(|(before, _)| before.ends_with("dependencies"));
            in_table = table.is_some();
            if let Some((_, key)) = table {
                found.push(Dependency { key: unquoted(key), package: None, inherited: false });
            }
            continue;
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        let (key, value) = (key.trim(), value.trim());
        if in_table && let Some(dependency) = found.last_mut() {
            match key {
                "package" => dependency.package = Some(unquoted(value)),
                "workspace" => dependency.inherited = value.starts_with("true"),
                _ => {}
            }
        } else if in_list && !line.starts_with('#') {
            // `k.workspace = true` is short for `k = { workspace = true }`.
            let (key, dotted) = key.split_once('.').unwrap_or((key, ""));
            found.push(Dependency {
                key: unquoted(key),
                package: if dotted == "package" {
                    Some(unquoted(value))
                } else {
                    in_line(value, "package").map(unquoted)
                },
                inherited: dotted == "workspace" || in_line(value, "workspace").is_some(),
            });
        }
    }
    found
}

/// Finds the value of a key in `{ key = value, … }`.
fn in_line<'a>(table: &'a str, key: &str) -> Option<&'a str> {
    let inner = table.strip_prefix('{')?.split('}').next()?;
    inner.split(',').find_map(|pair| {
        let (found, value) = pair.split_once('=')?;
        (found.trim() == key).then(|| value.trim())
    })
}

fn unquoted(text: &str) -> String {
    let text = text.trim();
    let inner = text.strip_prefix(['"', '\'']).and_then(|rest| rest.split(['"', '\'']).next());
    inner.unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(manifest: &str) -> Vec<(String, Option<String>, bool)> {
        dependencies(manifest).into_iter().map(|found| (found.key, found.package, found.inherited)).collect()
    }

    #[test]
    fn a_renamed_dependency_is_found_in_every_form_that_cargo_takes() {
        let named =
            |key: &str, package: Option<&str>, inherited| (key.to_owned(), package.map(str::to_owned), inherited);
        assert_eq!(names("[dependencies]\nkubist = \"0.1\""), [named("kubist", None, false)]);
        assert_eq!(
            names("[dependencies]\nk8 = { version = \"0.1\", package = \"kubist\" } # why\n"),
            [named("k8", Some("kubist"), false)]
        );
        assert_eq!(
            names("[dev-dependencies.k8]\npath = \"..\"\npackage = \"kubist\""),
            [named("k8", Some("kubist"), false)]
        );
        assert_eq!(
            names("[target.'cfg(unix)'.dependencies]\nk8 = {package='kubist'}"),
            [named("k8", Some("kubist"), false)]
        );
        assert_eq!(names("[dependencies]\nk8.workspace = true"), [named("k8", None, true)]);
        assert_eq!(names("[dependencies]\nk8 = { workspace = true }"), [named("k8", None, true)]);
        assert_eq!(names("[package]\nname = \"kubist\"\n[features]\nkubist = []"), []);
    }
}
