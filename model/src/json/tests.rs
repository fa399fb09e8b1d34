use proptest::prelude::*;
use serde_json::Value;

use super::{Number, Reader, is_space};
use crate::{ManagedFields, Node, Unstructured, Wire};

/// An object as our reader has it, if it takes all of the text.
fn ours(text: &str) -> Option<Unstructured> {
    let (object, length) = Unstructured::decode_prefix(text, Some(("", "")), ManagedFields::Keep)?;
    text.bytes().skip(length).all(is_space).then_some(object)
}

/// An object as `serde_json` has it.
fn theirs(text: &str) -> Option<Unstructured> {
    Unstructured::from_value(serde_json::from_str(text).ok()?).ok()
}

fn field(value: &str) -> String {
    format!(r#"{{"a":{value}}}"#)
}

#[test]
fn what_is_json_is_taken() {
    let deep = format!("{}1{}", "[".repeat(126), "]".repeat(126));
    for value in [
        "0",
        "-1",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "-0",
        "0.5",
        "1e3",
        "1E-3",
        "-12.25e+2",
        "123456789012345678",
        "1234567890123456789",
        "true",
        " false ",
        "\t\r\nnull",
        "[]",
        "[ ]",
        "{ }",
        r#""""#,
        r#""a\"\\\/\b\f\n\r\tz""#,
        r#""\u00e9\ud83d\ude00""#,
        r#""é😀 and a text that is longer than a few words are, with a \n in it""#,
        r#"{ ":a" : 1, ":b":2}"#,
        r#"{"k\u0065y":1,"b":[1,{"c":null}],"a":2,"a":3}"#,
        r#"{"names-b":1,"names-":2,"names-a":3,"name":4,"na\u006de":5,"\u006ea":6,"n\u0000":7,"é":8,"":9,"names-long":10}"#,
        "\"\u{7f}\"",
        &deep,
    ] {
        let text = field(value);
        assert_eq!(ours(&text), Some(theirs(&text).expect(value)), "{value}");
    }
}

#[test]
fn what_is_no_json_is_refused() {
    let deep = format!("{}1{}", "[".repeat(127), "]".repeat(127));
    for value in [
        "",
        "01",
        "-",
        "-01",
        "1.",
        ".5",
        "1.e3",
        "1e",
        "1e+",
        "+1",
        "1e400",
        "0x1",
        "tru",
        "truee",
        "nul",
        "True",
        "NaN",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1",
        "{,}",
        r#"{"a":1,}"#,
        r#"{"a" 1}"#,
        r#"{"a"}"#,
        r#"{ ":1,"a":2}"#,
        "{a:1}",
        "{1:2}",
        "'a'",
        "\"a",
        "\"\n\"",
        "\"\u{1f}\"",
        "\"a text that is longer than a few words are, a tab\t\"",
        r#""\x""#,
        r#""\u12""#,
        r#""\u12g4""#,
        r#""\u+123""#,
        r#""\ud83d""#,
        r#""\ude00""#,
        r#""\ud83d\u0041""#,
        r#""\ud83dx""#,
        "1}}",
        "1},",
        "1,",
        "/**/1",
        "\u{a0}1",
        &deep,
    ] {
        let text = field(value);
        assert_eq!(ours(&text), None, "{value}");
        assert_eq!(theirs(&text), None, "{value}");
    }
}

#[test]
fn numbers_are_told_apart() {
    for (text, number) in [
        ("-5", Number::Integer(-5)),
        ("9223372036854775807", Number::Integer(i64::MAX)),
        ("9223372036854775808", Number::Unsigned(1 << 63)),
        ("-9223372036854775809", Number::Float(-9_223_372_036_854_775_809.0)),
        ("5.0", Number::Float(5.0)),
    ] {
        assert_eq!(Reader::new(text).number(), Some(number));
    }
}

#[test]
fn an_object_is_read_though_the_text_goes_on() {
    let text = r#"{"kind":"A","metadata":{"managedFields":[{"x":"]"}],"name":"a"}},{"kind":"#;
    let (object, length) = Unstructured::decode_prefix(text, None, ManagedFields::Skip).unwrap();
    assert_eq!(&text[length..], r#",{"kind":"#);
    assert_eq!(object.into_value().to_string(), r#"{"kind":"A","metadata":{"name":"a"}}"#);
    for end in 0..length {
        assert!(Unstructured::decode_prefix(&text[..end], None, ManagedFields::Skip).is_none(), "cut at {end}");
    }
}

/// JSON of any shape.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1000..1000).prop_map(|number| Value::from(f64::from(number) / 8.0)),
        any::<String>().prop_map(Value::from),
        r#"[\\"a-z\n\x01é]{0,60}"#.prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(r#"[a-c"\\{é]{0,12}"#, inner, 0..5)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn a_value_is_read_as_serde_json_reads_it(value in value(), pretty in any::<bool>()) {
        let object = serde_json::json!({ "a": value });
        let text = if pretty { serde_json::to_string_pretty(&object) } else { serde_json::to_string(&object) }.unwrap();
        prop_assert_eq!(ours(&text).map(|object| object.fields()["a"].clone()), Some(Node::from(value)));
    }

    #[test]
    fn a_broken_text_is_refused_where_serde_json_refuses_it(
        value in value(), at in any::<prop::sample::Index>(), by in r#"[{}\[\],:"\\ 0a.eE+\-\x00]{0,2}"#, length in 0..3_usize,
    ) {
        let mut text = serde_json::json!({ "a": value, "b": 1 }).to_string();
        let start = at.index(text.len());
        let end = text.len().min(start + length);
        if text.is_char_boundary(start) && text.is_char_boundary(end) {
            text.replace_range(start..end, &by);
            // Floats with many digits may differ in the last one.
            prop_assert_eq!(ours(&text).is_some(), theirs(&text).is_some(), "{}", text);
        }
    }
}
