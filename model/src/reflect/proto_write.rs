//! From structs to protobuf.

use std::ops::Range;

use super::{Message, Ref, Shape};
use crate::int_or_string::IntOrString;
use crate::proto::{fixed64, length_delimited, varint_field, write_envelope};
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
    fields(message, 0..message.table().fields.len(), 0, out);
}

/// The numbers of a field, from the outermost: more than one where the field stands in an embedded part.
fn path(proto: u32) -> impl Iterator<Item = u32> {
    [proto >> 16 & 0xff, proto >> 8 & 0xff, proto & 0xff].into_iter().skip_while(|number| *number == 0)
}

fn fields(message: &dyn Message, range: Range<usize>, level: usize, out: &mut Vec<u8>) {
    let table = message.table().fields;
    let mut index = range.start;
    while index < range.end {
        let proto = table[index].proto;
        let Some(number) = path(proto).nth(level) else {
            index += 1;
            continue;
        };
        if path(proto).nth(level + 1).is_none() {
            let value = message.field(index);
            if !value.is_absent() {
                field(number, &value.view(), out);
            }
            index += 1;
            continue;
        }
        // The fields of an embedded part stand side by side.
        let same = |other: &usize| {
            let proto = table[*other].proto;
            path(proto).nth(level) == Some(number) && path(proto).nth(level + 1).is_some()
        };
        let end = (index..range.end).take_while(same).last().map_or(index + 1, |last| last + 1);
        if (index..end).any(|index| !message.field(index).is_absent()) {
            length_delimited(out, number, |out| fields(message, index..end, level + 1, out));
        }
        index = end;
    }
}

fn field(number: u32, value: &Ref<'_>, out: &mut Vec<u8>) {
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
                field(number, &list.item(index).view(), out);
            }
        }
        Ref::Map(map) => map.each(&mut |key, value| {
            length_delimited(out, number, |out| {
                length_delimited(out, 1, |out| out.extend_from_slice(key.as_bytes()));
                match value.view() {
                    // A map cannot hold lists; their items stand in a message of their own.
                    list @ Ref::List(_) => length_delimited(out, 2, |out| field(1, &list, out)),
                    value => field(2, &value, out),
                }
            });
            true
        }),
        Ref::Choice(choice) => length_delimited(out, number, |out| {
            let (chosen, value) = choice.current_ref();
            // Go says beside a schema that it allows something.
            let allows =
                choice.proto_numbers().iter().find(|(number, shape)| *shape == Shape::Bool && *number != chosen);
            if let Some((number, _)) = allows {
                varint_field(out, *number, 1);
            }
            field(chosen, &value.view(), out);
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
