//! Lists in protobuf.

use super::{ListHeader, ListItem};
use crate::managed_fields::{self, ManagedFields};
use crate::proto::{Envelope, MAGIC, read_status, varint};
use crate::reflect::decode_proto_part;
use crate::status::Status;
use crate::wire::{DecodeError, Format};

/// Cuts a list in protobuf into its items while it arrives.
///
/// It stands in an envelope, and all of its parts begin with their length: the type comes first, then the metadata, then the items.
#[derive(Debug, Default)]
pub struct ProtoListSplitter {
    /// What has arrived and is needed still.
    buffer: Vec<u8>,
    /// The first byte that was not looked at.
    at: usize,
    /// How many bytes have been dropped.
    dropped: u64,
    state: State,
    /// Whether the list has been read to its end.
    is_whole: bool,
    header: ListHeader,
    count: usize,
    managed_fields: ManagedFields,
}

#[derive(Clone, Copy, Debug, Default)]
enum State {
    /// Before the first bytes.
    #[default]
    Begin,
    /// Between the fields of the envelope, where the body may end.
    Envelope,
    /// Within the list; how many of its bytes are to come.
    List(u64),
}

/// A field of which the number, the type and the length are there.
struct Head {
    number: u64,
    is_message: bool,
    /// Where its content begins, and how long it is.
    start: usize,
    length: u64,
}

/// What was found.
enum Found {
    Item(std::ops::Range<usize>),
    Other,
    /// More bytes are needed.
    Nothing,
}

impl ProtoListSplitter {
    /// Makes one that expects the beginning of a body, and hands out the items with this done to their managed fields.
    pub fn new(managed_fields: ManagedFields) -> Self {
        Self { managed_fields, ..Self::default() }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.at);
        self.dropped += self.at as u64;
        self.at = 0;
        self.buffer.extend_from_slice(bytes);
    }

    pub(super) fn next_item(&mut self) -> Result<Option<ListItem<'_>>, DecodeError> {
        let range = loop {
            match self.step()? {
                Found::Item(range) => break range,
                Found::Other => {}
                Found::Nothing => return Ok(None),
            }
        };
        let bytes = &mut self.buffer[range];
        if self.managed_fields == ManagedFields::Skip {
            managed_fields::hide_proto(bytes);
        }
        Ok(Some(ListItem { index: self.count - 1, bytes, format: Format::Protobuf, header: &self.header }))
    }

    pub(super) fn header(&self) -> &ListHeader {
        &self.header
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn total_bytes(&self) -> u64 {
        self.dropped + self.buffer.len() as u64
    }

    pub(super) fn rest(&self) -> &[u8] {
        &self.buffer[self.at..]
    }

    pub(super) fn is_done(&self) -> bool {
        matches!(self.state, State::Envelope) && self.is_whole && self.rest().is_empty()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.total_bytes() == 0
    }

    pub(super) fn is_in_items(&self) -> bool {
        matches!(self.state, State::List(_))
    }

    /// A server that fails in the middle of a list writes a `Status` behind what it has written.
    pub(super) fn status(&self) -> Option<Status> {
        let start = memchr::memmem::rfind(&self.buffer, MAGIC)?;
        read_status(&self.buffer[start..]).ok().filter(Status::is_failure)
    }

    fn step(&mut self) -> Result<Found, DecodeError> {
        match self.state {
            State::Begin => {
                let start = self.rest();
                if !MAGIC.starts_with(&start[..start.len().min(MAGIC.len())]) {
                    return Err(DecodeError::new("expected a list in protobuf, found something else"));
                }
                if start.len() < MAGIC.len() {
                    return Ok(Found::Nothing);
                }
                self.at += MAGIC.len();
                self.state = State::Envelope;
                Ok(Found::Other)
            }
            State::Envelope => self.envelope(),
            State::List(0) => {
                self.state = State::Envelope;
                self.is_whole = true;
                Ok(Found::Other)
            }
            State::List(left) => self.list(left),
        }
    }

    /// Reads the beginning of a field; `None` if it is not there yet.
    fn head(&self) -> Result<Option<Head>, DecodeError> {
        let Some((tag, at)) = varint(&self.buffer, self.at).map_err(|problem| self.broken(problem))? else {
            return Ok(None);
        };
        let (length, start) = match tag & 7 {
            0 => match varint(&self.buffer, at).map_err(|problem| self.broken(problem))? {
                Some((_, end)) => ((end - at) as u64, at),
                None => return Ok(None),
            },
            1 => (8, at),
            2 => match varint(&self.buffer, at).map_err(|problem| self.broken(problem))? {
                Some(found) => found,
                None => return Ok(None),
            },
            5 => (4, at),
            _ => return Err(self.broken("a field is of a wire type that nothing uses")),
        };
        Ok(Some(Head { number: tag >> 3, is_message: tag & 7 == 2, start, length }))
    }

    /// The content of a field, if it is there whole.
    fn whole(&self, head: &Head) -> Option<std::ops::Range<usize>> {
        let end = usize::try_from(head.length).ok().and_then(|length| head.start.checked_add(length))?;
        (end <= self.buffer.len()).then_some(head.start..end)
    }

    fn envelope(&mut self) -> Result<Found, DecodeError> {
        let Some(head) = self.head()? else { return Ok(Found::Nothing) };
        if (head.number, head.is_message) == (2, true) && self.header.kind != "Status" {
            self.at = head.start;
            self.state = State::List(head.length);
            return Ok(Found::Other);
        }
        let Some(content) = self.whole(&head) else { return Ok(Found::Nothing) };
        match (head.number, head.is_message) {
            (1, true) => {
                let (api_version, kind) = Envelope::types(&self.buffer[content.clone()]).map_err(DecodeError::new)?;
                self.header.api_version = api_version.into();
                self.header.kind = kind.into();
                if kind == "Status" {
                    // All of it is read at once, and so kept.
                    return Ok(self.end_of_status());
                }
            }
            (3, true) if !content.is_empty() => return Err(self.broken("the list is encoded once more")),
            _ => {}
        }
        self.at = content.end;
        Ok(Found::Other)
    }

    /// Stays in front of a `Status` until the body has ended.
    fn end_of_status(&mut self) -> Found {
        self.at = 0;
        self.state = State::Begin;
        Found::Nothing
    }

    fn list(&mut self, left: u64) -> Result<Found, DecodeError> {
        let Some(head) = self.head()? else { return Ok(Found::Nothing) };
        let size = (head.start - self.at) as u64;
        let left = left.checked_sub(size).and_then(|left| left.checked_sub(head.length));
        let left = left.ok_or_else(|| self.broken("a field is longer than its list"))?;
        let Some(content) = self.whole(&head) else { return Ok(Found::Nothing) };
        self.at = content.end;
        self.state = State::List(left);
        match (head.number, head.is_message) {
            (1, true) => {
                let metadata = self.header.metadata.get_or_insert_default();
                let read = decode_proto_part(metadata, &self.buffer[content]);
                read.map_err(|error| error.at(".metadata"))?;
            }
            (2, true) => {
                self.count += 1;
                return Ok(Found::Item(content));
            }
            _ => {}
        }
        Ok(Found::Other)
    }

    fn broken(&self, problem: &str) -> DecodeError {
        let error = DecodeError::new(format!("{problem}, at byte {}", self.dropped + self.at as u64));
        if self.is_in_items() { error.at(&format!(".items[{}]", self.count)) } else { error }
    }
}
