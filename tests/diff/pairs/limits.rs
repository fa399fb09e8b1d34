//! Bounds, enums, patterns, formats, conditions and rules.

use kubist::crd::Class::{self, Clients, Safe, Stored};
use kubist::json;
use serde_json::Value;

use crate::pair::{Pair, spec_of};

/// Name, class, the two schemas of a field, and a value that the first one takes.
type Row = (&'static str, Class, Value, Value, Value);

pub(super) fn pairs() -> Vec<Pair> {
    let mut out = Vec::new();
    for rows in [numbers(), texts(), enums(), rules()] {
        out.extend(rows.iter().map(|(name, class, old, new, value)| Pair::of_field(name, *class, old, new, value)));
    }
    out.extend(inside());
    out
}

fn numbers() -> Vec<Row> {
    let integer = |more: &str, bound: i64| json!({ "type": "integer", more: bound });
    vec![
        ("a minimum is added", Clients, json!({ "type": "integer" }), integer("minimum", 5), json!(1)),
        ("a minimum is removed", Safe, integer("minimum", 5), json!({ "type": "integer" }), json!(7)),
        ("a minimum rises", Clients, integer("minimum", 1), integer("minimum", 5), json!(3)),
        ("a minimum falls", Safe, integer("minimum", 5), integer("minimum", 1), json!(7)),
        ("a maximum falls", Clients, integer("maximum", 9), integer("maximum", 5), json!(7)),
        ("a maximum rises", Safe, integer("maximum", 5), integer("maximum", 9), json!(3)),
        (
            "a bound excludes itself",
            Clients,
            integer("minimum", 5),
            json!({ "type": "integer", "minimum": 5, "exclusiveMinimum": true }),
            json!(5),
        ),
        (
            "a bound includes itself",
            Safe,
            json!({ "type": "integer", "maximum": 5, "exclusiveMaximum": true }),
            integer("maximum", 5),
            json!(4),
        ),
        ("only multiples are taken", Clients, json!({ "type": "integer" }), integer("multipleOf", 5), json!(7)),
        ("multiples of a part are taken", Safe, integer("multipleOf", 10), integer("multipleOf", 5), json!(20)),
        (
            "an integer gets 32 bits",
            Clients,
            json!({ "type": "integer" }),
            json!({ "type": "integer", "format": "int32" }),
            json!(5_000_000_000_i64),
        ),
        (
            "an integer gets 64 bits",
            Safe,
            json!({ "type": "integer", "format": "int32" }),
            json!({ "type": "integer", "format": "int64" }),
            json!(5),
        ),
    ]
}

fn texts() -> Vec<Row> {
    let text = |more: &str, value: Value| json!({ "type": "string", more: value });
    vec![
        (
            "a longest length is added",
            Clients,
            json!({ "type": "string" }),
            text("maxLength", json!(3)),
            json!("longer"),
        ),
        ("a longest length falls", Clients, text("maxLength", json!(9)), text("maxLength", json!(3)), json!("longer")),
        ("a longest length rises", Safe, text("maxLength", json!(3)), text("maxLength", json!(9)), json!("abc")),
        ("a shortest length rises", Clients, text("minLength", json!(1)), text("minLength", json!(3)), json!("a")),
        ("a shortest length falls", Safe, text("minLength", json!(3)), text("minLength", json!(1)), json!("abc")),
        ("a pattern is added", Clients, json!({ "type": "string" }), text("pattern", json!("^b")), json!("abc")),
        ("a pattern is removed", Safe, text("pattern", json!("^a")), json!({ "type": "string" }), json!("abc")),
        ("a pattern changes", Clients, text("pattern", json!("^a")), text("pattern", json!("^b")), json!("abc")),
        (
            "a format is added",
            Clients,
            json!({ "type": "string" }),
            text("format", json!("date-time")),
            json!("tomorrow"),
        ),
        ("a format is removed", Safe, text("format", json!("ipv4")), json!({ "type": "string" }), json!("10.0.0.1")),
        ("a format changes", Clients, text("format", json!("ipv4")), text("format", json!("ipv6")), json!("10.0.0.1")),
        (
            "a format that nobody checks is added",
            Safe,
            json!({ "type": "string" }),
            text("format", json!("colour")),
            json!("x"),
        ),
        (
            "a description changes",
            Safe,
            text("description", json!("One.")),
            text("description", json!("Two.")),
            json!("x"),
        ),
    ]
}

fn enums() -> Vec<Row> {
    let of = |values: &[&str]| json!({ "type": "string", "enum": values });
    vec![
        ("an enum grows", Safe, of(&["a", "b"]), of(&["a", "b", "c"]), json!("b")),
        ("an enum shrinks", Clients, of(&["a", "b"]), of(&["a"]), json!("b")),
        ("an enum is added", Clients, json!({ "type": "string" }), of(&["a"]), json!("b")),
        ("an enum is removed", Safe, of(&["a"]), json!({ "type": "string" }), json!("a")),
        ("an enum has other values", Clients, of(&["a", "b"]), of(&["a", "c"]), json!("b")),
    ]
}

fn rules() -> Vec<Row> {
    let rule =
        |rule: &str| json!({ "type": "string", "x-kubernetes-validations": [{ "rule": rule, "message": "no" }] });
    let any_of = |bounds: &[i64]| {
        let conditions: Vec<Value> = bounds.iter().map(|bound| json!({ "maximum": bound })).collect();
        json!({ "type": "integer", "anyOf": conditions })
    };
    vec![
        ("a rule is added", Clients, json!({ "type": "string" }), rule("self == 'b'"), json!("a")),
        ("a rule is removed", Safe, rule("self == 'a'"), json!({ "type": "string" }), json!("a")),
        ("a rule changes", Clients, rule("self == 'a'"), rule("self == 'b'"), json!("a")),
        (
            "a rule says it in other words",
            Safe,
            rule("self == 'a'"),
            json!({ "type": "string", "x-kubernetes-validations": [{ "rule": "self == 'a'", "message": "only a" }] }),
            json!("a"),
        ),
        (
            "a rule only looks like one of change",
            Clients,
            json!({ "type": "string" }),
            rule("self == 'oldSelf'"),
            json!("a"),
        ),
        ("a condition is added", Clients, json!({ "type": "integer" }), any_of(&[1, 2]), json!(5)),
        ("a condition is removed", Safe, any_of(&[5, 6]), json!({ "type": "integer" }), json!(5)),
        ("a condition has one way more", Safe, any_of(&[5, 6]), any_of(&[5, 6, 7]), json!(5)),
        (
            "a value is excluded",
            Clients,
            json!({ "type": "string" }),
            json!({ "type": "string", "not": { "pattern": "^a" } }),
            json!("abc"),
        ),
    ]
}

/// What holds for a whole object or list is looked at again when a part of it changes.
fn inside() -> Vec<Pair> {
    let object = |more: Value| {
        let mut schema =
            json!({ "type": "object", "properties": { "x": { "type": "integer" }, "y": { "type": "integer" } } });
        schema.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        schema
    };
    let rule = |rule: &str| json!({ "x-kubernetes-validations": [{ "rule": rule }] });
    let list = |more: Value| {
        let mut schema = json!({ "type": "array", "items": { "type": "string" } });
        schema.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        schema
    };
    let point = json!({ "x": 1, "y": 2 });
    let edit = json!({ "spec": { "a": { "y": 3 } } });
    let two = json!(["a", "b"]);
    let replaced = json!({ "spec": { "a": ["a", "c"] } });
    vec![
        Pair::of_field(
            "a rule over an object is added",
            Stored,
            &object(json!({})),
            &object(rule("self.x > 5")),
            &point,
        )
        .edit(edit.clone()),
        Pair::of_field(
            "fewer fields are taken",
            Stored,
            &object(json!({})),
            &object(json!({ "maxProperties": 1 })),
            &point,
        )
        .edit(edit.clone()),
        Pair::of_field(
            "a value is made immutable",
            Clients,
            &json!({ "type": "string" }),
            &json!({ "type": "string", "x-kubernetes-validations": [{ "rule": "self == oldSelf" }] }),
            &json!("a"),
        )
        .update(json!({ "spec": { "a": "b" } })),
        Pair::of_field(
            "a value may change again",
            Safe,
            &json!({ "type": "string", "x-kubernetes-validations": [{ "rule": "self == oldSelf" }] }),
            &json!({ "type": "string" }),
            &json!("a"),
        ),
        Pair::of_field(
            "a field of an immutable object may change no more",
            Clients,
            &object(json!({})),
            &object(rule("self == oldSelf")),
            &point,
        )
        .update(edit),
        Pair::of(
            "a rule over the whole spec is added",
            Stored,
            |_| (),
            |new| spec_of(new)["x-kubernetes-validations"] = json!([{ "rule": "self.a != 'text'" }]),
        ),
        Pair::of_field(
            "fewer items are taken",
            Stored,
            &list(json!({ "maxItems": 5 })),
            &list(json!({ "maxItems": 1 })),
            &two,
        )
        .edit(replaced.clone()),
        Pair::of_field(
            "more items are taken",
            Safe,
            &list(json!({ "maxItems": 2 })),
            &list(json!({ "maxItems": 5 })),
            &two,
        )
        .edit(replaced.clone()),
        Pair::of_field(
            "items of a plain list get a bound",
            Stored,
            &list(json!({})),
            &json!({ "type": "array", "items": { "type": "string", "enum": ["a", "c"] } }),
            &json!(["a", "b"]),
        )
        .edit(json!({ "spec": { "a": ["c", "b"] } })),
        Pair::of_field(
            "values of a map get a bound",
            Clients,
            &json!({ "type": "object", "additionalProperties": { "type": "integer" } }),
            &json!({ "type": "object", "additionalProperties": { "type": "integer", "maximum": 1 } }),
            &json!({ "x": 5, "y": 1 }),
        )
        .edit(json!({ "spec": { "a": { "y": 0 } } })),
    ]
}
