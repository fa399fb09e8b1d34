//! From JSON text to trees without serde: the fast way, which knows no errors.
//!
//! What it takes, `Node`'s `Deserialize` takes too, with the same result.

use std::cell::Cell;

use super::{Node, Nodes};
use crate::json::{Number, Read, Reader};
use crate::managed_fields::ManagedFields;
use crate::map::Map;
use crate::str::Str;

/// What has been read of the objects and lists that are open. When one ends, it takes as much room as it needs.
#[derive(Default)]
struct Open {
    fields: Vec<(Str, Node)>,
    items: Vec<Node>,
}

/// How many fields and items are kept room for between two objects.
const ROOM: usize = 512;

thread_local! {
    /// The room of the last object. To make it anew for each would leave holes between what is kept of them.
    static OPEN: Cell<Option<Open>> = const { Cell::new(None) };
}

/// Reads an object from the beginning of a text, and returns its fields and its length; `None` if that is not plainly possible.
pub(super) fn read_object(text: &str, managed_fields: ManagedFields) -> Option<(Map<Node>, usize)> {
    let mut reader = Reader::new(text);
    let mut open = OPEN.take().unwrap_or_default();
    let fields = match managed_fields {
        ManagedFields::Keep => fields(&mut reader, &mut open),
        ManagedFields::Skip => object(&mut reader, &mut open),
    };
    open.fields.clear();
    open.items.clear();
    if open.fields.capacity() <= ROOM && open.items.capacity() <= ROOM {
        OPEN.set(Some(open));
    }
    Some((fields?, reader.at()))
}

/// Reads an object whose metadata may hold managed fields.
fn object(reader: &mut Reader<'_>, open: &mut Open) -> Read<Map<Node>> {
    let mut more = reader.enter_object()?;
    while more {
        let key = Str::read(reader.key()?);
        let is_metadata = key == "metadata" && reader.token()? == b'{';
        let value = if is_metadata { Node::Map(metadata(reader, open)?) } else { node(reader, open)? };
        open.fields.push((key, value));
        more = reader.next_field()?;
    }
    Some(Map::exactly(open.fields.drain(..)))
}

fn metadata(reader: &mut Reader<'_>, open: &mut Open) -> Read<Map<Node>> {
    let start = open.fields.len();
    let mut more = reader.enter_object()?;
    while more {
        let key = Str::read(reader.key()?);
        if key == "managedFields" {
            reader.skip_unread()?;
        } else {
            let value = node(reader, open)?;
            open.fields.push((key, value));
        }
        more = reader.next_field()?;
    }
    Some(Map::exactly(open.fields.drain(start..)))
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
    let start = open.fields.len();
    let mut more = reader.enter_object()?;
    while more {
        let key = Str::read(reader.key()?);
        let value = node(reader, open)?;
        open.fields.push((key, value));
        more = reader.next_field()?;
    }
    Some(Map::exactly(open.fields.drain(start..)))
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
