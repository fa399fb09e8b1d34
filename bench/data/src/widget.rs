//! A custom resource of 1 KiB.

use crate::json::{list, map};
use crate::random::Random;

/// The name of the widget that is asked for alone.
pub const WIDGET_NAME: &str = "widget-17";
/// Its namespace.
pub const WIDGET_NAMESPACE: &str = "factory";

/// Returns one widget as the API server sends custom resources: with type, and keys sorted.
pub fn widget(index: usize) -> String {
    let mut random = Random::new(9_000_000 + index);
    let replicas = 1 + random.below(5);
    let widget = map! {
        "apiVersion": "bench.kubist.dev/v1",
        "kind": "Widget",
        "metadata": map! {
            "creationTimestamp": "2026-10-02T07:30:00Z",
            "finalizers": list!["bench.kubist.dev/drain"],
            "generation": 4,
            "labels": map! {
                "app.kubernetes.io/managed-by": "widget-operator",
                "app.kubernetes.io/name": "widget",
                "line": random.one_of(&["press", "mill", "lathe", "drill"]),
            },
            "managedFields": list![map! {
                "apiVersion": "bench.kubist.dev/v1",
                "fieldsType": "FieldsV1",
                "fieldsV1": map! {
                    "f:spec": map! { "f:image": map! {}, "f:replicas": map! {}, "f:stations": map! {} },
                    "f:status": map! { "f:phase": map! {} },
                },
                "manager": "widget-operator",
                "operation": "Update",
                "time": "2026-10-02T07:30:00Z",
            }],
            "name": format!("widget-{index}"),
            "namespace": WIDGET_NAMESPACE,
            "resourceVersion": format!("{}", 2_000_000 + index),
            "uid": random.uid(),
        },
        "spec": map! {
            "image": format!("registry.example.com/widgets/press:2.{}.1", random.below(40)),
            "paused": false,
            "replicas": replicas,
            "stations": list![
                map! { "name": "left", "tools": list!["cutter", "gauge"] },
                map! { "name": "right", "tools": list!["press"] },
            ],
        },
        "status": map! {
            "conditions": list![map! {
                "lastTransitionTime": "2026-10-02T07:31:10Z",
                "message": "every station runs",
                "observedGeneration": 4,
                "reason": "Running",
                "status": "True",
                "type": "Ready",
            }],
            "observedGeneration": 4,
            "phase": "Running",
            "readyReplicas": replicas,
        },
    };
    widget.to_string()
}
