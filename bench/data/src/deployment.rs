//! The Deployments of the Pods.

use crate::json::{Json, list, map};
use crate::managed::managed;
use crate::pod::{Facts, REPLICAS};
use crate::random::Random;

/// Returns one Deployment as it stands in a list: without `kind` and `apiVersion`. Its Pods are those that follow `12 × index`.
pub fn deployment(index: usize) -> String {
    let mut random = Random::new(3_000_000 + index);
    let facts = Facts::new(index * REPLICAS, &mut random);
    let spec = spec(&facts);
    let status = status(&facts);
    map! { "metadata": metadata(&facts, index, &spec, &status, &mut random), "spec": spec, "status": status }
        .to_string()
}

fn labels(facts: &Facts) -> Json {
    let Facts { program, release, version, .. } = facts;
    map! {
        "app.kubernetes.io/instance": release,
        "app.kubernetes.io/managed-by": "Helm",
        "app.kubernetes.io/name": *program,
        "app.kubernetes.io/version": version,
        "helm.sh/chart": format!("{program}-{version}"),
    }
}

fn metadata(facts: &Facts, index: usize, spec: &Json, status: &Json, random: &mut Random) -> Json {
    let Facts { release, namespace, created, started, .. } = facts;
    let of_helm = map! { "meta.helm.sh/release-name": release, "meta.helm.sh/release-namespace": *namespace };
    let revision = map! { "deployment.kubernetes.io/revision": (1 + random.below(30)).to_string() };
    let mut annotations = revision.clone();
    if let Json::Map(entries) = of_helm.clone() {
        for (key, value) in entries {
            annotations.push(&key, value);
        }
    }
    let written = map! { "annotations": of_helm, "labels": labels(facts) };
    let Json::Map(mut mine) = spec.clone() else { unreachable!("a spec is a map") };
    // Whom it selects is owned whole.
    for (key, value) in &mut mine {
        if key == "selector" {
            *value = map! {};
        }
    }
    let keys = ["mountPath", "containerPort", "name"];
    let managed = list![
        managed(
            "helm",
            "apps/v1",
            created,
            None,
            map! { "f:metadata": written.owned(&[]), "f:spec": Json::Map(mine).owned(&keys) }
        ),
        managed(
            "kube-controller-manager",
            "apps/v1",
            started,
            Some("status"),
            map! {
                "f:metadata": map! { "f:annotations": revision.owned(&[]) },
                "f:status": status.owned(&["type"]),
            }
        ),
    ];
    map! {
        "name": release,
        "namespace": *namespace,
        "uid": random.uid(),
        "resourceVersion": (3_000_000 + index).to_string(),
        "generation": 1 + random.below(30),
        "creationTimestamp": created,
        "labels": labels(facts),
        "annotations": annotations,
        "managedFields": managed,
    }
}

fn spec(facts: &Facts) -> Json {
    let Facts { program, release, .. } = facts;
    let selected = map! { "app.kubernetes.io/instance": release, "app.kubernetes.io/name": *program };
    map! {
        "replicas": REPLICAS,
        "selector": map! { "matchLabels": selected.clone() },
        "template": map! {
            "metadata": map! {
                "labels": selected,
                "annotations": map! { "checksum/config": &facts.config_checksum },
            },
            "spec": map! {
                "volumes": list![
                    map! { "name": "config", "configMap": map! { "name": format!("{release}-config"), "defaultMode": 420 } },
                ],
                "containers": list![container(facts)],
                "restartPolicy": "Always",
                "terminationGracePeriodSeconds": 60,
                "dnsPolicy": "ClusterFirst",
                "serviceAccountName": release,
                "serviceAccount": release,
                "securityContext": map! {},
                "schedulerName": "default-scheduler",
            },
        },
        "strategy": map! {
            "type": "RollingUpdate",
            "rollingUpdate": map! { "maxUnavailable": 0, "maxSurge": "25%" },
        },
        "revisionHistoryLimit": 10,
        "progressDeadlineSeconds": 600,
    }
}

fn container(facts: &Facts) -> Json {
    let Facts { program, version, .. } = facts;
    map! {
        "name": "main",
        "image": format!("registry.example.com/shop/{program}:{version}"),
        "ports": list![map! { "name": "http", "containerPort": 8080, "protocol": "TCP" }],
        "env": list![map! { "name": "REGION", "value": "eu-north-1" }],
        "resources": map! { "requests": map! { "cpu": "100m", "memory": "128Mi" } },
        "volumeMounts": list![map! { "name": "config", "readOnly": true, "mountPath": "/etc/shop" }],
        "terminationMessagePath": "/dev/termination-log",
        "terminationMessagePolicy": "File",
        "imagePullPolicy": "IfNotPresent",
    }
}

fn status(facts: &Facts) -> Json {
    let condition = |kind: &str, reason: &str, message: String| {
        map! {
            "type": kind,
            "status": "True",
            "lastUpdateTime": &facts.started,
            "lastTransitionTime": &facts.created,
            "reason": reason,
            "message": message,
        }
    };
    let progressed = format!("ReplicaSet \"{}-{}\" has successfully progressed.", facts.release, facts.template_hash);
    map! {
        "observedGeneration": 4,
        "replicas": REPLICAS,
        "updatedReplicas": REPLICAS,
        "readyReplicas": REPLICAS,
        "availableReplicas": REPLICAS,
        "conditions": list![
            condition("Progressing", "NewReplicaSetAvailable", progressed),
            condition("Available", "MinimumReplicasAvailable", "Deployment has minimum availability.".to_owned()),
        ],
    }
}
