//! API versions and their order: `v1` before `v1beta2` before `v1alpha1` before everything else.

use std::cmp::{Ordering, Reverse};

/// A version that follows the Kubernetes form: `v1`, `v2beta3`.
///
/// The order is the order of preference reversed: a greater version is preferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    stability: Stability,
    major: u64,
    minor: u64,
}

/// How far a version is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Stability {
    /// `v1alpha1`: may go at any time.
    Alpha,
    /// `v1beta1`: may change.
    Beta,
    /// `v1`: stays.
    Stable,
}

impl Version {
    /// Returns how far the version is.
    pub fn stability(&self) -> Stability {
        self.stability
    }
}

/// Parses a version of the Kubernetes form; `None` for others, which are allowed all the same.
pub fn parse(text: &str) -> Option<Version> {
    let rest = text.strip_prefix('v')?;
    let (major, rest) = number(rest)?;
    if rest.is_empty() {
        return Some(Version { stability: Stability::Stable, major, minor: 0 });
    }
    let (stability, rest) = match (rest.strip_prefix("alpha"), rest.strip_prefix("beta")) {
        (Some(rest), _) => (Stability::Alpha, rest),
        (_, Some(rest)) => (Stability::Beta, rest),
        _ => return None,
    };
    let (minor, rest) = number(rest)?;
    rest.is_empty().then_some(Version { stability, major, minor })
}

/// A number without leading zeros, and what follows it.
fn number(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if digits.starts_with('0') {
        return None;
    }
    Some((digits.parse().ok()?, rest))
}

/// Compares two versions by preference: the preferred one is `Less`, so that sorting puts it first.
///
/// Versions of another form come last, in alphabetical order. Source: `CompareKubeAwareVersionStrings` in apimachinery.
pub fn compare(a: &str, b: &str) -> Ordering {
    match (parse(a), parse(b)) {
        (Some(first), Some(second)) => Reverse(first).cmp(&Reverse(second)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.cmp(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the CRD documentation.
    #[test]
    fn stable_versions_come_first_then_beta_alpha_and_others() {
        let sorted = ["v10", "v2", "v1", "v11beta2", "v10beta3", "v3beta1", "v12alpha1", "v11alpha2", "foo1", "foo10"];
        let mut versions = sorted;
        versions.reverse();
        versions.sort_by(|a, b| compare(a, b));
        assert_eq!(versions, sorted);
    }

    #[test]
    fn other_forms_are_no_kubernetes_versions() {
        for text in ["", "v", "1", "v0", "v01", "v1beta", "v1gamma1", "v1beta1x", "v1beta0"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
