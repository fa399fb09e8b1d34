//! Cuts the body of a list into its items while it arrives.
//!
//! Bytes go in, items come out; the body is never held whole. What is held is the item that is not whole yet, and what stands around the items.

mod json;
pub(crate) mod scan;

use serde::Deserialize;

pub use self::json::JsonListSplitter;

use crate::meta::ListMeta;
use crate::status::Status;
use crate::str::Str;
use crate::wire::DecodeError;

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
}

/// An item of a list, as it was sent.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ListItem<'a> {
    /// The place in the list, from 0.
    pub index: usize,
    /// The item.
    pub bytes: &'a [u8],
    /// What the list has said of itself up to here.
    pub header: &'a ListHeader,
}

impl ListItem<'_> {
    /// Says of which item an error is: its index, and its name where that can be read.
    #[must_use]
    pub fn error(&self, error: DecodeError) -> DecodeError {
        item_error(error, self.index, self.bytes)
    }
}

/// Says of which item an error is.
pub(crate) fn item_error(error: DecodeError, index: usize, bytes: &[u8]) -> DecodeError {
    let error = error.at(&format!(".items[{index}]"));
    match serde_json::from_slice::<Glance>(bytes) {
        Ok(Glance { metadata: Names { name, namespace } }) if !name.is_empty() => error.of(&name, &namespace),
        _ => error,
    }
}

#[derive(Deserialize)]
struct Glance {
    metadata: Names,
}

#[derive(Deserialize)]
struct Names {
    #[serde(default)]
    name: String,
    #[serde(default)]
    namespace: String,
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
mod tests;
