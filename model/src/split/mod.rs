//! Cuts the body of a list into its items while it arrives.
//!
//! Bytes go in, items come out; the body is never held whole. What is held is the item that is not whole yet, and what stands around the items.

mod json;
mod proto;
pub(crate) mod scan;
mod text;

use serde::Deserialize;

pub use self::json::JsonListSplitter;
pub use self::proto::ProtoListSplitter;

use crate::managed_fields::ManagedFields;
use crate::meta::ListMeta;
use crate::proto::{Fields, Payload, text};
use crate::status::Status;
use crate::str::Str;
use crate::wire::{DecodeError, Format};

/// What a list says of itself, as far as it has been read.
///
/// The API server writes it before the items of a built-in kind; of a custom resource, `kind` and `metadata` come behind them.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ListHeader {
    /// The `apiVersion`, where it has been read.
    pub api_version: Str,
    /// The `kind`, where it has been read.
    pub kind: Str,
    /// The metadata, where it has been read.
    pub metadata: Option<ListMeta>,
}

impl ListHeader {
    /// Returns the `apiVersion` and `kind` that the items are of; the kind is empty where the list does not say.
    pub fn item_type(&self) -> (&str, &str) {
        (&self.api_version, self.kind.strip_suffix("List").unwrap_or_default())
    }

    /// Tells whether both `apiVersion` and `kind` have been read.
    pub fn is_typed(&self) -> bool {
        !self.api_version.is_empty() && !self.kind.is_empty()
    }
}

/// An item of a list, as it was sent.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ListItem<'a> {
    /// The place in the list, from 0.
    pub index: usize,
    /// The item.
    pub bytes: &'a [u8],
    /// Its format.
    pub format: Format,
    /// What the list has said of itself up to here.
    pub header: &'a ListHeader,
}

impl ListItem<'_> {
    /// Says of which item an error is: its index, and its name where that can be read.
    #[must_use]
    pub fn error(&self, error: DecodeError) -> DecodeError {
        item_error(error, self.index, self.bytes, self.format)
    }
}

/// Cuts a list into its items while it arrives, in either format.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "there are two formats")]
pub enum ListSplitter {
    /// In JSON.
    Json(JsonListSplitter),
    /// In protobuf.
    Protobuf(ProtoListSplitter),
}

macro_rules! either {
    ($splitter:expr, $inner:ident => $work:expr) => {
        match $splitter {
            ListSplitter::Json($inner) => $work,
            ListSplitter::Protobuf($inner) => $work,
        }
    };
}

impl ListSplitter {
    /// Makes one that expects the beginning of a body, and hands out the items with this done to their managed fields.
    pub fn new(format: Format, managed_fields: ManagedFields) -> Self {
        match format {
            Format::Json => Self::Json(JsonListSplitter::new(managed_fields)),
            Format::Protobuf => Self::Protobuf(ProtoListSplitter::new(managed_fields)),
        }
    }

    /// Takes the next bytes of the body. Take the items first that are at hand.
    pub fn push(&mut self, bytes: &[u8]) {
        either!(self, inner => inner.push(bytes));
    }

    /// Returns the next item; `None` if it has not arrived yet, or if there is none.
    ///
    /// # Errors
    ///
    /// What stands where the list should go on.
    pub fn next_item(&mut self) -> Result<Option<ListItem<'_>>, DecodeError> {
        either!(self, inner => inner.next_item())
    }

    /// Returns the text in JSON that begins with the next item, if there is one that may well be whole, and what the list has said of itself.
    ///
    /// Who can read the item from there says to [`go_behind_item`](Self::go_behind_item) how long it was; who cannot asks for the
    /// [`next_item`](Self::next_item), whose end must be found first.
    pub fn text_of_item(&mut self) -> Option<(&str, &ListHeader)> {
        match self {
            Self::Json(inner) => inner.text_of_item(),
            Self::Protobuf(_) => None,
        }
    }

    /// Tells whether the next item is probably not whole: less of it is there than the last one had. Who has more bytes pushes them first.
    pub fn is_short(&mut self) -> bool {
        match self {
            Self::Json(inner) => inner.is_short(),
            Self::Protobuf(_) => false,
        }
    }

    /// Goes behind the next item, which someone has read.
    pub fn go_behind_item(&mut self, length: usize) {
        if let Self::Json(inner) = self {
            inner.go_behind_item(length);
        }
    }

    /// Returns what the list has said of itself up to here.
    pub fn header(&self) -> &ListHeader {
        either!(self, inner => inner.header())
    }

    /// Returns how many items have been found.
    pub fn count(&self) -> usize {
        either!(self, inner => inner.count())
    }

    /// Returns how many bytes have arrived.
    pub fn total_bytes(&self) -> u64 {
        either!(self, inner => inner.total_bytes())
    }

    /// Returns what has arrived and is not part of an item that was handed out.
    pub fn rest(&self) -> &[u8] {
        either!(self, inner => inner.rest())
    }

    /// Tells whether the list may end here.
    pub fn is_done(&self) -> bool {
        either!(self, inner => inner.is_done())
    }

    /// Tells whether nothing of a list has arrived.
    pub fn is_blank(&self) -> bool {
        either!(self, inner => inner.is_blank())
    }

    /// Returns the failure that stands instead of the list, or behind what was sent of it.
    pub fn status(&self) -> Option<Status> {
        either!(self, inner => inner.status())
    }

    /// Says that the body has ended before the list did: after how many bytes, and in which item.
    pub fn cut_off(&self) -> DecodeError {
        let error = DecodeError::new(format!("it ends in the middle, after {} bytes", self.total_bytes()));
        let is_in_items = either!(self, inner => inner.is_in_items());
        if is_in_items { error.at(&format!(".items[{}]", self.count())) } else { error }
    }
}

/// Says of which item an error is.
pub(crate) fn item_error(error: DecodeError, index: usize, bytes: &[u8], format: Format) -> DecodeError {
    let error = error.at(&format!(".items[{index}]"));
    let names = match format {
        Format::Json => serde_json::from_slice::<Glance>(bytes).map(|glance| glance.metadata).unwrap_or_default(),
        Format::Protobuf => names(bytes).unwrap_or_default(),
    };
    if names.name.is_empty() { error } else { error.of(&names.name, &names.namespace) }
}

#[derive(Deserialize)]
struct Glance {
    metadata: Names,
}

#[derive(Default, Deserialize)]
struct Names {
    #[serde(default)]
    name: String,
    #[serde(default)]
    namespace: String,
}

/// The names of an object in protobuf: its metadata is its first field, name and namespace are the first and third of that.
fn names(object: &[u8]) -> Result<Names, &'static str> {
    let mut names = Names::default();
    let mut fields = Fields::of(object);
    while let Some(field) = fields.next()? {
        let (1, Payload::Bytes(metadata)) = field else { continue };
        let mut fields = Fields::of(metadata);
        while let Some(field) = fields.next()? {
            match field {
                (1, Payload::Bytes(bytes)) => text(bytes)?.clone_into(&mut names.name),
                (3, Payload::Bytes(bytes)) => text(bytes)?.clone_into(&mut names.namespace),
                _ => {}
            }
        }
    }
    Ok(names)
}

/// Finds the `Status` that ends a text.
///
/// A server that fails in the middle of a list writes one behind what it has written.
/// Source: `SerializeObject` in `pkg/endpoints/handlers/responsewriters/writers.go` of k8s.io/apiserver v0.37.2.
fn status_at_the_end(text: &[u8]) -> Option<Status> {
    let start = memchr::memmem::rfind(text, br#"{"kind":"Status""#)?;
    let status: Status = serde_json::from_slice(&text[start..]).ok()?;
    status.is_failure().then_some(status)
}

#[cfg(test)]
mod proto_tests;
#[cfg(test)]
mod tests;
