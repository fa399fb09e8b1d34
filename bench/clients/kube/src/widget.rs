//! The custom resource.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition;
use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a widget shall do.
#[derive(CustomResource, Serialize, Deserialize, JsonSchema, Clone, Debug)]
#[kube(group = "bench.kubist.dev", version = "v1", kind = "Widget", namespaced, status = "WidgetStatus")]
#[serde(rename_all = "camelCase")]
pub(crate) struct WidgetSpec {
    image: String,
    paused: bool,
    replicas: i32,
    stations: Vec<Station>,
}

/// A part of it.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug)]
pub(crate) struct Station {
    name: String,
    tools: Vec<String>,
}

/// What it does.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WidgetStatus {
    conditions: Vec<Condition>,
    observed_generation: i64,
    phase: String,
    ready_replicas: i32,
}
