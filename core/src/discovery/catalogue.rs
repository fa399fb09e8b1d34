//! What was discovered, as values.

use kubist_model::{GroupVersion, ResourceInfo};

/// All that a server serves, as far as it could be learned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Catalogue {
    /// The groups, the core group first, in the server's order.
    pub groups: Vec<ApiGroup>,
    /// What could not be learned, mostly because the server behind an aggregated API is down.
    pub failed: Vec<Failure>,
}

/// A group of the API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiGroup {
    /// Its name; empty for the core group.
    pub name: String,
    /// Its versions, the preferred one first.
    pub versions: Vec<ApiVersion>,
}

/// A version of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiVersion {
    /// Its name, such as `v1beta1`.
    pub name: String,
    /// Whether its server does not answer, so that the resources are those of an earlier time, or none.
    pub stale: bool,
    /// Its resources.
    pub resources: Vec<ApiResource>,
}

/// A resource of one version of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiResource {
    /// The description that access to it needs: see [`Api::dynamic`](crate::Api::dynamic).
    pub info: ResourceInfo,
    /// What can be done with it, such as `get` and `list`.
    pub verbs: Vec<String>,
    /// Its subresources.
    pub subresources: Vec<ApiSubresource>,
}

/// A subresource, such as `status`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiSubresource {
    /// Its name.
    pub name: String,
    /// The kind that it takes and gives, such as `Scale`.
    pub kind: String,
    /// What can be done with it.
    pub verbs: Vec<String>,
}

/// A version of a group of which it could not be learned what it serves.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The group and version.
    pub group_version: GroupVersion,
    /// Why.
    pub problem: String,
}

impl Catalogue {
    /// Returns each resource once, in the version that the server prefers, as `kubectl api-resources` does.
    pub fn preferred(&self) -> impl Iterator<Item = &ApiResource> {
        self.groups.iter().flat_map(ApiGroup::preferred)
    }
}

impl ApiGroup {
    /// Returns each resource of the group once, in the version that the server prefers.
    ///
    /// That is the first version which has the resource; one that does not answer comes last.
    pub fn preferred(&self) -> impl Iterator<Item = &ApiResource> {
        let versions: Vec<&ApiVersion> = self.by_preference().collect();
        let mut seen: Vec<&str> = Vec::new();
        versions.into_iter().flat_map(|version| &version.resources).filter(move |resource| {
            let plural = resource.info.plural.as_ref();
            let first = !seen.contains(&plural);
            if first {
                seen.push(plural);
            }
            first
        })
    }

    /// The versions, those that answer first.
    fn by_preference(&self) -> impl Iterator<Item = &ApiVersion> {
        let answering = self.versions.iter().filter(|version| !version.stale);
        answering.chain(self.versions.iter().filter(|version| version.stale))
    }
}

impl ApiResource {
    /// Tells whether something can be done with it: `resource.allows("watch")`.
    pub fn allows(&self, verb: &str) -> bool {
        self.verbs.iter().any(|allowed| allowed == verb)
    }
}
