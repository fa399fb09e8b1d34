//! What a kind is: its description as a value, and what can be done with it as marker traits.

use std::borrow::Cow;

use crate::object::Object;
use crate::wire::Wire;

/// Describes a kind: the names it goes by and where its objects live.
///
/// A constant for typed kinds, a value taken from discovery for dynamic ones.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "the derive and the generator write it as a constant")]
pub struct ResourceInfo {
    /// The API group; empty for the core group.
    pub group: Cow<'static, str>,
    /// The version within the group, such as `v1`.
    pub version: Cow<'static, str>,
    /// The kind, such as `Deployment`.
    pub kind: Cow<'static, str>,
    /// The resource, the plural name in URLs, such as `deployments`.
    pub plural: Cow<'static, str>,
    /// The singular name, such as `deployment`.
    pub singular: Cow<'static, str>,
    /// The kind of its lists, such as `DeploymentList`.
    pub list_kind: Cow<'static, str>,
    /// Short names, such as `deploy`.
    pub short_names: Cow<'static, [Cow<'static, str>]>,
    /// Categories that it is listed under, such as `all`.
    pub categories: Cow<'static, [Cow<'static, str>]>,
    /// Whether objects live in namespaces.
    pub scope: Scope,
    /// Names of the subresources, such as `status` and `scale`.
    pub subresources: Cow<'static, [Cow<'static, str>]>,
}

impl ResourceInfo {
    /// Returns `group/version`, or the version alone for the core group.
    pub fn api_version(&self) -> Cow<'static, str> {
        if self.group.is_empty() { self.version.clone() } else { format!("{}/{}", self.group, self.version).into() }
    }

    /// Tells whether this is its [`api_version`](Self::api_version).
    pub fn has_api_version(&self, api_version: &str) -> bool {
        let version = match &*self.group {
            "" => Some(api_version),
            group => api_version.strip_prefix(group).and_then(|rest| rest.strip_prefix('/')),
        };
        version.is_some_and(|version| version == self.version)
    }

    /// Returns the resource as errors name it: `pods`, `deployments.apps`.
    pub fn resource_name(&self) -> String {
        if self.group.is_empty() { self.plural.to_string() } else { format!("{}.{}", self.plural, self.group) }
    }

    /// Tells whether the server serves this subresource.
    pub fn has_subresource(&self, name: &str) -> bool {
        self.subresources.iter().any(|s| s == name)
    }
}

/// Where the objects of a kind live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "Kubernetes has these two")]
pub enum Scope {
    /// Each object lives in a namespace.
    Namespaced,
    /// The objects belong to the whole cluster.
    Cluster,
}

/// A kind that is known when the program is compiled.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a Kubernetes resource",
    label = "has no group, version and kind",
    note = "put `#[derive(kubist::Resource)]` on it, or use `Api::<Unstructured>::dynamic` for kinds known at run time"
)]
pub trait Resource: Object + Wire + Send + Sync + 'static {
    /// The description of the kind.
    const INFO: ResourceInfo;

    /// Returns the description of the kind.
    fn info() -> &'static ResourceInfo;
}

/// A kind whose objects live in namespaces.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a namespaced kind",
    label = "if it is cluster-scoped, use `Api::cluster`",
    note = "for `Unstructured`, use `Api::dynamic`; for a kind of your own, write `namespaced` in `#[resource(…)]`"
)]
pub trait Namespaced: Resource {}

/// A kind whose objects belong to the whole cluster.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a cluster-scoped kind",
    label = "if it is namespaced, use `Api::namespaced`, or `Api::all` to list and watch all namespaces",
    note = "for `Unstructured`, use `Api::dynamic`; for a kind of your own, write `cluster` in `#[resource(…)]`"
)]
pub trait ClusterScoped: Resource {}

/// A kind with a status subresource.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no status subresource",
    label = "its status cannot be written apart",
    note = "for your own kind, add a field `status: Option<…>` to the struct; for others, use `update` or `patch`"
)]
pub trait HasStatus: Object {
    /// The status struct.
    type Status;
    /// Returns the status to write to; makes an empty one where there is none.
    fn status_mut(&mut self) -> &mut Self::Status;
}

/// A kind with a scale subresource.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no scale subresource",
    label = "it cannot be scaled",
    note = "for your own kind, add `scale(spec = \".spec.replicas\", status = \".status.replicas\")` to `#[resource(…)]`"
)]
pub trait HasScale: Object {}

/// A type that can hold objects of kinds known only at run time.
#[diagnostic::on_unimplemented(
    message = "`{Self}` holds one kind only",
    label = "its kind is known when the program is compiled",
    note = "use `Api::namespaced`, `Api::all` or `Api::cluster`; `Api::dynamic` is for `Unstructured`"
)]
pub trait Dynamic: Object + Wire + Send + Sync + 'static {
    /// Whether it holds metadata only, so that the server need send no more.
    const METADATA_ONLY: bool = false;
}
