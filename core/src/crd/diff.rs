//! What changes from one definition to another.

use kubist_model::definition::diff::{self, Change};

use super::CustomResourceDefinition;
use super::check::filled_in;

/// Returns what changes from one definition to another, and for whom each change is too much.
///
/// What a server fills in is filled in first. A definition that was read from a cluster says which versions are stored; of one from a file it is
/// the storage version.
///
/// # Example
///
/// ```
/// use kubist::crd::{self, Class};
/// use kubist::{ObjectMeta, Resource};
/// # #[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
/// # pub struct Spec {}
///
/// #[derive(Resource)]
/// #[resource(group = "shop.example.com", version = "v1", namespaced)]
/// pub struct Website { pub metadata: ObjectMeta, pub spec: Spec }
///
/// let mut old = Website::crd();
/// old.spec.names.short_names = vec!["site".into()];
/// let changes = crd::diff(&old, &Website::crd());
/// assert_eq!(changes[0].path, "spec.names.shortNames");
/// assert_eq!(changes[0].class, Class::Clients);
/// ```
pub fn diff(old: &CustomResourceDefinition, new: &CustomResourceDefinition) -> Vec<Change> {
    let tree = |crd: &CustomResourceDefinition| serde_json::to_value(crd).unwrap_or_default();
    let stored = serde_json::to_value(&old.status.stored_versions).unwrap_or_default();
    let mut before = filled_in(tree(old));
    if !old.status.stored_versions.is_empty() {
        before["status"]["storedVersions"] = stored;
    }
    diff::diff(&before, &filled_in(tree(new)))
}
