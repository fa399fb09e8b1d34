//! Semantic versions.

use std::cmp::Ordering;

/// A version by its parts.
#[derive(Debug)]
#[non_exhaustive]
pub struct Semver {
    pub(super) numbers: [u64; 3],
    pre: Vec<String>,
}

impl Semver {
    /// Reads a version; normalized ones may start with `v`, miss parts and have zeros in front.
    pub(super) fn parse(text: &str, is_normalized: bool) -> Option<Self> {
        let text = if is_normalized { text.strip_prefix('v').unwrap_or(text) } else { text };
        let (text, build) = text.split_once('+').map_or((text, None), |(text, build)| (text, Some(build)));
        let (core, pre) = text.split_once('-').map_or((text, None), |(core, pre)| (core, Some(pre)));
        let mut numbers = [0; 3];
        let parts: Vec<&str> = core.split('.').collect();
        if parts.len() > 3
            || (parts.len() < 3 && !is_normalized)
            || (parts.len() < 3 && (pre.is_some() || build.is_some()))
        {
            return None;
        }
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let has_zero = |digits: &str| digits.len() > 1 && digits.starts_with('0');
        for (number, part) in numbers.iter_mut().zip(&parts) {
            let is_number = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            if !is_number || (has_zero(part) && !is_normalized) {
                return None;
            }
            *number = part.parse().ok()?;
        }
        let words = |of: Option<&str>| of.map(|of| of.split('.').map(str::to_owned).collect()).unwrap_or_default();
        let (pre, build): (Vec<String>, Vec<String>) = (words(pre), words(build));
        let is_bad = |word: &String| !is_word(word) || (has_zero(word) && word.bytes().all(|b| b.is_ascii_digit()));
        (!pre.iter().any(is_bad) && build.iter().all(|word| is_word(word))).then_some(Self { numbers, pre })
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let words = || match (self.pre.is_empty(), other.pre.is_empty()) {
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            _ => {
                let mut pairs = self.pre.iter().zip(&other.pre).map(|(one, other)| {
                    match (one.parse::<u64>(), other.parse::<u64>()) {
                        (Ok(one), Ok(other)) => one.cmp(&other),
                        (Ok(_), Err(_)) => Ordering::Less,
                        (Err(_), Ok(_)) => Ordering::Greater,
                        _ => one.cmp(other),
                    }
                });
                pairs.find(|order| order.is_ne()).unwrap_or(self.pre.len().cmp(&other.pre.len()))
            }
        };
        self.numbers.cmp(&other.numbers).then_with(words)
    }
}
