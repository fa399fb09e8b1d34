//! Lists in JSON.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::scan::Scan;
use super::text::ArrivingText;
use super::{ListHeader, ListItem, status_at_the_end};
use crate::json::is_space;
use crate::managed_fields::{self, ManagedFields};
use crate::meta::ListMeta;
use crate::status::Status;
use crate::str::Str;
use crate::wire::{DecodeError, Format, no_utf8};

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
    buffer: ArrivingText,
    /// The first byte that was not looked at.
    at: usize,
    /// Where the value begins that is being looked through.
    start: usize,
    /// How long the last item was.
    last: usize,
    /// What is in front of this is not needed any more.
    keep: usize,
    /// How many bytes have been dropped.
    dropped: u64,
    state: State,
    seen: Seen,
    header: ListHeader,
    count: usize,
    managed_fields: ManagedFields,
    /// The last item without its managed fields.
    shorter: Vec<u8>,
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
    /// So long is the item whose end has been found.
    WholeItem(usize),
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
            self.buffer.forget(self.keep);
            self.at -= self.keep;
            self.start = self.start.saturating_sub(self.keep);
            self.dropped += self.keep as u64;
            self.keep = 0;
        }
        self.buffer.push(bytes);
    }

    /// Returns the next item; `None` if it has not arrived yet, or if there is none.
    ///
    /// # Errors
    ///
    /// What stands where the list should go on.
    pub fn next_item(&mut self) -> Result<Option<ListItem<'_>>, DecodeError> {
        if !self.find_item()? {
            return Ok(None);
        }
        let item = &self.buffer.as_str().as_bytes()[self.start..self.at];
        let bytes = match managed_fields::find_json(item).filter(|_| self.managed_fields == ManagedFields::Skip) {
            Some(place) => {
                self.shorter.clear();
                self.shorter.extend_from_slice(&item[..place.start]);
                self.shorter.extend_from_slice(&item[place.end..]);
                &self.shorter
            }
            None => item,
        };
        Ok(Some(ListItem { index: self.count - 1, bytes, format: Format::Json, header: &self.header }))
    }

    /// Tells whether the next item has begun, and less of it is there than the last one had.
    pub(super) fn is_short(&mut self) -> bool {
        self.go_to_item().is_some() && matches!(self.state, State::InItem(_)) && self.lacks_some()
    }

    fn lacks_some(&self) -> bool {
        self.text().len() - self.start < self.last
    }

    /// Goes to where the next item begins; `None` if that is not there or something else is.
    fn go_to_item(&mut self) -> Option<()> {
        while matches!(self.state, State::FirstItem | State::Item | State::BehindItem) {
            let byte = self.next_byte()?;
            self.step(byte).ok()?;
        }
        Some(())
    }

    /// Returns the text that begins with the next item, if that may well be whole: the text is as long as the last item was, or the end has been found.
    pub(super) fn text_of_item(&mut self) -> Option<(&str, &ListHeader)> {
        self.go_to_item()?;
        let text = self.buffer.as_str();
        let is_doubtful = self.at > self.start || self.lacks_some();
        if let State::InItem(scan) = &mut self.state
            && is_doubtful
        {
            let Some(end) = scan.advance(text.as_bytes(), self.at) else {
                self.at = text.len();
                return None;
            };
            self.state = State::WholeItem(end - self.start);
        }
        let end = match self.state {
            State::InItem(_) => text.len(),
            State::WholeItem(length) => self.start + length,
            _ => return None,
        };
        self.buffer.broken().is_none().then_some((&text[self.start..end], &self.header))
    }

    /// Goes behind the next item, which someone has read.
    pub(super) fn go_behind_item(&mut self, length: usize) {
        self.end_item(self.start + length);
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
        &self.text()[self.keep..]
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
        matches!(
            self.state,
            State::FirstItem | State::Item | State::InItem(_) | State::WholeItem(_) | State::BehindItem
        )
    }

    /// Returns the failure that stands instead of the list, or behind what was sent of it.
    pub fn status(&self) -> Option<Status> {
        let text = self.rest();
        if self.header.kind == "Status" { serde_json::from_slice(text).ok() } else { status_at_the_end(text) }
    }

    fn text(&self) -> &[u8] {
        self.buffer.as_str().as_bytes()
    }

    /// Goes behind the next item; false if it has not arrived yet, or if there is none.
    fn find_item(&mut self) -> Result<bool, DecodeError> {
        loop {
            let text = self.buffer.as_str().as_bytes();
            let end = match &mut self.state {
                State::InItem(scan) | State::InKey(scan) | State::InValue(_, scan) => scan.advance(text, self.at),
                State::WholeItem(length) => Some(self.start + *length),
                _ => {
                    let Some(byte) = self.next_byte() else { return Ok(false) };
                    self.step(byte)?;
                    continue;
                }
            };
            let Some(end) = end else {
                self.at = text.len();
                return Ok(false);
            };
            self.check_text(end)?;
            self.at = end;
            match self.state {
                State::InKey(_) => {
                    let key = &self.buffer.as_str().as_bytes()[self.start..end];
                    let field = field(key)?;
                    if !self.seen.note(field) {
                        let name: Str = serde_json::from_slice(key)?;
                        return Err(DecodeError::new(format!("the list has two fields {name:?}")));
                    }
                    self.state = State::Colon(field);
                }
                State::InValue(field, _) => {
                    self.take(field, end)?;
                    self.state = State::BehindValue;
                }
                _ => {
                    self.end_item(end);
                    return Ok(true);
                }
            }
        }
    }

    /// Notes that the item ends here.
    fn end_item(&mut self, end: usize) {
        self.last = end - self.start;
        self.keep = end;
        self.at = end;
        self.state = State::BehindItem;
        self.count += 1;
    }

    /// Refuses a value with bytes that are no UTF-8.
    fn check_text(&self, end: usize) -> Result<(), DecodeError> {
        match self.buffer.broken().filter(|at| *at < end) {
            None => Ok(()),
            Some(at) => {
                let error = no_utf8(at - self.start);
                let is_item = matches!(self.state, State::InItem(_) | State::WholeItem(_));
                Err(if is_item { error.at(&format!(".items[{}]", self.count)) } else { error })
            }
        }
    }

    /// Goes to the next byte that is not white space.
    fn next_byte(&mut self) -> Option<u8> {
        let spaces = self.text()[self.at..].iter().take_while(|byte| is_space(**byte)).count();
        self.at += spaces;
        self.text().get(self.at).copied()
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
        let value = &self.buffer.as_str().as_bytes()[self.start..end];
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
