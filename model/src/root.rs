//! Objects of types that have only serde: their fields are found without it.
//!
//! What is in a field is serde's; what stands around the fields, `apiVersion` and `kind`, and the metadata are not, and are a third of a small object.

use crate::json::Reader;
use crate::resource::ResourceInfo;

/// What a key stands for.
enum Key {
    ApiVersion,
    Kind,
    Field(usize),
    Unknown,
}

/// Reads the object that a text begins with, field by field, and returns how long it is.
///
/// Of the names there are at most 64. `read` is called with the number of a name and the text that the value of this field begins with, at most once for each, and returns how long the value is. `item` says
/// that the object may leave its `apiVersion` and `kind` to the list that it stands in. `None` means that something is not plainly good, or of another type;
/// whoever asked reads again with serde, which says what it is.
pub fn read_fields(
    text: &str,
    expected: &ResourceInfo,
    item: bool,
    names: &[&str],
    read: &mut dyn FnMut(usize, &str) -> Option<usize>,
) -> Option<usize> {
    let mut reader = Reader::new(text);
    let (mut has_api_version, mut has_kind, mut seen) = (item, item, 0_u64);
    let mut more = reader.enter_object()?;
    while more {
        reader.token()?;
        let key = match reader.key()? {
            "apiVersion" => Key::ApiVersion,
            "kind" => Key::Kind,
            key => names.iter().position(|name| *name == key).map_or(Key::Unknown, Key::Field),
        };
        match key {
            Key::ApiVersion => has_api_version = expected.has_api_version(reader.string()?).then_some(true)?,
            Key::Kind => has_kind = (reader.string()? == expected.kind).then_some(true)?,
            Key::Field(field) => {
                let mark = 1_u64.checked_shl(field.try_into().ok()?).filter(|mark| seen & mark == 0)?;
                seen |= mark;
                reader.token()?;
                let length = read(field, reader.rest())?;
                reader.go_behind(length);
            }
            Key::Unknown => reader.skip()?,
        }
        more = reader.next_field()?;
    }
    (has_api_version && has_kind).then_some(reader.at())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::Scope;

    fn website() -> ResourceInfo {
        ResourceInfo {
            group: "shop.example.com".into(),
            version: "v1".into(),
            kind: "Website".into(),
            plural: "websites".into(),
            singular: "website".into(),
            list_kind: "WebsiteList".into(),
            short_names: [].as_slice().into(),
            categories: [].as_slice().into(),
            scope: Scope::Namespaced,
            subresources: [].as_slice().into(),
        }
    }

    const WHOLE: &str = r#"{"apiVersion":"shop.example.com/v1","kind":"Website","metadata":{"name":"a"},"other":[{}],"spec" : 12} tail"#;

    /// Reads values that end at the next `}` or `,`.
    fn fields(text: &str, item: bool) -> Option<(Vec<String>, usize)> {
        let mut found = Vec::new();
        let mut read = |field: usize, text: &str| {
            let length = text.find(['}', ',']).map(|end| if text.starts_with('{') { end + 1 } else { end })?;
            found.push(format!("{field} is {}", &text[..length]));
            Some(length)
        };
        let length = read_fields(text, &website(), item, &["spec", "metadata"], &mut read)?;
        Some((found, length))
    }

    #[test]
    fn fields_are_found_and_others_are_skipped() {
        let (found, length) = fields(WHOLE, false).unwrap();
        assert_eq!(found, [r#"1 is {"name":"a"}"#, "0 is 12"]);
        assert_eq!(&WHOLE[length..], " tail");
    }

    #[test]
    fn an_object_must_say_its_type_unless_its_list_does() {
        let item = r#"{"spec":1}"#;
        assert!(fields(item, false).is_none());
        assert!(fields(item, true).is_some());
        for wrong in [
            r#"{"kind":"Shop","spec":1}"#,
            r#"{"apiVersion":"v1","spec":1}"#,
            r#"{"apiVersion":"shop.example.com/","spec":1}"#,
            r#"{"kind":1,"spec":1}"#,
        ] {
            assert!(fields(wrong, true).is_none(), "{wrong}");
        }
    }

    #[test]
    fn what_is_not_plainly_good_is_left_to_serde() {
        for end in 0..WHOLE.len() - " tail".len() {
            assert!(fields(&WHOLE[..end], false).is_none(), "cut at {end}");
        }
        for text in [r#"{"spec":1,"spec":2}"#, r#"{"spec":1,}"#, "[]", r#"{"spec":{} "other":2}"#] {
            assert!(fields(text, true).is_none(), "{text}");
        }
    }
}
