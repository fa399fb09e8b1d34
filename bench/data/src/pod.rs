//! Pods of a shop: a Helm chart, a proxy beside each program, an agent that writes annotations.

use crate::json::{Json, list, map};
use crate::managed::managed;
use crate::random::Random;

/// So many Pods are of one Deployment, and share what its template says.
pub(crate) const REPLICAS: usize = 12;

const PROGRAMS: [&str; 12] = [
    "basket",
    "billing",
    "catalogue-search",
    "courier-tracking",
    "customer-accounts",
    "invoice-printer",
    "mail-gateway",
    "order-intake",
    "price-engine",
    "returns-desk",
    "stock-keeper",
    "voucher-service",
];
pub(crate) const NAMESPACES: [&str; 8] =
    ["accounts", "checkout", "default", "fulfilment", "integration", "live", "search-and-browse", "warehouse"];
const ZONES: [&str; 3] = ["eu-north-1a", "eu-north-1b", "eu-north-1c"];
const SETTINGS: [(&str, &str); 8] = [
    ("LOG_FORMAT", "json"),
    ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector.telemetry.svc.cluster.local:4317"),
    ("DATABASE_URL", "postgres://orders-rw.databases.svc.cluster.local:5432/orders"),
    ("CACHE_URL", "redis://cache.live.svc.cluster.local:6379/0"),
    ("BROKERS", "kafka-0.kafka:9092,kafka-1.kafka:9092,kafka-2.kafka:9092"),
    ("FEATURES_URL", "http://features.integration.svc.cluster.local:8080"),
    ("MAX_CONNECTIONS", "200"),
    ("REGION", "eu-north-1"),
];

/// What the Pods of one Deployment have in common, and what is this one's own.
pub(crate) struct Facts {
    pub(crate) program: &'static str,
    pub(crate) release: String,
    pub(crate) namespace: &'static str,
    pub(crate) version: String,
    pub(crate) template_hash: String,
    replica_set_uid: String,
    pub(crate) config_checksum: String,
    image_digest: String,
    settings: usize,
    secrets: usize,
    migrates: bool,
    size: usize,
    name: String,
    uid: String,
    node: String,
    node_address: String,
    address: String,
    zone: &'static str,
    token_volume: String,
    pub(crate) created: String,
    pub(crate) started: String,
    resource_version: usize,
}

impl Facts {
    pub(crate) fn new(index: usize, random: &mut Random) -> Self {
        let deployment = index / REPLICAS;
        let mut shared = Random::new(1_000_000 + deployment);
        let program = shared.one_of(&PROGRAMS);
        let release = format!("{program}-{deployment}");
        let template_hash = shared.suffix(10);
        let (day, hour, minute) = (1 + random.below(28), random.below(24), random.below(60));
        Self {
            program,
            namespace: shared.one_of(&NAMESPACES),
            version: format!("{}.{}.{}", shared.below(9), shared.below(30), shared.below(20)),
            replica_set_uid: shared.uid(),
            config_checksum: shared.hex(64),
            image_digest: shared.hex(64),
            settings: 2 + shared.below(5),
            secrets: shared.below(3),
            migrates: shared.below(3) == 0,
            size: 1 + shared.below(8),
            name: format!("{release}-{template_hash}-{}", random.suffix(5)),
            uid: random.uid(),
            node: format!(
                "ip-10-{}-{}-{}.eu-north-1.compute.internal",
                random.below(4),
                random.below(64),
                random.below(250)
            ),
            node_address: format!("10.{}.{}.{}", random.below(4), random.below(64), random.below(250)),
            address: format!("10.{}.{}.{}", 64 + random.below(60), random.below(250), random.below(250)),
            zone: random.one_of(&ZONES),
            token_volume: format!("kube-api-access-{}", random.suffix(5)),
            created: format!("2026-10-{day:02}T{hour:02}:{minute:02}:05Z"),
            started: format!("2026-10-{day:02}T{hour:02}:{minute:02}:21Z"),
            resource_version: 1_000_000 + index,
            release,
            template_hash,
        }
    }
}

/// Returns one Pod as it stands in a list: without `kind` and `apiVersion`.
pub fn pod(index: usize) -> String {
    let mut random = Random::new(index);
    let facts = Facts::new(index, &mut random);
    let spec = spec(&facts);
    let status = status(&facts, &mut random);
    map! { "metadata": metadata(&facts, &spec, &status, &mut random), "spec": spec, "status": status }.to_string()
}

fn metadata(facts: &Facts, spec: &Json, status: &Json, random: &mut Random) -> Json {
    let Facts { program, release, version, template_hash, address, .. } = facts;
    let labels = map! {
        "app": *program,
        "app.kubernetes.io/component": "server",
        "app.kubernetes.io/instance": release,
        "app.kubernetes.io/managed-by": "Helm",
        "app.kubernetes.io/name": *program,
        "app.kubernetes.io/part-of": "webshop",
        "app.kubernetes.io/version": version,
        "helm.sh/chart": format!("{program}-{version}"),
        "pod-template-hash": template_hash,
        "security.istio.io/tlsMode": "istio",
        "team": facts.namespace,
        "topology.kubernetes.io/zone": facts.zone,
    };
    let mut annotations = map! {
        "checksum/config": &facts.config_checksum,
        "cluster-autoscaler.kubernetes.io/safe-to-evict": "true",
        "kubectl.kubernetes.io/default-container": "main",
        "prometheus.io/path": "/metrics",
        "prometheus.io/port": "9090",
        "prometheus.io/scrape": "true",
        "vault.example.com/template": format!("{{{{ with secret \"shop/{program}\" }}}}\nexport TOKEN=\"{{{{ .Data.token }}}}\"\n{{{{ end }}}}"),
    };
    let template = map! {
        "annotations": annotations.clone(),
        "generateName": Json::Null,
        "labels": labels.clone(),
        "ownerReferences": list![map! { "uid": &facts.replica_set_uid }],
    };
    let network = map! {
        "cni.example.com/containerID": random.hex(64),
        "cni.example.com/podIP": format!("{address}/32"),
        "cni.example.com/podIPs": format!("{address}/32"),
    };
    if let Json::Map(entries) = network.clone() {
        for (key, value) in entries {
            annotations.push(&key, value);
        }
    }
    let managed = list![
        managed(
            "kube-controller-manager",
            "v1",
            &facts.created,
            None,
            map! {
                "f:metadata": template.owned(&["uid"]),
                "f:spec": owned_spec(spec),
            }
        ),
        managed(
            "cni-agent",
            "v1",
            &facts.started,
            Some("status"),
            map! {
                "f:metadata": map! { "f:annotations": network.owned(&[]) },
            }
        ),
        managed("kubelet", "v1", &facts.started, Some("status"), map! { "f:status": status.owned(&["type", "ip"]) }),
    ];
    map! {
        "name": &facts.name,
        "generateName": format!("{release}-{template_hash}-"),
        "namespace": facts.namespace,
        "uid": &facts.uid,
        "resourceVersion": facts.resource_version.to_string(),
        "generation": 1,
        "creationTimestamp": &facts.created,
        "labels": labels,
        "annotations": annotations,
        "ownerReferences": list![map! {
            "apiVersion": "apps/v1",
            "kind": "ReplicaSet",
            "name": format!("{release}-{template_hash}"),
            "uid": &facts.replica_set_uid,
            "controller": true,
            "blockOwnerDeletion": true,
        }],
        "managedFields": managed,
    }
}

/// What the controller of a `ReplicaSet` owns of a spec: what its template says, not what admission and the scheduler add.
fn owned_spec(spec: &Json) -> Json {
    let Json::Map(entries) = spec else { unreachable!("a spec is a map") };
    let added =
        ["initContainers", "nodeName", "preemptionPolicy", "priority", "tolerations", "topologySpreadConstraints"];
    let written = entries.iter().filter(|(key, _)| !added.contains(&key.as_str()));
    let written = written.map(|(key, value)| match (key.as_str(), value) {
        // Atomic maps are owned whole.
        ("affinity" | "securityContext" | "nodeSelector", _) => (key.clone(), map! {}),
        ("volumes", Json::List(items)) => (key.clone(), Json::List(items[..1].to_vec())),
        // The proxy, the token and the security context are put in by admission.
        ("containers", Json::List(items)) => (key.clone(), list![as_in_the_template(&items[0])]),
        _ => (key.clone(), value.clone()),
    });
    Json::Map(written.collect()).owned(&["mountPath", "containerPort", "name"])
}

fn as_in_the_template(container: &Json) -> Json {
    let Json::Map(entries) = container else { unreachable!("a container is a map") };
    let written =
        entries.iter().filter(|(key, _)| key != "securityContext").map(|(key, value)| match (key.as_str(), value) {
            ("volumeMounts", Json::List(mounts)) => (key.clone(), Json::List(mounts[..2].to_vec())),
            _ => (key.clone(), value.clone()),
        });
    Json::Map(written.collect())
}

fn spec(facts: &Facts) -> Json {
    let release = &facts.release;
    let mut volumes = vec![
        map! { "name": "config", "configMap": map! { "name": format!("{release}-config"), "defaultMode": 420 } },
        map! { "name": "scratch", "emptyDir": map! { "sizeLimit": "1Gi" } },
    ];
    for secret in 0..facts.secrets {
        let name = format!("{release}-secret-{secret}");
        volumes.push(map! { "name": &name, "secret": map! { "secretName": &name, "defaultMode": 420 } });
    }
    volumes.push(map! {
        "name": &facts.token_volume,
        "projected": map! {
            "sources": list![
                map! { "serviceAccountToken": map! { "expirationSeconds": 3607, "path": "token" } },
                map! { "configMap": map! {
                    "name": "kube-root-ca.crt",
                    "items": list![map! { "key": "ca.crt", "path": "ca.crt" }],
                } },
                map! { "downwardAPI": map! { "items": list![map! {
                    "path": "namespace",
                    "fieldRef": map! { "apiVersion": "v1", "fieldPath": "metadata.namespace" },
                }] } },
            ],
            "defaultMode": 420,
        },
    });
    let mut spec = map! { "volumes": Json::List(volumes) };
    if facts.migrates {
        spec.push("initContainers", list![migration(facts)]);
    }
    spec.push("containers", list![main_container(facts), proxy(facts)]);
    let Json::Map(rest) = placement(facts) else { unreachable!("it is a map") };
    for (key, value) in rest {
        spec.push(&key, value);
    }
    spec
}

fn migration(facts: &Facts) -> Json {
    map! {
        "name": "migrate",
        "image": format!("registry.example.com/shop/{}-migrate:{}", facts.program, facts.version),
        "command": list!["/bin/sh", "-c", "./migrate up --wait-for-lock=30s"],
        "resources": map! { "requests": map! { "cpu": "50m", "memory": "64Mi" } },
        "volumeMounts": list![token_mount(facts)],
        "terminationMessagePath": "/dev/termination-log",
        "terminationMessagePolicy": "File",
        "imagePullPolicy": "IfNotPresent",
    }
}

fn main_container(facts: &Facts) -> Json {
    let Facts { program, version, size, .. } = facts;
    map! {
        "name": "main",
        "image": format!("registry.example.com/shop/{program}:{version}"),
        "args": list!["--listen=0.0.0.0:8080", "--log-level=info", format!("--config=/etc/shop/{program}.yaml")],
        "ports": list![
            map! { "name": "http", "containerPort": 8080, "protocol": "TCP" },
            map! { "name": "metrics", "containerPort": 9090, "protocol": "TCP" },
        ],
        "env": environment(facts, facts.settings),
        "resources": resources(*size),
        "volumeMounts": mounts(facts),
        "livenessProbe": map! {
            "httpGet": map! { "path": "/live", "port": "http", "scheme": "HTTP" },
            "initialDelaySeconds": 20,
            "timeoutSeconds": 2,
            "periodSeconds": 10,
            "successThreshold": 1,
            "failureThreshold": 3,
        },
        "readinessProbe": probe(8080),
        "terminationMessagePath": "/dev/termination-log",
        "terminationMessagePolicy": "File",
        "imagePullPolicy": "IfNotPresent",
        "securityContext": locked_down(),
    }
}

fn proxy(facts: &Facts) -> Json {
    map! {
        "name": "proxy",
        "image": PROXY_IMAGE,
        "args": list!["--listen=0.0.0.0:15001", "--log-level=warn", format!("--cluster={}", facts.release)],
        "ports": list![
            map! { "name": "http-proxy", "containerPort": 15001, "protocol": "TCP" },
            map! { "name": "proxy-metrics", "containerPort": 15090, "protocol": "TCP" },
        ],
        "env": environment(facts, 2),
        "resources": resources(1),
        "volumeMounts": mounts(facts),
        "readinessProbe": probe(15021),
        "terminationMessagePath": "/dev/termination-log",
        "terminationMessagePolicy": "File",
        "imagePullPolicy": "IfNotPresent",
        "securityContext": locked_down(),
    }
}

const PROXY_IMAGE: &str = "docker.io/envoyproxy/envoy:v1.33.0";

fn environment(facts: &Facts, settings: usize) -> Json {
    let mut variables: Vec<Json> =
        SETTINGS[..settings].iter().map(|(name, value)| map! { "name": *name, "value": *value }).collect();
    variables.push(map! {
        "name": "POD_NAME",
        "valueFrom": map! { "fieldRef": map! { "apiVersion": "v1", "fieldPath": "metadata.name" } },
    });
    variables.push(map! {
        "name": "DATABASE_PASSWORD",
        "valueFrom": map! { "secretKeyRef": map! { "name": format!("{}-database", facts.release), "key": "password" } },
    });
    Json::List(variables)
}

fn resources(size: usize) -> Json {
    map! {
        "limits": map! { "memory": format!("{}Mi", 256 * size) },
        "requests": map! { "cpu": format!("{}m", 50 * size), "memory": format!("{}Mi", 128 * size) },
    }
}

fn mounts(facts: &Facts) -> Json {
    list![
        map! { "name": "config", "readOnly": true, "mountPath": "/etc/shop" },
        map! { "name": "scratch", "mountPath": "/tmp" },
        token_mount(facts),
    ]
}

fn token_mount(facts: &Facts) -> Json {
    map! {
        "name": &facts.token_volume,
        "readOnly": true,
        "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount",
    }
}

fn probe(port: i32) -> Json {
    map! {
        "httpGet": map! { "path": "/ready", "port": port, "scheme": "HTTP" },
        "timeoutSeconds": 1,
        "periodSeconds": 5,
        "successThreshold": 1,
        "failureThreshold": 3,
    }
}

fn locked_down() -> Json {
    map! {
        "capabilities": map! { "drop": list!["ALL"] },
        "runAsUser": 10001,
        "runAsNonRoot": true,
        "readOnlyRootFilesystem": true,
        "allowPrivilegeEscalation": false,
    }
}

fn placement(facts: &Facts) -> Json {
    let Facts { release, program, .. } = facts;
    let tolerated = |key: &str| {
        map! { "key": key, "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300 }
    };
    map! {
        "restartPolicy": "Always",
        "terminationGracePeriodSeconds": 60,
        "dnsPolicy": "ClusterFirst",
        "nodeSelector": map! { "kubernetes.io/os": "linux", "node.example.com/pool": "general" },
        "serviceAccountName": release,
        "serviceAccount": release,
        "nodeName": &facts.node,
        "securityContext": map! {
            "runAsNonRoot": true,
            "fsGroup": 10001,
            "seccompProfile": map! { "type": "RuntimeDefault" },
        },
        "affinity": map! {
            "nodeAffinity": map! { "requiredDuringSchedulingIgnoredDuringExecution": map! {
                "nodeSelectorTerms": list![map! { "matchExpressions": list![map! {
                    "key": "kubernetes.io/arch", "operator": "In", "values": list!["amd64", "arm64"],
                }] }],
            } },
            "podAntiAffinity": map! { "preferredDuringSchedulingIgnoredDuringExecution": list![map! {
                "weight": 100,
                "podAffinityTerm": map! {
                    "labelSelector": map! { "matchLabels": map! {
                        "app.kubernetes.io/instance": release, "app.kubernetes.io/name": *program,
                    } },
                    "topologyKey": "kubernetes.io/hostname",
                },
            }] },
        },
        "schedulerName": "default-scheduler",
        "tolerations": list![
            tolerated("node.kubernetes.io/not-ready"),
            tolerated("node.kubernetes.io/unreachable"),
            map! { "key": "pool", "operator": "Equal", "value": "general", "effect": "NoSchedule" },
        ],
        "priorityClassName": "shop-normal",
        "priority": 100_000,
        "enableServiceLinks": false,
        "preemptionPolicy": "PreemptLowerPriority",
        "topologySpreadConstraints": list![map! {
            "maxSkew": 1,
            "topologyKey": "topology.kubernetes.io/zone",
            "whenUnsatisfiable": "ScheduleAnyway",
            "labelSelector": map! { "matchLabels": map! { "app.kubernetes.io/instance": release } },
        }],
    }
}

fn status(facts: &Facts, random: &mut Random) -> Json {
    let condition = |kind: &str, time: &str| {
        map! { "type": kind, "status": "True", "lastProbeTime": Json::Null, "lastTransitionTime": time }
    };
    let image = format!("registry.example.com/shop/{}:{}", facts.program, facts.version);
    map! {
        "phase": "Running",
        "conditions": list![
            condition("PodReadyToStartContainers", &facts.started),
            condition("Initialized", &facts.created),
            condition("Ready", &facts.started),
            condition("ContainersReady", &facts.started),
            condition("PodScheduled", &facts.created),
        ],
        "hostIP": &facts.node_address,
        "hostIPs": list![map! { "ip": &facts.node_address }],
        "podIP": &facts.address,
        "podIPs": list![map! { "ip": &facts.address }],
        "startTime": &facts.created,
        "containerStatuses": list![
            container_status("main", &image, facts, random),
            container_status("proxy", PROXY_IMAGE, facts, random),
        ],
        "qosClass": "Burstable",
    }
}

fn container_status(name: &str, image: &str, facts: &Facts, random: &mut Random) -> Json {
    let restarted = random.below(8) == 0;
    let last_state = if restarted {
        map! { "terminated": map! {
            "exitCode": 137,
            "reason": "OOMKilled",
            "startedAt": &facts.created,
            "finishedAt": &facts.started,
            "containerID": format!("containerd://{}", random.hex(64)),
        } }
    } else {
        map! {}
    };
    map! {
        "name": name,
        "state": map! { "running": map! { "startedAt": &facts.started } },
        "lastState": last_state,
        "ready": true,
        "restartCount": usize::from(restarted),
        "image": image,
        "imageID": format!("registry.example.com/shop/{name}@sha256:{}", facts.image_digest),
        "containerID": format!("containerd://{}", random.hex(64)),
        "started": true,
        "volumeMounts": list![
            map! { "name": "config", "mountPath": "/etc/shop", "readOnly": true, "recursiveReadOnly": "Disabled" },
            map! { "name": "scratch", "mountPath": "/tmp" },
        ],
    }
}
