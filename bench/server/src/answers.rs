//! The answers, made before anyone asks.

use std::collections::HashMap;
use std::io::Write as _;
use std::ops::Range;
use std::sync::Mutex;

use bytes::{BufMut as _, Bytes, BytesMut};

use crate::kind::Kind;
use crate::route::{Route, What};

/// How much is handed to the socket at once.
const CHUNK: usize = 64 << 10;

/// Every answer. Lists longer than the objects that were made begin again with the first.
pub(crate) struct Answers {
    json: HashMap<Kind, Items>,
    protobuf: HashMap<Kind, Items>,
    widget: Bytes,
    compressed: Mutex<HashMap<Key, Bytes>>,
}

/// Which list: of what, protobuf or not, from where to where, of how many.
type Key = (Kind, bool, Range<usize>, usize);

/// Objects one behind the other, as they stand in a list.
struct Items {
    bytes: Bytes,
    /// Where each object ends, with the comma behind it.
    ends: Vec<usize>,
}

impl Items {
    fn json(objects: impl Iterator<Item = String>) -> Self {
        let (mut bytes, mut ends) = (BytesMut::new(), Vec::new());
        for object in objects {
            bytes.put_slice(object.as_bytes());
            bytes.put_u8(b',');
            ends.push(bytes.len());
        }
        Self { bytes: bytes.freeze(), ends }
    }

    /// Takes the items of a protobuf list: each is field 2, with its length in front.
    fn protobuf(bytes: Vec<u8>) -> Self {
        let (mut ends, mut at) = (Vec::new(), 0);
        while at < bytes.len() {
            let body = body_of_item(&bytes[at..]);
            at += body.end;
            ends.push(at);
        }
        Self { bytes: bytes.into(), ends }
    }

    fn one(&self, index: usize) -> Bytes {
        let index = index % self.ends.len();
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        self.bytes.slice(start..self.ends[index])
    }

    /// Pieces that make up these objects, without a copy.
    fn pieces(&self, range: Range<usize>) -> Vec<Bytes> {
        let (count, mut pieces, mut at) = (self.ends.len(), Vec::new(), range.start);
        while at < range.end {
            let first = at % count;
            let last = count.min(first + range.end - at);
            let start = if first == 0 { 0 } else { self.ends[first - 1] };
            pieces.push(self.bytes.slice(start..self.ends[last - 1]));
            at += last - first;
        }
        pieces
    }
}

/// Where the body of the item at the front lies, behind its tag and its length.
fn body_of_item(bytes: &[u8]) -> Range<usize> {
    assert_eq!(bytes.first(), Some(&0x12), "an item of a list is field 2");
    let (mut length, mut at) = (0, 1);
    loop {
        let byte = bytes[at];
        length |= usize::from(byte & 0x7f) << (7 * (at - 1));
        at += 1;
        if byte & 0x80 == 0 {
            return at..at + length;
        }
    }
}

impl Answers {
    /// Makes the objects; those in protobuf are made elsewhere.
    pub(crate) fn new(protobuf: impl Iterator<Item = (Kind, Vec<u8>)>) -> Self {
        let json = |kind: Kind| Items::json((0..kind.count()).map(|index| kind.object(index)));
        Self {
            json: Kind::ALL.into_iter().map(|kind| (kind, json(kind))).collect(),
            protobuf: protobuf.map(|(kind, items)| (kind, Items::protobuf(items))).collect(),
            widget: bench_data::widget(17).into(),
            compressed: Mutex::default(),
        }
    }

    pub(crate) fn has_protobuf(&self, kind: Kind) -> bool {
        self.protobuf.contains_key(&kind)
    }

    pub(crate) fn one(&self) -> Bytes {
        self.widget.clone()
    }

    fn items(&self, kind: Kind, binary: bool) -> &Items {
        if binary { &self.protobuf[&kind] } else { &self.json[&kind] }
    }

    /// A list of `total` objects, or the page `range` of it.
    pub(crate) fn list(&self, kind: Kind, binary: bool, range: Range<usize>, total: usize) -> Vec<Bytes> {
        let (to, empty) = (range.end, range.is_empty());
        let mut pieces = self.items(kind, binary).pieces(range);
        let (next, left) = if to < total { (to.to_string(), total - to) } else { (String::new(), 0) };
        if binary {
            let metadata = list_metadata(&next, left);
            let length = metadata.len() + pieces.iter().map(Bytes::len).sum::<usize>();
            let (head, tail) = envelope(kind.api_version(), &format!("{}List", kind.name()), length);
            pieces.insert(0, [head, metadata].concat().into());
            pieces.push(tail);
        } else {
            let (name, api_version) = (kind.name(), kind.api_version());
            let more =
                if left > 0 { format!(r#","continue":"{next}","remainingItemCount":{left}"#) } else { String::new() };
            let metadata = format!(r#""metadata":{{"resourceVersion":"5000000"{more}}}"#);
            // A list of custom resources is untyped, and has its keys sorted.
            let (head, tail) = if kind.is_built_in() {
                let head = format!(r#"{{"kind":"{name}List","apiVersion":"{api_version}",{metadata},"items":["#);
                (head, "]}\n".to_owned())
            } else {
                let head = format!(r#"{{"apiVersion":"{api_version}","items":["#);
                (head, format!(r#"],"kind":"{name}List",{metadata}}}{}"#, "\n"))
            };
            pieces.insert(0, head.into());
            if let Some(last) = pieces.last_mut().filter(|_| !empty) {
                // The comma behind the last object.
                last.truncate(last.len() - 1);
            }
            pieces.push(tail.into());
        }
        pieces.iter().flat_map(chunks).collect()
    }

    /// The list of a route, as gzip makes it at the API server's level.
    pub(crate) fn compressed(&self, route: &Route, binary: bool) -> Vec<Bytes> {
        let What::List { from, to } = route.what else { return Vec::new() };
        let key = (route.kind, binary, from..to, route.count);
        let known = self.compressed.lock().map_or(None, |known| known.get(&key).cloned());
        let bytes = known.unwrap_or_else(|| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(1));
            for piece in self.list(route.kind, binary, from..to, route.count) {
                encoder.write_all(&piece).expect("a Vec takes everything");
            }
            let bytes = Bytes::from(encoder.finish().expect("a Vec takes everything"));
            if let Ok(mut known) = self.compressed.lock() {
                known.insert(key, bytes.clone());
            }
            bytes
        });
        chunks(&bytes).collect()
    }

    /// The events of a watch: first, if asked for, that many objects as added and the bookmark behind them; then `count`
    /// objects as modified.
    pub(crate) fn events(
        &self,
        kind: Kind,
        binary: bool,
        initial: Option<usize>,
        count: usize,
    ) -> impl Iterator<Item = Bytes> + Send + Sync + use<> {
        let items = self.items(kind, binary);
        let items = Items { bytes: items.bytes.clone(), ends: items.ends.clone() };
        let added = initial.unwrap_or(0);
        let event = move |what: &str, index: usize| {
            if binary {
                protobuf_event(kind, what, &items.one(index))
            } else {
                json_event(kind, what, &items.one(index))
            }
        };
        let bookmark = initial.map(|_| bookmark(kind, binary));
        let (events, more) = (std::sync::Arc::new(event), count);
        let first = std::sync::Arc::clone(&events);
        (0..added).map(move |index| first("ADDED", index)).chain(bookmark).chain(
            // A stride, so that neighbours in the list are not neighbours here.
            (0..more).map(move |index| events("MODIFIED", index * 7919)),
        )
    }
}

fn chunks(piece: &Bytes) -> impl Iterator<Item = Bytes> + use<> {
    let piece = piece.clone();
    (0..piece.len()).step_by(CHUNK).map(move |start| piece.slice(start..piece.len().min(start + CHUNK)))
}

/// `item` has a comma behind it, and no type if its list has it.
fn json_event(kind: Kind, what: &str, item: &[u8]) -> Bytes {
    let mut event = BytesMut::with_capacity(item.len() + 80);
    event.put_slice(format!(r#"{{"type":"{what}","object":{{"#).as_bytes());
    if kind.is_built_in() {
        event.put_slice(format!(r#""kind":"{}","apiVersion":"{}","#, kind.name(), kind.api_version()).as_bytes());
    }
    event.put_slice(&item[1..item.len() - 1]);
    event.put_slice(b"}\n");
    event.freeze()
}

/// A frame: its length in four bytes, and a `WatchEvent` that holds the object in its own envelope.
fn protobuf_event(kind: Kind, what: &str, item: &[u8]) -> Bytes {
    let object = &item[body_of_item(item)];
    let (head, tail) = envelope(kind.api_version(), kind.name(), object.len());
    let raw = field(1, &[&head, object, &tail]);
    let event = [field(1, &[what.as_bytes()]), field(2, &[&raw])].concat();
    let length = u32::try_from(event.len()).expect("an event is small");
    [&length.to_be_bytes()[..], &event].concat().into()
}

/// What ends the initial events of a watch.
fn bookmark(kind: Kind, binary: bool) -> Bytes {
    if binary {
        let annotation = [field(1, &[b"k8s.io/initial-events-end"]), field(2, &[b"true"])].concat();
        let metadata = [field(6, &[b"5000000"]), field(12, &[&annotation])].concat();
        let object = field(1, &[&metadata]);
        return protobuf_event(kind, "BOOKMARK", &field(2, &[&object]));
    }
    let (name, api_version) = (kind.name(), kind.api_version());
    let kind_of_custom =
        if kind.is_built_in() { String::new() } else { format!(r#""kind":"{name}","apiVersion":"{api_version}","#) };
    let empty = format!(
        r#"{{{kind_of_custom}"metadata":{{"resourceVersion":"5000000","annotations":{{"k8s.io/initial-events-end":"true"}}}},"spec":{{"containers":null}},"status":{{}}}},"#
    );
    json_event(kind, "BOOKMARK", empty.as_bytes())
}

/// What stands around an object of this length: `k8s`, a zero, and a `runtime.Unknown` that names the kind.
fn envelope(api_version: &str, kind: &str, length: usize) -> (Vec<u8>, Bytes) {
    let type_meta = [field(1, &[api_version.as_bytes()]), field(2, &[kind.as_bytes()])].concat();
    let mut head = b"k8s\0".to_vec();
    head.extend(field(1, &[&type_meta]));
    head.push(0x12);
    varint(length, &mut head);
    (head, Bytes::from_static(&[0x1a, 0, 0x22, 0]))
}

fn list_metadata(next: &str, left: usize) -> Vec<u8> {
    let mut metadata = field(2, &[b"5000000"]);
    if left > 0 {
        metadata.extend(field(3, &[next.as_bytes()]));
        metadata.push(0x20);
        varint(left, &mut metadata);
    }
    field(1, &[&metadata])
}

/// A field that has a length.
fn field(number: u8, parts: &[&[u8]]) -> Vec<u8> {
    let mut out = vec![number << 3 | 2];
    varint(parts.iter().map(|part| part.len()).sum(), &mut out);
    for part in parts {
        out.extend_from_slice(part);
    }
    out
}

fn varint(mut number: usize, out: &mut Vec<u8>) {
    while number > 0x7f {
        out.push(u8::try_from(number & 0x7f).unwrap_or(0) | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap_or(0));
}
