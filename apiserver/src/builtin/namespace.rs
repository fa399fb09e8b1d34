//! Namespaces: what is filled at create, which ones stay, and those that every cluster has.
//!
//! Source: `pkg/registry/core/namespace` in k8s.io/kubernetes and the `NamespaceLifecycle` admission plugin.

use std::sync::Arc;

use kubist_model::{Status, Time};
use serde_json::{Value, json};

use crate::error::ApiError;
use crate::registry::{Behaviour, Write};
use crate::shared::Shared;
use crate::tree;

/// What namespaces do.
#[derive(Debug)]
pub(super) struct Namespaces;

/// Namespaces that cannot be deleted.
const IMMORTAL: [&str; 3] = ["default", "kube-system", "kube-public"];

impl Behaviour for Namespaces {
    fn prepare_for_create(&self, _: &Write<'_>, object: &mut Value) {
        fill(object);
    }

    fn prepare_for_update(&self, write: &Write<'_>, object: &mut Value, old: &Value) {
        if write.subresource != "finalize" {
            tree::set(object, &["spec", "finalizers"], tree::at(old, &["spec", "finalizers"]).cloned());
        }
        let name = tree::meta(object, "name").to_owned();
        tree::set(object, &["metadata", "labels", "kubernetes.io/metadata.name"], Some(name.into()));
    }

    fn before_delete(&self, _: &Write<'_>, object: &Value) -> Result<(), ApiError> {
        let name = tree::meta(object, "name");
        if IMMORTAL.contains(&name) {
            return Err(Status::forbidden("namespaces", "", name, "this namespace may not be deleted").into());
        }
        let finalizers = tree::at(object, &["spec", "finalizers"]).and_then(Value::as_array);
        if tree::is_being_deleted(object) && finalizers.is_some_and(|list| !list.is_empty()) {
            let why = "The system is ensuring all content is removed from this namespace.  Upon completion, this namespace will automatically be purged by the system.";
            return Err(Status::conflict("namespaces", "", name, why).into());
        }
        Ok(())
    }
}

fn fill(object: &mut Value) {
    let name = tree::meta(object, "name").to_owned();
    tree::set(object, &["metadata", "labels", "kubernetes.io/metadata.name"], Some(name.into()));
    tree::set(object, &["spec", "finalizers"], Some(json!(["kubernetes"])));
    tree::set(object, &["status"], Some(json!({ "phase": "Active" })));
}

/// Makes the namespaces that every cluster has.
pub(crate) fn bootstrap(shared: &Arc<Shared>) {
    let storage: Arc<str> = "namespaces".into();
    for name in ["kube-system", "kube-public", "kube-node-lease", "default"] {
        let now = Time::from(shared.clock.now()).to_string();
        let mut namespace = json!({
            "apiVersion": "v1", "kind": "Namespace",
            "metadata": { "name": name, "uid": shared.random.uuid(), "creationTimestamp": now },
        });
        fill(&mut namespace);
        let made = shared.store.insert(&storage, name, namespace);
        debug_assert!(made.is_ok(), "the cluster is new");
    }
}
