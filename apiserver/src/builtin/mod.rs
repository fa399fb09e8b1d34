//! The rows of the built-in kinds: discovery's facts from a table, and the few rules in which they differ.
//!
//! `resources.json` is the part of `types/facts` that the server needs, written by `cargo xtask generate`. The rules are those of
//! `pkg/registry/*/*/strategy.go` in k8s.io/kubernetes v1.37.2.

mod namespace;
mod pod;

use std::borrow::Cow;
use std::sync::Arc;

use kubist_model::{ResourceInfo, Scope};
use serde::Deserialize;

use crate::crd::Definitions;
use crate::registry::{
    FieldSelectorPath, GenerationRule, GraceRule, NameRule, Propagation, ResourceDef, ScalePaths, Subresource, Verb,
};

pub(crate) use self::namespace::bootstrap;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fact {
    group: String,
    version: String,
    kind: String,
    plural: String,
    singular: String,
    #[serde(default)]
    list_kind: String,
    #[serde(default)]
    namespaced: bool,
    verbs: Vec<String>,
    #[serde(default)]
    short_names: Vec<String>,
    #[serde(default)]
    categories: Vec<String>,
    #[serde(default)]
    subresources: Vec<Subresource>,
}

/// Kinds that are asked of the server and answered at once, and others that nobody stores: they need more than a store.
const NOT_STORED: [&str; 9] = [
    "bindings",
    "componentstatuses",
    "tokenreviews.authentication.k8s.io",
    "selfsubjectreviews.authentication.k8s.io",
    "localsubjectaccessreviews.authorization.k8s.io",
    "selfsubjectaccessreviews.authorization.k8s.io",
    "selfsubjectrulesreviews.authorization.k8s.io",
    "subjectaccessreviews.authorization.k8s.io",
    "evictions",
];

/// Returns the rows of all built-in kinds.
pub(crate) fn rows() -> Vec<ResourceDef> {
    let facts: Vec<Fact> =
        serde_json::from_str(include_str!("resources.json")).expect("the table is written by a program");
    facts.into_iter().map(row).collect()
}

fn row(fact: Fact) -> ResourceDef {
    let owned = |names: Vec<String>| Cow::Owned(names.into_iter().map(Cow::Owned).collect());
    let info = ResourceInfo {
        group: fact.group.into(),
        version: fact.version.into(),
        kind: fact.kind.into(),
        plural: fact.plural.into(),
        singular: fact.singular.into(),
        list_kind: fact.list_kind.into(),
        short_names: owned(fact.short_names),
        categories: owned(fact.categories),
        scope: if fact.namespaced { Scope::Namespaced } else { Scope::Cluster },
        subresources: fact.subresources.iter().map(|sub| Cow::Owned(sub.name.clone())).collect(),
    };
    let verbs: Vec<Verb> =
        Verb::ALL.iter().copied().filter(|verb| fact.verbs.iter().any(|name| name == verb.as_str())).collect();
    let resource = info.resource_name();
    let mut row = ResourceDef::built_in(info);
    row.verbs = Cow::Owned(if NOT_STORED.contains(&resource.as_str()) { Vec::new() } else { verbs });
    row.subresources = fact.subresources;
    rules(&resource, &mut row);
    row
}

/// What a kind does otherwise than most.
fn rules(resource: &str, row: &mut ResourceDef) {
    row.names = match resource {
        "namespaces" | "services" => NameRule::Label,
        "roles.rbac.authorization.k8s.io"
        | "rolebindings.rbac.authorization.k8s.io"
        | "clusterroles.rbac.authorization.k8s.io"
        | "clusterrolebindings.rbac.authorization.k8s.io" => NameRule::PathSegment,
        _ => NameRule::Subdomain,
    };
    row.generation = match resource {
        "deployments.apps"
        | "daemonsets.apps"
        | "statefulsets.apps"
        | "replicasets.apps"
        | "jobs.batch"
        | "cronjobs.batch"
        | "pods"
        | "replicationcontrollers"
        | "poddisruptionbudgets.policy"
        | "ingresses.networking.k8s.io"
        | "customresourcedefinitions.apiextensions.k8s.io"
        | "flowschemas.flowcontrol.apiserver.k8s.io"
        | "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io"
        | "validatingadmissionpolicies.admissionregistration.k8s.io"
        | "networkpolicies.networking.k8s.io"
        | "ingressclasses.networking.k8s.io"
        | "podtemplates"
        | "deviceclasses.resource.k8s.io"
        | "resourceslices.resource.k8s.io" => GenerationRule::SpecChanges,
        "endpointslices.discovery.k8s.io" => GenerationRule::AllButMetadataSaveLabels,
        "priorityclasses.scheduling.k8s.io"
        | "mutatingwebhookconfigurations.admissionregistration.k8s.io"
        | "validatingwebhookconfigurations.admissionregistration.k8s.io" => GenerationRule::AllButMetadata,
        _ => GenerationRule::Unset,
    };
    if resource == "pods" {
        row.grace = GraceRule::Pod;
    }
    row.propagation = match resource {
        "jobs.batch" | "replicationcontrollers" => Propagation::Orphan,
        "events" | "events.events.k8s.io" => Propagation::Unsupported,
        _ => Propagation::Background,
    };
    row.create_on_update = matches!(
        resource,
        "endpoints"
            | "events"
            | "leases.coordination.k8s.io"
            | "limitranges"
            | "services"
            | "roles.rbac.authorization.k8s.io"
            | "rolebindings.rbac.authorization.k8s.io"
            | "clusterroles.rbac.authorization.k8s.io"
            | "clusterrolebindings.rbac.authorization.k8s.io"
    );
    row.unconditional_update = !matches!(
        resource,
        "leases.coordination.k8s.io"
            | "customresourcedefinitions.apiextensions.k8s.io"
            | "apiservices.apiregistration.k8s.io"
    );
    row.returns_deleted = matches!(
        resource,
        "namespaces"
            | "persistentvolumes"
            | "persistentvolumeclaims"
            | "pods"
            | "podtemplates"
            | "resourcequotas"
            | "services"
            | "serviceaccounts"
            | "deviceclasses.resource.k8s.io"
            | "resourceclaims.resource.k8s.io"
            | "resourceclaimtemplates.resource.k8s.io"
            | "resourceslices.resource.k8s.io"
            | "storageclasses.storage.k8s.io"
            | "volumeattributesclasses.storage.k8s.io"
            | "csinodes.storage.k8s.io"
            | "csidrivers.storage.k8s.io"
            | "volumeattachments.storage.k8s.io"
    );
    row.field_selectors = field_selectors(resource);
    row.scale = row.info.has_subresource("scale").then(|| scale_paths(resource));
    row.behaviour = match resource {
        "namespaces" => Some(Arc::new(namespace::Namespaces)),
        "pods" => Some(Arc::new(pod::Pods)),
        "customresourcedefinitions.apiextensions.k8s.io" => Some(Arc::new(Definitions)),
        _ => None,
    };
}

/// The fields besides name and namespace that lists select by.
fn field_selectors(resource: &str) -> Vec<FieldSelectorPath> {
    let selectors: &[&'static str] = match resource {
        "pods" => &[
            "spec.nodeName",
            "spec.restartPolicy",
            "spec.schedulerName",
            "spec.serviceAccountName",
            "spec.hostNetwork",
            "status.phase",
            "status.podIP",
            "status.nominatedNodeName",
        ],
        "nodes" => &["spec.unschedulable"],
        "namespaces" => &["status.phase"],
        "secrets" => &["type"],
        "services" => &["spec.clusterIP", "spec.type"],
        "events" => &[
            "involvedObject.kind",
            "involvedObject.namespace",
            "involvedObject.name",
            "involvedObject.uid",
            "involvedObject.apiVersion",
            "involvedObject.resourceVersion",
            "involvedObject.fieldPath",
            "reason",
            "type",
        ],
        "replicationcontrollers" => &["status.replicas"],
        "jobs.batch" => &["status.successful"],
        "certificatesigningrequests.certificates.k8s.io" => &["spec.signerName"],
        _ => &[],
    };
    let mut selectors: Vec<FieldSelectorPath> =
        selectors.iter().map(|label| FieldSelectorPath::dotted(*label)).collect();
    for selector in &mut selectors {
        selector.default = match selector.label.as_ref() {
            "spec.unschedulable" | "spec.hostNetwork" => "false",
            "status.replicas" | "status.successful" => "0",
            _ => "",
        };
    }
    selectors
}

/// Where the replicas of a built-in kind stand.
fn scale_paths(resource: &str) -> ScalePaths {
    let path = |words: [&'static str; 2]| words.map(Cow::Borrowed).to_vec();
    ScalePaths {
        spec_replicas: path(["spec", "replicas"]),
        status_replicas: path(["status", "replicas"]),
        // The selector of a ReplicationController is a map of labels, not a LabelSelector.
        selector: (resource != "replicationcontrollers").then(|| path(["spec", "selector"])),
    }
}
