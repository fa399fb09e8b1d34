//! The events of a watch, cut out of its body.

use bytes::{Buf as _, Bytes};
use kubist_model::Format;

/// How many bytes in front of an event in protobuf say how long it is.
const LENGTH: usize = 4;

/// Cuts the body of a watch into its events while it arrives: lines, or as many bytes as the four in front of them say.
///
/// An event that arrives in one piece is not copied.
#[derive(Debug)]
pub(super) struct Frames {
    format: Format,
    /// What arrived last.
    piece: Bytes,
    /// The beginning of an event, which came in former pieces.
    begun: Vec<u8>,
}

impl Frames {
    pub(super) fn new(format: Format) -> Self {
        Self { format, piece: Bytes::new(), begun: Vec::new() }
    }

    /// Takes the next bytes of the body.
    pub(super) fn push(&mut self, piece: Bytes) {
        self.begun.extend_from_slice(&self.piece);
        self.piece = piece;
    }

    /// Reads the next event as it was sent; `None` if it is not there whole. White space is none.
    pub(super) fn next<T>(&mut self, read: impl FnOnce(&[u8]) -> T) -> Option<T> {
        let head = if self.format == Format::Protobuf { LENGTH } else { 0 };
        loop {
            let Some(length) = self.left_of_event().filter(|length| *length <= self.piece.len()) else {
                self.push(Bytes::new());
                return None;
            };
            let event = if self.begun.is_empty() {
                &self.piece[..length]
            } else {
                self.begun.extend_from_slice(&self.piece[..length]);
                &self.begun
            };
            let event = &event[head..];
            if !event.trim_ascii().is_empty() {
                let event = read(event);
                self.go_behind(length);
                return Some(event);
            }
            self.go_behind(length);
        }
    }

    fn go_behind(&mut self, length: usize) {
        self.piece.advance(length);
        if self.piece.is_empty() {
            // An empty one would hold the buffer of the connection, so that it could not be used again.
            self.piece = Bytes::new();
        }
        self.begun.clear();
    }

    /// Returns how many bytes from the last piece on end the event; `None` if that has not arrived.
    fn left_of_event(&self) -> Option<usize> {
        if self.format == Format::Protobuf {
            let mut bytes = self.begun.iter().chain(&*self.piece).copied();
            let head: [u8; LENGTH] = [bytes.next()?, bytes.next()?, bytes.next()?, bytes.next()?];
            return (LENGTH + u32::from_be_bytes(head) as usize).checked_sub(self.begun.len());
        }
        memchr::memchr(b'\n', &self.piece).map(|end| end + 1)
    }

    /// Returns what has arrived and was not read.
    pub(super) fn take_rest(&mut self) -> Vec<u8> {
        self.push(Bytes::new());
        std::mem::take(&mut self.begun)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts a body that arrives in pieces of a length.
    fn events(format: Format, body: &[u8], length: usize) -> (Vec<String>, String) {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let (mut frames, mut events) = (Frames::new(format), Vec::new());
        for piece in body.chunks(length) {
            frames.push(Bytes::copy_from_slice(piece));
            while let Some(event) = frames.next(text) {
                events.push(event);
            }
        }
        (events, text(&frames.take_rest()))
    }

    #[test]
    fn lines_are_whole_however_they_arrive_and_blank_ones_are_none() {
        for length in 1..40 {
            let (events, rest) = events(Format::Json, b"{\"a\":1}\n\n \r\n{\"b\":2}\r\n{\"c\"", length);
            assert_eq!(events, ["{\"a\":1}\n", "{\"b\":2}\r\n"], "in pieces of {length}");
            assert_eq!(rest, "{\"c\"");
        }
    }

    #[test]
    fn events_in_protobuf_are_as_long_as_they_say_however_they_arrive() {
        for length in 1..40 {
            let (events, rest) =
                events(Format::Protobuf, b"\0\0\0\x03one\0\0\0\0\0\0\0\x05f\niv\n\0\0\0\x09rest", length);
            assert_eq!(events, ["one", "f\niv\n"], "in pieces of {length}");
            assert_eq!(rest, "\0\0\0\trest");
        }
    }
}
