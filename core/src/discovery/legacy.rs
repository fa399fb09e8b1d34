//! Discovery as servers without the aggregated form have it: one answer for each version of each group.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use kubist_model::{GroupVersion, Scope};
use serde::Deserialize;

use super::aggregated::{Names, null_is_default};
use super::catalogue::{ApiGroup, ApiResource, ApiSubresource, ApiVersion, Catalogue, Failure};
use crate::client::Client;
use crate::error::Result;

/// `v1 APIVersions`, the versions of the core group.
#[derive(Default, Deserialize)]
#[serde(default)]
struct CoreVersions {
    #[serde(deserialize_with = "null_is_default")]
    versions: Vec<String>,
}

/// `v1 APIGroupList`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct GroupList {
    #[serde(deserialize_with = "null_is_default")]
    groups: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    name: String,
    #[serde(default, deserialize_with = "null_is_default")]
    versions: Vec<Version>,
    #[serde(default)]
    preferred_version: Version,
}

#[derive(Default, Deserialize, PartialEq)]
#[serde(default)]
struct Version {
    version: String,
}

/// `v1 APIResourceList`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ResourceList {
    #[serde(deserialize_with = "null_is_default")]
    resources: Vec<Resource>,
}

/// A resource, or a subresource with a slash in its name.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Resource {
    name: String,
    singular_name: String,
    namespaced: bool,
    kind: String,
    #[serde(deserialize_with = "null_is_default")]
    verbs: Vec<String>,
    #[serde(deserialize_with = "null_is_default")]
    short_names: Vec<String>,
    #[serde(deserialize_with = "null_is_default")]
    categories: Vec<String>,
}

/// Asks for the groups, and then for all their versions at once.
pub(super) async fn fetch(client: &Client) -> Result<Catalogue> {
    let core: CoreVersions = or_empty(client, "/api").await?;
    let named: GroupList = or_empty(client, "/apis").await?;
    let core = (!core.versions.is_empty()).then(|| (String::new(), core.versions));
    let groups: Vec<(String, Vec<String>)> =
        core.into_iter().chain(named.groups.into_iter().map(Group::into_parts)).collect();

    let every = |(name, versions): &(String, Vec<String>)| -> Vec<GroupVersion> {
        versions.iter().map(|version| GroupVersion::new(name, version)).collect()
    };
    let asked: Vec<GroupVersion> = groups.iter().flat_map(every).collect();
    let mut answers = join_all(asked.iter().map(|version| resources(client, version))).await.into_iter();

    let mut catalogue = Catalogue::default();
    for (name, names) in groups {
        let mut versions = Vec::with_capacity(names.len());
        for version in names {
            match answers.next().expect("one answer for each version that was asked for") {
                Ok(list) => versions.push(list.into_version(&name, version)),
                Err(error) => {
                    let group_version = GroupVersion::new(&name, &version);
                    catalogue.failed.push(Failure { group_version, problem: error.to_string() });
                    versions.push(ApiVersion { name: version, stale: true, resources: Vec::new() });
                }
            }
        }
        catalogue.groups.push(ApiGroup { name, versions });
    }
    Ok(catalogue)
}

/// Gets a list of groups; a server without the path, such as one that only aggregates, has none.
async fn or_empty<T: Default + for<'de> Deserialize<'de>>(client: &Client, path: &str) -> Result<T> {
    match client.rest().get().abs_path(path).send().await {
        Ok(answer) => answer.json(),
        Err(error) if error.is_not_found() => Ok(T::default()),
        Err(error) => Err(error),
    }
}

async fn resources(client: &Client, version: &GroupVersion) -> Result<ResourceList> {
    let root = if version.group.is_empty() { "/api" } else { "/apis" };
    client.rest().get().abs_path(&format!("{root}/{version}")).send().await?.json()
}

impl Group {
    /// Its name, and its versions with the preferred one first.
    fn into_parts(self) -> (String, Vec<String>) {
        let preferred = self.preferred_version;
        let (first, others): (Vec<Version>, Vec<Version>) =
            self.versions.into_iter().partition(|version| *version == preferred);
        (self.name, first.into_iter().chain(others).map(|version| version.version).collect())
    }
}

impl ResourceList {
    fn into_version(self, group: &str, version: String) -> ApiVersion {
        let (parts, wholes): (Vec<Resource>, Vec<Resource>) =
            self.resources.into_iter().partition(|resource| resource.name.contains('/'));
        let resources = wholes.into_iter().map(|resource| {
            let subresources: Vec<ApiSubresource> = parts
                .iter()
                .filter_map(|part| {
                    let (parent, name) = part.name.split_once('/')?;
                    let (kind, verbs) = (part.kind.clone(), part.verbs.clone());
                    (parent == resource.name).then(|| ApiSubresource { name: name.to_owned(), kind, verbs })
                })
                .collect();
            resource.in_version((group, &version), subresources)
        });
        ApiVersion { resources: resources.collect(), name: version, stale: false }
    }
}

impl Resource {
    fn in_version(self, api: (&str, &str), subresources: Vec<ApiSubresource>) -> ApiResource {
        let names = Names {
            kind: self.kind,
            plural: self.name,
            singular: self.singular_name,
            short: self.short_names,
            categories: self.categories,
        };
        let scope = if self.namespaced { Scope::Namespaced } else { Scope::Cluster };
        ApiResource { info: names.info(api, scope, &subresources), verbs: self.verbs, subresources }
    }
}

/// Awaits all at once and returns the results in the order of the futures.
pub(super) async fn join_all<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<Pin<Box<F>>> = futures.into_iter().map(Box::pin).collect();
    let mut results: Vec<Option<F::Output>> = running.iter().map(|_| None).collect();
    poll_fn(|context| {
        let mut waits = false;
        for (future, result) in running.iter_mut().zip(&mut results) {
            if result.is_none() {
                match future.as_mut().poll(context) {
                    Poll::Ready(value) => *result = Some(value),
                    Poll::Pending => waits = true,
                }
            }
        }
        if waits { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    results.into_iter().flatten().collect()
}
