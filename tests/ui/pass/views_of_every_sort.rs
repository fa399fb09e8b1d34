//! Views are private or not, stand in modules and functions, and name their fields in any order; all of their fields may be optional.

#![deny(warnings)]

use kubist::types::core::v1::{Pod, PodPhase};
use kubist::{Api, Client, HasScale, IntOrString, Map, Object, ObjectMeta, Quantity, Resource, ResourcePart, Time, json};

/// All of it may be absent.
#[derive(Clone, Debug, PartialEq, Resource)]
#[resource(view_of = Pod)]
struct Optional {
    status: Option<Box<status::Of>>,
    metadata: ObjectMeta,
    spec: Option<Spec>,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = kubist::types::core::v1::PodSpec)]
struct Spec {
    containers: Option<Vec<Container>>,
    node_selector: Map<String>,
    host_network: Option<bool>,
    active_deadline_seconds: Option<i64>,
}

/// A part of a part, in a list.
#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = kubist::types::core::v1::Container)]
struct Container {
    name: String,
    resources: Option<Resources>,
    liveness_probe: Option<Box<Probe>>,
    args: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = kubist::types::core::v1::ResourceRequirements)]
struct Resources {
    limits: Map<Quantity>,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = kubist::types::core::v1::Probe)]
struct Probe {
    http_get: Option<HttpGet>,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = kubist::types::core::v1::HttpGetAction)]
struct HttpGet {
    port: IntOrString,
}

mod status {
    use super::*;

    #[derive(Clone, Debug, PartialEq, ResourcePart)]
    #[resource(view_of = kubist::types::core::v1::PodStatus)]
    pub(super) struct Of {
        pub(super) phase: PodPhase,
        pub(super) start_time: Option<Time>,
        pub(super) conditions: Vec<Condition>,
    }

    #[derive(Clone, Debug, Default, PartialEq, ResourcePart)]
    #[resource(view_of = kubist::types::core::v1::PodCondition)]
    pub(super) struct Condition {
        // An open enumeration and a keyword.
        pub(super) r#type: kubist::Str,
    }
}

/// A kind that lives in no namespace, under another name of the crate.
mod framework {
    pub(crate) use ::kubist as k8s;
}

#[derive(framework::k8s::Resource)]
#[resource(view_of = kubist::types::core::v1::Node, crate = crate::framework::k8s)]
struct NodeView {
    metadata: ObjectMeta,
}

/// Its replicas can be scaled.
#[derive(Resource)]
#[resource(view_of = kubist::types::core::v1::ReplicationController)]
struct ControllerView {
    metadata: ObjectMeta,
}

/// A macro writes views.
macro_rules! view {
    ($name:ident of $kind:ident) => {
        #[derive(Resource)]
        #[resource(view_of = kubist::types::core::v1::$kind)]
        struct $name {
            metadata: ObjectMeta,
        }
    };
}
view!(SecretView of Secret);

fn reach(client: &Client) {
    fn scales<K: HasScale>() {}

    let _nodes = Api::<NodeView>::cluster(client).list();
    let controllers = Api::<ControllerView>::namespaced(client, "prod");
    let _scale = controllers.scale("web").set(3);
    scales::<ControllerView>();
    let secrets = Api::<SecretView>::all(client);
    let _secrets = secrets.watch();
}

fn main() {
    #[derive(Resource)]
    #[resource(view_of = Pod)]
    struct Inside {
        metadata: ObjectMeta,
    }

    let pod = json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "web-0"},
        "spec": {
            "containers": [{
                "name": "web", "image": "nginx", "args": ["-v"], "resources": {"limits": {"cpu": "1"}},
                "livenessProbe": {"httpGet": {"port": "http", "path": "/"}},
            }],
            "nodeSelector": {"disk": "fast"},
            "activeDeadlineSeconds": 5,
        },
        "status": {"phase": "Running", "startTime": "2026-11-24T09:00:00Z", "conditions": [{"type": "Ready", "status": "True"}]},
    });
    let inside: Inside = serde_json::from_value(pod.clone()).unwrap();
    assert_eq!((inside.name(), Inside::INFO.kind.as_ref()), ("web-0", "Pod"));

    let view: Optional = serde_json::from_value(pod).unwrap();
    let spec = view.spec.as_ref().unwrap();
    let web = &spec.containers.as_ref().unwrap()[0];
    assert_eq!((web.name.as_str(), web.args.as_slice()), ("web", ["-v".to_owned()].as_slice()));
    assert_eq!(web.resources.as_ref().unwrap().limits["cpu"].to_string(), "1");
    assert_eq!(web.liveness_probe.as_ref().unwrap().http_get.as_ref().unwrap().port, "http".into());
    assert_eq!(spec.node_selector["disk"], "fast");
    assert_eq!((spec.host_network, spec.active_deadline_seconds), (None, Some(5)));
    let status = view.status.as_ref().unwrap();
    assert_eq!((&status.phase, status.conditions[0].r#type.as_str()), (&PodPhase::Running, "Ready"));
    assert!(status.start_time.is_some());

    let written = serde_json::to_value(&view).unwrap();
    assert_eq!(serde_json::from_value::<Optional>(written.clone()).unwrap(), view);
    assert_eq!(written["spec"]["containers"][0], json!({
        "name": "web", "args": ["-v"], "resources": {"limits": {"cpu": "1"}}, "livenessProbe": {"httpGet": {"port": "http"}},
    }));
    let _later = reach;
}
