//! Lists in JSON.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::scan::{Scan, is_space};
use super::{ListHeader, ListItem, status_at_the_end};
use crate::managed_fields::{self, ManagedFields};
use crate::meta::ListMeta;
use crate::status::Status;
use crate::str::Str;
use crate::wire::{DecodeError, Format};

/// Cuts a list in JSON into its items while it arrives.
///
/// ```
/// use kubist_model::ManagedFields;
/// use kubist_model::split::JsonListSplitter;
///
/// # fn main() -> Result<(), kubist_model::DecodeError> {
/// let mut splitter = JsonListSplitter::new(ManagedFields::Skip);
/// splitter.push(br#"{"kind":"PodList","items":[{"a":1},{"b""#);
/// assert_eq!(splitter.next_item()?.unwrap().bytes, br#"{"a":1}"#);
/// assert!(splitter.next_item()?.is_none());
/// splitter.push(b":2}]}");
/// assert_eq!(splitter.next_item()?.unwrap().bytes, br#"{"b":2}"#);
/// assert!(splitter.next_item()?.is_none() && splitter.is_done());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Default)]
pub struct JsonListSplitter {
    /// What has arrived and is needed still.
    buffer: Vec<u8>,
    /// The first byte that was not looked at.
    at: usize,
    /// Where the value begins that is being looked through.
    start: usize,
    /// Where the last item ends that was found.
    item_end: usize,
    /// What is in front of this is not needed any more.
    keep: usize,
    /// How many bytes have been dropped.
    dropped: u64,
    state: State,
    seen: Seen,
    header: ListHeader,
    count: usize,
    managed_fields: ManagedFields,
}

/// What is expected, or what is being looked through.
#[derive(Clone, Copy, Debug, Default)]
enum State {
    #[default]
    Document,
    FirstKey,
    Key,
    InKey(Scan),
    Colon(Field),
    Value(Field),
    InValue(Field, Scan),
    BehindValue,
    FirstItem,
    Item,
    InItem(Scan),
    BehindItem,
    Done,
}

/// A field of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    ApiVersion,
    Kind,
    Metadata,
    Items,
    Other,
}

/// Which fields have come, a bit each.
#[derive(Clone, Copy, Debug, Default)]
struct Seen(u8);

impl Seen {
    /// Notes a field; false if it has come before.
    fn note(&mut self, field: Field) -> bool {
        let bit = 1 << field as u8;
        let is_new = self.0 & bit == 0 || field == Field::Other;
        self.0 |= bit;
        is_new
    }
}

impl JsonListSplitter {
    /// Makes one that expects the beginning of a body, and hands out the items with this done to their managed fields.
    pub fn new(managed_fields: ManagedFields) -> Self {
        Self { managed_fields, ..Self::default() }
    }

    /// Takes the next bytes of the body. Take the items first that are at hand.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.keep > 0 {
            self.buffer.drain(..self.keep);
            self.at -= self.keep;
            self.start = self.start.saturating_sub(self.keep);
            self.dropped += self.keep as u64;
            self.keep = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// Returns the next item; `None` if it has not arrived yet, or if there is none.
    ///
    /// # Errors
    ///
    /// What stands where the list should go on.
    pub fn next_item(&mut self) -> Result<Option<ListItem<'_>>, DecodeError> {
        let Some(index) = self.find_item()? else { return Ok(None) };
        Ok(Some(ListItem {
            index,
            bytes: &self.buffer[self.start..self.item_end],
            format: Format::Json,
            header: &self.header,
        }))
    }

    /// Returns what the list has said of itself up to here.
    pub fn header(&self) -> &ListHeader {
        &self.header
    }

    /// Returns how many items have been found.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Returns how many bytes have arrived.
    pub fn total_bytes(&self) -> u64 {
        self.dropped + self.buffer.len() as u64
    }

    /// Returns what has arrived and is not part of an item that was handed out.
    pub fn rest(&self) -> &[u8] {
        &self.buffer[self.keep..]
    }

    /// Tells whether the list has ended, and well.
    pub fn is_done(&self) -> bool {
        matches!(self.state, State::Done)
    }

    /// Tells whether nothing but white space has arrived.
    pub fn is_blank(&self) -> bool {
        matches!(self.state, State::Document)
    }

    pub(super) fn is_in_items(&self) -> bool {
        matches!(self.state, State::FirstItem | State::Item | State::InItem(_) | State::BehindItem)
    }

    /// Returns the failure that stands instead of the list, or behind what was sent of it.
    pub fn status(&self) -> Option<Status> {
        let text = &self.buffer[self.keep..];
        if self.header.kind == "Status" { serde_json::from_slice(text).ok() } else { status_at_the_end(text) }
    }

    fn find_item(&mut self) -> Result<Option<usize>, DecodeError> {
        loop {
            match &mut self.state {
                State::InItem(scan) => {
                    let Some(end) = scan.advance(&self.buffer, self.at) else { return Ok(self.pause()) };
                    self.item_end = end - self.leave_out(end);
                    self.keep = end;
                    self.at = end;
                    self.state = State::BehindItem;
                    self.count += 1;
                    return Ok(Some(self.count - 1));
                }
                State::InKey(scan) => {
                    let Some(end) = scan.advance(&self.buffer, self.at) else { return Ok(self.pause()) };
                    self.at = end;
                    let field = field(&self.buffer[self.start..end])?;
                    if !self.seen.note(field) {
                        let name: Str = serde_json::from_slice(&self.buffer[self.start..end])?;
                        return Err(DecodeError::new(format!("the list has two fields {name:?}")));
                    }
                    self.state = State::Colon(field);
                }
                State::InValue(field, scan) => {
                    let Some(end) = scan.advance(&self.buffer, self.at) else { return Ok(self.pause()) };
                    let field = *field;
                    self.at = end;
                    self.take(field, end)?;
                    self.state = State::BehindValue;
                }
                _ => {
                    let Some(byte) = self.next_byte() else { return Ok(None) };
                    self.step(byte)?;
                }
            }
        }
    }

    /// Moves together what is to be read of an item that ends here. Returns how many bytes it has become shorter.
    fn leave_out(&mut self, end: usize) -> usize {
        let item = &self.buffer[self.start..end];
        let place = match self.managed_fields {
            ManagedFields::Skip => managed_fields::find_json(item),
            ManagedFields::Keep => None,
        };
        let Some(place) = place else { return 0 };
        self.buffer.copy_within(self.start + place.end..end, self.start + place.start);
        place.len()
    }

    /// Notes that all that has arrived was looked at.
    fn pause(&mut self) -> Option<usize> {
        self.at = self.buffer.len();
        None
    }

    /// Goes to the next byte that is not white space.
    fn next_byte(&mut self) -> Option<u8> {
        let spaces = self.buffer[self.at..].iter().take_while(|byte| is_space(**byte)).count();
        self.at += spaces;
        self.buffer.get(self.at).copied()
    }

    /// Goes on by a byte between values.
    fn step(&mut self, byte: u8) -> Result<(), DecodeError> {
        let (next, is_value) = match (self.state, byte) {
            (State::Document, b'{') => (State::FirstKey, false),
            (State::FirstKey | State::Key, b'"') => match Scan::begin(byte) {
                Some(scan) => (State::InKey(scan), true),
                None => return Err(self.unexpected(byte)),
            },
            (State::FirstKey | State::BehindValue, b'}') => (self.end()?, false),
            (State::Colon(field), b':') => (State::Value(field), false),
            (State::Value(Field::Items), b'[') => (State::FirstItem, false),
            (State::Value(field), _) => match Scan::begin(byte) {
                Some(scan) => (State::InValue(field, scan), true),
                None => return Err(self.unexpected(byte)),
            },
            (State::BehindValue, b',') => (State::Key, false),
            (State::FirstItem | State::BehindItem, b']') => {
                self.keep = self.at;
                (State::BehindValue, false)
            }
            (State::BehindItem, b',') => (State::Item, false),
            (State::FirstItem | State::Item, _) => match Scan::begin(byte) {
                Some(scan) => (State::InItem(scan), true),
                None => return Err(self.unexpected(byte)),
            },
            _ => return Err(self.unexpected(byte)),
        };
        self.state = next;
        if is_value {
            self.start = self.at;
            // What comes before the items is kept: it may be a `Status` instead.
            if self.count > 0 || matches!(next, State::InItem(_)) {
                self.keep = self.at;
            }
        } else {
            self.at += 1;
        }
        Ok(())
    }

    /// Checks what the document was, at its end.
    fn end(&self) -> Result<State, DecodeError> {
        if self.header.kind != "Status" {
            return Ok(State::Done);
        }
        let found = self.status().map_or_else(|| "a Status".to_owned(), |status| format!("a Status: {status}"));
        Err(DecodeError::new(format!("expected a list, found {found}")))
    }

    fn unexpected(&self, byte: u8) -> DecodeError {
        let byte = char::from(byte);
        let error = match self.state {
            State::Document => DecodeError::new(format!("expected a list, found {byte:?}")),
            State::Done => DecodeError::new(format!("found {byte:?} behind the end of the list")),
            _ => DecodeError::new(format!("found {byte:?} at byte {}", self.dropped + self.at as u64)),
        };
        match self.state {
            State::FirstItem | State::Item | State::BehindItem => error.at(&format!(".items[{}]", self.count)),
            _ => error,
        }
    }

    /// Reads a field of the list that is no item.
    fn take(&mut self, field: Field, end: usize) -> Result<(), DecodeError> {
        let value = &self.buffer[self.start..end];
        let read = match field {
            Field::ApiVersion => {
                read(value).map(|text: Option<Str>| self.header.api_version = text.unwrap_or_default())
            }
            Field::Kind => read(value).map(|text: Option<Str>| self.header.kind = text.unwrap_or_default()),
            Field::Metadata => {
                read(value).map(|found: Option<ListMeta>| self.header.metadata = Some(found.unwrap_or_default()))
            }
            Field::Items if value == b"null" => Ok(()),
            Field::Items => Err(DecodeError::new("expected a list")),
            Field::Other => read::<IgnoredAny>(value).map(drop),
        };
        let place = match field {
            Field::ApiVersion => ".apiVersion",
            Field::Kind => ".kind",
            Field::Metadata => ".metadata",
            Field::Items => ".items",
            Field::Other => "",
        };
        read.map_err(|error| error.at(place))
    }
}

fn read<'a, T: Deserialize<'a>>(value: &'a [u8]) -> Result<T, DecodeError> {
    Ok(serde_json::from_slice(value)?)
}

fn field(key: &[u8]) -> Result<Field, DecodeError> {
    let known = |name: &[u8]| match name {
        b"apiVersion" => Field::ApiVersion,
        b"kind" => Field::Kind,
        b"metadata" => Field::Metadata,
        b"items" => Field::Items,
        _ => Field::Other,
    };
    // A key may be written with escapes, though nobody does.
    let name: Str = read(key)?;
    Ok(known(name.as_bytes()))
}
