//! The custom resource.

use kubist::{Condition, ObjectMeta, Resource};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A machine that makes things.
#[derive(Resource, Clone, Debug)]
#[resource(group = "bench.kubist.dev", version = "v1", namespaced)]
pub(crate) struct Widget {
    pub(crate) metadata: ObjectMeta,
    pub(crate) spec: WidgetSpec,
    pub(crate) status: Option<WidgetStatus>,
}

/// What it shall do.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug)]
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
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug, Default)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WidgetStatus {
    conditions: Vec<Condition>,
    observed_generation: i64,
    phase: String,
    ready_replicas: i32,
}
