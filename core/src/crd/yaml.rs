//! Definitions as text.

use std::io::{self, Write as _};

use kubist_model::yaml;
use serde_json::Value;

use super::CustomResourceDefinition;

/// Writes definitions as YAML: one document each, the same text for the same definitions.
///
/// A comment on the first line names Kubist and its version. Fields are sorted, as controller-gen and kubectl sort them; the status
/// and what a cluster wrote into the metadata are left out.
///
/// # Example
///
/// ```
/// use kubist::{ObjectMeta, Resource, crd};
/// # #[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
/// # pub struct Spec {}
///
/// #[derive(Resource)]
/// #[resource(group = "shop.example.com", version = "v1", namespaced)]
/// pub struct Website { pub metadata: ObjectMeta, pub spec: Spec }
///
/// let text = crd::to_yaml(&[Website::crd()]);
/// assert!(text.starts_with("# Written by kubist "));
/// assert!(text.contains("\nkind: CustomResourceDefinition\nmetadata:\n  name: websites.shop.example.com\nspec:\n"));
/// ```
pub fn to_yaml(crds: &[CustomResourceDefinition]) -> String {
    let mut out = concat!("# Written by kubist ", env!("CARGO_PKG_VERSION"), ".\n").to_owned();
    for crd in crds {
        out.push_str("---\n");
        out.push_str(&yaml::to_string(&to_value(crd)));
    }
    out
}

/// Writes definitions to the standard output, as [`to_yaml`] does.
///
/// ```no_run
/// # use kubist::crd::{self, CustomResourceDefinition};
/// # fn example(website: CustomResourceDefinition) -> std::io::Result<()> {
/// crd::print(&[website])
/// # }
/// ```
///
/// # Errors
///
/// Nobody reads the output.
pub fn print(crds: &[CustomResourceDefinition]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(to_yaml(crds).as_bytes())?;
    out.flush()
}

/// The definition as somebody would write it: without what a cluster adds.
pub(super) fn to_value(crd: &CustomResourceDefinition) -> Value {
    // What cannot be written is what a built-in type cannot hold.
    let mut value = serde_json::to_value(crd).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.remove("status");
    }
    if let Some(metadata) = value["metadata"].as_object_mut() {
        metadata.retain(|field, _| matches!(&**field, "name" | "labels" | "annotations"));
        if let Some(annotations) = metadata.get_mut("annotations").and_then(Value::as_object_mut) {
            annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
            if annotations.is_empty() {
                metadata.remove("annotations");
            }
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_cluster_added_is_left_out() {
        let crd: CustomResourceDefinition = serde_json::from_value(json!({
            "metadata": {
                "name": "lamps.example.com", "uid": "1", "resourceVersion": "2", "generation": 3, "labels": { "a": "b" },
                "creationTimestamp": "2026-01-01T00:00:00Z",
                "annotations": { "kubectl.kubernetes.io/last-applied-configuration": "{}" },
                "managedFields": [{ "manager": "kubectl", "operation": "Update" }],
            },
            "spec": {
                "group": "example.com", "scope": "Cluster", "names": { "plural": "lamps", "kind": "Lamp" },
                "versions": [{ "name": "v1", "served": true, "storage": true }],
            },
            "status": { "storedVersions": ["v1"] },
        }))
        .unwrap();
        let expected = "---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  labels:
    a: b
  name: lamps.example.com
spec:
  group: example.com
  names:
    kind: Lamp
    plural: lamps
  scope: Cluster
  versions:
  - name: v1
    served: true
    storage: true
";
        let text = to_yaml(&[crd]);
        assert_eq!(text.split_once('\n').unwrap().1, expected);
    }

    #[test]
    fn nothing_is_null() {
        let lamps = json!({ "metadata": { "name": "lamps.example.com" }, "spec": { "group": "example.com", "scope": "Cluster" } });
        let crd: CustomResourceDefinition = serde_json::from_value(lamps).unwrap();
        let text = to_yaml(&[crd]);
        assert!(text.contains("metadata:\n  name: lamps.example.com\n"), "{text}");
        assert!(!text.contains("null"), "{text}");
    }
}
