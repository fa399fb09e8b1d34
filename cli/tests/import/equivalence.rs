//! What two definitions have in common, and where they differ.

use kubist::json;
use kubist_cli::import::differences;
use serde_json::Value;

fn with_spec(spec: &Value) -> Value {
    json!({
        "metadata": { "name": "lamps.example.com" },
        "spec": {
            "group": "example.com",
            "names": { "kind": "Lamp", "plural": "lamps" },
            "scope": "Namespaced",
            "versions": [{
                "name": "v1", "served": true, "storage": true,
                "schema": { "openAPIV3Schema": { "type": "object", "properties": { "spec": spec } } },
            }],
        },
    })
}

#[test]
fn what_means_the_same_is_the_same() {
    let pairs = [
        (json!({ "type": "object", "required": ["b", "a"] }), json!({ "type": "object", "required": ["a", "b"] })),
        (json!({ "type": "string", "enum": ["b", "a"] }), json!({ "type": "string", "enum": ["a", "b"] })),
        (json!({ "type": "array", "x-kubernetes-list-type": "atomic" }), json!({ "type": "array" })),
        (json!({ "type": "object", "x-kubernetes-map-type": "granular" }), json!({ "type": "object" })),
        (json!({ "type": "integer", "format": "int64" }), json!({ "type": "integer" })),
        (json!({ "type": "number", "format": "double", "minimum": 1.0 }), json!({ "type": "number", "minimum": 1 })),
        (json!({ "type": "string", "nullable": false }), json!({ "type": "string", "pattern": null })),
        (
            json!({ "x-kubernetes-int-or-string": true }),
            json!({ "x-kubernetes-int-or-string": true, "anyOf": [{ "type": "integer" }, { "type": "string" }] }),
        ),
        (
            json!({ "x-kubernetes-int-or-string": true }),
            json!({ "x-kubernetes-int-or-string": true, "type": "string" }),
        ),
        (json!({ "type": "object" }), json!({ "type": "object", "items": { "type": "string" } })),
        (
            json!({ "type": "object", "additionalProperties": true }),
            json!({ "type": "object", "x-kubernetes-preserve-unknown-fields": true }),
        ),
        (
            json!({ "type": "string", "description": "a\n  b" }),
            json!({ "type": "string", "description": "a\n```text\nb\n```" }),
        ),
        (
            json!({ "type": "string", "x-kubernetes-validations": [{ "rule": "a", "reason": "FieldValueInvalid" }] }),
            json!({ "type": "string", "x-kubernetes-validations": [{ "rule": "a" }] }),
        ),
        (json!({ "type": "array", "required": ["a"] }), json!({ "type": "array" })),
    ];
    for (first, second) in pairs {
        assert_eq!(differences(&with_spec(&first), &with_spec(&second)), [], "{first} {second}");
    }
}

#[test]
fn every_other_change_is_a_difference() {
    let one = json!({
        "type": "object",
        "properties": { "a": { "type": "string", "default": "b", "x-kubernetes-validations": [{ "rule": "a" }, { "rule": "b" }] } },
    });
    let with = |path: &str, value: Value| {
        let mut changed = one.clone();
        let (parent, key) = path.rsplit_once('/').expect("a path has a slash");
        changed.pointer_mut(parent).expect("it is there")[key] = value;
        changed
    };
    for (path, value) in [
        ("/type", json!("array")),
        ("/required", json!(["a"])),
        ("/properties/a/type", json!("integer")),
        ("/properties/a/default", json!("c")),
        ("/properties/a/nullable", json!(true)),
        ("/properties/a/maxLength", json!(1)),
        ("/properties/a/format", json!("int64")),
        ("/properties/a/x-kubernetes-validations", json!([{ "rule": "b" }, { "rule": "a" }])),
        ("/properties/b", json!({ "type": "string" })),
        ("/properties/a/description", json!("new")),
        ("/x-kubernetes-map-type", json!("atomic")),
    ] {
        let found = differences(&with_spec(&one), &with_spec(&with(path, value)));
        assert_eq!(found.len(), 1, "{path}: {found:?}");
    }
    let definition = with_spec(&one);
    for (path, value) in [
        ("/spec/scope", json!("Cluster")),
        ("/spec/names/shortNames", json!(["l"])),
        ("/spec/names/singular", json!("light")),
        ("/spec/versions/0/served", json!(false)),
        ("/spec/versions/0/additionalPrinterColumns", json!([{ "name": "A", "type": "string", "jsonPath": ".a" }])),
        ("/spec/versions/0/subresources", json!({ "status": {} })),
        ("/spec/versions/0/selectableFields", json!([{ "jsonPath": ".spec.a" }])),
        ("/metadata/labels", json!({ "a": "b" })),
    ] {
        let mut changed = definition.clone();
        let (parent, key) = path.rsplit_once('/').expect("a path has a slash");
        changed.pointer_mut(parent).expect("it is there")[key] = value;
        assert_eq!(differences(&definition, &changed).len(), 1, "{path}");
    }
}
