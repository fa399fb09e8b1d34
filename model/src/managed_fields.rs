//! Leaving `metadata.managedFields` unread.
//!
//! It is a third of many objects and few programs look at it. It is cut out of the bytes before they are decoded, so that this costs the same for every
//! kind, whoever decodes it.

use std::borrow::Cow;
use std::ops::Range;

use crate::json::is_space;
use crate::proto::{self, MAGIC};
use crate::split::scan::Scan;
use crate::wire::Format;

/// What becomes of `metadata.managedFields`, which says who set which field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "they are read or not")]
pub enum ManagedFields {
    /// They are not read. An update without them keeps those that the server has.
    #[default]
    Skip,
    /// They are read as the rest is.
    Keep,
}

impl ManagedFields {
    /// Returns a document without what is not to be read.
    ///
    /// What is no object is returned as it is; so is one whose `metadata` cannot be found, for whoever decodes it to say what is wrong.
    pub fn of(self, document: &[u8], format: Format) -> Cow<'_, [u8]> {
        let shorter = match (self, format) {
            (Self::Keep, _) => None,
            (Self::Skip, Format::Json) => {
                find_json(document).map(|place| [&document[..place.start], &document[place.end..]].concat())
            }
            (Self::Skip, Format::Protobuf) => {
                let mut hidden = document.to_vec();
                hide_enveloped(&mut hidden);
                Some(hidden)
            }
        };
        shorter.map_or(Cow::Borrowed(document), Cow::Owned)
    }
}

/// Finds what to cut out of an object in JSON: the field and a comma.
pub(crate) fn find_json(object: &[u8]) -> Option<Range<usize>> {
    let metadata = Fields::of(object, 0)?.find(br#""metadata""#)?;
    let mut fields = Fields::of(object, metadata.value)?;
    let field = fields.find(br#""managedFields""#)?;
    let (mut start, mut end) = (field.start, fields.end_of(&field)?);
    let behind = skip_spaces(object, end);
    if object.get(behind) == Some(&b',') {
        end = behind + 1;
    } else if let Some(comma) = object[..start].iter().rposition(|byte| !is_space(*byte))
        && object[comma] == b','
    {
        start = comma;
    }
    Some(start..end)
}

/// The number of an object in its envelope, of `metadata` in every object, and of `managedFields` in it.
const RAW: u32 = 2;
pub(crate) const METADATA: u32 = 1;
pub(crate) const MANAGED_FIELDS: u32 = 17;
/// The tag of a field of another number, the greatest that is as long: 2047, by seven bits.
const HIDDEN: [u8; 2] = [0x7a, 0x7f];

/// Hides the managed fields of an object in its envelope, as [`hide_proto`] does.
pub(crate) fn hide_enveloped(document: &mut [u8]) {
    if let Some((MAGIC, envelope)) = document.split_first_chunk_mut().map(|(magic, envelope)| (&*magic, envelope)) {
        proto::each_of(envelope, RAW, |_, object| hide_proto(object));
    }
}

/// Gives the managed fields of an object in protobuf a number that no field has, so that whoever reads it skips them.
///
/// Nothing is moved, and it takes no more than a look at each field of the metadata.
pub(crate) fn hide_proto(object: &mut [u8]) {
    proto::each_of(object, METADATA, |_, metadata| {
        proto::each_of(metadata, MANAGED_FIELDS, |tag, _| {
            let last = tag.len() - 1;
            for (index, byte) in tag.iter_mut().enumerate() {
                let part = HIDDEN.get(index).copied().unwrap_or_default();
                *byte = if index < last { part | 0x80 } else { part };
            }
        });
    });
}

/// The fields of an object, as far as it is one.
struct Fields<'a> {
    text: &'a [u8],
    at: usize,
}

struct Field<'a> {
    start: usize,
    /// With its quotes, and with escapes as they are.
    key: &'a [u8],
    /// Where its value begins; to find the end is the greater part of the work.
    value: usize,
}

impl<'a> Fields<'a> {
    fn of(text: &'a [u8], start: usize) -> Option<Self> {
        let start = skip_spaces(text, start);
        (text.get(start) == Some(&b'{')).then_some(Self { text, at: start + 1 })
    }

    /// Finds a field; those before it are skipped, it is not.
    fn find(&mut self, key: &[u8]) -> Option<Field<'a>> {
        loop {
            let field = self.field()?;
            if field.key == key {
                return Some(field);
            }
            // Behind the last field stands no comma, and then no key.
            self.at = skip_spaces(self.text, self.end_of(&field)?) + 1;
        }
    }

    /// Reads the key of the next field.
    fn field(&self) -> Option<Field<'a>> {
        let start = skip_spaces(self.text, self.at);
        let end = self.end(start).filter(|_| self.text[start] == b'"')?;
        let colon = skip_spaces(self.text, end);
        let value = skip_spaces(self.text, colon + 1);
        (self.text.get(colon) == Some(&b':')).then(|| Field { start, key: &self.text[start..end], value })
    }

    fn end_of(&self, field: &Field<'_>) -> Option<usize> {
        self.end(field.value)
    }

    fn end(&self, start: usize) -> Option<usize> {
        Scan::begin(*self.text.get(start)?)?.advance(self.text, start)
    }
}

fn skip_spaces(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| is_space(**byte)).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn skipped(text: &str) -> String {
        String::from_utf8(ManagedFields::Skip.of(text.as_bytes(), Format::Json).into_owned()).unwrap()
    }

    #[test]
    fn the_field_goes_with_one_comma() {
        for (text, left) in [
            (r#"{"metadata":{"managedFields":[{"a":"]}"}]},"spec":1}"#, r#"{"metadata":{},"spec":1}"#),
            (r#"{"metadata":{"managedFields":[],"name":"a"}}"#, r#"{"metadata":{"name":"a"}}"#),
            (
                r#"{"kind":"Pod", "metadata" : {"name":"a" , "managedFields" : [1] } }"#,
                r#"{"kind":"Pod", "metadata" : {"name":"a"  } }"#,
            ),
            (r#"{"metadata":{"a":1,"managedFields":null,"z":2}}"#, r#"{"metadata":{"a":1,"z":2}}"#),
        ] {
            assert_eq!(skipped(text), left);
            assert_eq!(ManagedFields::Keep.of(text.as_bytes(), Format::Json), text.as_bytes());
        }
    }

    #[test]
    fn what_only_looks_like_it_stays() {
        for text in [
            r#"{"managedFields":[1]}"#,
            r#"{"spec":{"metadata":{"managedFields":[1]}}}"#,
            r#"{"metadata":{"labels":{"managedFields":"x"}}}"#,
            r#"{"metadata":"managedFields"}"#,
            r#"{"metadata":[{"managedFields":1}]}"#,
            "[]",
            "",
            "{",
            r#"{"metadata":{"managedFields":["#,
            r#"{"metadata":{"managedFields""#,
        ] {
            assert_eq!(skipped(text), text);
        }
    }

    #[test]
    fn in_protobuf_they_are_fields_of_another_number_however_long_their_tag_is() {
        for tag in [&[0x8a, 0x01][..], &[0x8a, 0x81, 0x00], &[0x8a, 0x81, 0x80, 0x00]] {
            // A name, managed fields and a uid; then a field of an object that only looks alike.
            let metadata = [&[0x0a, 1, b'a'], tag, &[2, 0x0a, 0], &[0x2a, 1, b'u']].concat();
            let length = u8::try_from(metadata.len()).unwrap();
            let mut object = [&[0x0a, length], &metadata[..], &[0x12, 3, 0x8a, 0x01, 0]].concat();
            let before = object.clone();
            hide_proto(&mut object);
            assert_eq!(object.len(), before.len());
            let mut fields = proto::Fields::of(&object[2..2 + metadata.len()]);
            let numbers: Vec<u32> = std::iter::from_fn(|| fields.next().unwrap()).map(|(number, _)| number).collect();
            assert_eq!(numbers, [1, 2047, 5]);
            assert!(object.ends_with(&before[2 + metadata.len()..]));
        }
    }

    proptest! {
        #[test]
        fn hiding_them_in_bytes_of_any_kind_changes_no_length(mut bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let length = bytes.len();
            hide_proto(&mut bytes);
            bytes.splice(0..0, *MAGIC);
            hide_enveloped(&mut bytes);
            prop_assert_eq!(bytes.len(), length + MAGIC.len());
        }

        #[test]
        fn nothing_else_is_lost(
            fields in prop::collection::btree_map(r#"[a-z"\\]{0,2}|metadata|managedFields"#, r#"[a-z"\\{},:]{0,4}"#, 0..4),
            metadata in prop::collection::btree_map(r#"[a-z"\\]{0,2}|managedFields"#, r#"[a-z"\\{},:]{0,4}"#, 0..4),
            pretty in any::<bool>(),
        ) {
            let mut object = json!(fields);
            object["metadata"] = json!(metadata);
            let text = if pretty { serde_json::to_string_pretty(&object) } else { serde_json::to_string(&object) }.unwrap();
            let left: Value = serde_json::from_str(&skipped(&text)).unwrap();
            object["metadata"].as_object_mut().unwrap().remove("managedFields");
            prop_assert_eq!(left, object);
        }
    }
}
