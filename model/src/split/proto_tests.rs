use super::*;
use crate::ManagedFields;
use crate::proto::{Fields, Payload, length_delimited, write_envelope};
use crate::reflect::encode_proto_part;
use crate::{ManagedFieldsEntry, ObjectMeta};

/// An object of which only metadata is known: all kinds have it as their first field.
fn object(name: &str) -> Vec<u8> {
    let entry = ManagedFieldsEntry { manager: "m".into(), ..ManagedFieldsEntry::default() };
    let metadata = ObjectMeta {
        name: name.into(),
        namespace: "prod".into(),
        managed_fields: vec![entry.clone(), entry],
        ..ObjectMeta::default()
    };
    let mut out = Vec::new();
    length_delimited(&mut out, 1, |out| encode_proto_part(&metadata, out));
    length_delimited(&mut out, 2, |out| out.extend_from_slice(&[7; 200]));
    out
}

fn list(kind: &str, names: &[&str]) -> Vec<u8> {
    let mut out = Vec::new();
    write_envelope(&mut out, ("v1", kind), |out| {
        let metadata = ListMeta { resource_version: "7".into(), continue_token: "t".into(), ..ListMeta::default() };
        length_delimited(out, 1, |out| encode_proto_part(&metadata, out));
        for name in names {
            length_delimited(out, 2, |out| out.extend_from_slice(&object(name)));
        }
        // A field that is not known here.
        length_delimited(out, 9, |out| out.extend_from_slice(b"new"));
    });
    // What Go writes behind it: how it is encoded, and its type; both empty.
    out.extend_from_slice(&[0x1a, 0, 0x22, 0]);
    out
}

fn split(bytes: &[u8], step: usize, managed_fields: ManagedFields) -> Result<(Vec<Vec<u8>>, ListHeader), DecodeError> {
    let mut splitter = ListSplitter::new(Format::Protobuf, managed_fields);
    let mut items = Vec::new();
    for piece in bytes.chunks(step) {
        splitter.push(piece);
        while let Some(item) = splitter.next_item()? {
            assert_eq!(item.index, items.len());
            items.push(item.bytes.to_vec());
        }
    }
    if splitter.is_done() { Ok((items, splitter.header().clone())) } else { Err(splitter.cut_off()) }
}

#[test]
fn a_list_is_cut_the_same_wherever_its_bytes_are() {
    let bytes = list("PodList", &["a", "b", "c"]);
    for step in [1, 2, 3, 7, 100, bytes.len()] {
        let (items, header) = split(&bytes, step, ManagedFields::Keep).unwrap();
        assert_eq!(items, [object("a"), object("b"), object("c")]);
        assert_eq!(header.item_type(), ("v1", "Pod"));
        assert_eq!(header.metadata.as_ref().unwrap().continue_token, "t");
    }
}

#[test]
fn managed_fields_are_left_out_where_nobody_asks_for_them() {
    let (items, _) = split(&list("PodList", &["a"]), 50, ManagedFields::Skip).unwrap();
    // They stand where they stood, under a number that nobody reads.
    let metadata = Fields::of(&items[0]).next().unwrap().unwrap();
    let (1, Payload::Bytes(metadata)) = metadata else { panic!("{metadata:?}") };
    let mut fields = Fields::of(metadata);
    let numbers: Vec<u32> = std::iter::from_fn(|| fields.next().unwrap()).map(|(number, _)| number).collect();
    assert_eq!(numbers, [1, 3, 2047, 2047]);
    let names = names(&items[0]).unwrap();
    assert_eq!((names.name.as_str(), names.namespace.as_str()), ("a", "prod"));
    assert!(items[0].ends_with(&[7; 200]));
}

#[test]
fn a_body_that_ends_early_is_told() {
    let bytes = list("PodList", &["a", "b"]);
    let end = bytes.len() - 4;
    for at in 0..end {
        let error = split(&bytes[..at], 64, ManagedFields::Keep).unwrap_err().to_string();
        assert!(error.contains(&format!("it ends in the middle, after {at} bytes")), "{error}");
    }
    let error = split(&bytes[..end - 20], 64, ManagedFields::Keep).unwrap_err().to_string();
    assert!(error.starts_with(".items[1]: "), "{error}");
}

#[test]
fn what_is_no_list_is_an_error_and_never_a_panic() {
    let error = split(b"{\"kind\":1}", 64, ManagedFields::Keep).unwrap_err();
    assert_eq!(error.to_string(), "expected a list in protobuf, found something else");
    let bytes = list("PodList", &["a"]);
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut broken = bytes.clone();
            broken[at] ^= 1 << bit;
            drop(split(&broken, 16, ManagedFields::Skip));
        }
    }
}

fn status() -> Vec<u8> {
    let mut out = Vec::new();
    write_envelope(&mut out, ("v1", "Status"), |out| {
        length_delimited(out, 2, |out| out.extend_from_slice(b"Failure"));
        length_delimited(out, 3, |out| out.extend_from_slice(b"etcd is away"));
        length_delimited(out, 4, |out| out.extend_from_slice(b"InternalError"));
        out.extend_from_slice(&[0x30, 0xf4, 0x03]);
    });
    out
}

#[test]
fn a_status_is_found_instead_of_the_list_and_wherever_the_list_breaks_off() {
    let whole = list("PodList", &["a", "b"]);
    for at in [0, 4, 30, 200, whole.len() - 40, whole.len()] {
        let mut splitter = ListSplitter::new(Format::Protobuf, ManagedFields::Keep);
        splitter.push(&whole[..at]);
        splitter.push(&status());
        while let Ok(Some(_)) = splitter.next_item() {}
        assert!(!splitter.is_done(), "{at}");
        let status = splitter.status().unwrap_or_else(|| panic!("{at}"));
        assert_eq!((status.message.as_str(), status.code), ("etcd is away", 500));
    }
}
