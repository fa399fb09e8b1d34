//! Every kind, filled with values in every field, survives.

use kubist_model::reflect::{self, Message, decode_json, encode_json, fill, json_schema};
use kubist_model::schema::structural;
use kubist_model::{HasStatus, IntOrString, Namespaced, Object, Quantity, Resource, Unstructured, Wire};
use kubist_types::KINDS;
use kubist_types::apps::v1::Deployment;
use kubist_types::core::v1::{Container, Pod, PodPhase, PodSpec, Protocol, Service, ServicePort};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

/// The kinds as JSON with a value in every field.
fn filled() -> Vec<Value> {
    let document = |kind: &kubist_types::Kind| {
        let mut object = kind.empty();
        fill(&mut *object);
        let mut text = Vec::new();
        encode_json(&*object, &mut text).expect("it holds what JSON can hold");
        serde_json::from_slice(&text).expect("it is JSON")
    };
    KINDS.iter().map(document).collect()
}

#[test]
fn there_are_as_many_kinds_as_a_server_serves() {
    let facts: Value = serde_json::from_str(include_str!("../facts/v1.37.json")).unwrap();
    let served = facts["resources"].as_array().unwrap();
    assert_eq!(KINDS.len(), served.len());
    for (kind, served) in KINDS.iter().zip(served) {
        let info = kind.info();
        assert_eq!(info.plural, served["plural"].as_str().unwrap());
        assert_eq!(info.group, served["group"].as_str().unwrap());
        assert_eq!(info.singular, served["singular"].as_str().unwrap());
        // Kinds that are only created, such as reviews, are never listed.
        if let Some(list_kind) = served["listKind"].as_str() {
            assert_eq!(info.list_kind, list_kind);
        }
    }
}

#[test]
fn every_kind_survives_json_with_a_value_in_every_field() {
    for (kind, document) in KINDS.iter().zip(filled()) {
        let name = kind.info().resource_name();
        let mut object = kind.empty();
        decode_json(&mut *object, document.to_string().as_bytes(), true)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut text = Vec::new();
        encode_json(&*object, &mut text).unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&text).unwrap(), document, "{name}");
    }
}

/// Shows an object to serde.
struct ToSerde<'a>(&'a dyn Message);

impl Serialize for ToSerde<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        reflect::serialize(self.0, serializer)
    }
}

#[test]
fn every_kind_is_written_byte_for_byte_as_serde_json_writes_it_empty_and_full() {
    for kind in KINDS {
        let mut object = kind.empty();
        for _ in 0..2 {
            let mut text = b"before ".to_vec();
            encode_json(&*object, &mut text).unwrap();
            let expected = serde_json::to_string(&ToSerde(&*object)).unwrap();
            assert_eq!(String::from_utf8(text).unwrap(), format!("before {expected}"));
            fill(&mut *object);
        }
    }
}

#[test]
fn values_that_json_writes_in_a_way_of_its_own_are_written_as_serde_json_writes_them() {
    let mut pod = Pod::default();
    let texts = [
        "",
        "a\"b\\c",
        "line\nline\r\t\u{8}\u{c}\u{1}\u{7f}",
        "été ✓ 🦀",
        "</script>",
        "long: \"",
        " 0123456789abcdef\u{0}",
    ];
    for (index, text) in texts.iter().enumerate() {
        pod.metadata.annotations.insert(*text, *text);
        pod.metadata.finalizers.push(text.repeat(index * 9 + 1).as_str().into());
    }
    pod.metadata.generation = i64::MIN;
    pod.spec.termination_grace_period_seconds = Some(-30);
    for amount in ["0", "-1500m", "1Gi", "1025", "1e3", "100n", "9223372036854775807", "0.5Ki"] {
        pod.spec.overhead.insert(amount, amount.parse::<Quantity>().unwrap());
    }
    let mut text = Vec::new();
    encode_json(&pod, &mut text).unwrap();
    assert_eq!(String::from_utf8(text).unwrap(), serde_json::to_string(&pod).unwrap());
}

#[test]
fn every_kind_has_a_structural_schema_of_all_its_fields() {
    for kind in KINDS {
        let name = kind.info().resource_name();
        let schema = json_schema(&mut *kind.empty());
        let (schema, checked) = structural(schema.as_value(), &serde_json::Map::new());
        // A schema contains schemas without end, and Kubernetes has no words for that.
        assert_eq!(checked.is_ok(), name != "customresourcedefinitions.apiextensions.k8s.io", "{name}: {checked:?}");
        assert!(
            schema["properties"]["metadata"]["properties"]["labels"].is_object() || name.contains("reviews."),
            "{name}"
        );
    }
}

/// Go's own types read each document strictly and write it again; `xtask/facts/go -recode` wrote the file.
#[test]
fn go_reads_and_writes_the_same() {
    let golden = include_str!("data/go.jsonl");
    let documents = filled();
    assert_eq!(golden.lines().count(), documents.len(), "run `cargo xtask golden`");
    for (written, ours) in golden.lines().zip(documents) {
        let mut go: Value = serde_json::from_str(written).unwrap();
        let mut ours = ours;
        without_nothing(&mut go);
        without_nothing(&mut ours);
        assert_eq!(go, ours, "run `cargo xtask golden` if a field came or went");
    }
}

/// Removes what says nothing: Go writes `null` and `{}` for structs and lists that are absent.
fn without_nothing(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(without_nothing);
            fields.retain(|_, value| !value.is_null() && *value != json!({}));
        }
        Value::Array(items) => items.iter_mut().for_each(without_nothing),
        _ => {}
    }
}

/// `cargo xtask accept` sends the same to a real server.
#[test]
fn the_smallest_manifests_survive_and_every_kind_that_can_be_created_has_one() {
    let manifests: Vec<Value> = serde_json::from_str(include_str!("../facts/minimal.json")).unwrap();
    let facts: Value = serde_json::from_str(include_str!("../facts/v1.37.json")).unwrap();
    let creatable = |served: &&Value| served["verbs"].as_array().unwrap().contains(&json!("create"));
    let mut manifests = manifests.into_iter();
    for served in facts["resources"].as_array().unwrap().iter().filter(creatable) {
        if served["kind"] == "Binding" {
            // It binds a pod that exists, and is no object of its own.
            continue;
        }
        let mut manifest = manifests.next().expect("one for each kind");
        let name = served["plural"].as_str().unwrap();
        assert_eq!(manifest["kind"], served["kind"]);
        let api_version = manifest["apiVersion"].as_str().unwrap();
        let kind = KINDS.iter().find(|kind| kind.info().plural == name && kind.info().api_version() == api_version);
        let mut object = kind.expect("a kind").empty();
        decode_json(&mut *object, manifest.to_string().as_bytes(), true)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut text = Vec::new();
        encode_json(&*object, &mut text).unwrap();
        let mut written: Value = serde_json::from_slice(&text).unwrap();
        without_zeroes(&mut written);
        without_zeroes(&mut manifest);
        assert_eq!(written, manifest, "{name}");
    }
}

/// Removes empty values, which are written where the API always writes them.
fn without_zeroes(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(without_zeroes);
            fields.retain(|_, value| {
                ![json!([]), json!({}), json!(""), json!(0), json!(false), Value::Null].contains(value)
            });
        }
        Value::Array(items) => items.iter_mut().for_each(without_zeroes),
        _ => {}
    }
}

#[test]
fn a_pod_is_built_and_read_without_unwrapping() {
    let mut pod = Pod::default();
    pod.metadata.name = "web".into();
    pod.spec = PodSpec {
        containers: vec![Container { name: "app".into(), image: "nginx:1.27".into(), ..Container::default() }],
        ..PodSpec::default()
    };
    pod.status_mut().phase = PodPhase::Running;
    let document = serde_json::to_value(&pod).unwrap();
    assert_eq!(
        document,
        json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"},
            "spec": {"containers": [{"name": "app", "image": "nginx:1.27"}]},
            "status": {"phase": "Running"},
        })
    );
    let pod: Pod = serde_json::from_value(document).unwrap();
    assert!(pod.status.phase == PodPhase::Running && pod.spec.containers[0].image == "nginx:1.27");
    assert_eq!(pod.name(), "web");
}

#[test]
fn an_error_names_the_path_and_what_stood_there() {
    let text = br#"{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "app", "image": 5}]}}"#;
    let error = Pod::decode(text, kubist_model::Format::Json).unwrap_err();
    assert_eq!(error.to_string(), ".spec.containers[0].image: expected a string, found 5");
    let error = Deployment::decode(text, kubist_model::Format::Json).unwrap_err();
    assert_eq!(error.to_string(), "expected apps/v1 Deployment, found v1 Pod");
}

#[test]
fn what_presence_means_survives() {
    let document = json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
        "spec": {
            "replicas": 0,
            "selector": {},
            "template": {"spec": {"containers": [{"name": "app"}], "volumes": [{"name": "scratch", "emptyDir": {}}]}},
            "strategy": {"rollingUpdate": {"maxSurge": "25%", "maxUnavailable": 0}},
        },
    });
    let deployment: Deployment = Unstructured::from_value(document.clone()).unwrap().decode().unwrap();
    assert_eq!(deployment.spec.replicas, Some(0));
    let rolling = deployment.spec.strategy.rolling_update.as_deref().unwrap();
    assert_eq!(rolling.max_unavailable, Some(IntOrString::Int(0)));
    assert_eq!(serde_json::to_value(&deployment).unwrap(), document);
}

#[test]
fn values_of_a_newer_server_survive() {
    let document = json!({
        "apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"},
        "spec": {"ports": [{"port": 80, "protocol": "QUIC", "targetPort": "http"}]},
    });
    let service: Service = serde_json::from_value(document.clone()).unwrap();
    let ServicePort { protocol, .. } = &service.spec.ports[0];
    assert_eq!(*protocol, Protocol::Other("QUIC".into()));
    assert_eq!(serde_json::to_value(&service).unwrap(), document);
}

#[test]
fn a_secret_does_not_print_its_data() {
    let secret: kubist_types::core::v1::Secret =
        serde_json::from_value(json!({"apiVersion": "v1", "kind": "Secret", "data": {"password": "aHVudGVyMg=="}}))
            .unwrap();
    assert_eq!(&*secret.data["password"], b"hunter2");
    let printed = format!("{secret:?}");
    assert!(!printed.contains("hunter2") && !printed.contains("104, 117"), "{printed}");
}

#[test]
fn kinds_know_what_they_are() {
    fn plural<K: Namespaced>() -> &'static str {
        &K::info().plural
    }
    assert_eq!(plural::<Pod>(), "pods");
    assert_eq!(&*Deployment::info().short_names, ["deploy"]);
    assert!(Deployment::info().has_subresource("scale"));
}
