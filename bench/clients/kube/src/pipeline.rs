//! The custom resource of lists in lists.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition;
use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a pipeline shall do.
#[derive(CustomResource, Serialize, Deserialize, JsonSchema, Clone, Debug)]
#[kube(group = "bench.kubist.dev", version = "v1", kind = "Pipeline", namespaced, status = "PipelineStatus")]
#[serde(rename_all = "camelCase")]
pub(crate) struct PipelineSpec {
    branches: Vec<String>,
    parameters: Vec<Parameter>,
    service_account: String,
    stages: Vec<Stage>,
    timeout_seconds: i64,
}

/// A name and a value.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug)]
pub(crate) struct Parameter {
    name: String,
    value: String,
}

/// Jobs that run together.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug)]
pub(crate) struct Stage {
    jobs: Vec<Job>,
    name: String,
}

/// Steps, one after the other.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug)]
pub(crate) struct Job {
    name: String,
    needs: Vec<String>,
    steps: Vec<Step>,
}

/// One program.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug)]
pub(crate) struct Step {
    args: Vec<String>,
    command: Vec<String>,
    env: Vec<Parameter>,
    image: String,
    name: String,
    optional: bool,
}

/// What it does.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PipelineStatus {
    conditions: Vec<Condition>,
    observed_generation: i64,
    phase: String,
    stages: Vec<StageStatus>,
}

/// What came of a stage.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug)]
pub(crate) struct StageStatus {
    jobs: Vec<JobStatus>,
    name: String,
}

/// What came of a job.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug)]
pub(crate) struct JobStatus {
    attempts: Vec<Attempt>,
    name: String,
    phase: String,
}

/// One try.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Attempt {
    exit_codes: Vec<i32>,
    finished: String,
    number: i32,
    started: String,
}
