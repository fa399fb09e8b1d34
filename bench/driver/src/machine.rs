//! Where and with what it was measured.

use std::collections::BTreeMap;
use std::process::Command;

use crate::program::can_pin;

/// Describes the machine and the versions; `go` is Go's, or why there is none.
pub(crate) fn describe(go: &str) -> BTreeMap<String, String> {
    let entries = [
        ("date", says("date", &["-u", "+%Y-%m-%d %H:%M UTC"])),
        ("CPU", format!("{} × {}", cpus(), first("/proc/cpuinfo", "model name"))),
        ("memory", first("/proc/meminfo", "MemTotal")),
        ("system", says("uname", &["-srm"])),
        ("Rust", says("rustc", &["--version"])),
        ("Go", go.to_owned()),
        ("Kubist", says("git", &["log", "-1", "--format=%h %s"])),
        ("kube-rs", "kube 5.0.0, k8s-openapi 0.29 (v1_37)".to_owned()),
        ("client-go", "v0.37.2".to_owned()),
        ("CPUs of client and server", if can_pin() { "one each" } else { "not pinned" }.to_owned()),
        ("load at the start", load()),
    ];
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// How busy the machine is; one is this program.
pub(crate) fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

fn cpus() -> usize {
    std::thread::available_parallelism().map_or(0, usize::from)
}

fn first(file: &str, key: &str) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(key));
    line.and_then(|line| line.split_once(':'))
        .map_or_else(|| "unknown".to_owned(), |(_, value)| value.trim().to_owned())
}

pub(crate) fn says(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(crate::build::home()).output();
    output.map_or_else(|_| "unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
