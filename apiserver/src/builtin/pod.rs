//! Pods: the status that a new one has.
//!
//! Source: `pkg/registry/core/pod/strategy.go` and `pkg/apis/core/helper/qos` in k8s.io/kubernetes.

use kubist_model::Quantity;
use serde_json::{Value, json};

use crate::registry::{Behaviour, Write};
use crate::tree;

/// What pods do.
#[derive(Debug)]
pub(super) struct Pods;

impl Behaviour for Pods {
    fn prepare_for_create(&self, _: &Write<'_>, object: &mut Value) {
        let class = quality_of_service(object);
        tree::set(object, &["status"], Some(json!({ "phase": "Pending", "qosClass": class })));
    }
}

/// The class of a pod by what its containers ask for and may use, of processor and memory.
fn quality_of_service(pod: &Value) -> &'static str {
    let lists = ["initContainers", "containers"].map(|list| tree::at(pod, &["spec", list]).and_then(Value::as_array));
    let containers: Vec<&Value> = lists.into_iter().flatten().flatten().collect();
    let amount = |container: &Value, of: &str, what: &str| -> Option<Quantity> {
        let text = tree::text(container, &["resources", of, what]);
        text.parse().ok().filter(|amount: &Quantity| !amount.is_zero())
    };
    let mut asks = false;
    let mut is_guaranteed = true;
    for container in &containers {
        for what in ["cpu", "memory"] {
            let limit = amount(container, "limits", what);
            // What is not asked for is what is allowed.
            let request = amount(container, "requests", what).or(limit);
            asks |= limit.is_some() || request.is_some();
            is_guaranteed &= limit.is_some() && request == limit;
        }
    }
    match (asks, is_guaranteed) {
        (false, _) => "BestEffort",
        (true, true) => "Guaranteed",
        (true, false) => "Burstable",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::quality_of_service;

    fn pod(resources: &Value) -> Value {
        json!({ "spec": { "containers": [{ "name": "app", "resources": resources }] } })
    }

    #[test]
    fn a_pod_that_asks_for_nothing_gets_what_is_left() {
        assert_eq!(quality_of_service(&pod(&json!({}))), "BestEffort");
    }

    #[test]
    fn a_pod_that_asks_for_all_it_may_use_is_guaranteed() {
        let limits = json!({ "cpu": "1", "memory": "1Gi" });
        assert_eq!(quality_of_service(&pod(&json!({ "limits": limits }))), "Guaranteed");
        let requests = json!({ "cpu": "1000m", "memory": "1Gi" });
        assert_eq!(quality_of_service(&pod(&json!({ "limits": limits, "requests": requests }))), "Guaranteed");
    }

    #[test]
    fn a_pod_that_may_use_more_than_it_asks_for_bursts() {
        assert_eq!(quality_of_service(&pod(&json!({ "requests": { "cpu": "1" } }))), "Burstable");
        let (limits, requests) = (json!({ "cpu": "2", "memory": "1Gi" }), json!({ "cpu": "1" }));
        assert_eq!(quality_of_service(&pod(&json!({ "limits": limits, "requests": requests }))), "Burstable");
    }
}
