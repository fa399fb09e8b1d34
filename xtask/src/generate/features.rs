//! One cargo feature a group-version.

use std::fmt::Write as _;

use super::Packages;
use super::package::{Package, feature};

/// The features of `kubist-types`: a package needs those whose types it uses.
pub(super) fn of_types(packages: &Packages) -> String {
    let mut out = String::new();
    for package in served(packages) {
        let mut uses: Vec<String> = package.uses.iter().map(|path| format!("{:?}", feature(path))).collect();
        if package.has_kinds() {
            uses.insert(0, "\"__kinds\"".to_owned());
        }
        let _ = writeln!(out, "{} = [{}]", package.feature(), uses.join(", "));
    }
    out.push_str(&all(packages));
    out.push_str("__kinds = []\n");
    out
}

/// The features of `kubist`, which hands them on.
pub(super) fn of_core(packages: &Packages) -> String {
    let mut out = String::new();
    for package in served(packages) {
        let _ = writeln!(out, "{0} = [\"kubist-types/{0}\"]", package.feature());
    }
    out.push_str("all = [\"kubist-types/all\"]\n");
    out
}

fn all(packages: &Packages) -> String {
    let mut out = "all = [\n".to_owned();
    for package in served(packages) {
        let _ = writeln!(out, "    {:?},", package.feature());
    }
    out + "]\n"
}

fn served(packages: &Packages) -> impl Iterator<Item = &Package> {
    packages.values().filter(|package| !package.is_meta())
}
