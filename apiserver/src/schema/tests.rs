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
