//! A custom resource of lists in lists: stages have jobs, jobs have steps, steps have arguments and variables.

use crate::json::{Json, list, map};
use crate::pod::NAMESPACES;
use crate::random::Random;

const STAGES: [&str; 3] = ["build", "verify", "deliver"];
const CREATED: &str = "2026-10-19T05:40:12Z";

/// Returns one pipeline as the API server sends custom resources: with type, and keys sorted.
pub fn pipeline(index: usize) -> String {
    let mut random = Random::new(7_000_000 + index);
    let stages: Vec<Vec<Json>> = STAGES.iter().map(|stage| jobs(stage, &mut random)).collect();
    let results = STAGES.iter().zip(&stages).map(|(name, jobs)| {
        let jobs = jobs.iter().enumerate().map(|(number, _)| result(name, number, &mut random)).collect();
        map! { "jobs": Json::List(jobs), "name": *name }
    });
    let results = Json::List(results.collect());
    let stages = STAGES.iter().zip(stages).map(|(name, jobs)| map! { "jobs": Json::List(jobs), "name": *name });
    let spec = map! {
        "branches": list!["main", "release-*"],
        "parameters": list![
            map! { "name": "profile", "value": random.one_of(&["release", "debug"]) },
            map! { "name": "retries", "value": random.below(5).to_string() },
        ],
        "serviceAccount": "pipelines",
        "stages": Json::List(stages.collect()),
        "timeoutSeconds": 3600,
    };
    let owned =
        map! { "f:branches": map! {}, "f:parameters": map! {}, "f:stages": map! {}, "f:timeoutSeconds": map! {} };
    let pipeline = map! {
        "apiVersion": "bench.kubist.dev/v1",
        "kind": "Pipeline",
        "metadata": map! {
            "creationTimestamp": CREATED,
            "generation": 2,
            "labels": map! { "app.kubernetes.io/managed-by": "pipeline-operator", "team": random.one_of(&NAMESPACES) },
            "managedFields": list![map! {
                "apiVersion": "bench.kubist.dev/v1",
                "fieldsType": "FieldsV1",
                "fieldsV1": map! { "f:spec": owned },
                "manager": "pipeline-operator",
                "operation": "Update",
                "time": CREATED,
            }],
            "name": format!("pipeline-{index}"),
            "namespace": random.one_of(&NAMESPACES),
            "resourceVersion": (6_000_000 + index).to_string(),
            "uid": random.uid(),
        },
        "spec": spec,
        "status": map! {
            "conditions": list![map! {
                "lastTransitionTime": CREATED,
                "message": "every stage is done",
                "observedGeneration": 2,
                "reason": "Done",
                "status": "True",
                "type": "Ready",
            }],
            "observedGeneration": 2,
            "phase": "Done",
            "stages": results,
        },
    };
    pipeline.to_string()
}

fn jobs(stage: &str, random: &mut Random) -> Vec<Json> {
    (0..=random.below(3))
        .map(|number| {
            let steps = (0..=random.below(3)).map(|step| self::step(stage, step, random)).collect();
            map! {
                "name": format!("{stage}-{number}"),
                "needs": if number == 0 { list![] } else { list![format!("{stage}-{}", number - 1)] },
                "steps": Json::List(steps),
            }
        })
        .collect()
}

fn step(stage: &str, number: usize, random: &mut Random) -> Json {
    map! {
        "args": list!["--locked", format!("--jobs={}", 1 + random.below(8)), format!("--target={}", random.hex(8))],
        "command": list!["/bin/sh", "-ec", format!("make {stage}\nmake report-{number}")],
        "env": list![
            map! { "name": "CACHE", "value": format!("s3://cache/{}", random.hex(16)) },
            map! { "name": "STAGE", "value": stage },
        ],
        "image": format!("registry.example.com/ci/{stage}:{}", random.below(40)),
        "name": format!("step-{number}"),
        "optional": random.below(4) == 0,
    }
}

fn result(stage: &str, number: usize, random: &mut Random) -> Json {
    let attempts = (1..=1 + random.below(2)).map(|attempt| {
        map! {
            "exitCodes": list![0, usize::from(attempt == 1 && random.below(5) == 0)],
            "finished": "2026-10-19T05:44:40Z",
            "number": attempt,
            "started": CREATED,
        }
    });
    map! { "attempts": Json::List(attempts.collect()), "name": format!("{stage}-{number}"), "phase": "Succeeded" }
}
