//! Lists of objects.

use std::borrow::Cow;
use std::slice;
use std::vec;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::managed_fields::ManagedFields;
use crate::meta::ListMeta;
use crate::resource::ResourceInfo;
use crate::split::{ListSplitter, item_error};
use crate::status::Status;
use crate::wire::{DecodeError, EncodeError, Format, Wire};

/// The objects of one kind that a server listed.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 lists have these two")]
pub struct List<K> {
    /// The version of the state that was listed, and the token for the next page.
    pub metadata: ListMeta,
    /// The objects.
    pub items: Vec<K>,
}

impl<K> Default for List<K> {
    fn default() -> Self {
        Self { metadata: ListMeta::default(), items: Vec::new() }
    }
}

impl<K: Wire> List<K> {
    /// Decodes a list and checks that it is one of this kind.
    ///
    /// # Errors
    ///
    /// Another kind, or an item that does not decode; the path names its index.
    pub fn decode(
        bytes: &[u8],
        format: Format,
        managed_fields: ManagedFields,
        kind: &ResourceInfo,
    ) -> Result<Self, DecodeError> {
        if format == Format::Protobuf {
            return Self::decode_proto(bytes, managed_fields, Some(kind));
        }
        let raw = RawList::parse(bytes)?;
        let api_version = kind.api_version();
        if (raw.api_version.as_ref(), raw.kind.as_ref()) != (api_version.as_ref(), kind.list_kind.as_ref()) {
            return Err(DecodeError::wrong_type((&api_version, &kind.list_kind), (&raw.api_version, &raw.kind)));
        }
        raw.decode(managed_fields)
    }

    /// Decodes a list of whatever kind it says it is, and leaves the check to its items.
    ///
    /// # Errors
    ///
    /// What is no list, or an item that does not decode; the path names its index.
    pub fn decode_any(bytes: &[u8], format: Format, managed_fields: ManagedFields) -> Result<Self, DecodeError> {
        match format {
            Format::Json => RawList::parse(bytes)?.decode(managed_fields),
            Format::Protobuf => Self::decode_proto(bytes, managed_fields, None),
        }
    }

    fn decode_proto(
        bytes: &[u8],
        managed_fields: ManagedFields,
        kind: Option<&ResourceInfo>,
    ) -> Result<Self, DecodeError> {
        let mut splitter = ListSplitter::new(Format::Protobuf, managed_fields);
        splitter.push(bytes);
        let mut items = Vec::new();
        while let Some(item) = splitter.next_item()? {
            let decoded = K::decode_item(item.bytes, item.format, item.header.item_type());
            items.push(decoded.map_err(|error| item.error(error))?);
        }
        if !splitter.is_done() {
            return Err(splitter.cut_off());
        }
        let header = splitter.header();
        let found = (header.api_version.as_str(), header.kind.as_str());
        match kind.map(|kind| (kind.api_version(), &kind.list_kind)) {
            Some((api_version, kind)) if (&*api_version, &**kind) != found => {
                Err(DecodeError::wrong_type((&api_version, kind), found))
            }
            _ => Ok(Self { metadata: header.metadata.clone().unwrap_or_default(), items }),
        }
    }
}

/// A list by itself is of whatever kind it says; written, it is a `v1 List`, whose items say what they are.
impl<K: Wire> Wire for List<K> {
    fn decode(bytes: &[u8], format: Format) -> Result<Self, DecodeError> {
        Self::decode_any(bytes, format, ManagedFields::Keep)
    }

    fn decode_item(bytes: &[u8], format: Format, _: (&str, &str)) -> Result<Self, DecodeError> {
        Self::decode_any(bytes, format, ManagedFields::Keep)
    }

    fn encode(&self, format: Format, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        if format != Format::Json {
            return Err(EncodeError::new("lists are written as JSON only"));
        }
        out.extend_from_slice(br#"{"apiVersion":"v1","kind":"List","metadata":"#);
        serde_json::to_writer(&mut *out, &self.metadata)?;
        out.extend_from_slice(br#","items":["#);
        for (index, item) in self.items.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            item.encode(format, out)?;
        }
        out.extend_from_slice(b"]}");
        Ok(())
    }
}

/// A list whose items are still text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawList<'a> {
    #[serde(borrow, default)]
    api_version: Cow<'a, str>,
    #[serde(borrow, default)]
    kind: Cow<'a, str>,
    #[serde(default)]
    metadata: ListMeta,
    #[serde(borrow, default)]
    items: Option<Vec<&'a RawValue>>,
}

impl<'a> RawList<'a> {
    fn parse(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let raw: Self = serde_json::from_slice(bytes)?;
        if raw.kind == "Status" {
            let status: Status = serde_json::from_slice(bytes)?;
            return Err(DecodeError::new(format!("expected a list, found a Status: {status}")));
        }
        Ok(raw)
    }

    fn decode<K: Wire>(self, managed_fields: ManagedFields) -> Result<List<K>, DecodeError> {
        // An item may leave its type to the list: built-in kinds do. `XList` holds `X`.
        let item_kind = self.kind.strip_suffix("List").unwrap_or_default();
        let item_type = (self.api_version.as_ref(), item_kind);
        let raw_items = self.items.unwrap_or_default();
        let mut items = Vec::with_capacity(raw_items.len());
        for (index, raw) in raw_items.into_iter().enumerate() {
            let bytes = managed_fields.of(raw.get().as_bytes(), Format::Json);
            let item = K::decode_item(&bytes, Format::Json, item_type);
            items.push(item.map_err(|error| item_error(error, index, raw.get().as_bytes(), Format::Json))?);
        }
        Ok(List { metadata: self.metadata, items })
    }
}

impl<K> List<K> {
    /// Returns the objects one by one.
    pub fn iter(&self) -> slice::Iter<'_, K> {
        self.items.iter()
    }
}

impl<K> IntoIterator for List<K> {
    type Item = K;
    type IntoIter = vec::IntoIter<K>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, K> IntoIterator for &'a List<K> {
    type Item = &'a K;
    type IntoIter = slice::Iter<'a, K>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unstructured;

    #[test]
    fn a_list_written_is_read_again() {
        let items = vec![Unstructured::new("v1", "Pod", "a"), Unstructured::new("apps/v1", "Deployment", "b")];
        let list = List { metadata: ListMeta { resource_version: "7".into(), ..ListMeta::default() }, items };
        let mut bytes = Vec::new();
        list.encode(Format::Json, &mut bytes).unwrap();
        let text = std::str::from_utf8(&bytes).unwrap();
        assert!(text.starts_with(r#"{"apiVersion":"v1","kind":"List","metadata":{"resourceVersion":"7"},"items":[{"#));
        assert_eq!(List::<Unstructured>::decode_any(&bytes, Format::Json, ManagedFields::Skip).unwrap(), list);
    }
}
