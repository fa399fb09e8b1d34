//! The reader of JSON, held against `serde_json`.

use kubist_model::reflect::{Message, deserialize, encode_json, read_json};
use kubist_model::split::ListSplitter;
use kubist_model::{Format, ManagedFields, Node, Unstructured, Wire as _};
use kubist_types::KINDS;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::Outcome;
use crate::corpus::Corpus;
use crate::mutate::{self, mutate};
use crate::random::Random;

/// An untyped object is taken where `serde_json` takes it, with the same value, also if the text goes on.
pub(crate) fn document(corpus: &Corpus, random: &mut Random) -> Result<Outcome, String> {
    let bytes = mutate::document(corpus, random);
    let Ok(text) = std::str::from_utf8(&bytes) else { return Ok(Outcome::Refused) };
    let ours = untyped(text, ManagedFields::Keep).filter(|(_, length)| is_blank(&text[*length..]));
    let theirs = serde_json::from_str::<Value>(text).ok().filter(Value::is_object);
    match (&ours, &theirs) {
        (Some((ours, _)), Some(theirs)) if is_same(&Node::Map(ours.fields().clone()), theirs) => {}
        (None, None) => return Ok(Outcome::Refused),
        _ => return Err(format!("{text}\nours: {ours:?}\nserde_json: {theirs:?}")),
    }
    let more = format!("{}{}", text.trim_end(), random.pick::<str>(&[",", "]}", "{", "\"", "}"]));
    match untyped(&more, ManagedFields::Keep) {
        Some((object, length))
            if length == text.trim_end().len() && Some(&object) == ours.as_ref().map(|ours| &ours.0) =>
        {
            Ok(Outcome::Taken)
        }
        other => Err(format!("with more behind it: {more}\n{other:?}")),
    }
}

/// What is taken as an object of a kind is what serde takes; skipping managed fields is the same as cutting them out.
pub(crate) fn typed(corpus: &Corpus, random: &mut Random) -> Result<Outcome, String> {
    let mut bytes = corpus.object(random).as_bytes().to_vec();
    let original = String::from_utf8_lossy(&bytes).into_owned();
    for _ in 0..random.below(4) {
        mutate(&mut bytes, random);
    }
    let Ok(text) = std::str::from_utf8(&bytes) else { return Ok(Outcome::Refused) };
    let Some(kind) = KINDS.iter().find(|kind| {
        original.starts_with(&format!(
            "{{\"kind\":\"{}\",\"apiVersion\":\"{}\"",
            kind.info().kind,
            kind.info().api_version()
        ))
    }) else {
        return Err(format!("of no kind: {original}"));
    };
    let read = |text: &str, managed_fields| {
        let mut object = kind.empty();
        let length = read_json(&mut *object, text, false, managed_fields)?;
        is_blank(&text[length..]).then_some(object)
    };
    let mut object = kind.empty();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let theirs = deserialize(&mut *object, &mut deserializer).and_then(|()| deserializer.end()).ok().map(|()| object);
    let kept = read(text, ManagedFields::Keep);
    match (&kept, &theirs) {
        // The fast reader leaves the rest to serde.
        (None, _) => {}
        (Some(ours), Some(theirs)) if written(&**ours)? == written(&**theirs)? => {}
        (Some(_), _) => {
            return Err(format!("{text}\nours took it; serde: {:?}", theirs.map(|object| written(&*object))));
        }
    }
    let cut = ManagedFields::Skip.of(&bytes, Format::Json);
    let cut = std::str::from_utf8(&cut).map_err(|error| error.to_string())?;
    if let (Some(skipped), Some(cut)) = (read(text, ManagedFields::Skip), read(cut, ManagedFields::Keep)) {
        let without = |object: &dyn Message| -> Result<Value, String> {
            let mut value: Value = serde_json::from_slice(&written(object)?).map_err(|error| error.to_string())?;
            // A second one is not cut.
            if let Some(metadata) = value.get_mut("metadata").and_then(Value::as_object_mut) {
                metadata.remove("managedFields");
            }
            Ok(value)
        };
        if without(&*skipped)? != without(&*cut)? {
            return Err(format!("skipped and cut out differ: {text}"));
        }
    }
    Ok(if kept.is_some() { Outcome::Taken } else { Outcome::Refused })
}

/// A list gives the items that `serde_json` finds, wherever the bytes are cut and whoever reads the items.
pub(crate) fn list(corpus: &Corpus, random: &mut Random) -> Result<Outcome, String> {
    let mut bytes = b"{\"kind\":\"AnyList\",\"items\":[".to_vec();
    let count = random.below(5);
    for index in 0..count {
        if index > 0 {
            bytes.push(b',');
        }
        bytes.extend_from_slice(corpus.object(random).as_bytes());
    }
    bytes.extend_from_slice(b"],\"apiVersion\":\"v1\"}");
    for _ in 0..random.below(3) {
        mutate(&mut bytes, random);
    }
    let Ok(text) = std::str::from_utf8(&bytes) else { return Ok(Outcome::Refused) };
    let ours = items(&bytes, random);
    let theirs = serde_json::from_str::<RawList<'_>>(text).ok().and_then(RawList::items);
    match (ours, theirs) {
        (Ok(ours), Some(theirs)) if ours == theirs => Ok(Outcome::Taken),
        (Err(_), None) => Ok(Outcome::Refused),
        (ours, theirs) => Err(format!("{text}\nours: {ours:?}\nserde_json: {theirs:?}")),
    }
}

#[derive(serde::Deserialize)]
struct RawList<'a> {
    #[serde(borrow, default)]
    items: Option<Vec<&'a RawValue>>,
    #[serde(default, rename = "kind")]
    kind: Option<String>,
    #[serde(default, rename = "apiVersion")]
    _api_version: Option<String>,
    #[serde(default, rename = "metadata")]
    _metadata: Option<kubist_model::ListMeta>,
}

impl RawList<'_> {
    /// The items, if each is an object.
    fn items(self) -> Option<Vec<Unstructured>> {
        if self.kind.as_deref() == Some("Status") {
            return None;
        }
        let read = |item: &&RawValue| Unstructured::from_value(serde_json::from_str(item.get()).ok()?).ok();
        self.items.unwrap_or_default().iter().map(read).collect()
    }
}

fn items(bytes: &[u8], random: &mut Random) -> Result<Vec<Unstructured>, kubist_model::DecodeError> {
    let mut splitter = ListSplitter::new(Format::Json, ManagedFields::Keep);
    let mut items = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let step = (1 + random.below(3000)).min(rest.len());
        splitter.push(&rest[..step]);
        rest = &rest[step..];
        loop {
            // Some ask for what is whole, as lists do while more is at hand.
            if !rest.is_empty() && random.below(2) == 0 && splitter.is_short() {
                break;
            }
            let read = splitter.text_of_item().and_then(|(text, _)| untyped(text, ManagedFields::Keep));
            if let Some((object, length)) = read {
                splitter.go_behind_item(length);
                items.push(object);
            } else if let Some(item) = splitter.next_item()? {
                items.push(Unstructured::decode_item(item.bytes, item.format, ("", ""))?);
            } else {
                break;
            }
        }
    }
    if splitter.is_done() { Ok(items) } else { Err(splitter.cut_off()) }
}

fn untyped(text: &str, managed_fields: ManagedFields) -> Option<(Unstructured, usize)> {
    Unstructured::decode_prefix(text, Some(("", "")), managed_fields)
}

fn written(object: &dyn Message) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    encode_json(object, &mut out).map_err(|error| error.to_string())?;
    Ok(out)
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| b" \t\r\n".contains(&byte))
}

/// Compares trees. A float may differ in its last digits: `serde_json` does not round them rightly unless asked to.
fn is_same(ours: &Node, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Node::Float(ours), Value::Number(theirs)) => {
            theirs.is_f64() && theirs.as_f64().is_some_and(|theirs| (ours - theirs).abs() <= ours.abs() * 1e-15)
        }
        (Node::List(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| is_same(ours, theirs))
        }
        (Node::Map(ours), Value::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().all(|(key, ours)| theirs.get(key.as_str()).is_some_and(|theirs| is_same(ours, theirs)))
        }
        _ => ours == theirs,
    }
}
