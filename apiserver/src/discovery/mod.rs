//! What the server serves, in both forms: the older documents, and the aggregated one.
//!
//! Pure functions over the registry.

use std::collections::BTreeMap;
use std::sync::Arc;

use http::HeaderMap;
use http::header::ACCEPT;
use kubist_naming::version;
use serde_json::{Value, json};

use crate::error::ApiError;
pub(crate) use crate::handlers::Place;
use crate::registry::{Registry, ResourceDef};

const JSON: &str = "application/json";
const AGGREGATED: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/// Returns the document of a place and its content type.
pub(crate) fn answer(registry: &Registry, place: &Place, headers: &HeaderMap) -> Result<(String, Value), ApiError> {
    let rows = registry.all();
    let groups = groups(&rows);
    let is_aggregated = wants_aggregated(headers);
    let document = match place {
        Place::Core if is_aggregated => return Ok((AGGREGATED.to_owned(), aggregated(&groups, true))),
        Place::Groups if is_aggregated => return Ok((AGGREGATED.to_owned(), aggregated(&groups, false))),
        Place::Core => json!({
            "kind": "APIVersions", "versions": ["v1"],
            "serverAddressByClientCIDRs": [{ "clientCIDR": "0.0.0.0/0", "serverAddress": "" }],
        }),
        Place::Groups => {
            let list: Vec<Value> = groups
                .iter()
                .filter(|(name, _)| !name.is_empty())
                .map(|(name, versions)| group(name, versions))
                .collect();
            json!({ "kind": "APIGroupList", "apiVersion": "v1", "groups": list })
        }
        Place::Group(name) => {
            let found = groups.iter().find(|(known, _)| known == name).ok_or_else(not_found)?;
            let mut document = group(name, &found.1);
            document["kind"] = "APIGroup".into();
            document["apiVersion"] = "v1".into();
            document
        }
        Place::Version(name, version) => {
            let found = groups.iter().find(|(known, _)| known == name).ok_or_else(not_found)?;
            let (_, rows) = found.1.iter().find(|(known, _)| known == version).ok_or_else(not_found)?;
            let group_version = group_version(name, version);
            let resources: Vec<Value> = rows.iter().flat_map(|row| legacy(row)).collect();
            json!({ "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": group_version, "resources": resources })
        }
    };
    Ok((JSON.to_owned(), document))
}

fn not_found() -> ApiError {
    kubist_model::Status::no_such_resource().into()
}

fn wants_aggregated(headers: &HeaderMap) -> bool {
    let accept = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accept.flat_map(|value| value.split(',')).any(|clause| {
        let parts: Vec<&str> = clause.split(';').map(str::trim).collect();
        ["g=apidiscovery.k8s.io", "v=v2", "as=APIGroupDiscoveryList"].iter().all(|part| parts.contains(part))
    })
}

type Rows = Vec<Arc<ResourceDef>>;
type Versions = Vec<(String, Rows)>;

/// The groups in the server's order: the core group, built-in ones, then custom ones; versions by preference.
fn groups(rows: &[Arc<ResourceDef>]) -> Vec<(String, Versions)> {
    let mut groups: BTreeMap<(u8, String), BTreeMap<String, Rows>> = BTreeMap::new();
    for row in rows {
        let group = row.info.group.to_string();
        // Real servers rank their own groups by hand; what comes from definitions stands behind.
        let rank = match (group.as_str(), row.origin) {
            ("", _) => 0,
            ("apiregistration.k8s.io" | "apps", _) => 1,
            (_, crate::registry::Origin::BuiltIn) => 2,
            (_, crate::registry::Origin::Custom) => 3,
        };
        groups.entry((rank, group)).or_default().entry(row.info.version.to_string()).or_default().push(Arc::clone(row));
    }
    groups
        .into_iter()
        .map(|((_, name), versions)| {
            let mut versions: Versions = versions.into_iter().collect();
            versions.sort_by(|(a, _), (b, _)| version::compare(b, a));
            (name, versions)
        })
        .collect()
}

fn group_version(group: &str, version: &str) -> String {
    if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") }
}

fn group(name: &str, versions: &Versions) -> Value {
    let entry = |version: &str| json!({ "groupVersion": group_version(name, version), "version": version });
    let list: Vec<Value> = versions.iter().map(|(version, _)| entry(version)).collect();
    let preferred = versions.first().map(|(version, _)| entry(version));
    json!({ "name": name, "versions": list, "preferredVersion": preferred })
}

/// The entries of a kind in an `APIResourceList`: the resource, then its subresources.
fn legacy(row: &ResourceDef) -> Vec<Value> {
    let info = &row.info;
    let namespaced = row.is_namespaced();
    let mut entry = json!({
        "name": info.plural, "singularName": info.singular, "namespaced": namespaced, "kind": info.kind,
        "verbs": row.verbs.iter().map(|verb| verb.as_str()).collect::<Vec<_>>(),
    });
    names(row, &mut entry);
    let mut entries = vec![entry];
    for sub in &row.subresources {
        let mut entry = json!({
            "name": format!("{}/{}", info.plural, sub.name), "singularName": "", "namespaced": namespaced,
            "kind": sub.kind, "verbs": sub.verbs,
        });
        if (sub.group.as_str(), sub.version.as_str()) != (info.group.as_ref(), info.version.as_ref()) {
            entry["group"] = sub.group.clone().into();
            entry["version"] = sub.version.clone().into();
        }
        entries.push(entry);
    }
    entries
}

fn names(row: &ResourceDef, entry: &mut Value) {
    for (field, names) in [("shortNames", &row.info.short_names), ("categories", &row.info.categories)] {
        if !names.is_empty() {
            entry[field] = names.iter().map(AsRef::as_ref).collect::<Vec<&str>>().into();
        }
    }
}

fn aggregated(groups: &[(String, Versions)], core: bool) -> Value {
    let items: Vec<Value> = groups
        .iter()
        .filter(|(name, _)| name.is_empty() == core)
        .map(|(name, versions)| {
            let versions: Vec<Value> = versions
                .iter()
                .map(|(version, rows)| {
                    let resources: Vec<Value> = rows.iter().map(|row| discovered(row)).collect();
                    json!({ "version": version, "resources": resources, "freshness": "Current" })
                })
                .collect();
            let metadata = if name.is_empty() { json!({}) } else { json!({ "name": name }) };
            json!({ "metadata": metadata, "versions": versions })
        })
        .collect();
    json!({ "kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "metadata": {}, "items": items })
}

fn discovered(row: &ResourceDef) -> Value {
    let info = &row.info;
    let mut entry = json!({
        "resource": info.plural,
        "responseKind": { "group": info.group, "version": info.version, "kind": info.kind },
        "scope": if row.is_namespaced() { "Namespaced" } else { "Cluster" },
        "singularResource": info.singular,
        "verbs": row.verbs.iter().map(|verb| verb.as_str()).collect::<Vec<_>>(),
    });
    names(row, &mut entry);
    if !row.subresources.is_empty() {
        let list = row.subresources.iter().map(|sub| {
            json!({
                "subresource": sub.name,
                "responseKind": { "group": sub.group, "version": sub.version, "kind": sub.kind },
                "verbs": sub.verbs,
            })
        });
        entry["subresources"] = list.collect();
    }
    entry
}

/// What `/version` says. The numbers are those of the release whose behaviour this server follows.
pub(crate) fn version() -> Value {
    json!({
        "major": "1", "minor": "37", "emulationMajor": "1", "emulationMinor": "37", "minCompatibilityMajor": "1",
        "minCompatibilityMinor": "36", "gitVersion": concat!("v1.37.2+kubist-", env!("CARGO_PKG_VERSION")), "gitCommit": "",
        "gitTreeState": "", "buildDate": "1970-01-01T00:00:00Z", "goVersion": "", "compiler": "", "platform": platform(),
    })
}

fn platform() -> String {
    format!("{}/{}", std::env::consts::OS, std::env::consts::ARCH)
}
