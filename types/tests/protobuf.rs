//! Every kind, filled with values in every field, is the same in both formats.

use kubist_model::reflect::{Message, decode_json, decode_proto, encode_json, encode_proto, fill};
use kubist_model::{Format, ManagedFields, Object, WatchEvent, Wire};
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
        decode_proto(&mut *again, &protobuf(&*object), None, ManagedFields::Keep)
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
        decode_proto(&mut *again, &protobuf(&*object), None, ManagedFields::Keep).unwrap();
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
        decode_proto(&mut *go, &hex(line), None, ManagedFields::Keep).unwrap_or_else(|error| panic!("{name}: {error}"));
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
        let cut = |end: &usize| decode_proto(&mut *kind.empty(), &bytes[..*end], None, ManagedFields::Keep).is_ok();
        assert!((0..bytes.len()).step_by(61).filter(cut).count() <= 1, "{}", kind.info().resource_name());
        // Every byte wrong once: an error or another value, but nothing worse.
        for at in (0..bytes.len()).step_by(53) {
            let mut broken = bytes.clone();
            broken[at] ^= 0xff;
            drop(decode_proto(&mut *kind.empty(), &broken, None, ManagedFields::Keep));
        }
    }
}

/// Puts a body of its own into the envelope of a Pod.
fn pod_of(raw: &[&[u8]]) -> Vec<u8> {
    let mut document = b"k8s\0\x0a\x09\x0a\x02v1\x12\x03Pod".to_vec();
    let raw = raw.concat();
    document.extend_from_slice(&[0x12, u8::try_from(raw.len()).expect("it is short")]);
    document.extend_from_slice(&raw);
    document
}

#[test]
fn lists_and_maps_whose_parts_stand_apart_are_read_whole_and_keep_no_room() {
    // Finalizers, labels, finalizers and the same label once more, in one message of metadata and in two.
    let finalizer = |name: u8| [0x72, 1, name];
    let label = |value: u8| [0x5a, 6, 0x0a, 1, b'k', 0x12, 1, value];
    let (first, second) =
        ([&finalizer(b'a')[..], &label(b'1')].concat(), [&finalizer(b'b')[..], &label(b'2')].concat());
    let length = u8::try_from(first.len()).unwrap();
    let apart = pod_of(&[&[0x0a, length], &first, &[0x0a, length], &second]);
    let together = pod_of(&[&[0x0a, length * 2], &first, &second]);
    for document in [apart, together] {
        let pod = Pod::decode(&document, Format::Protobuf).unwrap();
        assert_eq!(pod.metadata.finalizers, ["a", "b"]);
        assert_eq!(pod.metadata.finalizers.capacity(), 2);
        assert_eq!(pod.metadata.labels, [("k", "2")].into());
    }
}

#[test]
fn texts_of_every_alphabet_are_read_and_what_is_none_is_refused_where_it_stands() {
    let mut pod = Pod::default();
    for text in ["", "plain", "été", "日本", "🦀 and plain", "a text of more than the sixteen bytes in place", "ü"]
    {
        pod.metadata.annotations.insert(text, text);
        pod.metadata.finalizers.push(text.into());
        pod.spec.node_name = text.into();
        assert_eq!(Pod::decode(&protobuf(&pod), Format::Protobuf).unwrap(), pod);
    }
    let broken = pod_of(&[&[0x0a, 4, 0x0a, 2, b'a', 0xff]]);
    let error = Pod::decode(&broken, Format::Protobuf).unwrap_err();
    assert_eq!(error.to_string(), ".metadata.name: the text is not UTF-8");
}

#[test]
fn managed_fields_are_skipped_in_documents_and_in_events() {
    let mut pod = Pod::default();
    fill(&mut pod);
    assert!(!pod.metadata.managed_fields.is_empty());
    let document = protobuf(&pod);
    // A `WatchEvent` with the object in an extension; both are longer than seven bits can say, and shorter than fourteen.
    let length = |length: usize| [length & 0x7f | 0x80, length >> 7].map(|part| u8::try_from(part).unwrap());
    let (inner, outer) = (length(document.len()), length(document.len() + 3));
    let event = [b"\x0a\x05ADDED\x12", &outer[..], b"\x0a", &inner, &document].concat();

    let kept = ManagedFields::Keep;
    assert_eq!(Pod::decode(&kept.of(&document, Format::Protobuf), Format::Protobuf).unwrap(), pod);
    assert_eq!(WatchEvent::decode(&event, Format::Protobuf, kept).unwrap(), WatchEvent::Added(pod.clone()));
    pod.metadata.managed_fields.clear();
    let skipped = ManagedFields::Skip;
    assert_eq!(Pod::decode(&skipped.of(&document, Format::Protobuf), Format::Protobuf).unwrap(), pod);
    assert_eq!(Pod::decode_unmanaged(&document, Format::Protobuf).unwrap(), pod);
    let added = WatchEvent::Added(pod);
    assert_eq!(WatchEvent::decode(&event, Format::Protobuf, skipped).unwrap(), added);
}
