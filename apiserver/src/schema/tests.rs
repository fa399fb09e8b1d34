use serde_json::json;

use super::*;

#[test]
fn unknown_fields_go_and_are_named_and_preserved_ones_stay() {
    let schema = json!({"type": "object", "properties": {
        "spec": {"type": "object", "properties": {
            "host": {"type": "string"},
            "any": {"type": "object", "x-kubernetes-preserve-unknown-fields": true, "properties": {"known": {"type": "object"}}},
            "limits": {"type": "object", "additionalProperties": {"type": "object", "properties": {"cpu": {"type": "string"}}}},
            "parts": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}},
        }},
    }});
    let mut object = json!({"apiVersion": "a/v1", "kind": "A", "metadata": {"name": "x"}, "extra": 1, "spec": {
        "host": "h", "hots": 1, "any": {"x": {"y": 1}, "known": {"z": 1}}, "limits": {"a": {"cpu": "1", "mem": "2"}},
        "parts": [{"name": "p", "nmae": 1}],
    }});
    let mut removed = prune(&schema, &mut object);
    removed.sort();
    assert_eq!(removed, ["extra", "spec.any.known.z", "spec.hots", "spec.limits.a.mem", "spec.parts[0].nmae"]);
    assert_eq!(object["spec"]["any"], json!({"x": {"y": 1}, "known": {}}));
}

#[test]
fn defaults_fill_what_is_absent_and_null_that_may_not_be() {
    let schema = json!({"properties": {"spec": {"default": {}, "properties": {
        "replicas": {"type": "integer", "default": 1},
        "note": {"type": "string", "nullable": true, "default": "n"},
        "plain": {"type": "string"},
        "parts": {"items": {"properties": {"on": {"default": true}}}},
    }}}});
    let mut object = json!({"spec": {"replicas": null, "note": null, "plain": null, "parts": [{}]}});
    default(&schema, &mut object);
    assert_eq!(object, json!({"spec": {"replicas": 1, "note": null, "parts": [{"on": true}]}}));
    let mut empty = json!({});
    default(&schema, &mut empty);
    assert_eq!(empty, json!({"spec": {"replicas": 1, "note": "n"}}));
}

#[test]
fn what_is_wrong_is_said_in_the_words_of_the_server() {
    let schema = json!({"type": "object", "required": ["spec"], "properties": {"spec": {"type": "object", "required": ["host"], "properties": {
        "replicas": {"type": "integer", "minimum": 1}, "phase": {"type": "string", "enum": ["A", "B"]},
        "host": {"type": "string", "pattern": "^[a-z]+$"}, "parts": {"type": "array", "maxItems": 1},
    }}}});
    let object = json!({"spec": {"replicas": 0, "phase": "C", "parts": [1, 2]}});
    let said: Vec<String> =
        check(&schema, &object).iter().map(|cause| format!("{}: {}", cause.field, cause.message)).collect();
    assert_eq!(
        said,
        [
            "spec.host: Required value",
            "spec.parts: Too many: 2: must have at most 1 items",
            "spec.phase: Unsupported value: \"C\": supported values: \"A\", \"B\"",
            "spec.replicas: Invalid value: 0: spec.replicas in body should be greater than or equal to 1",
        ]
    );
    let wrong = check(&schema, &json!({"spec": {"host": "H", "replicas": "x"}}));
    assert_eq!(wrong[0].message, "Invalid value: \"H\": spec.host in body should match '^[a-z]+$'");
    assert_eq!(
        wrong[1].message,
        "Invalid value: \"string\": spec.replicas in body must be of type integer: \"string\""
    );
}
