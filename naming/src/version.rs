//! API versions and the order in which clients prefer them.

use std::cmp::Ordering;

/// How finished an API version is; a later stage is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "Kubernetes has these three")]
pub enum Stage {
    /// Off unless asked for; may vanish.
    Alpha,
    /// Off unless asked for since 1.24; may change.
    Beta,
    /// Stable.
    Stable,
}

/// A version such as `v1`, `v2beta3`; a preferred one is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    // The order of the fields is the order of comparison.
    stage: Stage,
    major: i64,
    minor: i64,
}

impl Version {
    /// Returns the number after the `v`.
    pub fn major(&self) -> i64 {
        self.major
    }

    /// Returns the stage.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// Returns the number after `alpha` or `beta`; 0 for a stable version.
    pub fn minor(&self) -> i64 {
        self.minor
    }
}

/// Parses a version of Kubernetes' form; `None` for anything else, which may still be a valid version of a custom
/// resource.
pub fn parse(version: &str) -> Option<Version> {
    let rest = version.strip_prefix('v')?;
    let (major, rest) = number(rest)?;
    if rest.is_empty() {
        return Some(Version { stage: Stage::Stable, major, minor: 0 });
    }
    let (stage, rest) = match rest.strip_prefix("alpha") {
        Some(rest) => (Stage::Alpha, rest),
        None => (Stage::Beta, rest.strip_prefix("beta")?),
    };
    let (minor, rest) = number(rest)?;
    rest.is_empty().then_some(Version { stage, major, minor })
}

/// Splits off leading digits. A number beyond `i64` is none, as it is for Go's `Atoi`.
fn number(text: &str) -> Option<(i64, &str)> {
    let (digits, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    Some((digits.parse().ok()?, rest))
}

/// Compares two versions by priority: the preferred one is greater.
///
/// `v10` > `v2` > `v1` > `v2beta1` > `v1beta2` > `v1alpha1` > all others, which stand in alphabetical order, the first
/// the most preferred. To sort the preferred one to the front: `versions.sort_by(|a, b| compare(b, a))`.
///
/// # Source
///
/// [`CompareKubeAwareVersionStrings`](https://github.com/kubernetes/apimachinery/blob/v0.37.2/pkg/version/helpers.go).
pub fn compare(a: &str, b: &str) -> Ordering {
    match (parse(a), parse(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Greater,
        (None, Some(_)) => Ordering::Less,
        (None, None) => b.cmp(a),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn stable_comes_before_beta_before_alpha_before_the_rest() {
        // The example of the documentation on CRD versioning.
        let mut versions =
            ["foo10", "v11alpha2", "v3beta1", "v1", "v10beta3", "foo1", "v12alpha1", "v11beta2", "v10", "v2"];
        versions.sort_by(|a, b| compare(b, a));
        assert_eq!(
            versions,
            ["v10", "v2", "v1", "v11beta2", "v10beta3", "v3beta1", "v12alpha1", "v11alpha2", "foo1", "foo10"]
        );
    }

    #[test]
    fn versions_of_another_form_do_not_parse() {
        for other in ["", "v", "1", "V1", "v1beta", "v1gamma1", "v1beta1x", "v1 ", "v-1", "v99999999999999999999"] {
            assert_eq!(parse(other), None, "{other:?}");
        }
        let version = parse("v2beta13").unwrap();
        assert_eq!((version.major(), version.stage(), version.minor()), (2, Stage::Beta, 13));
    }

    proptest! {
        #[test]
        fn the_order_is_total(a in "v?[0-9]{0,2}(alpha|beta|x)?[0-9]{0,2}", b in "v?[0-9]{0,2}(alpha|beta)?[0-9]{0,2}", c in "v?[0-9]{0,2}") {
            prop_assert_eq!(compare(&a, &b), compare(&b, &a).reverse());
            if compare(&a, &b).is_le() && compare(&b, &c).is_le() {
                prop_assert!(compare(&a, &c).is_le());
            }
        }
    }
}
