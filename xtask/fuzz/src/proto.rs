//! The reader of protobuf, held against the writer and against itself.

use kubist_model::reflect::{decode_json, decode_proto, encode_json, encode_proto};
use kubist_model::split::ListSplitter;
use kubist_model::{DecodeError, Format, ManagedFields};
use kubist_types::KINDS;
use serde_json::Value;

use crate::Outcome;
use crate::corpus::Corpus;
use crate::random::Random;

/// What comes out of the reader goes through writer and reader unchanged, whatever went in; managed fields are skipped without a trace.
pub(crate) fn document(corpus: &Corpus, random: &mut Random) -> Result<Outcome, String> {
    let kind = &KINDS[random.below(KINDS.len())];
    let mut document = if random.once_in(4) { made_up(kind, random) } else { encoded(corpus, kind, random)? };
    for _ in 0..random.below(4) {
        mutate(&mut document, random);
    }
    let read = |bytes: &[u8]| {
        let mut object = kind.empty();
        decode_proto(&mut *object, bytes, None, ManagedFields::Keep).map(|()| object)
    };
    if read(&document).is_err() {
        return Ok(Outcome::Refused);
    }
    let both = |bytes: &[u8]| -> Result<(Vec<u8>, Vec<u8>), String> {
        let object = read(bytes).map_err(|error| format!("what was written is not read: {error}: {}", hex(bytes)))?;
        let (mut proto, mut json) = (Vec::new(), Vec::new());
        encode_proto(&*object, &mut proto)
            .and_then(|()| encode_json(&*object, &mut json))
            .map_err(|e| e.to_string())?;
        Ok((proto, json))
    };
    let (first, first_json) = both(&document)?;
    let (second, second_json) = both(&first)?;
    if first != second || first_json != second_json {
        let (before, after) = (String::from_utf8_lossy(&first_json), String::from_utf8_lossy(&second_json));
        return Err(format!("{}\nfirst: {before}\nthen: {after}", hex(&document)));
    }
    let skipped = ManagedFields::Skip.of(&document, Format::Protobuf);
    let (_, skipped) = both(&skipped)?;
    // The reader skips them by itself as well.
    let (mut object, mut unmanaged) = (kind.empty(), Vec::new());
    decode_proto(&mut *object, &document, None, ManagedFields::Skip)
        .map_err(|error| format!("read with managed fields, but not without: {error}: {}", hex(&document)))?;
    encode_json(&*object, &mut unmanaged).map_err(|error| error.to_string())?;
    if unmanaged != skipped {
        let (cut, unread) = (String::from_utf8_lossy(&skipped), String::from_utf8_lossy(&unmanaged));
        return Err(format!("{}\nhidden: {cut}\nunread: {unread}", hex(&document)));
    }
    let without = |text: &[u8]| -> Result<Value, String> {
        let mut object: Value = serde_json::from_slice(text).map_err(|error| error.to_string())?;
        if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
            metadata.remove("managedFields");
            // Without them there may be nothing left to write.
            if metadata.is_empty() {
                object.as_object_mut().map(|object| object.remove("metadata"));
            }
        }
        Ok(object)
    };
    let parsed: Value = serde_json::from_slice(&skipped).map_err(|error| error.to_string())?;
    let is_skipped = parsed["metadata"]["managedFields"].is_null();
    if is_skipped && without(&skipped)? == without(&first_json)? {
        Ok(Outcome::Taken)
    } else {
        Err(format!("without managed fields it is {}: {}", String::from_utf8_lossy(&skipped), hex(&document)))
    }
}

/// A list gives the same items wherever its bytes are cut.
pub(crate) fn list(corpus: &Corpus, random: &mut Random) -> Result<Outcome, String> {
    let mut raw = Vec::new();
    field(&mut raw, 1, b"\x12\x0247");
    for _ in 0..random.below(5) {
        let kind = &KINDS[random.below(KINDS.len())];
        field(&mut raw, 2, &encoded(corpus, kind, random)?);
    }
    let mut bytes = enveloped("v1", "AnyList", &raw);
    for _ in 0..random.below(3) {
        mutate(&mut bytes, random);
    }
    let whole = items(&bytes, || usize::MAX);
    let cut = items(&bytes, || 1 + random.below(3000));
    match (&whole, &cut) {
        (Ok(whole), Ok(cut)) if whole == cut => Ok(Outcome::Taken),
        (Err(_), Err(_)) => Ok(Outcome::Refused),
        _ => Err(format!("{}\nwhole: {whole:?}\nin pieces: {cut:?}", hex(&bytes))),
    }
}

fn items(bytes: &[u8], mut step: impl FnMut() -> usize) -> Result<Vec<Vec<u8>>, DecodeError> {
    let mut splitter = ListSplitter::new(Format::Protobuf, ManagedFields::Skip);
    let (mut items, mut rest) = (Vec::new(), bytes);
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(step().min(rest.len()));
        splitter.push(piece);
        rest = behind;
        while let Some(item) = splitter.next_item()? {
            items.push(item.bytes.to_vec());
        }
    }
    if splitter.is_done() { Ok(items) } else { Err(splitter.cut_off()) }
}

/// An object of a kind with a value in every field, or one that says little.
fn encoded(corpus: &Corpus, kind: &kubist_types::Kind, random: &mut Random) -> Result<Vec<u8>, String> {
    let start = format!("{{\"kind\":\"{}\",\"apiVersion\":\"{}\"", kind.info().kind, kind.info().api_version());
    let mut object = kind.empty();
    if !random.once_in(8) {
        let text = corpus.starting(&start).ok_or_else(|| format!("no object of {start}"))?;
        decode_json(&mut *object, text.as_bytes(), true).map_err(|error| format!("{error}: {text}"))?;
    }
    let mut bytes = Vec::new();
    encode_proto(&*object, &mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// A message that nobody wrote, in the envelope of a kind.
fn made_up(kind: &kubist_types::Kind, random: &mut Random) -> Vec<u8> {
    let raw = message(random, 0);
    enveloped(&kind.info().api_version(), &kind.info().kind, &raw)
}

fn message(random: &mut Random, depth: usize) -> Vec<u8> {
    let mut out = Vec::new();
    for _ in 0..random.below(8) {
        let greatest = if random.once_in(10) { 3000 } else { 24 };
        let number = 1 + random.below(greatest) as u64;
        match random.below(8) {
            0 | 1 => {
                varint(&mut out, number << 3);
                let value = random.next() >> random.below(64);
                varint(&mut out, value);
            }
            2 => {
                varint(&mut out, number << 3 | 1);
                out.extend_from_slice(&random.next().to_le_bytes());
            }
            3 | 4 => {
                let text =
                    random.pick::<str>(&["", "a", "é", "\u{0}", "1Gi", "-0.5", "2026-11-24T09:00:00Z", "{\"a\":1}"]);
                field(&mut out, number, text.as_bytes());
            }
            _ if depth < 6 => {
                let part = message(random, depth + 1);
                // Lists are made of several.
                for _ in 0..=random.below(3) {
                    field(&mut out, number, &part);
                }
            }
            _ => field(&mut out, number, &[]),
        }
    }
    out
}

fn enveloped(api_version: &str, kind: &str, raw: &[u8]) -> Vec<u8> {
    let mut types = Vec::new();
    field(&mut types, 1, api_version.as_bytes());
    field(&mut types, 2, kind.as_bytes());
    let mut out = b"k8s\0".to_vec();
    field(&mut out, 1, &types);
    field(&mut out, 2, raw);
    out
}

fn field(out: &mut Vec<u8>, number: u64, content: &[u8]) {
    varint(out, number << 3 | 2);
    varint(out, content.len() as u64);
    out.extend_from_slice(content);
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

/// Does something to bytes, mostly without moving what is behind, so that the lengths before it still hold.
fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    let start = random.below(bytes.len() + 1);
    let end = (start + random.below(12)).min(bytes.len());
    let from = random.below(bytes.len() + 1 - (end - start));
    match random.below(8) {
        0..=2 if start < end => bytes[start] ^= 1 << random.below(8),
        3 if start < end => bytes[start] = random.next().to_le_bytes()[0],
        4 => bytes.copy_within(from..from + (end - start), start),
        5 => bytes[start..end].fill(*random.pick(&[&0, &0xff, &0x80, &b'0', &0x0a])),
        6 => drop(bytes.drain(start..end)),
        7 if random.once_in(4) => bytes.truncate(start),
        _ => {}
    }
}

fn hex(bytes: &[u8]) -> String {
    format!("{bytes:02x?}")
}
