//! Fields, types, defaults, null, and what is kept beside the fields.

use kubist::crd::Class::{self, Clients, Refused, Safe, Stored};
use kubist::json;
use serde_json::Value;

use crate::pair::{Pair, root_of, spec_of};

/// Name, class, the two schemas of a field, and a value that the first one takes.
type Row = (&'static str, Class, Value, Value, Value);

pub(super) fn pairs() -> Vec<Pair> {
    let mut out = Vec::new();
    for rows in [types(), defaults()] {
        out.extend(rows.iter().map(|(name, class, old, new, value)| Pair::of_field(name, *class, old, new, value)));
    }
    out.extend(presence());
    out.extend(unknown());
    out
}

fn of(kind: &str) -> Value {
    json!({ "type": kind })
}

fn types() -> Vec<Row> {
    let port = || json!({ "x-kubernetes-int-or-string": true });
    let object = || json!({ "type": "object", "properties": { "x": { "type": "string" } } });
    let any = || json!({ "x-kubernetes-preserve-unknown-fields": true });
    vec![
        ("an integer becomes a number", Safe, of("integer"), of("number"), json!(5)),
        ("a number becomes an integer", Clients, of("number"), of("integer"), json!(1.5)),
        ("a text becomes an integer", Stored, of("string"), of("integer"), json!("5")),
        ("a boolean becomes a text", Stored, of("boolean"), of("string"), json!(true)),
        ("an integer becomes a port", Safe, of("integer"), port(), json!(80)),
        ("a text becomes a port", Safe, of("string"), port(), json!("http")),
        ("a port becomes a text", Stored, port(), of("string"), json!(80)),
        ("a text becomes an object", Stored, of("string"), object(), json!("x")),
        ("an object becomes a text", Stored, object(), of("string"), json!({ "x": "y" })),
        (
            "an object becomes a list",
            Stored,
            object(),
            json!({ "type": "array", "items": object() }),
            json!({ "x": "y" }),
        ),
        ("a text becomes any value", Safe, of("string"), any(), json!("x")),
        ("any value becomes a text", Stored, any(), of("string"), json!(5)),
    ]
}

fn defaults() -> Vec<Row> {
    let default = |value: &str| json!({ "type": "string", "default": value });
    vec![
        ("a default is added", Safe, of("string"), default("x"), Value::Null),
        ("a default changes", Clients, default("x"), default("y"), Value::Null),
        ("a default is removed", Clients, default("x"), of("string"), Value::Null),
        ("null becomes a value", Safe, of("string"), json!({ "type": "string", "nullable": true }), json!("x")),
    ]
}

fn presence() -> Vec<Pair> {
    let object = |names: &[&str], required: &[&str]| {
        let properties: serde_json::Map<String, Value> =
            names.iter().map(|name| ((*name).to_owned(), of("string"))).collect();
        json!({ "type": "object", "properties": properties, "required": required })
    };
    let required = |value: Value| move |crd: &mut Value| spec_of(crd)["required"] = value.clone();
    let nothing = json!({ "spec": {} });
    vec![
        Pair::of("a field is added", Safe, |_| (), |new| spec_of(new)["properties"]["b"] = of("string")),
        Pair::of("a field is removed", Stored, |_| (), |new| drop(remove(&mut spec_of(new)["properties"], "a"))),
        Pair::of("a field is required", Stored, |_| (), required(json!(["a"])))
            .stored(nothing.clone())
            .create(nothing.clone()),
        Pair::of("a field is no longer required", Safe, required(json!(["a"])), |_| ()),
        Pair::of(
            "a new field is required",
            Stored,
            |_| (),
            |new| {
                spec_of(new)["properties"]["b"] = of("string");
                spec_of(new)["required"] = json!(["b"]);
            },
        ),
        Pair::of(
            "a new field with a default is required",
            Safe,
            |_| (),
            |new| {
                spec_of(new)["properties"]["b"] = json!({ "type": "string", "default": "x" });
                spec_of(new)["required"] = json!(["b"]);
            },
        ),
        Pair::of(
            "a required field loses its default",
            Clients,
            |old| {
                spec_of(old)["properties"]["a"]["default"] = "x".into();
                spec_of(old)["required"] = json!(["a"]);
            },
            |new| spec_of(new)["required"] = json!(["a"]),
        )
        .stored(nothing.clone())
        .create(nothing),
        Pair::of_field(
            "a field of a map's value is required",
            Stored,
            &json!({ "type": "object", "additionalProperties": object(&["x", "y"], &[]) }),
            &json!({ "type": "object", "additionalProperties": object(&["x", "y"], &["x"]) }),
            &json!({ "one": { "y": "z" } }),
        )
        .edit(json!({ "spec": { "a": { "one": { "y": "changed" } } } })),
        Pair::of_field(
            "a nested field is removed",
            Stored,
            &object(&["x", "y"], &[]),
            &object(&["x"], &[]),
            &json!({ "x": "1", "y": "2" }),
        ),
        Pair::of_field(
            "null is no value any more",
            Stored,
            &json!({ "type": "string", "nullable": true }),
            &of("string"),
            &json!("x"),
        )
        .stored(json!({ "spec": { "a": null, "other": "x" } }))
        .create(json!({ "spec": { "a": null } })),
    ]
}

fn unknown() -> Vec<Pair> {
    let keeps = || json!({ "type": "object", "x-kubernetes-preserve-unknown-fields": true });
    let map = |values: &str| json!({ "type": "object", "additionalProperties": { "type": values } });
    let fixed = || json!({ "type": "object", "properties": { "x": { "type": "string" } } });
    let value = json!({ "x": "1", "y": "2" });
    let pod = json!({ "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "a" }, "spec": { "x": "y" } });
    let embedded = || json!({ "type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true });
    vec![
        Pair::of_field("unknown fields are dropped", Stored, &keeps(), &fixed(), &value),
        Pair::of_field("unknown fields are kept", Safe, &fixed(), &keeps(), &json!({ "x": "1" })),
        Pair::of_field(
            "a field is named where all are kept",
            Stored,
            &keeps(),
            &json!({ "type": "object", "x-kubernetes-preserve-unknown-fields": true, "properties": { "x": { "type": "integer" } } }),
            &value,
        ),
        Pair::of_field(
            "a field is unnamed where all are kept",
            Safe,
            &json!({ "type": "object", "x-kubernetes-preserve-unknown-fields": true, "properties": { "x": { "type": "string" } } }),
            &keeps(),
            &value,
        ),
        Pair::of_field("a map becomes fields", Stored, &map("string"), &fixed(), &value),
        Pair::of_field("fields become a map", Safe, &fixed(), &map("string"), &json!({ "x": "1" })),
        Pair::of_field("fields become a map of others", Stored, &fixed(), &map("integer"), &json!({ "x": "1" })),
        Pair::of_field("an object must be a whole one", Stored, &keeps(), &embedded(), &value)
            .edit(json!({ "spec": { "a": { "y": "3" } } })),
        Pair::of_field("an object need not be a whole one", Safe, &embedded(), &keeps(), &pod),
        Pair::of_field(
            "a whole object loses what nobody names",
            Stored,
            &json!({ "type": "object", "x-kubernetes-embedded-resource": true, "properties": { "spec": keeps() } }),
            &json!({ "type": "object", "properties": { "spec": keeps() } }),
            &pod,
        ),
        Pair::of(
            "a definition keeps all unknown fields",
            Refused,
            |_| (),
            |new| {
                new["spec"]["preserveUnknownFields"] = true.into();
            },
        ),
        Pair::of(
            "the status is described",
            Stored,
            |old| root_of(old)["properties"]["status"] = keeps(),
            |new| root_of(new)["properties"]["status"] = fixed(),
        )
        .stored(json!({ "spec": {}, "status": { "y": "2" } })),
    ]
}

fn remove(of: &mut Value, name: &str) -> Option<Value> {
    of.as_object_mut()?.remove(name)
}
