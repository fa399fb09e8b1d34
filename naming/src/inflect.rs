//! From a kind to its resource.

/// Returns the resource of a kind: `Ingress` → `ingresses`, `Policy` → `policies`, `Gateway` → `gateways`, `Endpoints` → `endpoints`.
///
/// Follows `gengo`'s namer and kubebuilder, which name the resources of nearly all published kinds.
pub fn plural(kind: &str) -> String {
    let word = kind.to_lowercase();
    if word.ends_with("endpoints") || word.ends_with("metrics") {
        return word;
    }
    let before_last = word.chars().rev().nth(1);
    match word.chars().next_back() {
        Some('s' | 'x' | 'z') => word + "es",
        Some('h') if matches!(before_last, Some('c' | 's')) => word + "es",
        Some('y') if before_last.is_some_and(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')) => {
            word[..word.len() - 1].to_owned() + "ies"
        }
        Some(_) => word + "s",
        None => word,
    }
}

/// Returns the singular name of a kind: the kind in lowercase.
pub fn singular(kind: &str) -> String {
    kind.to_lowercase()
}

/// Returns the kind of the lists of a kind: `Pod` → `PodList`.
pub fn list_kind(kind: &str) -> String {
    format!("{kind}List")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_are_those_of_published_kinds() {
        for (kind, resource) in [
            ("Pod", "pods"),
            ("Ingress", "ingresses"),
            ("NetworkPolicy", "networkpolicies"),
            ("Gateway", "gateways"),
            ("Endpoints", "endpoints"),
            ("StorageClass", "storageclasses"),
            ("Lease", "leases"),
            ("Proxy", "proxies"),
            ("Box", "boxes"),
            ("Patch", "patches"),
            ("Mesh", "meshes"),
            ("PodMetrics", "podmetrics"),
            ("Quiz", "quizes"),
        ] {
            assert_eq!(plural(kind), resource);
        }
        assert_eq!(list_kind("Pod"), "PodList");
        assert_eq!(singular("Pod"), "pod");
    }
}
