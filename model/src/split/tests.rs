use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::*;
use crate::ManagedFields;

/// What came out: the items, and what the list said of itself.
type Parts = (Vec<String>, ListHeader);

/// Cuts a text that arrives in pieces, which end at these places.
fn split(text: &[u8], ends: &[usize]) -> Result<Parts, DecodeError> {
    let mut splitter = ListSplitter::new(Format::Json, ManagedFields::Keep);
    let mut items = Vec::new();
    let mut start = 0;
    for end in ends.iter().copied().chain([text.len()]) {
        splitter.push(&text[start..end]);
        start = end;
        while let Some(item) = splitter.next_item()? {
            assert_eq!(item.index, items.len());
            items.push(String::from_utf8(item.bytes.to_vec()).unwrap());
        }
    }
    if splitter.is_done() { Ok((items, splitter.header().clone())) } else { Err(splitter.cut_off()) }
}

fn every_byte(text: &[u8]) -> Vec<usize> {
    (1..text.len()).collect()
}

const LIST: &str = r#" { "kind" : "PodList", "apiVersion":"v1","metadata":{"resourceVersion":"7","continue":"t]}"},
    "items": [ {"a":"}\"]\\"} , {"b":[{},[1,{"c":"\u007b"}]],"d":-1.5e3}, [ ] ,"x\\", 12 ,true,{}], "more":[{"items":[1]}] , "n":1} "#;
const ITEMS: [&str; 7] =
    [r#"{"a":"}\"]\\"}"#, r#"{"b":[{},[1,{"c":"\u007b"}]],"d":-1.5e3}"#, "[ ]", r#""x\\""#, "12", "true", "{}"];

#[test]
fn a_list_is_cut_the_same_wherever_its_bytes_are() {
    let whole = split(LIST.as_bytes(), &[]).unwrap();
    assert_eq!(whole.0, ITEMS);
    assert_eq!((whole.1.kind.as_str(), whole.1.api_version.as_str()), ("PodList", "v1"));
    assert_eq!(whole.1.metadata.as_ref().unwrap().continue_token, "t]}");
    assert_eq!(whole.1.item_type(), ("v1", "Pod"));
    for at in 1..LIST.len() {
        assert_eq!(split(LIST.as_bytes(), &[at]).unwrap(), whole, "cut at {at}");
    }
    assert_eq!(split(LIST.as_bytes(), &every_byte(LIST.as_bytes())).unwrap(), whole);
}

#[test]
fn the_order_of_fields_does_not_matter() {
    let text = r#"{"items":[{"a":1}],"metadata":{"resourceVersion":"9"},"k\u0069nd":"SiteList","apiVersion":"x/v1"}"#;
    for ends in [Vec::new(), every_byte(text.as_bytes())] {
        let (items, header) = split(text.as_bytes(), &ends).unwrap();
        assert_eq!(items, [r#"{"a":1}"#]);
        assert_eq!(header.metadata.as_ref().unwrap().resource_version, "9");
        assert_eq!(header.item_type(), ("x/v1", "Site"));
    }
}

#[test]
fn managed_fields_are_left_out_where_nobody_asks_for_them() {
    let text = br#"{"items":[{"metadata":{"name":"a","managedFields":[{"x":1}]},"spec":1},{"metadata":{}}]}"#;
    for step in [1, 7, text.len()] {
        let mut splitter = JsonListSplitter::new(ManagedFields::Skip);
        let mut items = Vec::new();
        for piece in text.chunks(step) {
            splitter.push(piece);
            while let Some(item) = splitter.next_item().unwrap() {
                items.push(String::from_utf8(item.bytes.to_vec()).unwrap());
            }
        }
        assert_eq!(items, [r#"{"metadata":{"name":"a"},"spec":1}"#, r#"{"metadata":{}}"#]);
        assert!(splitter.is_done());
    }
}

#[test]
fn an_item_that_came_in_pieces_is_shown_whole() {
    let text = br#"{"items":[{"a":"bcdefgh"},{"a":1},{"a":"b}cdefghijk"}]}"#;
    for step in 1..text.len() {
        let mut splitter = ListSplitter::new(Format::Json, ManagedFields::Keep);
        let mut items = Vec::new();
        for piece in text.chunks(step) {
            splitter.push(piece);
            if items.is_empty() {
                items.extend(splitter.next_item().unwrap().map(|item| serde_json::from_slice(item.bytes).unwrap()));
            }
            loop {
                // Whoever reads it stops at its end, or finds that there is none.
                let read = splitter.text_of_item().and_then(|(text, _)| {
                    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
                    let value = values.next()?.ok()?;
                    Some((value, values.byte_offset()))
                });
                let Some((value, length)) = read else { break };
                splitter.go_behind_item(length);
                items.push(value);
            }
            // It goes to the first item, and to the end.
            assert!(splitter.next_item().unwrap().is_none());
        }
        assert_eq!(items, [json!({"a": "bcdefgh"}), json!({"a": 1}), json!({"a": "b}cdefghijk"})], "step {step}");
        assert!(splitter.is_done());
    }
}

#[test]
fn an_item_is_short_while_less_of_it_is_there_than_the_last_one_had() {
    let mut splitter = ListSplitter::new(Format::Json, ManagedFields::Keep);
    splitter.push(br#"{"items":[{"a":1},{"a":"#);
    assert_eq!(splitter.next_item().unwrap().unwrap().bytes, br#"{"a":1}"#);
    assert!(splitter.is_short());
    splitter.push(b"2}]}");
    assert!(!splitter.is_short());
}

#[test]
fn a_list_without_items_is_empty() {
    for text in ["{}", r#"{"items":null,"metadata":null,"kind":null}"#, r#"{"items":[]}"#, "\n{ \"items\" : [ ] }\n"] {
        assert!(split(text.as_bytes(), &[]).unwrap().0.is_empty(), "{text}");
    }
}

#[test]
fn a_body_that_ends_early_is_told_with_the_item() {
    for at in 0..LIST.trim_end().len() {
        let error = split(&LIST.as_bytes()[..at], &[]).unwrap_err();
        assert!(error.to_string().contains(&format!("it ends in the middle, after {at} bytes")), "{error}");
    }
    let error = split(br#"{"items":[{"a":1},{"#, &[]).unwrap_err();
    assert_eq!(error.to_string(), ".items[1]: it ends in the middle, after 19 bytes");
}

#[test]
fn what_is_no_list_is_refused() {
    for (text, message) in [
        ("[1]", "expected a list, found '['"),
        ("hello", "expected a list, found 'h'"),
        (r#"{"items":[1,,2]}"#, ".items[1]: found ',' at byte 12"),
        (r#"{"items":[,1]}"#, ".items[0]: found ',' at byte 10"),
        (r#"{"items":[1,]}"#, ".items[1]: found ']' at byte 12"),
        (r#"{"items":[1 2]}"#, ".items[1]: found '2' at byte 12"),
        (r#"{"items":[]"a":1}"#, "found '\"' at byte 11"),
        (r#"{"items":[],}"#, "found '}' at byte 12"),
        (r#"{"items" []}"#, "found '[' at byte 9"),
        (r"{items:[]}", "found 'i' at byte 1"),
        (r#"{"items":{}}"#, ".items: expected a list"),
        (r#"{"items":[]} {}"#, "found '{' behind the end of the list"),
        (r#"{"items":[1],"items":[2]}"#, "the list has two fields \"items\""),
    ] {
        for ends in [Vec::new(), every_byte(text.as_bytes())] {
            assert_eq!(split(text.as_bytes(), &ends).unwrap_err().to_string(), message, "{text}");
        }
    }
    for text in [r#"{"kind":5}"#, r#"{"metadata":[}"#, r#"{"x":[}}"#, r#"{"x":01}"#] {
        assert!(split(text.as_bytes(), &[]).is_err(), "{text}");
    }
}

const STATUS: &str = r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"etcd is away","reason":"InternalError","code":500}"#;

#[test]
fn a_status_is_found_instead_of_the_list_and_wherever_the_list_breaks_off() {
    let places =
        ["", "{", r#"{"items":["#, r#"{"items":[{"a":1}"#, r#"{"items":[{"a":1},{"b":["#, r#"{"items":[{"a":""#];
    for before in places {
        let text = format!("{before}{STATUS}\n");
        let mut splitter = ListSplitter::new(Format::Json, ManagedFields::Keep);
        splitter.push(text.as_bytes());
        let broken = loop {
            match splitter.next_item() {
                Ok(Some(item)) if item.bytes == STATUS.as_bytes() => break true,
                Ok(Some(_)) => {}
                Ok(None) => break !splitter.is_done(),
                Err(_) => break true,
            }
        };
        assert!(broken, "{text}");
        if before.ends_with('[') && before.len() == 10 {
            // It stands as an item, and does not decode as one.
            continue;
        }
        assert_eq!(splitter.status().expect(&text).message, "etcd is away");
    }
}

#[test]
fn an_error_of_an_item_names_it() {
    let item = ListItem {
        index: 3,
        bytes: br#"{"metadata":{"name":"web-3","namespace":"prod"},"spec":5}"#,
        format: Format::Json,
        header: &ListHeader::default(),
    };
    let error = item.error(DecodeError::new("expected an object, found 5").at(".spec"));
    assert_eq!(error.to_string(), r#".items[3].spec of "web-3" in "prod": expected an object, found 5"#);
}

/// JSON of any shape.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        r#"[\\"{}\[\],:a]{0,6}"#.prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(r#"[a-c"\\{]{0,3}"#, inner, 0..5)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

#[derive(Deserialize)]
struct Naive<'a> {
    #[serde(borrow, default)]
    items: Option<Vec<&'a RawValue>>,
    #[serde(default, rename = "metadata")]
    _metadata: Option<ListMeta>,
    #[serde(default, rename = "kind")]
    _kind: Option<Str>,
    #[serde(default, rename = "apiVersion")]
    _api_version: Option<Str>,
}

/// The items as `serde_json` finds them, if it takes the text.
fn naive(text: &[u8]) -> Option<Vec<String>> {
    let list: Naive<'_> = serde_json::from_slice(text).ok()?;
    Some(list.items.unwrap_or_default().into_iter().map(|item| item.get().to_owned()).collect())
}

/// The items as the splitter finds them, if each is JSON.
fn ours(text: &[u8], ends: &[usize]) -> Option<Vec<String>> {
    let (items, _) = split(text, ends).ok()?;
    items.iter().all(|item| serde_json::from_str::<IgnoredAny>(item).is_ok()).then_some(items)
}

proptest! {
    #[test]
    fn items_are_those_that_serde_json_finds(
        items in prop::collection::vec(value(), 0..6), more in value(), pretty in any::<bool>(), ends in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
    ) {
        let list = json!({"kind": "PodList", "metadata": {"resourceVersion": "1"}, "aside": more, "items": items});
        let text = if pretty { serde_json::to_vec_pretty(&list) } else { serde_json::to_vec(&list) }.unwrap();
        let mut ends: Vec<usize> = ends.iter().map(|end| end.index(text.len())).collect();
        ends.sort_unstable();
        prop_assert_eq!(ours(&text, &ends), Some(naive(&text).unwrap()));
    }

    #[test]
    fn a_broken_text_is_refused_where_serde_json_refuses_it(
        items in prop::collection::vec(value(), 0..3), at in any::<prop::sample::Index>(), byte in prop::sample::select(br#"{}[],:"\ 0a"#.to_vec()), remove in any::<bool>(),
    ) {
        let mut text = serde_json::to_vec(&json!({"kind": "PodList", "items": items, "z": 1})).unwrap();
        let at = at.index(text.len());
        if remove { text.remove(at); } else { text[at] = byte; }
        if std::str::from_utf8(&text).is_ok() {
            prop_assert_eq!(ours(&text, &[at]), naive(&text), "{}", String::from_utf8_lossy(&text));
        }
    }
}
