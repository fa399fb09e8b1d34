//! The types of Kubernetes inside of one's own.

use kubist::types::apps::v1::{DeploymentSpec, DeploymentStrategy, StatefulSetSpec};
use kubist::types::batch::v1::JobTemplateSpec;
use kubist::types::core::v1::{
    Affinity, ConfigMapKeySelector, Container, ContainerPort, EnvVar, LocalObjectReference, NodeSelector,
    ObjectReference, PersistentVolumeClaimSpec, PodSpec, PodTemplateSpec, Probe, ResourceRequirements,
    SecretKeySelector, SecurityContext, ServicePort, ServiceSpec, Toleration, TopologySpreadConstraint, Volume,
};
use kubist::{Condition, LabelSelector};
use kubist::{IntOrString, MicroTime, ObjectMeta, OwnerReference, Quantity, Time};

use super::prelude::*;

pub(super) fn cases() -> Vec<Case> {
    of_meta().into_iter().chain(of_workloads()).collect()
}

fn of_meta() -> Vec<Case> {
    vec![
        case::<IntOrString>("IntOrString").takes(json!(80)).takes(json!("http")).refuses(json!(true)).refuses(json!(1.5)),
        case::<Quantity>("Quantity")
            .takes(json!("100m"))
            .takes(json!("1.5Gi"))
            .takes(json!(2))
            .refuses(json!("two"))
            .refuses(json!("1 Gi")),
        case::<BTreeMap<String, Quantity>>("quantities").takes(json!({ "cpu": "1", "memory": "1Gi" })).refuses(json!({ "cpu": [] })),
        case::<Time>("Time").takes(json!("2026-11-24T09:00:00Z")).refuses(json!("now")),
        case::<Condition>("Condition")
            .takes(json!({
                "type": "Ready", "status": "True", "reason": "Up", "message": "", "lastTransitionTime": "2026-11-24T09:00:00Z",
            }))
            .server_refuses(json!({ "type": "Ready", "status": "True" }))
            .refuses(json!({ "type": "Ready", "status": 1 })),
        case::<Vec<Condition>>("conditions").takes(json!([])).refuses(json!({})),
        case::<LabelSelector>("LabelSelector")
            .takes(json!({ "matchLabels": { "app": "web" } }))
            .takes(json!({ "matchExpressions": [{ "key": "a", "operator": "In", "values": ["b"] }] }))
            .refuses(json!({ "matchLabels": [] })),
        case::<MicroTime>("MicroTime").takes(json!("2026-11-24T09:00:00.000001Z")).refuses(json!("now")),
        case::<ObjectMeta>("ObjectMeta")
            .takes(json!({ "labels": { "a": "b" }, "annotations": {}, "finalizers": ["a.b/c"] }))
            .server_refuses(json!({ "finalizers": ["a", "a"] }))
            .refuses(json!({ "labels": [] })),
        case::<OwnerReference>("OwnerReference")
            .takes(json!({ "apiVersion": "v1", "kind": "Pod", "name": "a", "uid": "b", "controller": true }))
            .server_refuses(json!({ "kind": "Pod" })),
    ]
}

fn of_workloads() -> Vec<Case> {
    vec![
        case::<ResourceRequirements>("ResourceRequirements")
            .takes(json!({ "limits": { "cpu": "1" }, "requests": { "memory": "1Gi" }, "claims": [{ "name": "a" }] }))
            .server_refuses(json!({ "claims": [{ "name": "a" }, { "name": "a" }] }))
            .refuses(json!({ "limits": { "cpu": "one" } })),
        case::<LocalObjectReference>("LocalObjectReference").takes(json!({ "name": "a" })).refuses(json!({ "name": 1 })),
        case::<ObjectReference>("ObjectReference").takes(json!({ "kind": "Pod", "name": "a" })).refuses(json!([])),
        case::<SecretKeySelector>("SecretKeySelector")
            .takes(json!({ "name": "a", "key": "b", "optional": true }))
            .server_refuses(json!({ "name": "a" })),
        case::<ConfigMapKeySelector>("ConfigMapKeySelector").takes(json!({ "key": "b" })).refuses(json!({ "key": 1 })),
        case::<EnvVar>("EnvVar")
            .takes(json!({ "name": "A", "valueFrom": { "fieldRef": { "fieldPath": "metadata.name" } } }))
            .server_refuses(json!({ "value": "a" })),
        case::<Vec<EnvVar>>("EnvVars").takes(json!([{ "name": "A", "value": "b" }])).refuses(json!({})),
        case::<ContainerPort>("ContainerPort")
            .takes(json!({ "containerPort": 80, "protocol": "UDP" }))
            .server_refuses(json!({ "name": "http" })),
        case::<Container>("Container")
            .takes(json!({ "name": "a", "image": "b", "ports": [{ "containerPort": 80, "protocol": "TCP" }] }))
            .server_refuses(json!({ "image": "b" }))
            .refuses(json!({ "name": "a", "args": "b" })),
        case::<Probe>("Probe")
            .takes(json!({ "httpGet": { "port": "http", "path": "/" }, "periodSeconds": 5 }))
            .server_refuses(json!({ "httpGet": {} })),
        case::<SecurityContext>("SecurityContext")
            .takes(json!({ "runAsUser": 1000, "capabilities": { "drop": ["ALL"] } }))
            .refuses(json!({ "runAsUser": "me" })),
        case::<Volume>("Volume")
            .takes(json!({ "name": "a", "emptyDir": { "sizeLimit": "1Gi" } }))
            .server_refuses(json!({ "emptyDir": {} })),
        case::<Affinity>("Affinity")
            .takes(json!({ "podAntiAffinity": { "requiredDuringSchedulingIgnoredDuringExecution": [{ "topologyKey": "zone" }] } }))
            .refuses(json!({ "podAntiAffinity": [] })),
        case::<NodeSelector>("NodeSelector")
            .takes(json!({ "nodeSelectorTerms": [{ "matchFields": [{ "key": "a", "operator": "In", "values": ["b"] }] }] }))
            .server_refuses(json!({})),
        case::<Vec<Toleration>>("Tolerations").takes(json!([{ "key": "a", "operator": "Exists" }])).refuses(json!([1])),
        case::<TopologySpreadConstraint>("TopologySpreadConstraint")
            .takes(json!({ "maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule" }))
            .server_refuses(json!({ "maxSkew": 1 })),
        case::<PodSpec>("PodSpec")
            .takes(json!({ "containers": [{ "name": "a", "image": "b" }], "nodeSelector": { "a": "b" } }))
            .server_refuses(json!({ "containers": [{ "name": "a" }, { "name": "a" }] }))
            .refuses(json!({ "containers": {} })),
        case::<PodTemplateSpec>("PodTemplateSpec")
            .takes(json!({
                "metadata": { "labels": { "app": "web" } },
                "spec": { "containers": [{ "name": "a", "resources": { "requests": { "cpu": "100m" } } }] },
            }))
            .server_refuses(json!({ "spec": {} })),
        case::<Option<Box<PodTemplateSpec>>>("PodTemplateSpec that may be absent").takes(Value::Null).refuses(json!([])),
        case::<ServicePort>("ServicePort").takes(json!({ "port": 80, "targetPort": "http", "protocol": "UDP" })).server_refuses(json!({})),
        case::<ServiceSpec>("ServiceSpec")
            .takes(json!({ "selector": { "app": "web" }, "ports": [{ "port": 80, "protocol": "TCP" }] }))
            .refuses(json!({ "ports": 80 })),
        case::<PersistentVolumeClaimSpec>("PersistentVolumeClaimSpec")
            .takes(json!({ "accessModes": ["ReadWriteOnce"], "resources": { "requests": { "storage": "1Gi" } } }))
            .refuses(json!({ "accessModes": "ReadWriteOnce" })),
        case::<DeploymentStrategy>("DeploymentStrategy")
            .takes(json!({ "type": "RollingUpdate", "rollingUpdate": { "maxSurge": "25%", "maxUnavailable": 1 } }))
            .refuses(json!({ "rollingUpdate": { "maxSurge": true } })),
        case::<DeploymentSpec>("DeploymentSpec")
            .takes(json!({
                "selector": { "matchLabels": { "app": "web" } },
                "template": { "spec": { "containers": [{ "name": "a" }] } },
            }))
            .server_refuses(json!({ "replicas": 1 })),
        case::<StatefulSetSpec>("StatefulSetSpec")
            .takes(json!({
                "selector": {},
                "template": { "spec": { "containers": [{ "name": "a" }] } },
                "volumeClaimTemplates": [{ "metadata": { "name": "data" }, "spec": { "accessModes": ["ReadWriteOnce"] } }],
            }))
            .server_refuses(json!({ "replicas": 1 })),
        case::<JobTemplateSpec>("JobTemplateSpec")
            .takes(json!({ "spec": { "template": { "spec": { "containers": [{ "name": "a" }] } } } }))
            .refuses(json!({ "spec": [] })),
    ]
}
