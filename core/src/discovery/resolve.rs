//! From the names that people use to kinds. Nothing here asks a server.

use kubist_naming as naming;

use super::catalogue::{ApiGroup, ApiResource, Catalogue};

/// Finds what a name means, or says why it means nothing.
pub(super) fn resolve<'a>(catalogue: &'a Catalogue, text: &str) -> Result<&'a ApiResource, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("the name of the resource is empty".to_owned());
    }
    for reading in Reading::all(text) {
        let found = reading.find(catalogue);
        if !found.is_empty() {
            return choose(text, &found);
        }
    }
    Err(unknown(catalogue, text))
}

/// One way to understand a name: `pods`, `pods.v1`, `deployments.apps` and `deployments.v1.apps` differ in what their dots mean.
struct Reading<'t> {
    word: &'t str,
    place: Place<'t>,
}

enum Place<'t> {
    Anywhere,
    /// `version.group`, `version.` or `version`.
    Version(&'t str),
    Group(&'t str),
    /// The beginning of a group, as kubectl takes it.
    GroupPrefix(&'t str),
}

impl<'t> Reading<'t> {
    /// All ways to understand a name, the most exact one first.
    fn all(text: &'t str) -> Vec<Self> {
        let Some((word, place)) = text.split_once('.') else {
            return vec![Self { word: text, place: Place::Anywhere }];
        };
        [Place::Version(place), Place::Group(place), Place::GroupPrefix(place)].map(|place| Self { word, place }).into()
    }

    /// What it may mean, at most one resource of each group. Real names win over short ones.
    fn find<'a>(&self, catalogue: &'a Catalogue) -> Vec<&'a ApiResource> {
        let with = |matches: fn(&ApiResource, &str) -> bool| -> Vec<&'a ApiResource> {
            catalogue.groups.iter().filter_map(|group| self.find_in(group, matches)).collect()
        };
        let found = with(has_name);
        if found.is_empty() { with(has_short_name) } else { found }
    }

    fn find_in<'a>(&self, group: &'a ApiGroup, matches: fn(&ApiResource, &str) -> bool) -> Option<&'a ApiResource> {
        let matching = |resource: &&ApiResource| matches(resource, self.word);
        match self.place {
            Place::Anywhere => group.preferred().find(matching),
            Place::Group(name) => group.preferred().find(matching).filter(|_| group.name.eq_ignore_ascii_case(name)),
            Place::GroupPrefix(start) => {
                let begins = !start.is_empty() && group.name.starts_with(start);
                group.preferred().find(matching).filter(|_| begins)
            }
            Place::Version(place) => {
                let (version, name) = place.split_once('.').unwrap_or((place, ""));
                let served = group.versions.iter().find(|served| served.name == version && group.name == name);
                served.and_then(|served| served.resources.iter().find(matching))
            }
        }
    }
}

fn has_name(resource: &ApiResource, word: &str) -> bool {
    let info = &resource.info;
    [&info.plural, &info.singular, &info.kind].into_iter().any(|name| name.eq_ignore_ascii_case(word))
}

fn has_short_name(resource: &ApiResource, word: &str) -> bool {
    resource.info.short_names.iter().any(|name| name.eq_ignore_ascii_case(word))
}

/// Chooses among the groups that have a name.
fn choose<'a>(text: &str, found: &[&'a ApiResource]) -> Result<&'a ApiResource, String> {
    let built_in = found.iter().find(|resource| is_built_in(&resource.info.group));
    match (built_in, found) {
        (Some(resource), _) | (None, [resource]) => Ok(resource),
        _ => {
            let names: Vec<String> =
                found.iter().map(|resource| format!("{:?}", resource.info.resource_name())).collect();
            Err(format!("{text:?} means several resources; write {}", names.join(" or ")))
        }
    }
}

/// Tells the groups of Kubernetes itself, which have no dot or end with `.k8s.io` behind one word, from those of others.
fn is_built_in(group: &str) -> bool {
    group.strip_suffix(".k8s.io").unwrap_or(group).split('.').count() == 1
}

fn unknown(catalogue: &Catalogue, text: &str) -> String {
    let word = text.split('.').next().unwrap_or(text);
    let elsewhere = Reading { word, place: Place::Anywhere }.find(catalogue);
    let meant = match elsewhere.first() {
        Some(resource) => Some(resource.info.resource_name()),
        None => naming::nearest(word, names(catalogue)).map(str::to_owned),
    };
    let meant = meant.map(|name| format!("; did you mean {name:?}?")).unwrap_or_default();
    let silent: Vec<String> = catalogue.failed.iter().map(|failure| failure.group_version.to_string()).collect();
    let silent =
        if silent.is_empty() { String::new() } else { format!(" (not known: what {} serves)", silent.join(", ")) };
    format!("the server has no resource {text:?}{meant}{silent}")
}

/// All names that could have been meant; plurals first, so that they win over others that are as near.
fn names(catalogue: &Catalogue) -> impl Iterator<Item = &str> {
    let plurals = catalogue.preferred().map(|resource| resource.info.plural.as_ref());
    let singulars = catalogue.preferred().map(|resource| resource.info.singular.as_ref());
    let short = catalogue.preferred().flat_map(|resource| resource.info.short_names.iter().map(AsRef::as_ref));
    plurals.chain(singulars).chain(short)
}
