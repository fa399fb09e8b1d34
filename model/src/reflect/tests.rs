use serde_json::json;

use super::{Bytes, decode_json};
use crate::{IntOrString, Map, ObjectMeta, Quantity, Str, open_enum};

#[derive(Clone, Default, PartialEq)]
struct Thing {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Default, PartialEq)]
struct Spec {
    host: Str,
    replicas: Option<i32>,
    parts: Vec<Part>,
    limits: Map<Quantity>,
    data: Map<Bytes>,
    port: Option<IntOrString>,
    phase: Phase,
    empty: Option<Box<Part>>,
    any: serde_json::Value,
}

#[derive(Clone, Default, PartialEq)]
struct Part {
    name: Str,
    on: bool,
    ratio: f64,
}

open_enum! {
    /// How far it is.
    Phase { Running = "Running", Done = "Done", }
}

message! { Thing, kind = ("example.com/v1", "Thing");
    0 => metadata: new("metadata"),
    1 => spec: new("spec"),
}
message! { Spec;
    0 => host: always("host"),
    1 => replicas: new("replicas"),
    2 => parts: new("parts"),
    3 => limits: new("limits"),
    4 => data: new("data"),
    5 => port: new("port"),
    6 => phase: new("phase"),
    7 => empty: new("empty"),
    8 => any: new("any"),
}
message! { Part;
    0 => name: always("name"),
    1 => on: new("on"),
    2 => ratio: new("ratio"),
}

fn read(text: &str) -> Result<Thing, crate::DecodeError> {
    let mut thing = Thing::default();
    decode_json(&mut thing, text.as_bytes(), true)?;
    Ok(thing)
}

#[test]
fn every_shape_survives_the_way_there_and_back() {
    let document = json!({
        "apiVersion": "example.com/v1",
        "kind": "Thing",
        "metadata": {"name": "a", "labels": {"x": "y"}, "creationTimestamp": "2026-11-24T09:00:00Z"},
        "spec": {
            "host": "h", "replicas": 0, "parts": [{"name": "p", "on": true}, {"name": ""}], "limits": {"cpu": "500m"},
            "data": {"k": "AAEC"}, "port": "http", "phase": "Running", "empty": {"name": ""}, "any": [1, {"a": null}],
        },
    });
    let thing = read(&document.to_string()).unwrap();
    assert_eq!(thing.spec.replicas, Some(0));
    assert_eq!(thing.spec.phase, Phase::Running);
    assert_eq!(&*thing.spec.data["k"], [0, 1, 2]);
    assert_eq!(serde_json::to_value(&thing).unwrap(), document);
    assert_eq!(serde_json::from_value::<Thing>(document).unwrap(), thing);
}

#[test]
fn what_is_empty_is_left_out_and_null_is_no_value() {
    let text = r#"{"kind":"Thing","apiVersion":"example.com/v1","metadata":null,"spec":{"host":null,"parts":null,"replicas":null,"empty":null,"phase":"","unknown":{"x":[1]}}}"#;
    let thing = read(text).unwrap();
    assert_eq!(thing, Thing::default());
    assert_eq!(serde_json::to_value(&thing).unwrap(), json!({"apiVersion": "example.com/v1", "kind": "Thing"}));
}

#[test]
fn a_number_beyond_64_bits_with_a_sign_is_a_number() {
    let limits = json!({"cpu": u64::MAX});
    let document = json!({
        "apiVersion": "example.com/v1", "kind": "Thing", "spec": {"parts": [{"ratio": u64::MAX}], "limits": limits},
    });
    let thing: Thing = serde_json::from_value(document.clone()).unwrap();
    assert_eq!(thing.spec.parts[0].ratio.to_bits(), 18_446_744_073_709_551_616_f64.to_bits());
    assert_eq!(thing.spec.limits["cpu"], "18446744073709551615".parse().unwrap());
    assert_eq!(read(&document.to_string()).unwrap(), thing);
}

#[test]
fn an_unknown_value_of_an_enumeration_survives() {
    let text = r#"{"kind":"Thing","apiVersion":"example.com/v1","spec":{"host":"h","phase":"Melting"}}"#;
    let thing = read(text).unwrap();
    assert_eq!(thing.spec.phase, "Melting");
    assert!(serde_json::to_string(&thing).unwrap().contains("Melting"));
}

#[test]
fn an_error_names_the_path_and_what_stood_there() {
    for (spec, message) in [
        (r#"{"host": 5}"#, ".spec.host: expected a string, found 5"),
        (r#"{"replicas": 3000000000}"#, ".spec.replicas: expected an integer of 32 bits, found 3000000000"),
        (r#"{"parts": [{"name": "a"}, {"on": "yes"}]}"#, ".spec.parts[1].on: expected true or false, found \"yes\""),
        (r#"{"parts": {}}"#, ".spec.parts: expected a list, found an object"),
        (
            r#"{"limits": {"a.b/c": "1X"}}"#,
            ".spec.limits[\"a.b/c\"]: \"1X\" is no quantity; write a number with an optional suffix: 0.5, 500m, 2k, 1Gi, 1e3",
        ),
        (r#"{"data": {"k": "%"}}"#, ".spec.data[\"k\"]: expected base64, found another text"),
        (r#"{"host": "h"#, ".spec.host: EOF while parsing a string at line 1 column 64"),
    ] {
        let text = format!(r#"{{"apiVersion":"example.com/v1","kind":"Thing","spec":{spec}}}"#);
        let text = if spec.ends_with('}') { text } else { text.trim_end_matches('}').to_owned() };
        assert_eq!(read(&text).unwrap_err().to_string(), message);
    }
    let error = serde_json::from_value::<Spec>(json!({"parts": [{"name": 1}]})).unwrap_err();
    assert_eq!(error.to_string(), ".parts[0].name: expected a string, found 1");
}

#[test]
fn another_kind_is_refused_with_both_names() {
    for (text, message) in [
        (r#"{"apiVersion":"apps/v1","kind":"Deployment"}"#, "expected example.com/v1 Thing, found apps/v1 Deployment"),
        (
            r#"{"kind":"Other","apiVersion":"example.com/v1","spec":{"host":5}}"#,
            "expected example.com/v1 Thing, found example.com/v1 Other",
        ),
        (r#"{"spec":{}}"#, "expected example.com/v1 Thing, found no apiVersion and kind"),
    ] {
        assert_eq!(read(text).unwrap_err().to_string(), message);
    }
    assert!(serde_json::from_value::<Thing>(json!({"spec": {"host": "h"}})).is_ok());
}

#[test]
fn debug_shows_what_is_set_and_no_secret() {
    let text = r#"{"kind":"Thing","apiVersion":"example.com/v1","spec":{"host":"h","data":{"password":"c2VjcmV0"},"limits":{"cpu":"1"}}}"#;
    let printed = format!("{:?}", read(text).unwrap());
    let expected = r#"Thing { spec: Spec { host: "h", limits: {"cpu": 1}, data: {"password": Bytes(6)} } }"#;
    assert_eq!(printed, expected);
}
