//! Aggregated discovery: everything in two answers.
//!
//! Source: <https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery>.

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use kubist_model::{GroupVersion, ResourceInfo, Scope};
use serde::{Deserialize, Deserializer};

use super::catalogue::{ApiGroup, ApiResource, ApiSubresource, ApiVersion, Catalogue, Failure};

/// What to accept: the aggregated form if the server has it, else the older one. The API server compares this text
/// parameter by parameter, and in this order.
pub(super) const ACCEPT: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

/// Tells by the headers whether an answer has the aggregated form.
pub(super) fn is_aggregated(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let has = |parameter: &str| content_type.split(';').any(|part| part.trim() == parameter);
    has("g=apidiscovery.k8s.io") && has("v=v2") && has("as=APIGroupDiscoveryList")
}

/// `apidiscovery.k8s.io/v2 APIGroupDiscoveryList`, as far as it is read.
#[derive(Deserialize)]
pub(super) struct GroupList {
    #[serde(default, deserialize_with = "null_is_default")]
    items: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    #[serde(default)]
    metadata: Named,
    #[serde(default, deserialize_with = "null_is_default")]
    versions: Vec<Version>,
}

#[derive(Default, Deserialize)]
struct Named {
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct Version {
    #[serde(rename = "version")]
    name: String,
    #[serde(default, deserialize_with = "null_is_default")]
    resources: Vec<Resource>,
    #[serde(default)]
    freshness: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Resource {
    #[serde(rename = "resource")]
    plural: String,
    #[serde(deserialize_with = "null_is_default")]
    response_kind: Kind,
    scope: String,
    #[serde(rename = "singularResource")]
    singular: String,
    #[serde(deserialize_with = "null_is_default")]
    verbs: Vec<String>,
    #[serde(deserialize_with = "null_is_default")]
    short_names: Vec<String>,
    #[serde(deserialize_with = "null_is_default")]
    categories: Vec<String>,
    #[serde(deserialize_with = "null_is_default")]
    subresources: Vec<Subresource>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Subresource {
    #[serde(rename = "subresource")]
    name: String,
    #[serde(deserialize_with = "null_is_default")]
    response_kind: Kind,
    #[serde(deserialize_with = "null_is_default")]
    verbs: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Kind {
    kind: String,
}

impl GroupList {
    /// Adds the groups to a catalogue.
    pub(super) fn add_to(self, catalogue: &mut Catalogue) {
        for group in self.items {
            let name = group.metadata.name;
            let mut versions = Vec::with_capacity(group.versions.len());
            for version in group.versions {
                let stale = version.freshness == "Stale";
                if stale {
                    catalogue.failed.push(Failure {
                        group_version: GroupVersion::new(&name, &version.name),
                        problem: "its server does not answer".to_owned(),
                    });
                }
                let resources = version.resources.into_iter().filter_map(|resource| {
                    // Without a kind there is a parent of subresources only, such as `nodes` of a metrics server.
                    (!resource.response_kind.kind.is_empty()).then(|| resource.in_version(&name, &version.name))
                });
                versions.push(ApiVersion { resources: resources.collect(), name: version.name.clone(), stale });
            }
            catalogue.groups.push(ApiGroup { name, versions });
        }
    }
}

impl Resource {
    fn in_version(self, group: &str, version: &str) -> ApiResource {
        let subresources: Vec<ApiSubresource> = self
            .subresources
            .into_iter()
            .map(|part| ApiSubresource { name: part.name, kind: part.response_kind.kind, verbs: part.verbs })
            .collect();
        let scope = if self.scope == "Namespaced" { Scope::Namespaced } else { Scope::Cluster };
        let names = Names {
            kind: self.response_kind.kind,
            plural: self.plural,
            singular: self.singular,
            short: self.short_names,
            categories: self.categories,
        };
        ApiResource { info: names.info((group, version), scope, &subresources), verbs: self.verbs, subresources }
    }
}

/// The names of a resource, as both forms of discovery give them.
pub(super) struct Names {
    pub(super) kind: String,
    pub(super) plural: String,
    pub(super) singular: String,
    pub(super) short: Vec<String>,
    pub(super) categories: Vec<String>,
}

impl Names {
    /// Makes the description. Discovery does not tell the kind of lists; it is the kind and `List`.
    pub(super) fn info(self, api: (&str, &str), scope: Scope, subresources: &[ApiSubresource]) -> ResourceInfo {
        let singular = if self.singular.is_empty() { self.kind.to_lowercase() } else { self.singular };
        let list = |names: Vec<String>| names.into_iter().map(Into::into).collect::<Vec<_>>().into();
        ResourceInfo {
            group: api.0.to_owned().into(),
            version: api.1.to_owned().into(),
            list_kind: format!("{}List", self.kind).into(),
            kind: self.kind.into(),
            plural: self.plural.into(),
            singular: singular.into(),
            short_names: list(self.short),
            categories: list(self.categories),
            scope,
            subresources: list(subresources.iter().map(|part| part.name.clone()).collect()),
        }
    }
}

/// Go writes an empty list as `null`.
pub(super) fn null_is_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    from: D,
) -> Result<T, D::Error> {
    Option::deserialize(from).map(Option::unwrap_or_default)
}
