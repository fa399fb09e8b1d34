//! The version of the server.

use std::fmt;

use serde::Deserialize;

/// What a server says of itself at `/version`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct ServerVersion {
    /// The first number, such as `1`.
    pub major: String,
    /// The second number, such as `37`; some vendors add a `+`.
    pub minor: String,
    /// The whole version, such as `v1.37.2`.
    pub git_version: String,
    /// The commit that it was built from.
    pub git_commit: String,
    /// When it was built.
    pub build_date: String,
    /// The Go that it was built with.
    pub go_version: String,
    /// What it runs on, such as `linux/amd64`.
    pub platform: String,
}

impl ServerVersion {
    /// Returns both numbers, such as `(1, 37)`, to compare; `None` where they are none.
    pub fn numbers(&self) -> Option<(u32, u32)> {
        let minor = self.minor.trim_end_matches(|c: char| !c.is_ascii_digit());
        Some((self.major.parse().ok()?, minor.parse().ok()?))
    }
}

impl fmt::Display for ServerVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.git_version)
    }
}
