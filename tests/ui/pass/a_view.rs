//! A view of a built-in kind, with parts; its users read and list it as they do the kind.


#![deny(warnings)]

use kubist::types::core::v1::{Pod, PodSpec, PodStatus};
use kubist::{Api, Client, Object, ObjectMeta, Resource, ResourcePart, Str};

#[derive(Clone, Debug, Resource)]
#[resource(view_of = Pod)]
struct PodView {
    metadata: ObjectMeta,
    spec: NodeName,
    status: Phase,
}

#[derive(Clone, Debug, ResourcePart)]
#[resource(view_of = PodSpec)]
struct NodeName {
    node_name: Str,
}

#[derive(Clone, Debug, ResourcePart)]
#[resource(view_of = PodStatus)]
struct Phase {
    phase: Str,
}

async fn pods(client: &Client) -> kubist::Result<()> {
    let pods = Api::<PodView>::namespaced(client, "prod");
    for pod in pods.list().labels("app=web").await? {
        println!("{} {} {}", pod.name(), pod.spec.node_name, pod.status.phase);
    }
    Ok(())
}

fn main() {
    assert_eq!(PodView::INFO.plural, "pods");
    let text = r#"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"nodeName":"n","containers":[]}}"#;
    let pod: PodView = serde_json::from_str(text).unwrap();
    assert_eq!((pod.name(), pod.spec.node_name.as_str(), pod.status.phase.as_str()), ("a", "n", ""));
    let _later = pods;
}
