//! Several Rust types of one kind make one definition.

use std::error::Error;
use std::fmt;

use super::{CustomResourceDefinition, conversion};

/// Joins the definitions of several versions of a kind, one Rust type each, into one.
///
/// Exactly one of them is the storage version: the others say `storage = false`. The versions keep their order. How objects are converted
/// is said by one of them, or by several alike.
///
/// # Errors
///
/// No definition, other names, another scope or another conversion, the same version twice, no storage version or several; it names the two.
///
/// # Example
///
/// ```
/// use kubist::{ObjectMeta, Resource, crd};
/// # #[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
/// # pub struct Spec {}
///
/// #[derive(Resource)]
/// #[resource(group = "shop.example.com", version = "v1", kind = "Website", namespaced)]
/// pub struct Website { pub metadata: ObjectMeta, pub spec: Spec }
///
/// #[derive(Resource)]
/// #[resource(group = "shop.example.com", version = "v1beta1", kind = "Website", namespaced, storage = false, deprecated)]
/// pub struct OldWebsite { pub metadata: ObjectMeta, pub spec: Spec }
///
/// let definition = crd::merge([Website::crd(), OldWebsite::crd()])?;
/// assert_eq!(definition.spec.versions.len(), 2);
/// # Ok::<(), crd::MergeError>(())
/// ```
pub fn merge(
    definitions: impl IntoIterator<Item = CustomResourceDefinition>,
) -> Result<CustomResourceDefinition, MergeError> {
    let mut definitions = definitions.into_iter();
    let mut whole = definitions.next().ok_or_else(|| MergeError("there is no definition to merge".to_owned()))?;
    let mut converted_by = versions(&whole);
    for other in definitions {
        let name = &whole.metadata.name;
        if other.metadata.name != *name {
            return Err(MergeError(format!(
                "{name} and {} are two kinds: group and plural must be the same",
                other.metadata.name
            )));
        }
        let differ = |what: &str, ours: &dyn fmt::Debug, theirs: &dyn fmt::Debug| {
            let (our_version, their_version) = (versions(&whole), versions(&other));
            Err(MergeError(format!("{name}: {what} is {ours:?} in {our_version} and {theirs:?} in {their_version}")))
        };
        if other.spec.scope != whole.spec.scope {
            return differ("the scope", &whole.spec.scope, &other.spec.scope);
        }
        let (ours, theirs) = (&whole.spec.names, &other.spec.names);
        for (what, ours, theirs) in [
            ("the kind", &ours.kind, &theirs.kind),
            ("the list kind", &ours.list_kind, &theirs.list_kind),
            ("the singular name", &ours.singular, &theirs.singular),
        ] {
            if ours != theirs {
                return differ(what, ours, theirs);
            }
        }
        if ours.short_names != theirs.short_names {
            return differ("the list of short names", &ours.short_names, &theirs.short_names);
        }
        if ours.categories != theirs.categories {
            return differ("the list of categories", &ours.categories, &theirs.categories);
        }
        if let Some(theirs) = &other.spec.conversion {
            let ours = whole.spec.conversion.as_ref();
            if let Some(ours) = ours.filter(|ours| conversion::says(ours) != conversion::says(theirs)) {
                let (ours, theirs, version) = (conversion::says(ours), conversion::says(theirs), versions(&other));
                return Err(MergeError(format!("{name}: {converted_by} says `{ours}`, and {version} says `{theirs}`")));
            }
            if ours.is_none_or(|ours| !conversion::has_ca_bundle(ours)) {
                converted_by = versions(&other);
                whole.spec.conversion = Some(theirs.clone());
            }
        }
        for version in other.spec.versions {
            if whole.spec.versions.iter().any(|known| known.name == version.name) {
                return Err(MergeError(format!("{name}: the version {} is there twice", version.name)));
            }
            whole.spec.versions.push(version);
        }
        for (ours, theirs) in [
            (&mut whole.metadata.labels, other.metadata.labels),
            (&mut whole.metadata.annotations, other.metadata.annotations),
        ] {
            for (key, value) in theirs {
                ours.insert(key, value);
            }
        }
    }
    let stored: Vec<&str> =
        whole.spec.versions.iter().filter(|version| version.storage).map(|version| version.name.as_str()).collect();
    let name = &whole.metadata.name;
    match stored.as_slice() {
        [_] => Ok(whole),
        [] => Err(MergeError(format!("{name}: no version is the storage version; remove one `storage = false`"))),
        [first, second, ..] => Err(MergeError(format!(
            "{name}: {first} and {second} are both the storage version; give one of them `storage = false`"
        ))),
    }
}

/// Names the versions of a definition.
fn versions(definition: &CustomResourceDefinition) -> String {
    definition.spec.versions.iter().map(|version| version.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Why definitions do not make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeError(String);

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for MergeError {}
