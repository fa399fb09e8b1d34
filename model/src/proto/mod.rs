//! Protobuf by hand: tags, lengths, and the envelope that Kubernetes puts around its objects.
//!
//! What the messages of the API are is told by the tables of [`reflect`](crate::reflect); nothing here knows a kind.

mod envelope;
mod field;
mod status;

pub use self::envelope::MAGIC;
pub(crate) use self::envelope::{Envelope, write_envelope};
pub(crate) use self::field::{Fields, Payload, begin, each_of, end, fixed64, length_delimited, text, varint_field};
pub(crate) use self::status::read_status;

/// Reads a number of 1 to 10 bytes. Returns it and where it ends; `None` if it ends later than the bytes, and an error if it is too long.
pub(crate) fn varint(bytes: &[u8], at: usize) -> Result<Option<(u64, usize)>, &'static str> {
    let mut value = 0u64;
    for (index, byte) in bytes.iter().skip(at).take(10).enumerate() {
        let part = u64::from(byte & 0x7f);
        if index == 9 && part > 1 {
            return Err("a number is longer than 64 bits");
        }
        value |= part << (7 * index);
        if byte & 0x80 == 0 {
            return Ok(Some((value, at + index + 1)));
        }
    }
    if bytes.len() >= at + 10 { Err("a number is longer than 64 bits") } else { Ok(None) }
}

/// Appends a number.
pub(crate) fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(low(value) | 0x80);
        value >>= 7;
    }
    out.push(low(value));
}

fn low(value: u64) -> u8 {
    u8::try_from(value & 0x7f).expect("seven bits fit")
}
