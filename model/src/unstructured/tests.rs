use serde_json::json;

use super::{Node, Unstructured};
use crate::object::Object;

fn pod() -> Unstructured {
    Unstructured::from_value(json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "web", "labels": {"app.kubernetes.io/name": "web"}},
        "spec": {"containers": [{"name": "app", "image": "nginx", "ports": [{"containerPort": 80}]}, {"name": "log"}]},
    }))
    .unwrap()
}

#[test]
fn a_path_reads_fields_items_and_keys() {
    let pod = pod();
    assert_eq!(pod.at::<&str>("spec.containers[name=app].image").unwrap(), "nginx");
    assert_eq!(pod.at::<&str>(".spec.containers[1].name").unwrap(), "log");
    assert_eq!(pod.at::<i64>("spec.containers[0].ports[containerPort=80].containerPort").unwrap(), 80);
    assert_eq!(pod.at::<&str>(r#"metadata.labels["app.kubernetes.io/name"]"#).unwrap(), "web");
    assert_eq!(pod.at::<Option<&str>>("spec.nodeName").unwrap(), None);
}

#[test]
fn an_error_names_the_step_and_what_stood_there() {
    let pod = pod();
    for (path, message) in [
        ("spec.node", "spec.node: at `node`: no such field in an object with containers"),
        (
            "spec.containers[name=db].image",
            "spec.containers[name=db].image: at `[name=db]`: no such item in a list of 2",
        ),
        ("metadata.name.x", "metadata.name.x: at `x`: expected an object to look into, found \"web\""),
        (
            "spec.containers.image",
            "spec.containers.image: at `image`: expected an object to look into, found a list of 2",
        ),
        ("spec.containers", "spec.containers: at `containers`: expected a string, found a list of 2"),
        ("spec..x", "spec..x: at `.x`: a field is missing before the dot"),
        (
            "spec.containers[x]",
            "spec.containers[x]: at `x`: write an index `[0]`, a key `[name=app]` or a field `[\"a.b\"]`",
        ),
        ("", ": the path is empty"),
    ] {
        assert_eq!(pod.at::<&str>(path).unwrap_err().to_string(), message);
    }
}

#[test]
fn writing_makes_objects_on_the_way_but_no_items() {
    let mut pod = pod();
    pod.set("spec.securityContext.runAsUser", 1000).unwrap();
    pod.set("spec.containers[name=log].image", "fluent").unwrap();
    assert_eq!(pod.at::<i64>("spec.securityContext.runAsUser").unwrap(), 1000);
    assert_eq!(pod.at::<&str>("spec.containers[1].image").unwrap(), "fluent");
    assert!(pod.set("spec.containers[2].image", "x").unwrap_err().is_absent());
    assert!(pod.set("metadata.name.x", "x").is_err());
}

#[test]
fn removing_returns_what_was_there() {
    let mut pod = pod();
    assert_eq!(pod.remove("spec.containers[name=app]").unwrap().unwrap()["image"], "nginx");
    assert_eq!(pod.at::<&[Node]>("spec.containers").unwrap().len(), 1);
    assert_eq!(pod.remove("spec.nodeName").unwrap(), None);
    assert_eq!(pod.remove("kind").unwrap(), Some("Pod".into()));
    assert!(pod.remove("metadata.name.x").is_err());
}

#[test]
fn metadata_is_read_and_written_in_place() {
    let mut object = Unstructured::new("v1", "ConfigMap", "a");
    object.set_namespace("prod");
    object.set_label("app", Some("web"));
    object.set_finalizers(vec!["example.com/wait".to_owned()]);
    assert_eq!(object.namespace(), "prod");
    assert_eq!(object.labels(), [("app", "web")]);
    assert_eq!(object.finalizers(), ["example.com/wait"]);
    object.set_label("app", None);
    object.set_finalizers(Vec::new());
    assert_eq!(
        object.into_value(),
        json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "namespace": "prod"}})
    );
}
