//! What views read and write, held against the whole objects.

use std::fs;
use std::path::{Path, PathBuf};

use kubist_model::reflect::{Bytes, decode_json, encode_json, encode_proto, fill};
use kubist_model::{
    Format, IntOrString, List, ManagedFields, Map, MicroTime, ObjectMeta, Quantity, Str, Time, Wire as _,
};
use kubist_types::apiextensions::schema::JsonSchemaPropsOrArray;
use kubist_types::apiextensions::v1::{
    CustomResourceDefinition, CustomResourceDefinitionSpec, CustomResourceDefinitionVersion, CustomResourceValidation,
    JsonSchemaProps,
};
use kubist_types::core::v1::{
    ConfigMapVolumeSource, Container, ContainerPort, EmptyDirVolumeSource, Event, HttpGetAction, Pod, PodCondition,
    PodPhase, PodSpec, PodStatus, Probe, Protocol, ResourceRequirements, Secret, Volume,
};
use serde_json::{Value, json};

use super::same_name;
use crate::{Resource, ResourcePart};

#[derive(Clone, Debug, PartialEq, Resource)]
#[resource(view_of = Pod, crate = crate)]
struct PodView {
    // Not in the order of the kind.
    status: PodStatusView,
    metadata: ObjectMeta,
    spec: Option<Box<PodSpecView>>,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = PodSpec, crate = crate)]
struct PodSpecView {
    volumes: Vec<VolumeView>,
    containers: Vec<ContainerView>,
    node_selector: Map<String>,
    restart_policy: Str,
    overhead: Map<Quantity>,
    host_network: Option<bool>,
    priority: Option<i32>,
    termination_grace_period_seconds: Option<i64>,
}

/// Its sources are flat in JSON and in a message of their own in protobuf.
#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = Volume, crate = crate)]
struct VolumeView {
    empty_dir: Option<Box<EmptyDirVolumeSource>>,
    name: Str,
    config_map: Option<ConfigMapSourceView>,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = ConfigMapVolumeSource, crate = crate)]
struct ConfigMapSourceView {
    name: Str,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = Container, crate = crate)]
struct ContainerView {
    name: String,
    command: Option<Vec<Str>>,
    resources: ResourcesView,
    liveness_probe: Option<Box<ProbeView>>,
    ports: Vec<PortView>,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = ResourceRequirements, crate = crate)]
struct ResourcesView {
    limits: Map<Quantity>,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = Probe, crate = crate)]
struct ProbeView {
    http_get: Option<HttpGetView>,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = HttpGetAction, crate = crate)]
struct HttpGetView {
    port: IntOrString,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = ContainerPort, crate = crate)]
struct PortView {
    container_port: i32,
    protocol: Option<Protocol>,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = PodStatus, crate = crate)]
struct PodStatusView {
    phase: PodPhase,
    start_time: Option<Time>,
    conditions: Vec<ConditionView>,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = PodCondition, crate = crate)]
struct ConditionView {
    r#type: Str,
    last_transition_time: Option<Time>,
}

#[derive(Clone, Debug, PartialEq, Resource)]
#[resource(view_of = Secret, crate = crate)]
struct SecretView {
    metadata: ObjectMeta,
    data: Map<Bytes>,
}

#[derive(Clone, Debug, PartialEq, Resource)]
#[resource(view_of = Event, crate = crate)]
struct EventView {
    metadata: ObjectMeta,
    event_time: Option<MicroTime>,
}

#[derive(Clone, Debug, PartialEq, Resource)]
#[resource(view_of = CustomResourceDefinition, crate = crate)]
struct DefinitionView {
    metadata: ObjectMeta,
    spec: DefinitionSpecView,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = CustomResourceDefinitionSpec, crate = crate)]
struct DefinitionSpecView {
    group: Str,
    versions: Vec<VersionView>,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = CustomResourceDefinitionVersion, crate = crate)]
struct VersionView {
    name: Str,
    schema: Option<ValidationView>,
}

#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = CustomResourceValidation, crate = crate)]
struct ValidationView {
    open_apiv3_schema: Option<Box<SchemaView>>,
}

/// It contains itself, as the kind's does.
#[derive(Clone, Debug, PartialEq, ResourcePart)]
#[resource(view_of = JsonSchemaProps, crate = crate)]
struct SchemaView {
    r#type: Str,
    minimum: Option<f64>,
    default: Option<Value>,
    items: Option<JsonSchemaPropsOrArray>,
    properties: Map<SchemaView>,
    x_kubernetes_list_type: Option<Str>,
}

/// Keeps of a document what stands in a plan: `true` keeps all, `*` stands for any key, and lists are kept item by item.
fn cut(document: &Value, plan: &Value) -> Value {
    match (document, plan) {
        (Value::Object(fields), Value::Object(plan)) => {
            let kept = fields.iter().filter_map(|(name, value)| {
                let plan = plan.get(name).or_else(|| plan.get("*"))?;
                Some((name.clone(), cut(value, plan)))
            });
            Value::Object(kept.collect())
        }
        (Value::Array(items), Value::Object(_)) => Value::Array(items.iter().map(|item| cut(item, plan)).collect()),
        (document, _) => document.clone(),
    }
}

/// Fills an object of the kind, reads it through the view from both formats, and holds what the view writes against the object, cut.
fn check<K, V>(plan: &Value) -> V
where
    K: Default + kubist_model::reflect::Message,
    V: Resource + kubist_model::reflect::Message + PartialEq + std::fmt::Debug + serde::Serialize,
{
    let mut whole = K::default();
    fill(&mut whole);
    let (mut text, mut bytes) = (Vec::new(), Vec::new());
    encode_json(&whole, &mut text).unwrap();
    encode_proto(&whole, &mut bytes).unwrap();
    let expected = cut(&serde_json::from_slice(&text).unwrap(), plan);

    let from_json = V::decode(&text, Format::Json).unwrap();
    let from_proto = V::decode(&bytes, Format::Protobuf).unwrap();
    assert_eq!(from_json, from_proto);
    assert_eq!(serde_json::to_value(&from_json).unwrap(), expected);
    // What it writes, it reads again, and so does the kind.
    for format in [Format::Json, Format::Protobuf] {
        let mut written = Vec::new();
        from_json.encode(format, &mut written).unwrap();
        assert_eq!(V::decode(&written, format).unwrap(), from_json, "{format:?}");
    }
    let mut again = K::default();
    decode_json(&mut again, expected.to_string().as_bytes(), true).unwrap();
    from_json
}

fn pod_plan() -> Value {
    json!({
        "apiVersion": true, "kind": true, "metadata": true,
        "spec": {
            "volumes": {"name": true, "emptyDir": true, "configMap": {"name": true}},
            "containers": {
                "name": true, "command": true, "resources": {"limits": true},
                "livenessProbe": {"httpGet": {"port": true}}, "ports": {"containerPort": true, "protocol": true},
            },
            "nodeSelector": true, "restartPolicy": true, "overhead": true, "hostNetwork": true, "priority": true,
            "terminationGracePeriodSeconds": true,
        },
        "status": {"phase": true, "startTime": true, "conditions": {"type": true, "lastTransitionTime": true}},
    })
}

#[test]
fn a_view_reads_from_both_formats_what_the_whole_object_holds() {
    let view = check::<Pod, PodView>(&pod_plan());
    let spec = view.spec.unwrap();
    assert!(!spec.restart_policy.is_empty() && spec.volumes[0].config_map.is_some());
    assert!(!spec.containers[0].resources.limits.is_empty());
}

#[test]
fn views_hold_bytes_times_and_any_json() {
    let secret =
        check::<Secret, SecretView>(&json!({"apiVersion": true, "kind": true, "metadata": true, "data": true}));
    assert!(!secret.data.is_empty());
    let plan = json!({"apiVersion": true, "kind": true, "metadata": true, "eventTime": true});
    assert!(check::<Event, EventView>(&plan).event_time.is_some());
}

#[test]
fn a_view_may_contain_itself() {
    let schema = |properties: Value| {
        json!({
            "type": true, "minimum": true, "default": true, "items": true, "properties": {"*": properties},
            "x-kubernetes-list-type": true,
        })
    };
    let schema = schema(schema(schema(json!({}))));
    let versions = json!({"name": true, "schema": {"openAPIV3Schema": schema}});
    let spec = json!({"group": true, "versions": versions});
    let plan = json!({"apiVersion": true, "kind": true, "metadata": true, "spec": spec});
    let view = check::<CustomResourceDefinition, DefinitionView>(&plan);
    let schema = view.spec.versions[0].schema.clone().unwrap().open_apiv3_schema.unwrap();
    assert!(!schema.properties.is_empty() && schema.default.is_some() && schema.minimum.is_some());
}

#[test]
fn a_list_is_read_through_a_view_in_both_formats() {
    let mut pod = Pod::default();
    fill(&mut pod);
    let list = List { items: vec![pod; 3], ..List::default() };
    let mut text = Vec::new();
    list.encode(Format::Json, &mut text).unwrap();
    let views = List::<PodView>::decode_any(&text, Format::Json, ManagedFields::Keep).unwrap();
    assert_eq!(views.items.len(), 3);
    assert_eq!(views.items[2], check::<Pod, PodView>(&pod_plan()));
}

#[test]
fn what_a_view_does_not_name_is_skipped_whatever_it_holds() {
    let text = r#"{"kind":"Pod","apiVersion":"v1","new":[{"a":[1,{}]}],"spec":{"nodeName":5,"priority":7,"hostPID":"no"},"status":null}"#;
    let view = PodView::decode(text.as_bytes(), Format::Json).unwrap();
    assert_eq!(view.spec.unwrap().priority, Some(7));
    let broken = text.replace("5,", "[5,],");
    assert!(PodView::decode(broken.as_bytes(), Format::Json).is_err(), "it is no JSON");
}

#[test]
fn errors_name_the_path_and_the_kind() {
    let refused = |text: &str| PodView::decode(text.as_bytes(), Format::Json).unwrap_err().to_string();
    assert_eq!(
        refused(r#"{"kind":"Pod","apiVersion":"v1","spec":{"containers":[{"name":"a"},{"name":5}]}}"#),
        ".spec.containers[1].name: expected a string, found 5"
    );
    assert_eq!(refused(r#"{"kind":"Secret","apiVersion":"v1"}"#), "expected v1 Pod, found v1 Secret");
    assert_eq!(refused("{}"), "expected v1 Pod, found no apiVersion and kind");
}

#[test]
fn what_is_absent_is_not_written() {
    let text = r#"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"app"}]}}"#;
    let view = PodView::decode(text.as_bytes(), Format::Json).unwrap();
    let mut written = Vec::new();
    view.encode(Format::Json, &mut written).unwrap();
    let mut expected: Value = serde_json::from_str(text).unwrap();
    // The kind writes these even when they are empty.
    let whole = serde_json::to_value(Pod::decode(text.as_bytes(), Format::Json).unwrap()).unwrap();
    expected["spec"]["containers"][0] = cut(&whole["spec"]["containers"][0], &pod_plan()["spec"]["containers"]);
    assert_eq!(serde_json::from_slice::<Value>(&written).unwrap(), expected);
    assert_eq!(expected["spec"]["containers"][0], json!({"name": "app"}));
}

#[test]
fn info_formats_and_scope_are_those_of_the_kind() {
    assert_eq!(PodView::INFO, Pod::INFO);
    assert_eq!(PodView::FORMATS, Pod::FORMATS);
    assert!(std::ptr::eq(PodView::info(), Pod::info()));
}

/// A view finds its rows by the names of its fields in Rust, so these must lead to one row each.
#[test]
fn each_rust_name_of_a_field_finds_the_row_of_that_field_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut sources = rust_sources(&root.join("types/src"));
    sources.push(root.join("model/src/meta.rs"));
    let mut count = 0;
    for source in sources {
        let text = fs::read_to_string(source).unwrap();
        // No object holds the metadata of a list, whose `continue` is a word of Rust.
        for message in text.split("\nmessage! {").skip(1).filter(|message| !message.starts_with(" ListMeta;")) {
            let lines = message.split("\n}").next().unwrap().lines().skip(1);
            let fields: Vec<_> = lines.filter_map(field).collect();
            for (rust, json) in &fields {
                let found: Vec<_> =
                    fields.iter().filter(|(_, json)| same_name(json.as_bytes(), rust.as_bytes())).collect();
                assert_eq!(found, [&(*rust, *json)], "{message}");
            }
            count += fields.len();
        }
    }
    assert!(count > 2000, "{count} fields were found");
}

fn rust_sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { rust_sources(&path) } else { vec![path] }).collect()
}

/// Reads `0 => volume_id: always("volumeID", 1)`.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, make) = line.split_once(" => ")?.1.split_once(": ")?;
    Some((name, make.split('"').nth(1)?))
}
