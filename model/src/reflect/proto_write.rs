//! From structs to protobuf.

use super::{Field, Message, Ref, Shape, shown};
use crate::int_or_string::IntOrString;
use crate::proto::{begin, end, fixed64, length_delimited, varint_field, write_envelope};
use crate::wire::EncodeError;

/// Appends a message as protobuf, in the envelope that says what it is.
///
/// # Errors
///
/// A message that is no object of its own.
pub fn encode_proto(message: &dyn Message, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let table = message.table();
    let kind = table.kind.ok_or_else(|| EncodeError::new(format!("{} is no object", table.name)))?;
    write_envelope(out, kind, |out| encode_proto_part(message, out));
    Ok(())
}

/// Appends the fields of a message as protobuf.
pub fn encode_proto_part(message: &dyn Message, out: &mut Vec<u8>) {
    let mut parts = Parts::default();
    for (Field { proto, .. }, value) in shown(message) {
        if *proto != 0 {
            parts.go_to(proto >> 8, out);
            put(proto & 0xff, &value, out);
        }
    }
    parts.go_to(0, out);
}

/// The parts that are embedded in a struct, messages of their own on the wire, as far as they are begun and not ended.
#[derive(Default)]
struct Parts {
    /// Their numbers, eight bits each, the outermost first.
    path: u32,
    /// Where each begins.
    starts: [usize; 2],
}

impl Parts {
    /// Ends parts, and begins others, until these are the ones.
    fn go_to(&mut self, path: u32, out: &mut Vec<u8>) {
        while ![0, path, path >> 8].contains(&self.path) {
            self.path >>= 8;
            end(out, self.starts[depth(self.path)]);
        }
        while self.path != path {
            let below = if depth(self.path) < depth(path >> 8) { path >> 8 } else { path };
            self.starts[depth(self.path)] = begin(out, below & 0xff);
            self.path = below;
        }
    }
}

/// How many parts of a path stand in one another: it has at most two.
fn depth(path: u32) -> usize {
    [0, 0xff].iter().filter(|least| path > **least).count()
}

fn put(number: u32, value: &Ref<'_>, out: &mut Vec<u8>) {
    match value {
        Ref::Null => {}
        Ref::Str(text) => length_delimited(out, number, |out| out.extend_from_slice(text.as_bytes())),
        Ref::Bool(truth) => varint_field(out, number, u64::from(*truth)),
        Ref::Int(value) => varint_field(out, number, value.cast_unsigned()),
        Ref::Float(value) => fixed64(out, number, value.to_bits()),
        Ref::Text(value) => length_delimited(out, number, |out| value.write_proto(out)),
        Ref::IntOrString(value) => length_delimited(out, number, |out| int_or_string(value, out)),
        Ref::Bytes(bytes) => length_delimited(out, number, |out| out.extend_from_slice(bytes)),
        Ref::Json(value) => length_delimited(out, number, |out| {
            length_delimited(out, 1, |out| out.extend_from_slice(value.to_string().as_bytes()));
        }),
        Ref::Fields(fields) => length_delimited(out, number, |out| {
            length_delimited(out, 1, |out| out.extend_from_slice(fields.as_json().as_bytes()));
        }),
        Ref::Message(message) => length_delimited(out, number, |out| encode_proto_part(*message, out)),
        Ref::List(list) => {
            for index in 0..list.len() {
                put(number, &list.item(index), out);
            }
        }
        Ref::Map(map) => map.each(&mut |key, value| {
            length_delimited(out, number, |out| {
                length_delimited(out, 1, |out| out.extend_from_slice(key.as_bytes()));
                match value {
                    // A map cannot hold lists; their items stand in a message of their own.
                    list @ Ref::List(_) => length_delimited(out, 2, |out| put(1, &list, out)),
                    value => put(2, &value, out),
                }
            });
            true
        }),
        Ref::Choice(choice) => length_delimited(out, number, |out| {
            let (chosen, value) = choice.current();
            // Go says beside a schema that it allows something.
            let allows =
                choice.proto_numbers().iter().find(|(number, shape)| *shape == Shape::Bool && *number != chosen);
            if let Some((number, _)) = allows {
                varint_field(out, *number, 1);
            }
            put(chosen, &value, out);
        }),
    }
}

fn int_or_string(value: &IntOrString, out: &mut Vec<u8>) {
    match value {
        IntOrString::Int(value) => {
            varint_field(out, 1, 0);
            varint_field(out, 2, i64::from(*value).cast_unsigned());
        }
        IntOrString::String(text) => {
            varint_field(out, 1, 1);
            length_delimited(out, 3, |out| out.extend_from_slice(text.as_bytes()));
        }
    }
}
