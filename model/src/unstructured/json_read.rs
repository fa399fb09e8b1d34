//! From JSON text to trees without serde: the fast way, which knows no errors.
//!
//! What it takes, `Node`'s `Deserialize` takes too, with the same result.

use std::cell::Cell;
use std::cmp::Ordering;

use super::{Node, Nodes};
use crate::json::{Number, Read, Reader, start_to_sort};
use crate::managed_fields::ManagedFields;
use crate::map::Map;
use crate::str::Str;

/// What has been read of the objects and lists that are open. When one ends, it takes as much room as it needs.
#[derive(Default)]
struct Open {
    fields: Vec<Field>,
    items: Vec<Node>,
}

struct Field {
    /// The first eight bytes of the key, by which most keys are told apart and sorted.
    start: u64,
    key: Str,
    value: Node,
}

impl Field {
    fn order(&self, other: &Self) -> Ordering {
        self.start.cmp(&other.start).then_with(|| self.key.as_str().cmp(other.key.as_str()))
    }
}

impl Open {
    /// Makes a map of the fields from here on.
    fn map(&mut self, start: usize) -> Map<Node> {
        let fields = &mut self.fields[start..];
        let is_in_order = |a: &Field, b: &Field| a.order(b).is_lt();
        let mut has_equals = false;
        if !fields.is_sorted_by(is_in_order) {
            fields.sort_by(Field::order);
            has_equals = !fields.is_sorted_by(is_in_order);
        }
        let entries = self.fields.drain(start..).map(|field| (field.key, field.value));
        if has_equals { entries.collect() } else { Map::of_sorted(entries) }
    }
}

/// How many fields and items are kept room for between two objects.
const ROOM: usize = 512;

thread_local! {
    /// The room of the last object. To make it anew for each would leave holes between what is kept of them.
    static OPEN: Cell<Option<Open>> = const { Cell::new(None) };
}

/// Reads an object from the beginning of a text, and returns its fields and its length; `None` if that is not plainly possible.
///
/// It gets the `apiVersion` and `kind` that are given, if it has none.
pub(super) fn read_object(
    text: &str,
    item_type: (&str, &str),
    managed_fields: ManagedFields,
) -> Option<(Map<Node>, usize)> {
    let mut reader = Reader::new(text);
    let mut open = OPEN.take().unwrap_or_default();
    let fields = object(&mut reader, &mut open, item_type, managed_fields);
    open.fields.clear();
    open.items.clear();
    if open.fields.capacity() <= ROOM && open.items.capacity() <= ROOM {
        OPEN.set(Some(open));
    }
    Some((fields?, reader.at()))
}

/// Reads an object whose metadata may hold managed fields.
fn object(
    reader: &mut Reader<'_>,
    open: &mut Open,
    item_type: (&str, &str),
    managed_fields: ManagedFields,
) -> Read<Map<Node>> {
    let mut more = reader.enter_object()?;
    while more {
        let (key, start) = read_key(reader)?;
        let skips = managed_fields == ManagedFields::Skip && key == "metadata" && reader.token()? == b'{';
        let value = if skips { Node::Map(metadata(reader, open)?) } else { node(reader, open)? };
        open.fields.push(Field { start, key, value });
        more = reader.next_field()?;
    }
    for (key, value) in [("kind", item_type.1), ("apiVersion", item_type.0)] {
        if !value.is_empty() && !open.fields.iter().any(|field| field.key == key) {
            // To make room for it in a map would move that.
            open.fields.insert(0, Field { start: start_to_sort(key), key: Str::literal(key), value: value.into() });
        }
    }
    Some(open.map(0))
}

fn metadata(reader: &mut Reader<'_>, open: &mut Open) -> Read<Map<Node>> {
    let first = open.fields.len();
    let mut more = reader.enter_object()?;
    while more {
        let (key, start) = read_key(reader)?;
        if key == "managedFields" {
            reader.skip_unread()?;
        } else {
            let value = node(reader, open)?;
            open.fields.push(Field { start, key, value });
        }
        more = reader.next_field()?;
    }
    Some(open.map(first))
}

fn read_key(reader: &mut Reader<'_>) -> Read<(Str, u64)> {
    let (key, start) = reader.key_to_sort()?;
    Some((Str::read(key), start))
}

fn node(reader: &mut Reader<'_>, open: &mut Open) -> Read<Node> {
    Some(match reader.token()? {
        b'"' => Node::Text(Str::read(reader.string()?)),
        b'{' => Node::Map(fields(reader, open)?),
        b'[' => Node::List(items(reader, open)?),
        b't' | b'f' => Node::Bool(reader.bool()?),
        b'n' => reader.literal("null").map(|()| Node::Null)?,
        _ => match reader.number()? {
            Number::Integer(integer) => Node::Integer(integer),
            Number::Unsigned(unsigned) => Node::Unsigned(unsigned),
            Number::Float(float) => Node::Float(float),
        },
    })
}

fn fields(reader: &mut Reader<'_>, open: &mut Open) -> Read<Map<Node>> {
    let first = open.fields.len();
    let mut more = reader.enter_object()?;
    while more {
        let (key, start) = read_key(reader)?;
        let value = node(reader, open)?;
        open.fields.push(Field { start, key, value });
        more = reader.next_field()?;
    }
    Some(open.map(first))
}

fn items(reader: &mut Reader<'_>, open: &mut Open) -> Read<Nodes> {
    let start = open.items.len();
    let mut more = reader.enter_list()?;
    while more {
        let item = node(reader, open)?;
        open.items.push(item);
        more = reader.next_item()?;
    }
    Some(Nodes::exactly(open.items.drain(start..)))
}
