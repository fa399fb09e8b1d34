use serde_json::{Value, json};

use super::check;
use crate::StatusCause;

/// A definition that is right.
fn definition() -> Value {
    json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": "lamps.example.com"},
        "spec": {
            "group": "example.com", "scope": "Namespaced", "conversion": {"strategy": "None"},
            "names": {"plural": "lamps", "singular": "lamp", "kind": "Lamp", "listKind": "LampList"},
            "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {
                "type": "object", "properties": {"spec": {"type": "object"}},
            }}}],
        },
        "status": {"storedVersions": ["v1"]},
    })
}

/// What is said of a definition; its patterns are parts of a text.
fn checked(definition: &Value, old: Option<&Value>) -> Vec<StatusCause> {
    check(definition, old, &|pattern, text| text.contains(pattern))
}

/// What is said of a definition whose `spec` has this schema.
fn said_of(spec: Value) -> Vec<String> {
    let mut definition = definition();
    definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"] = spec;
    let start = "spec.validation.openAPIV3Schema.properties[spec]";
    let said = |cause: &StatusCause| {
        let place = cause.field.strip_prefix(start).unwrap_or(&cause.field).to_owned();
        format!("{place}: {}", cause.message)
    };
    checked(&definition, None).iter().map(said).collect()
}

#[test]
fn a_right_definition_is_let_through() {
    assert_eq!(checked(&definition(), None), []);
    assert_eq!(checked(&definition(), Some(&definition())), []);
}

#[test]
fn what_all_versions_have_alike_is_named_at_the_top() {
    let mut two = definition();
    let mut second = two["spec"]["versions"][0].clone();
    (second["name"], second["storage"]) = ("v2".into(), false.into());
    two["spec"]["versions"].as_array_mut().unwrap().push(second);
    let bad = json!({"type": "object", "properties": {"a": {}}});
    two["spec"]["versions"][0]["schema"]["openAPIV3Schema"] = bad.clone();
    let fields = |definition: &Value| -> Vec<String> {
        checked(definition, None).iter().map(|cause| cause.field.to_string()).collect()
    };
    assert_eq!(fields(&two), ["spec.versions[0].schema.openAPIV3Schema.properties[a].type"]);
    two["spec"]["versions"][1]["schema"]["openAPIV3Schema"] = bad;
    assert_eq!(fields(&two), ["spec.validation.openAPIV3Schema.properties[a].type"]);
}

#[test]
fn every_value_has_a_type_where_it_stands() {
    assert_eq!(
        said_of(json!({"type": "object", "properties": {"a": {}}})),
        [".properties[a].type: Required value: must not be empty for specified object fields"]
    );
    assert_eq!(
        said_of(json!({"type": "array", "items": {}})),
        [".items.type: Required value: must not be empty for specified array items"]
    );
    assert_eq!(said_of(json!({"x-kubernetes-int-or-string": true})), [""; 0]);
    assert_eq!(said_of(json!({"x-kubernetes-preserve-unknown-fields": true})), [""; 0]);
}

#[test]
fn conditions_hold_no_structure_and_name_fields_that_have_one() {
    let spec = json!({
        "type": "object", "properties": {"a": {"type": "string"}},
        "anyOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"b": {"minLength": 1}}}],
    });
    // The server looks for the fields of conditions at the root alone.
    assert_eq!(said_of(spec.clone()), [".anyOf[0].properties[a].type: Forbidden: must be empty to be structural"]);
    let mut at_root = definition();
    at_root["spec"]["versions"][0]["schema"]["openAPIV3Schema"] = spec;
    let fields: Vec<String> = checked(&at_root, None).iter().map(|cause| cause.field.to_string()).collect();
    let place = "spec.validation.openAPIV3Schema";
    assert_eq!(fields, [format!("{place}.anyOf[0].properties[a].type"), format!("{place}.properties[b]")]);
    let either = json!({"x-kubernetes-int-or-string": true, "anyOf": [{"type": "integer"}, {"type": "string"}]});
    assert_eq!(said_of(either), [""; 0]);
}

#[test]
fn references_are_not_supported_and_nothing_else_is_said_of_them() {
    assert_eq!(
        said_of(json!({"type": "object", "properties": {"a": {"$ref": "#/x"}}})),
        [".properties[a].$ref: Forbidden: $ref is not supported"]
    );
}

#[test]
fn a_default_must_fit() {
    assert_eq!(
        said_of(json!({"type": "integer", "default": "x"})),
        [".default: Invalid value: \"string\":  in body must be of type integer: \"string\""]
    );
    assert_eq!(
        said_of(json!({"type": "object", "default": {"b": 1}})),
        [".default: Invalid value: {\"b\":1}: must not have unknown fields"]
    );
}

/// A rule that costs two for each item, of which there may be so many.
fn counted(count: u64) -> Value {
    let item = json!({"type": "integer", "x-kubernetes-validations": [{"rule": "self > 0"}]});
    json!({"type": "array", "maxItems": count, "items": item})
}

#[test]
fn a_rule_may_cost_all_of_its_budget() {
    assert_eq!(said_of(counted(5_000_000)), Vec::<String>::new());
    let start = ".items.x-kubernetes-validations[0].rule: Forbidden: estimated rule cost exceeds budget by factor of";
    for (count, factor) in
        [(5_000_001, "1.000000x"), (7_000_000, "1.400000x"), (7_500_000, "1.5x"), (49_000_000, "9.8x")]
    {
        let said = said_of(counted(count));
        assert!(said.iter().all(|line| line.starts_with(&format!("{start} {factor} (try"))), "{said:?}");
        assert_eq!(said.len(), 1);
    }
    let said = said_of(counted(5_000_000_000));
    assert!(said[0].starts_with(&format!("{start} more than 100x (try")), "{said:?}");
    assert_eq!(said.len(), 3, "it is too expensive alone, and with all others: {said:?}");
}

#[test]
fn a_schema_that_did_not_change_keeps_its_expensive_rules() {
    let with = |spec: Value| {
        let mut definition = definition();
        definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"] = spec;
        definition
    };
    let expensive = with(counted(5_000_001));
    assert_eq!(checked(&expensive, None).len(), 1);
    assert_eq!(checked(&expensive, Some(&expensive)), []);
    assert_eq!(checked(&with(counted(5_000_002)), Some(&expensive)).len(), 1);
    // What they cost together counts all the same.
    let all = with(counted(50_000_001));
    assert_eq!(checked(&all, Some(&all)).len(), 2);
}

#[test]
fn a_default_must_match_its_pattern() {
    let of = |default: &str| said_of(json!({"type": "string", "pattern": "lamp", "default": default}));
    assert_eq!(of("a lamp"), [""; 0]);
    assert_eq!(of("a light"), [r#".default: Invalid value: "a light":  in body should match 'lamp'"#]);
}
