//! The types of Kubernetes inside of one's own.

use kubist::{Condition, LabelSelector};
use kubist::{IntOrString, MicroTime, Quantity, Time};

use super::prelude::*;

pub(super) fn cases() -> Vec<Case> {
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
            .refuses(json!({ "type": "Ready", "status": 1 })),
        case::<Vec<Condition>>("conditions").takes(json!([])).refuses(json!({})),
        case::<LabelSelector>("LabelSelector")
            .takes(json!({ "matchLabels": { "app": "web" } }))
            .takes(json!({ "matchExpressions": [{ "key": "a", "operator": "In", "values": ["b"] }] }))
            .refuses(json!({ "matchLabels": [] })),
        case::<MicroTime>("MicroTime").takes(json!("2026-11-24T09:00:00.000001Z")).refuses(json!("now")),
    ]
}
