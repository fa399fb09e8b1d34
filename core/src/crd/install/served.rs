//! Waiting until a definition is what the server works by.
//!
//! The real server takes a definition into use after it has answered the write. Three things follow one another, and each has its sign:
//! names are accepted and the definition is established (its status), its kind is served (discovery and a list), and a changed schema
//! is in force. For the last there is no field. Measured on kube-apiserver v1.37, 25 updates: a strict dry-run create right behind the
//! update was held to the old schema in 7 of them, some also after a watch had shown the update; the document at
//! `/openapi/v3/apis/{group}/{version}` has another `ETag` 5 to 35 ms after the update, when the new schema holds; the index at `/openapi/v3` and its
//! hashes follow 340 to 700 ms later. That document is read from the same informer as the schema, and every user may read it; a dry-run
//! create would need the right to create, and an object that the new schema takes.

use std::time::Duration;

use kubist_model::WatchEvent;
use kubist_types::apiextensions::v1::CustomResourceDefinitionCondition;
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use super::super::CustomResourceDefinition;
use super::write::{Written, tag};
use super::{Failure, Installed, Pause};
use crate::api::{Api, Cluster};
use crate::client::Client;
use crate::error::Result;

/// How long the server may take to look again at names that it has refused before; it took milliseconds.
const SECOND_LOOK: Duration = Duration::from_secs(2);
/// How long a changed schema may take to be published. Two schemas may look the same in `OpenAPI`, and then nothing changes.
const PUBLISHED: Duration = Duration::from_secs(5);

/// Waits until the names of a definition are accepted, and returns it as it is then.
pub(super) async fn established(
    crds: &Api<CustomResourceDefinition, Cluster>,
    written: &Written,
    waits_for: &mut String,
) -> Result<CustomResourceDefinition, Failure> {
    let name = written.crd.metadata.name.as_str();
    let deleted = || Failure::Refused("was deleted meanwhile".to_owned());
    // What was said of the definition before the update may stand there for a moment.
    let old = written.old.as_ref().and_then(|old| condition(old, "NamesAccepted"));
    let second_look = Instant::now() + SECOND_LOOK;
    let mut pause = Pause::new();
    loop {
        let mut seen = crds.get(name).optional().await?.ok_or_else(deleted)?;
        let version = seen.metadata.resource_version.clone();
        let mut events = crds.watch().fields(format!("metadata.name={name}")).resource_version(&version).await?;
        loop {
            if is_served(&seen) {
                return Ok(seen);
            }
            let refused = condition(&seen, "NamesAccepted").filter(|condition| condition.status == "False");
            *waits_for = match refused.or_else(|| condition(&seen, "Established")) {
                Some(no) => format!("{} is {}, {}: {}", no.r#type, no.status, no.reason, no.message),
                None => "the server says nothing of its names".to_owned(),
            };
            let is_old = refused.is_some() && refused == old;
            if refused.is_some() && (!is_old || Instant::now() >= second_look) {
                return Err(Failure::Refused(format!("is not accepted: {waits_for}")));
            }
            let next = if is_old {
                let Ok(next) = timeout_at(second_look, events.next()).await else { continue };
                next
            } else {
                events.next().await
            };
            match next {
                Some(Ok(WatchEvent::Added(crd) | WatchEvent::Modified(crd))) => seen = crd,
                Some(Ok(WatchEvent::Deleted(_))) => return Err(deleted()),
                Some(Ok(_)) => {}
                // A watch ends now and then, and may have expired; what is wrong for longer, the next request says.
                Some(Err(_)) | None => break,
            }
        }
        pause.wait().await;
    }
}

/// Tells whether the server works by these names.
///
/// It looks at `NamesAccepted` no more once the names are those that it has accepted, so that an old refusal may stay there for ever.
fn is_served(crd: &CustomResourceDefinition) -> bool {
    condition(crd, "Established").is_some_and(|condition| condition.status == "True")
        && crd.status.accepted_names == crd.spec.names
}

fn condition<'a>(crd: &'a CustomResourceDefinition, kind: &str) -> Option<&'a CustomResourceDefinitionCondition> {
    crd.status.conditions.iter().find(|condition| condition.r#type == kind)
}

/// Waits until the objects can be listed in every version that is served.
pub(super) async fn served(
    client: &Client,
    crd: &CustomResourceDefinition,
    waits_for: &mut String,
) -> Result<(), Failure> {
    let (group, plural) = (&crd.spec.group, &crd.spec.names.plural);
    for version in crd.spec.versions.iter().filter(|version| version.served) {
        *waits_for = format!("it is established, but {group}/{} does not serve its objects yet", version.name);
        let mut pause = Pause::new();
        while !is_discovered(client, group, &version.name, plural).await? {
            pause.wait().await;
        }
        let list = || client.rest().get().api(group, &version.name).resource(plural).param("limit", 1);
        while let Err(error) = list().send().await {
            match error.code() {
                // Behind an aggregator a version is not available for a moment.
                Some(404 | 429 | 503) => {}
                // Who may not list them is told so whether they are served or not; discovery has said that they are. Whatever else is
                // said, somebody serves them: a webhook that converts objects may be installed only after the definition.
                Some(_) => break,
                None => return Err(error.into()),
            }
            pause.wait().await;
        }
    }
    Ok(())
}

/// Tells whether discovery names a resource.
async fn is_discovered(client: &Client, group: &str, version: &str, plural: &str) -> Result<bool, Failure> {
    let found = match client.rest().get().abs_path(&format!("/apis/{group}/{version}")).send().await {
        Ok(answer) => answer.json::<Value>()?,
        Err(error) if error.is_not_found() || error.code() == Some(503) => return Ok(false),
        // Who may not even discover has to take the word of the list.
        Err(error) if error.is_forbidden() => return Ok(true),
        Err(error) => return Err(error.into()),
    };
    Ok(found["resources"].as_array().is_some_and(|list| list.iter().any(|resource| resource["name"] == plural)))
}

/// Waits until writes are held to the new schemas.
pub(super) async fn in_force(client: &Client, written: &Written, waits_for: &mut String) {
    if written.done != Installed::Updated {
        return;
    }
    "its new schema is not published yet".clone_into(waits_for);
    let end = Instant::now() + PUBLISHED;
    for (path, old) in &written.documents {
        let mut pause = Pause::new();
        while Instant::now() < end && tag(client, path).await.is_none_or(|tag| tag == *old) {
            pause.wait().await;
        }
    }
}
