//! The metadata struct of `k8s-openapi`, seen as metadata.

use std::collections::BTreeMap;

use ::k8s_openapi::apimachinery::pkg::apis::meta::v1 as k8s;

use crate::meta::OwnerReference;
use crate::object::Metadata;
use crate::time::Time;

impl Metadata for k8s::ObjectMeta {
    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    fn generate_name(&self) -> &str {
        self.generate_name.as_deref().unwrap_or_default()
    }

    fn namespace(&self) -> &str {
        self.namespace.as_deref().unwrap_or_default()
    }

    fn uid(&self) -> &str {
        self.uid.as_deref().unwrap_or_default()
    }

    fn resource_version(&self) -> &str {
        self.resource_version.as_deref().unwrap_or_default()
    }

    fn generation(&self) -> i64 {
        self.generation.unwrap_or_default()
    }

    fn creation_timestamp(&self) -> Option<Time> {
        self.creation_timestamp.as_ref().map(time)
    }

    fn deletion_timestamp(&self) -> Option<Time> {
        self.deletion_timestamp.as_ref().map(time)
    }

    fn label(&self, key: &str) -> Option<&str> {
        value(self.labels.as_ref(), key)
    }

    fn labels(&self) -> Vec<(&str, &str)> {
        entries(self.labels.as_ref())
    }

    fn annotation(&self, key: &str) -> Option<&str> {
        value(self.annotations.as_ref(), key)
    }

    fn annotations(&self) -> Vec<(&str, &str)> {
        entries(self.annotations.as_ref())
    }

    fn finalizers(&self) -> Vec<&str> {
        self.finalizers.iter().flatten().map(String::as_str).collect()
    }

    fn owner_references(&self) -> Vec<OwnerReference> {
        let owners = self.owner_references.iter().flatten();
        owners
            .map(|owner| OwnerReference {
                api_version: owner.api_version.as_str().into(),
                kind: owner.kind.as_str().into(),
                name: owner.name.as_str().into(),
                uid: owner.uid.as_str().into(),
                controller: owner.controller,
                block_owner_deletion: owner.block_owner_deletion,
            })
            .collect()
    }

    fn set_name(&mut self, name: &str) {
        self.name = present(name);
    }

    fn set_namespace(&mut self, namespace: &str) {
        self.namespace = present(namespace);
    }

    fn set_resource_version(&mut self, version: &str) {
        self.resource_version = present(version);
    }

    fn set_label(&mut self, key: &str, value: Option<&str>) {
        set(&mut self.labels, key, value);
    }

    fn set_annotation(&mut self, key: &str, value: Option<&str>) {
        set(&mut self.annotations, key, value);
    }

    fn set_finalizers(&mut self, finalizers: Vec<String>) {
        self.finalizers = (!finalizers.is_empty()).then_some(finalizers);
    }

    fn set_owner_references(&mut self, owners: Vec<OwnerReference>) {
        let owners: Vec<k8s::OwnerReference> = owners
            .into_iter()
            .map(|owner| k8s::OwnerReference {
                api_version: owner.api_version.into(),
                kind: owner.kind.into(),
                name: owner.name.into(),
                uid: owner.uid.into(),
                controller: owner.controller,
                block_owner_deletion: owner.block_owner_deletion,
            })
            .collect();
        self.owner_references = (!owners.is_empty()).then_some(owners);
    }
}

type Texts = BTreeMap<String, String>;

fn time(time: &k8s::Time) -> Time {
    Time::from_unix_seconds(time.0.as_second())
}

fn present(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn value<'a>(texts: Option<&'a Texts>, key: &str) -> Option<&'a str> {
    texts?.get(key).map(String::as_str)
}

fn entries(texts: Option<&Texts>) -> Vec<(&str, &str)> {
    texts.into_iter().flatten().map(|(key, value)| (key.as_str(), value.as_str())).collect()
}

fn set(texts: &mut Option<Texts>, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        texts.get_or_insert_default().insert(key.to_owned(), value.to_owned());
        return;
    }
    if let Some(entries) = texts {
        entries.remove(key);
    }
    if texts.as_ref().is_some_and(BTreeMap::is_empty) {
        *texts = None;
    }
}
