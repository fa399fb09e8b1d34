//! A definition is created, or the one that is there is made like it.

use super::super::{CustomResourceDefinition, conversion};
use super::Installed;
use crate::api::{Api, Cluster};
use crate::client::Client;
use crate::error::Result;

/// How often an update is tried while others write too.
const TRIES: usize = 10;

/// What was written.
pub(super) struct Written {
    pub(super) done: Installed,
    /// The definition as the server has it now.
    pub(super) crd: CustomResourceDefinition,
    /// As it was before.
    pub(super) old: Option<CustomResourceDefinition>,
    /// The `OpenAPI` documents that must change before the new schemas are in force: path and tag.
    pub(super) documents: Vec<(String, String)>,
}

/// Creates the definition, or makes the one that is there like it.
pub(super) async fn write(
    client: &Client,
    crds: &Api<CustomResourceDefinition, Cluster>,
    crd: &CustomResourceDefinition,
) -> Result<Written> {
    let mut tries = 1;
    loop {
        let written = match crds.get(&crd.metadata.name).optional().await? {
            None => {
                let created = crds.create(crd).await;
                created.map(|crd| Written { done: Installed::Created, crd, old: None, documents: Vec::new() })
            }
            Some(current) => {
                let wanted = like(&current, crd);
                if wanted == current {
                    return Ok(Written { done: Installed::Unchanged, crd: current, old: None, documents: Vec::new() });
                }
                let documents = documents(client, &current, &wanted).await;
                crds.update(&wanted).await.map(|updated| {
                    // The server writes nothing where it sees no difference.
                    if updated.metadata.resource_version == current.metadata.resource_version {
                        Written { done: Installed::Unchanged, crd: updated, old: None, documents: Vec::new() }
                    } else {
                        Written { done: Installed::Updated, crd: updated, old: Some(current), documents }
                    }
                })
            }
        };
        match written {
            // A definition that is deleted between the two requests is created.
            Err(error)
                if tries < TRIES && (error.is_conflict() || error.is_already_exists() || error.is_not_found()) =>
            {
                tries += 1;
            }
            written => return written,
        }
    }
}

/// What is there, with what is wanted.
fn like(current: &CustomResourceDefinition, crd: &CustomResourceDefinition) -> CustomResourceDefinition {
    let mut wanted = current.clone();
    wanted.spec = crd.spec.clone();
    let (names, now) = (&mut wanted.spec.names, &current.spec.names);
    if names.singular.is_empty() {
        names.singular = now.singular.clone();
    }
    if names.list_kind.is_empty() {
        names.list_kind = now.list_kind.clone();
    }
    conversion::keep(&mut wanted, current);
    for (key, value) in &crd.metadata.labels {
        wanted.metadata.labels.insert(key.clone(), value.clone());
    }
    for (key, value) in &crd.metadata.annotations {
        wanted.metadata.annotations.insert(key.clone(), value.clone());
    }
    wanted
}

/// The `OpenAPI` documents that change with an update, as they are before it.
async fn documents(
    client: &Client,
    current: &CustomResourceDefinition,
    wanted: &CustomResourceDefinition,
) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for version in wanted.spec.versions.iter().filter(|version| version.served) {
        let before = current.spec.versions.iter().find(|known| known.name == version.name && known.served);
        if before.is_some_and(|before| before.schema != version.schema) {
            let path = format!("/openapi/v3/apis/{}/{}", wanted.spec.group, version.name);
            // Who publishes no such document cannot be asked.
            if let Some(tag) = tag(client, &path).await {
                out.push((path, tag));
            }
        }
    }
    out
}

/// The tag of a document, which changes with it.
pub(super) async fn tag(client: &Client, path: &str) -> Option<String> {
    let answer = client.rest().get().abs_path(path).send().await.ok()?;
    Some(answer.headers().get(http::header::ETAG)?.to_str().ok()?.to_owned())
}
