//! Fields of a message.

use super::{put_varint, varint};

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Payload<'a> {
    Varint(u64),
    Bytes(&'a [u8]),
    /// Four or eight bytes, which nothing has that is read so.
    Fixed,
}

/// The fields of a message, in the order in which they were sent.
#[derive(Clone, Debug)]
pub(crate) struct Fields<'a> {
    bytes: &'a [u8],
}

impl<'a> Fields<'a> {
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Returns how many bytes are left.
    pub(crate) fn left(&self) -> usize {
        self.bytes.len()
    }

    #[inline]
    fn varint(&mut self) -> Result<u64, &'static str> {
        // Most tags and lengths are one byte.
        match self.bytes {
            [first @ ..0x80, rest @ ..] => {
                self.bytes = rest;
                Ok(u64::from(*first))
            }
            _ => self.long_varint(),
        }
    }

    fn long_varint(&mut self) -> Result<u64, &'static str> {
        let (value, end) = varint(self.bytes, 0)?.ok_or("a message ends in the middle of a number")?;
        self.bytes = &self.bytes[end..];
        Ok(value)
    }

    #[inline]
    fn take(&mut self, length: u64) -> Result<&'a [u8], &'static str> {
        let taken = usize::try_from(length).ok().and_then(|length| self.bytes.split_at_checked(length));
        let (taken, rest) = taken.ok_or("a field is longer than its message")?;
        self.bytes = rest;
        Ok(taken)
    }

    /// Returns the next field and its number; `None` behind the last one.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "what it returns is large; handed over in memory, it is half the time of reading"
    )]
    pub(crate) fn next(&mut self) -> Result<Option<(u32, Payload<'a>)>, &'static str> {
        if self.bytes.is_empty() {
            return Ok(None);
        }
        let tag = self.varint()?;
        let number = u32::try_from(tag >> 3).ok().filter(|number| *number > 0).ok_or("a field has no number")?;
        let payload = match tag & 7 {
            2 => {
                let length = self.varint()?;
                Payload::Bytes(self.take(length)?)
            }
            0 => Payload::Varint(self.varint()?),
            wire => self.fixed(wire)?,
        };
        Ok(Some((number, payload)))
    }

    fn fixed(&mut self, wire: u64) -> Result<Payload<'a>, &'static str> {
        let length = match wire {
            1 => 8,
            5 => 4,
            _ => return Err("a field is of a wire type that nothing uses"),
        };
        self.take(length).map(|_| Payload::Fixed)
    }
}

/// Shows the tag and the content of each field of a number, as far as the message can be read.
pub(crate) fn each_of(message: &mut [u8], wanted: u32, mut show: impl FnMut(&mut [u8], &mut [u8])) {
    let mut start = 0;
    loop {
        let mut fields = Fields::of(&message[start..]);
        let Ok(Some((number, payload))) = fields.next() else { return };
        let end = message.len() - fields.left();
        if let (true, Payload::Bytes(content)) = (number == wanted, payload) {
            let length = content.len();
            let (head, content) = message[start..end].split_at_mut(end - start - length);
            let tag = head.iter().take_while(|byte| **byte >= 0x80).count();
            show(&mut head[..=tag], content);
        }
        start = end;
    }
}

/// Reads text.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, &'static str> {
    std::str::from_utf8(bytes).map_err(|_| "the text is not UTF-8")
}

fn tag(out: &mut Vec<u8>, number: u32, wire: u64) {
    put_varint(out, u64::from(number) << 3 | wire);
}

/// Appends a field that is a number.
pub(crate) fn varint_field(out: &mut Vec<u8>, number: u32, value: u64) {
    tag(out, number, 0);
    put_varint(out, value);
}

/// Appends a field of eight bytes.
pub(crate) fn fixed64(out: &mut Vec<u8>, number: u32, value: u64) {
    tag(out, number, 1);
    out.extend_from_slice(&value.to_le_bytes());
}

/// Appends a field that begins with its length; what is written within goes into it.
pub(crate) fn length_delimited<T>(out: &mut Vec<u8>, number: u32, write: impl FnOnce(&mut Vec<u8>) -> T) -> T {
    let start = begin(out, number);
    let result = write(out);
    end(out, start);
    result
}

/// Begins a field that begins with its length, and returns where; [`end`] puts the length there.
pub(crate) fn begin(out: &mut Vec<u8>, number: u32) -> usize {
    tag(out, number, 2);
    // Most are shorter than 128 bytes, so that their length is one byte; what is longer is moved.
    out.push(0);
    out.len() - 1
}

/// Ends the field that was begun last.
pub(crate) fn end(out: &mut Vec<u8>, start: usize) {
    let length = out.len() - start - 1;
    if let Some(short) = u8::try_from(length).ok().filter(|length| *length < 0x80) {
        out[start] = short;
    } else {
        let mut prefix = Vec::with_capacity(10);
        put_varint(&mut prefix, length as u64);
        out.splice(start..=start, prefix);
    }
}
