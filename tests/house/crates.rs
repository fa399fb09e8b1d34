//! The direction between crates, from their manifests.

use std::process::Command;

use serde_json::Value;

/// For each crate: the crates of ours that it may use, in its library and programs, and further ones in its tests.
const MAY_USE: &[(&str, &[&str], &[&str])] = &[
    ("kubist-naming", &[], &[]),
    ("kubist-regexp", &[], &[]),
    ("kubist-cel", &["kubist-regexp"], &[]),
    ("kubist-model", &["kubist-naming", "kubist-regexp", "kubist-cel"], &[]),
    ("kubist-types", &["kubist-model"], &[]),
    ("kubist-macros", &["kubist-naming", "kubist-regexp", "kubist-cel"], &["kubist"]),
    ("kubist", &["kubist-naming", "kubist-model", "kubist-types", "kubist-macros"], &["kubist-apiserver"]),
    ("kubist-apiserver", &["kubist-naming", "kubist-regexp", "kubist-cel", "kubist-model"], &["kubist-real"]),
    ("kubist-cli", &["kubist-naming", "kubist-model", "kubist"], &["kubist-apiserver", "kubist-real"]),
    ("kubist-examples", &["kubist", "kubist-apiserver"], &["kubist-real"]),
    ("kubist-real", &[], &[]),
    ("kubist-renamed", &["kubist"], &[]),
    ("kubist-tests", &[], &["kubist", "kubist-model", "kubist-types", "kubist-apiserver", "kubist-real"]),
    (
        "kubist-fuzz",
        &["kubist-naming", "kubist-regexp", "kubist-cel", "kubist-model", "kubist-types", "kubist", "kubist-cli"],
        &[],
    ),
    ("xtask", &["kubist-naming", "kubist-model", "kubist-types", "kubist-real"], &[]),
];

#[test]
fn crates_depend_in_one_direction_only() {
    let mut wrong = Vec::new();
    for (package, dependency, dev) in ours() {
        let Some((_, library, tests)) = MAY_USE.iter().find(|row| row.0 == package) else {
            wrong.push(format!("{package}: a new crate; give it a row in tests/house/crates.rs and in DESIGN.md §1"));
            continue;
        };
        let allowed = library.contains(&&*dependency) || dev && tests.contains(&&*dependency);
        if !allowed {
            let part = if dev { "tests" } else { "library" };
            wrong.push(format!("{package}: its {part} may not depend on {dependency}"));
        }
    }
    assert!(wrong.is_empty(), "wrong direction:\n  {}", wrong.join("\n  "));
}

#[test]
fn every_member_has_a_row() {
    let members: Vec<String> = packages().iter().map(name).collect();
    for (package, ..) in MAY_USE {
        assert!(members.iter().any(|m| m == package), "{package} has a row but is no member of the workspace");
    }
    for member in &members {
        assert!(MAY_USE.iter().any(|row| row.0 == member), "{member} has no row in tests/house/crates.rs");
    }
}

#[test]
fn each_version_is_written_once() {
    let mut wrong = Vec::new();
    for package in packages() {
        let path = package["manifest_path"].as_str().expect("cargo gives the path");
        let text = std::fs::read_to_string(path).expect("cargo has just read it");
        let mut in_dependencies = false;
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('[') {
                in_dependencies = line.contains("dependencies");
            } else if in_dependencies
                && line.contains('=')
                && !line.contains("workspace")
                && !line.contains("path =")
                && !line.starts_with('#')
            {
                wrong.push(format!("{path}:{}: `{line}`", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "versions belong into [workspace.dependencies]:\n  {}", wrong.join("\n  "));
}

/// The edges between crates of ours: who, whom, and whether only tests need it.
fn ours() -> Vec<(String, String, bool)> {
    let mut edges = Vec::new();
    for package in packages() {
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            if dependency["path"].is_string() {
                let dev = dependency["kind"] == "dev";
                edges.push((name(&package), name(dependency), dev));
            }
        }
    }
    edges
}

fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs, since it runs this test");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    metadata["packages"].as_array().expect("a workspace has packages").clone()
}

fn name(value: &Value) -> String {
    value["name"].as_str().expect("packages and dependencies have names").to_owned()
}
