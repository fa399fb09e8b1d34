//! How a kind gives its other names.

/// Last words whose plural follows no rule, as the generators of CRDs write them.
const IRREGULAR: &[(&str, &str)] = &[
    ("endpoints", "endpoints"),
    ("chaos", "chaos"),
    ("metrics", "metrics"),
    ("redis", "redis"),
    ("series", "series"),
    ("species", "species"),
    ("index", "indices"),
    ("matrix", "matrices"),
    ("vertex", "vertices"),
    ("child", "children"),
    ("person", "people"),
    ("leaf", "leaves"),
    ("shelf", "shelves"),
    ("quiz", "quizzes"),
];

/// Returns the resource of a kind: `NetworkPolicy` → `networkpolicies`.
///
/// Lower case, with the rules of Kubernetes' own tools: `-es` after s, x, z, ch, sh; `-ies` for a y after a consonant;
/// `-ves`, `-ices` and the like for a short list of words; else `-s`. Where kubectl's guess is plainly not English
/// (`gatewaies`, `prefixs`), this follows the code generators and the kinds that exist (`gateways`, `prefixes`).
///
/// # Source
///
/// [`UnsafeGuessKindToResource`](https://github.com/kubernetes/apimachinery/blob/v0.37.2/pkg/api/meta/restmapper.go).
pub fn plural(kind: &str) -> String {
    let word = singular(kind);
    for (one, many) in IRREGULAR {
        if let Some(stem) = word.strip_suffix(one) {
            return format!("{stem}{many}");
        }
    }
    if let Some(stem) = word.strip_suffix("sis") {
        return format!("{stem}ses");
    }
    if let Some(stem) = word.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'i', 'o', 'u'])
        && !stem.is_empty()
    {
        return format!("{stem}ies");
    }
    let hiss = ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end));
    word + if hiss { "es" } else { "s" }
}

/// Returns the singular name of a kind: `NetworkPolicy` → `networkpolicy`.
pub fn singular(kind: &str) -> String {
    kind.to_lowercase()
}

/// Returns the kind of the lists of a kind: `Pod` → `PodList`.
pub fn list_kind(kind: &str) -> String {
    format!("{kind}List")
}

#[cfg(test)]
mod tests;
