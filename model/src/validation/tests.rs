use serde_json::{Value, json};

use super::validate;

fn said(schema: &Value, object: &Value, old: Option<&Value>) -> Vec<String> {
    let causes = validate(schema, object, old, &|pattern, text| text.contains(pattern));
    causes.iter().map(|cause| format!("{}: {}", cause.field, cause.message)).collect()
}

#[test]
fn a_value_that_did_not_change_is_let_through_and_so_is_the_item_of_a_keyed_list() {
    let schema = json!({"type": "object", "properties": {
        "a": {"type": "integer", "maximum": 1},
        "list": {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"], "items": {
            "type": "object", "properties": {"k": {"type": "string"}, "n": {"type": "integer", "maximum": 1}}}},
        "plain": {"type": "array", "items": {"type": "integer", "maximum": 1}},
    }});
    let old = json!({"a": 5, "list": [{"k": "x", "n": 5}], "plain": [5]});
    assert!(said(&schema, &old, Some(&old)).is_empty());
    let new = json!({"a": 5, "list": [{"k": "y", "n": 6}, {"k": "x", "n": 5}], "plain": [5, 5]});
    let beyond =
        |at: &str, value: i32| format!("{at}: Invalid value: {value}: {at} in body should be less than or equal to 1");
    assert_eq!(said(&schema, &new, Some(&old)), [beyond("list[0].n", 6), beyond("plain[0]", 5), beyond("plain[1]", 5)]);
}

#[test]
fn of_several_schemas_the_one_that_the_value_comes_nearest_to_tells_what_is_wrong() {
    let schema = json!({"type": "object", "anyOf": [
        {"properties": {"kind": {"enum": ["a"]}}, "required": ["x"]},
        {"properties": {"kind": {"enum": ["b"]}, "size": {"maximum": 1}}},
    ]});
    let found = said(&schema, &json!({"kind": "b", "size": 2}), None);
    assert_eq!(
        found,
        [
            "<nil>: Invalid value: \"\": \"\" must validate at least one schema (anyOf)",
            "size: Invalid value: 2: size in body should be less than or equal to 1",
        ]
    );
}

#[test]
fn nothing_panics_on_a_schema_that_is_none() {
    for schema in [json!(null), json!([]), json!({"properties": 1, "items": [], "enum": 2, "required": {}, "anyOf": 3})]
    {
        assert!(said(&schema, &json!({"a": [1, {"b": null}]}), None).is_empty());
    }
}

#[test]
fn what_is_wrong_is_said_in_the_words_of_the_server() {
    let schema = json!({"type": "object", "required": ["spec"], "properties": {"spec": {"type": "object", "required": ["host"], "properties": {
        "replicas": {"type": "integer", "minimum": 1}, "phase": {"type": "string", "enum": ["A", "B"]},
        "host": {"type": "string", "pattern": "x"}, "parts": {"type": "array", "maxItems": 1},
    }}}});
    let object = json!({"spec": {"replicas": 0, "phase": "C", "parts": [1, 2]}});
    assert_eq!(
        said(&schema, &object, None),
        [
            "spec.parts: Too many: 2: must have at most 1 item",
            "spec.phase: Unsupported value: \"C\": supported values: \"A\", \"B\"",
            "spec.replicas: Invalid value: 0: spec.replicas in body should be greater than or equal to 1",
            "spec.host: Required value",
        ]
    );
    assert_eq!(
        said(&schema, &json!({"spec": {"host": "H", "replicas": "x"}}), None),
        [
            "spec.host: Invalid value: \"H\": spec.host in body should match 'x'",
            "spec.replicas: Invalid value: \"string\": spec.replicas in body must be of type integer: \"string\"",
        ]
    );
}
