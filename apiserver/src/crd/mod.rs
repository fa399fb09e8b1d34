//! `CustomResourceDefinition`s: what they must be, and the kinds that they bring.
//!
//! Source: `pkg/apis/apiextensions` and `pkg/controller` in k8s.io/apiextensions-apiserver.

mod custom;
mod establish;
mod rows;
mod scale;

use std::sync::Arc;

use kubist_model::{StatusCause, definition};
use serde_json::{Value, json};

use crate::registry::{Behaviour, Write};
use crate::schema::Patterns;
use crate::shared::Shared;
use crate::store::Change;
use crate::tree;

/// Where definitions are stored.
const STORAGE: &str = "customresourcedefinitions.apiextensions.k8s.io";
/// Holds a definition until its objects are gone.
const CLEANUP: &str = "customresourcecleanup.apiextensions.k8s.io";

/// What definitions do.
#[derive(Debug)]
pub(crate) struct Definitions;

impl Behaviour for Definitions {
    fn decode(&self, object: &mut Value, _: &mut Vec<String>) -> Vec<String> {
        let kind = tree::text(object, &["spec", "names", "kind"]).to_owned();
        if tree::text(object, &["spec", "names", "singular"]).is_empty() {
            tree::set(object, &["spec", "names", "singular"], Some(kind.to_lowercase().into()));
        }
        if tree::text(object, &["spec", "names", "listKind"]).is_empty() && !kind.is_empty() {
            tree::set(object, &["spec", "names", "listKind"], Some(format!("{kind}List").into()));
        }
        if tree::at(object, &["spec", "conversion"]).is_none() {
            tree::set(object, &["spec", "conversion"], Some(json!({ "strategy": "None" })));
        }
        Vec::new()
    }

    fn prepare_for_create(&self, _: &Write<'_>, object: &mut Value) {
        let stored: Vec<Value> =
            rows::versions(object).iter().filter(|v| rows::flag(v, "storage")).map(|v| v["name"].clone()).collect();
        let status =
            json!({ "conditions": [], "acceptedNames": { "plural": "", "kind": "" }, "storedVersions": stored });
        tree::set(object, &["status"], Some(status));
        let mut finalizers: Vec<Value> = tree::finalizers(object).into_iter().map(Value::from).collect();
        if !finalizers.iter().any(|known| known == CLEANUP) {
            finalizers.push(CLEANUP.into());
        }
        tree::set_meta(object, "finalizers", Some(finalizers.into()));
    }

    fn prepare_for_update(&self, write: &Write<'_>, object: &mut Value, _: &Value) {
        if write.subresource.is_empty() {
            let stored = rows::versions(object).iter().find(|v| rows::flag(v, "storage")).map(|v| v["name"].clone());
            let known =
                tree::at(object, &["status", "storedVersions"]).and_then(Value::as_array).cloned().unwrap_or_default();
            if let Some(name) = stored.filter(|name| !known.contains(name)) {
                let list: Vec<Value> = known.into_iter().chain([name]).collect();
                tree::set(object, &["status", "storedVersions"], Some(list.into()));
            }
        }
    }

    fn validate(&self, _: &Write<'_>, object: &Value, old: Option<&Value>) -> Vec<StatusCause> {
        let patterns = Patterns::default();
        definition::check(object, old, &|pattern, text| patterns.matches(pattern, text))
    }

    fn stored(&self, shared: &Arc<Shared>, change: &Change) {
        match &change.object {
            Some(object) if tree::is_being_deleted(object) => establish::terminate(shared, tree::meta(object, "name")),
            Some(object) => establish::establish(shared, tree::meta(object, "name")),
            None => {
                if let Some(object) = &change.previous {
                    establish::withdraw(shared, object);
                }
            }
        }
    }
}
