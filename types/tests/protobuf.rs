//! Every kind, filled with values in every field, is the same in both formats.

use kubist_model::reflect::{Message, decode_json, decode_proto, encode_json, encode_proto, fill};
use kubist_model::{Format, Object, Wire};
use kubist_types::KINDS;
use kubist_types::core::v1::{ConfigMap, Pod};
use serde_json::Value;

fn json(object: &dyn Message) -> Value {
    let mut text = Vec::new();
    encode_json(object, &mut text).expect("it holds what JSON can hold");
    serde_json::from_slice(&text).expect("it is JSON")
}

fn protobuf(object: &dyn Message) -> Vec<u8> {
    let mut bytes = Vec::new();
    encode_proto(object, &mut bytes).expect("it is an object");
    bytes
}

#[test]
fn every_kind_survives_protobuf_with_a_value_in_every_field() {
    for kind in KINDS {
        let name = kind.info().resource_name();
        let mut object = kind.empty();
        fill(&mut *object);
        let mut again = kind.empty();
        decode_proto(&mut *again, &protobuf(&*object), true, ("", ""))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(json(&*again), json(&*object), "{name}");
    }
}

/// The smallest manifests say nothing in most fields, which is another thing than an empty value.
#[test]
fn the_smallest_manifests_survive() {
    let manifests: Vec<Value> = serde_json::from_str(include_str!("../facts/minimal.json")).unwrap();
    for manifest in manifests {
        let fits = |kind: &&kubist_types::Kind| {
            kind.info().kind == manifest["kind"].as_str().unwrap()
                && kind.info().api_version() == manifest["apiVersion"].as_str().unwrap()
        };
        let kind = KINDS.iter().find(fits).expect("a kind");
        let (mut object, mut again) = (kind.empty(), kind.empty());
        decode_json(&mut *object, manifest.to_string().as_bytes(), true).unwrap();
        decode_proto(&mut *again, &protobuf(&*object), true, ("", "")).unwrap();
        assert_eq!(json(&*again), json(&*object), "{}", manifest["kind"]);
    }
}

/// Go's own types read each document and wrote it as protobuf; `cargo xtask golden` wrote the file.
#[test]
fn what_go_writes_is_read_as_the_same() {
    let golden = include_str!("data/go.pb.hex");
    assert_eq!(golden.lines().count(), KINDS.len(), "run `cargo xtask golden`");
    for (line, kind) in golden.lines().zip(KINDS) {
        let name = kind.info().resource_name();
        let (mut object, mut go) = (kind.empty(), kind.empty());
        fill(&mut *object);
        decode_proto(&mut *go, &hex(line), true, ("", "")).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(json(&*go), json(&*object), "{name}");
    }
}

fn hex(line: &str) -> Vec<u8> {
    (0..line.len()).step_by(2).map(|at| u8::from_str_radix(&line[at..at + 2], 16).expect("it is hex")).collect()
}

#[test]
fn another_kind_is_refused_with_both_names() {
    let bytes = protobuf(&ConfigMap::default());
    let error = Pod::decode(&bytes, Format::Protobuf).unwrap_err();
    assert_eq!(error.to_string(), "expected v1 Pod, found v1 ConfigMap");
    let error = Pod::decode(b"{}", Format::Protobuf).unwrap_err();
    assert_eq!(error.to_string(), "expected an object in protobuf, found something else");
}

#[test]
fn fields_of_a_newer_server_are_skipped() {
    let mut pod = Pod::default();
    pod.metadata.name = "web".into();
    let mut raw = Vec::new();
    kubist_model::reflect::encode_proto_part(&pod, &mut raw);
    // Number 31 as text, 1000 as an integer, 30 as eight bytes and 29 as four.
    raw.extend_from_slice(b"\xfa\x01\x03new\xc0\x3e\x01\xf1\x01........\xed\x01....");
    let read = Pod::decode_item(&raw, Format::Protobuf, ("v1", "Pod")).unwrap();
    assert_eq!(read, pod);
    assert_eq!(read.name(), "web");
}

#[test]
fn a_message_that_is_cut_off_is_an_error_and_never_a_panic() {
    for kind in KINDS {
        let mut object = kind.empty();
        fill(&mut *object);
        let bytes = protobuf(&*object);
        // Behind what says the kind it may end: then nothing else is said.
        let cut = |end: &usize| decode_proto(&mut *kind.empty(), &bytes[..*end], true, ("", "")).is_ok();
        assert!((0..bytes.len()).step_by(61).filter(cut).count() <= 1, "{}", kind.info().resource_name());
        // Every byte wrong once: an error or another value, but nothing worse.
        for at in (0..bytes.len()).step_by(53) {
            let mut broken = bytes.clone();
            broken[at] ^= 0xff;
            drop(decode_proto(&mut *kind.empty(), &broken, true, ("", "")));
        }
    }
}
