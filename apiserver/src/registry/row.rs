//! A row of the table: everything about a kind that the generic handlers ask.

use std::borrow::Cow;
use std::sync::Arc;

use kubist_model::{ResourceInfo, Scope};

use super::Behaviour;

/// One served resource at one version.
///
/// The fields after `info` start with what most built-in kinds do; a row changes only what differs.
#[derive(Clone, Debug)]
pub(crate) struct ResourceDef {
    /// Names, scope and subresources.
    pub(crate) info: ResourceInfo,
    /// Whether the kind is compiled in or comes from a `CustomResourceDefinition`.
    pub(crate) origin: Origin,
    /// What may be done with it; discovery shows them.
    pub(crate) verbs: Cow<'static, [Verb]>,
    /// Where objects are stored, `resource.group`. Versions of one resource share it.
    pub(crate) storage: Arc<str>,
    /// The grammar of its names.
    pub(crate) names: NameRule,
    /// When `metadata.generation` moves.
    pub(crate) generation: GenerationRule,
    /// Whether a delete waits for somebody.
    pub(crate) grace: GraceRule,
    /// What happens to dependents when a delete does not say.
    pub(crate) propagation: Propagation,
    /// What a write to the status subresource takes besides the status.
    pub(crate) status_write: StatusWrite,
    /// Whether a PUT without `resourceVersion` overwrites.
    pub(crate) unconditional_update: bool,
    /// Whether a PUT of a missing object creates it.
    pub(crate) create_on_update: bool,
    /// Whether DELETE answers with the object instead of a `Status`.
    pub(crate) returns_deleted: bool,
    /// Field selectors besides `metadata.name` and `metadata.namespace`.
    pub(crate) field_selectors: Vec<FieldSelectorPath>,
    /// Top-level fields and paths that may not change after create, such as `["spec", "selector"]`.
    pub(crate) immutable: Vec<Vec<Cow<'static, str>>>,
    /// The paths that the scale subresource reads and writes.
    pub(crate) scale: Option<ScalePaths>,
    /// The subresources as discovery shows them.
    pub(crate) subresources: Vec<Subresource>,
    /// What the kind does that no row can say.
    pub(crate) behaviour: Option<Arc<dyn Behaviour>>,
}

impl ResourceDef {
    /// Returns the row of a built-in kind with the usual rules.
    pub(crate) fn built_in(info: ResourceInfo) -> ResourceDef {
        let storage: Arc<str> = info.resource_name().into();
        let generation =
            if info.has_subresource("status") { GenerationRule::SpecChanges } else { GenerationRule::Unset };
        ResourceDef {
            info,
            origin: Origin::BuiltIn,
            verbs: Cow::Borrowed(Verb::ALL),
            storage,
            names: NameRule::Subdomain,
            generation,
            grace: GraceRule::Immediate,
            propagation: Propagation::Background,
            status_write: StatusWrite::StatusAndMetadata,
            unconditional_update: true,
            create_on_update: false,
            returns_deleted: false,
            field_selectors: Vec::new(),
            immutable: Vec::new(),
            scale: None,
            subresources: Vec::new(),
            behaviour: None,
        }
    }

    /// Returns the row of a custom resource.
    pub(crate) fn custom(info: ResourceInfo) -> ResourceDef {
        let generation = if info.has_subresource("status") {
            GenerationRule::AllButMetadataAndStatus
        } else {
            GenerationRule::AllButMetadata
        };
        ResourceDef {
            origin: Origin::Custom,
            generation,
            status_write: StatusWrite::StatusOnly,
            unconditional_update: false,
            ..ResourceDef::built_in(info)
        }
    }

    /// Tells whether objects live in namespaces.
    pub(crate) fn is_namespaced(&self) -> bool {
        self.info.scope == Scope::Namespaced
    }

    /// Tells whether the verb is served.
    pub(crate) fn allows(&self, verb: Verb) -> bool {
        self.verbs.contains(&verb)
    }

    /// Tells whether status is written apart.
    pub(crate) fn has_status(&self) -> bool {
        self.info.has_subresource("status")
    }
}

/// Where a kind comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Compiled in: strategic merge patch exists, nulls are dropped on decode.
    BuiltIn,
    /// Described by a `CustomResourceDefinition`.
    Custom,
}

/// What may be done with a resource, as discovery and RBAC name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verb {
    /// POST.
    Create,
    /// DELETE of one object.
    Delete,
    /// DELETE of the collection.
    DeleteCollection,
    /// GET of one object.
    Get,
    /// GET of the collection.
    List,
    /// PATCH.
    Patch,
    /// PUT.
    Update,
    /// GET of the collection with `watch=true`.
    Watch,
}

impl Verb {
    /// All verbs, in the order in which discovery prints them.
    pub(crate) const ALL: &'static [Verb] = &[
        Verb::Create,
        Verb::Delete,
        Verb::DeleteCollection,
        Verb::Get,
        Verb::List,
        Verb::Patch,
        Verb::Update,
        Verb::Watch,
    ];

    /// Returns the name that discovery and RBAC use.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Verb::Create => "create",
            Verb::Delete => "delete",
            Verb::DeleteCollection => "deletecollection",
            Verb::Get => "get",
            Verb::List => "list",
            Verb::Patch => "patch",
            Verb::Update => "update",
            Verb::Watch => "watch",
        }
    }
}

/// The grammar of names of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameRule {
    /// DNS-1123 subdomain: most kinds.
    Subdomain,
    /// DNS-1123 label: namespaces and services.
    Label,
    /// One segment of a path: RBAC's kinds.
    PathSegment,
}

/// When `metadata.generation` moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GenerationRule {
    /// The kind has no generation.
    Unset,
    /// Starts at 1, moves when `spec` changes: most built-in kinds.
    SpecChanges,
    /// Starts at 1, moves when anything but metadata and status changes: custom resources with a status subresource.
    AllButMetadataAndStatus,
    /// Starts at 1, moves when anything but metadata changes: custom resources without one.
    AllButMetadata,
    /// As before, and labels count as well: endpoint slices.
    AllButMetadataSaveLabels,
}

/// Whether a delete waits for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GraceRule {
    /// Objects go at once unless finalizers hold them.
    Immediate,
    /// Pods wait for a kubelet, if they were given to one.
    Pod,
}

/// What happens to dependents when a delete does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Propagation {
    /// The garbage collector removes them later.
    Background,
    /// They stay: Jobs of `batch/v1` and `ReplicationControllers`.
    Orphan,
    /// The kind takes no part in garbage collection: events.
    Unsupported,
}

/// What a write to the status subresource takes besides the status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StatusWrite {
    /// Labels and annotations are written too: built-in kinds.
    StatusAndMetadata,
    /// Nothing else: custom resources.
    StatusOnly,
}

/// A field selector: what it is called and where the value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldSelectorPath {
    /// The name in the selector, such as `spec.nodeName`.
    pub(crate) label: Cow<'static, str>,
    /// The value's place, such as `["spec", "nodeName"]`.
    pub(crate) path: Vec<Cow<'static, str>>,
    /// What an absent field counts as; empty for most.
    pub(crate) default: &'static str,
}

impl FieldSelectorPath {
    /// Returns a selector whose name is the dotted path itself.
    pub(crate) fn dotted(label: impl Into<Cow<'static, str>>) -> FieldSelectorPath {
        let label = label.into();
        let path = label.split('.').map(|s| Cow::Owned(s.to_owned())).collect();
        FieldSelectorPath { label, path, default: "" }
    }
}

/// A subresource as discovery shows it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub(crate) struct Subresource {
    /// Its name, such as `status`.
    pub(crate) name: String,
    /// The group of its kind.
    #[serde(default)]
    pub(crate) group: String,
    /// The version of its kind.
    pub(crate) version: String,
    /// Its kind, which is the resource's own for `status`.
    pub(crate) kind: String,
    /// What may be done with it.
    pub(crate) verbs: Vec<String>,
}

/// The paths that the scale subresource reads and writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ScalePaths {
    /// The wanted replicas, such as `["spec", "replicas"]`.
    pub(crate) spec_replicas: Vec<Cow<'static, str>>,
    /// The observed replicas, such as `["status", "replicas"]`.
    pub(crate) status_replicas: Vec<Cow<'static, str>>,
    /// A label selector, as a string or as a `LabelSelector` object; none if the kind has none.
    pub(crate) selector: Option<Vec<Cow<'static, str>>>,
}
