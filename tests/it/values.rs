//! Values that a schema does not take: each refused with the same causes on both servers.

use kubist::json;
use kubist::types::apiextensions::v1::CustomResourceDefinition;
use serde_json::Value;

use crate::cx::{Cx, establish, refused};
use crate::{Case, Done};

/// What is wrong, the schema of `spec.a`, its value, and what the server says, as `field: message`.
type Row = (&'static str, &'static str, &'static str, &'static [&'static str]);

pub(crate) fn cases() -> Vec<Case> {
    let case = |&(name, schema, value, causes): &'static Row| {
        Case::new(module_path!(), name, move |cx| async move { asked(&cx, schema, value, causes).await })
    };
    ROWS.iter().map(case).collect()
}

async fn asked(cx: &Cx, schema: &str, value: &str, expected: &[&str]) -> Done {
    let schema: Value = serde_json::from_str(schema)?;
    let group = format!("{}.kubist.dev", cx.ns);
    let definition: CustomResourceDefinition = serde_json::from_value(json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": format!("lamps.{group}")},
        "spec": {
            "group": group, "scope": "Cluster", "names": {"plural": "lamps", "kind": "Lamp", "singular": "lamp", "listKind": "LampList"},
            "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {
                "type": "object",
                "properties": {"spec": {"type": "object", "properties": {"a": schema}}},
            }}}],
        },
    }))?;
    establish(&cx.client, &definition).await?;
    let value: Value = serde_json::from_str(value)?;
    let object =
        json!({"apiVersion": format!("{group}/v1"), "kind": "Lamp", "metadata": {"name": "a"}, "spec": {"a": value}});
    let rest = cx.client.rest();
    let status = refused(rest.post().api(&group, "v1").resource("lamps").json(&object).send().await);
    // The order of causes from one map of properties is the server's dice.
    let mut found: Vec<String> =
        status.causes().iter().map(|cause| format!("{}: {}", cause.field, cause.message)).collect();
    found.sort();
    cx.crds().delete(&definition.metadata.name).await?;
    assert_eq!((status.code, status.reason.as_str()), (422, "Invalid"));
    assert_eq!(found, expected);
    Ok(())
}

const ROWS: &[Row] = &[
    (
        "text_for_an_integer",
        r#"{"type": "integer"}"#,
        r#""x""#,
        &[r#"spec.a: Invalid value: "string": spec.a in body must be of type integer: "string""#],
    ),
    (
        "number_with_a_fraction_for_an_integer",
        r#"{"type": "integer"}"#,
        "1.5",
        &[
            r#"<nil>: Invalid value: "": Checked value must be of type integer (default format) in spec.a"#,
            r#"spec.a: Invalid value: "number": spec.a in body must be of type integer: "number""#,
        ],
    ),
    (
        "whole_number_with_a_point_for_an_integer",
        r#"{"type": "integer", "maximum": 1}"#,
        "2.0",
        &["spec.a: Invalid value: 2: spec.a in body should be less than or equal to 1"],
    ),
    (
        "integer_beyond_32_bits",
        r#"{"type": "integer", "format": "int32"}"#,
        "2147483648",
        &[r#"<nil>: Invalid value: "": Checked value must be of type integer with format int32 in spec.a"#],
    ),
    (
        "integer_beyond_64_bits",
        r#"{"type": "integer", "format": "int64"}"#,
        "9223372036854775808",
        &[
            r#"<nil>: Invalid value: "": Checked value must be of type integer with format int64 in spec.a"#,
            r#"spec.a: Invalid value: "float64": spec.a in body must be of type int64: "float64""#,
        ],
    ),
    (
        "truth_value_for_an_integer_of_32_bits",
        r#"{"type": "integer", "format": "int32"}"#,
        "true",
        &[r#"spec.a: Invalid value: "": spec.a in body must be of type int32: """#],
    ),
    (
        "list_for_an_integer_of_32_bits",
        r#"{"type": "integer", "format": "int32"}"#,
        "[1]",
        &[r#"spec.a: Invalid value: "array": spec.a in body must be of type integer: "array""#],
    ),
    (
        "object_for_an_integer_of_64_bits",
        r#"{"type": "integer", "format": "int64"}"#,
        "{}",
        &[r#"spec.a: Invalid value: "": spec.a in body must be of type int64: """#],
    ),
    (
        "text_for_a_number_of_double_precision",
        r#"{"type": "number", "format": "double"}"#,
        r#""x""#,
        &[r#"spec.a: Invalid value: "string": spec.a in body must be of type number: "string""#],
    ),
    (
        "number_beyond_single_precision",
        r#"{"type": "number", "format": "float"}"#,
        "1e39",
        &[r#"<nil>: Invalid value: "": Checked value must be of type number with format float in spec.a"#],
    ),
    (
        "number_for_a_text",
        r#"{"type": "string"}"#,
        "1",
        &[r#"spec.a: Invalid value: "integer": spec.a in body must be of type string: "integer""#],
    ),
    (
        "number_for_a_text_with_a_format",
        r#"{"type": "string", "format": "date"}"#,
        "1",
        &[r#"spec.a: Invalid value: "int64": spec.a in body must be of type date: "int64""#],
    ),
    (
        "object_for_a_text_with_a_format",
        r#"{"type": "string", "format": "date"}"#,
        "{}",
        &[r#"spec.a: Invalid value: "": spec.a in body must be of type date: """#],
    ),
    (
        "list_for_a_text",
        r#"{"type": "string"}"#,
        r#"["x"]"#,
        &[r#"spec.a: Invalid value: "array": spec.a in body must be of type string: "array""#],
    ),
    (
        "text_for_an_object",
        r#"{"type": "object", "properties": {"b": {"type": "string"}}}"#,
        r#""x""#,
        &[r#"spec.a: Invalid value: "string": spec.a in body must be of type object: "string""#],
    ),
    (
        "text_for_a_list",
        r#"{"type": "array", "items": {"type": "string"}}"#,
        r#""x""#,
        &[r#"spec.a: Invalid value: "string": spec.a in body must be of type array: "string""#],
    ),
    (
        "null_in_a_list",
        r#"{"type": "array", "items": {"type": "string"}}"#,
        "[null]",
        &[r#"spec.a[0]: Invalid value: "null": spec.a[0] in body must be of type string: "null""#],
    ),
    (
        "null_where_it_may_stand_and_is_none_of_the_known_values",
        r#"{"type": "string", "nullable": true, "enum": ["b"]}"#,
        "null",
        &[r#"spec.a: Unsupported value: null: supported values: "b""#],
    ),
    (
        "unknown_value",
        r#"{"type": "string", "enum": ["b", "c"]}"#,
        r#""d""#,
        &[r#"spec.a: Unsupported value: "d": supported values: "b", "c""#],
    ),
    (
        "unknown_number",
        r#"{"type": "integer", "enum": [1, 2]}"#,
        "3",
        &[r#"spec.a: Unsupported value: 3: supported values: "1", "2""#],
    ),
    (
        "number_below_the_minimum",
        r#"{"type": "integer", "minimum": 1}"#,
        "0",
        &["spec.a: Invalid value: 0: spec.a in body should be greater than or equal to 1"],
    ),
    (
        "number_at_an_exclusive_minimum",
        r#"{"type": "integer", "minimum": 1, "exclusiveMinimum": true}"#,
        "1",
        &["spec.a: Invalid value: 1: spec.a in body should be greater than 1"],
    ),
    (
        "number_above_the_maximum",
        r#"{"type": "number", "maximum": 1.5}"#,
        "1.75",
        &["spec.a: Invalid value: 1.75: spec.a in body should be less than or equal to 1.5"],
    ),
    (
        "number_at_an_exclusive_maximum",
        r#"{"type": "number", "maximum": 1.5, "exclusiveMaximum": true}"#,
        "1.5",
        &["spec.a: Invalid value: 1.5: spec.a in body should be less than 1.5"],
    ),
    (
        "large_number_above_the_maximum",
        r#"{"type": "number", "maximum": 1500000}"#,
        "12345678.5",
        &["spec.a: Invalid value: 1.23456785e+07: spec.a in body should be less than or equal to 1.5e+06"],
    ),
    (
        "number_that_is_no_multiple",
        r#"{"type": "integer", "multipleOf": 5}"#,
        "7",
        &["spec.a: Invalid value: 7: spec.a in body should be a multiple of 5"],
    ),
    (
        "fraction_that_is_no_multiple",
        r#"{"type": "number", "multipleOf": 0.5}"#,
        "0.75",
        &["spec.a: Invalid value: 0.75: spec.a in body should be a multiple of 0.5"],
    ),
    (
        "text_that_is_too_long",
        r#"{"type": "string", "maxLength": 2}"#,
        r#""abc""#,
        &["spec.a: Too long: may not be more than 2 bytes"],
    ),
    (
        "text_that_is_too_short_and_does_not_match",
        r#"{"type": "string", "minLength": 5, "pattern": "^x"}"#,
        r#""abc""#,
        &[r#"spec.a: Invalid value: "abc": spec.a in body should be at least 5 chars long"#],
    ),
    (
        "text_that_does_not_match",
        r#"{"type": "string", "pattern": "^[a-c]+$"}"#,
        r#""abd""#,
        &[r#"spec.a: Invalid value: "abd": spec.a in body should match '^[a-c]+$'"#],
    ),
    (
        "text_without_its_format",
        r#"{"type": "string", "format": "date-time"}"#,
        r#""yesterday""#,
        &[r#"spec.a: Invalid value: "yesterday": spec.a in body must be of type date-time: "yesterday""#],
    ),
    (
        "text_of_an_unknown_format_and_too_long",
        r#"{"type": "string", "format": "plum", "maxLength": 1}"#,
        r#""xy""#,
        &["spec.a: Too long: may not be more than 1 byte"],
    ),
    (
        "address_that_is_none",
        r#"{"type": "string", "format": "ipv4"}"#,
        r#""1.2.3""#,
        &[r#"spec.a: Invalid value: "1.2.3": spec.a in body must be of type ipv4: "1.2.3""#],
    ),
    (
        "name_that_is_none",
        r#"{"type": "string", "format": "k8s-short-name"}"#,
        r#""A_b""#,
        &[r#"spec.a: Invalid value: "A_b": spec.a in body must be of type k8s-short-name: "A_b""#],
    ),
    (
        "duration_that_is_none",
        r#"{"type": "string", "format": "duration"}"#,
        r#""soon""#,
        &[r#"spec.a: Invalid value: "soon": spec.a in body must be of type duration: "soon""#],
    ),
    (
        "list_with_too_few_items",
        r#"{"type": "array", "minItems": 2, "items": {"type": "string"}}"#,
        r#"["x"]"#,
        &["spec.a: Invalid value: 1: spec.a in body should have at least 2 items"],
    ),
    (
        "list_with_too_many_items",
        r#"{"type": "array", "maxItems": 1, "items": {"type": "string"}}"#,
        r#"["x", "y"]"#,
        &["spec.a: Too many: 2: must have at most 1 item"],
    ),
    (
        "list_with_a_wrong_item",
        r#"{"type": "array", "items": {"type": "string", "maxLength": 1}}"#,
        r#"["x", "yy", 3]"#,
        &[
            "spec.a[1]: Too long: may not be more than 1 byte",
            r#"spec.a[2]: Invalid value: "integer": spec.a[2] in body must be of type string: "integer""#,
        ],
    ),
    (
        "set_with_an_item_twice",
        r#"{"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}}"#,
        r#"["x", "y", "x", "x"]"#,
        &[r#"spec.a[2]: Duplicate value: "x""#],
    ),
    (
        "keyed_list_with_a_key_twice",
        r#"{"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"], "items": {"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}}}}"#,
        r#"[{"k": "x"}, {"k": "x"}]"#,
        &[r#"spec.a[1]: Duplicate value: {"k":"x"}"#],
    ),
    (
        "keyed_list_with_two_keys_twice",
        r#"{"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k", "l"], "items": {"type": "object", "required": ["k", "l"], "properties": {"k": {"type": "string"}, "l": {"type": "integer"}}}}"#,
        r#"[{"k": "x", "l": 1}, {"k": "x", "l": 2}, {"k": "x", "l": 1}]"#,
        &[r#"spec.a[2]: Duplicate value: {"k":"x","l":1}"#],
    ),
    (
        "object_with_too_few_fields",
        r#"{"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}}"#,
        "{}",
        &["spec.a: Invalid value: 0: spec.a in body should have at least 1 properties"],
    ),
    (
        "object_with_too_many_fields",
        r#"{"type": "object", "maxProperties": 1, "additionalProperties": {"type": "string"}}"#,
        r#"{"x": "1", "y": "2"}"#,
        &["spec.a: Too many: 2: must have at most 1 item"],
    ),
    (
        "map_with_a_wrong_value",
        r#"{"type": "object", "additionalProperties": {"type": "integer", "maximum": 1}}"#,
        r#"{"x": 2, "y": "z"}"#,
        &[
            "spec.a.x: Invalid value: 2: spec.a.x in body should be less than or equal to 1",
            r#"spec.a.y: Invalid value: "string": spec.a.y in body must be of type integer: "string""#,
        ],
    ),
    (
        "object_without_what_is_required",
        r#"{"type": "object", "required": ["b", "c"], "properties": {"b": {"type": "string"}, "c": {"type": "string"}}}"#,
        "{}",
        &["spec.a.b: Required value", "spec.a.c: Required value"],
    ),
    (
        "neither_integer_nor_string",
        r#"{"x-kubernetes-int-or-string": true}"#,
        "1.5",
        &[r#"spec.a: Invalid value: "number": spec.a in body must be of type integer,string: "number""#],
    ),
    (
        "truth_value_for_an_integer_or_string",
        r#"{"x-kubernetes-int-or-string": true, "anyOf": [{"type": "integer"}, {"type": "string"}]}"#,
        "true",
        &[
            r#"<nil>: Invalid value: "": "spec.a" must validate at least one schema (anyOf)"#,
            r#"spec.a: Invalid value: "boolean": spec.a in body must be of type integer,string: "boolean""#,
            r#"spec.a: Invalid value: "boolean": spec.a in body must be of type integer: "boolean""#,
        ],
    ),
    (
        "truth_value_for_an_integer_or_string_with_a_type",
        r#"{"x-kubernetes-int-or-string": true, "type": "string"}"#,
        "true",
        &[r#"spec.a: Invalid value: "boolean": spec.a in body must be of type integer,string: "boolean""#],
    ),
    (
        "list_for_an_object_with_items",
        r#"{"type": "object", "items": {"type": "string"}}"#,
        "[1]",
        &[
            r#"spec.a: Invalid value: "array": spec.a in body must be of type object: "array""#,
            r#"spec.a[0]: Invalid value: "integer": spec.a[0] in body must be of type string: "integer""#,
        ],
    ),
    (
        "none_of_any",
        r#"{"type": "object", "properties": {"b": {"type": "string"}, "c": {"type": "string"}}, "anyOf": [{"required": ["b"]}, {"required": ["c"]}]}"#,
        "{}",
        &[
            r#"<nil>: Invalid value: "": "spec.a" must validate at least one schema (anyOf)"#,
            "spec.a.b: Required value",
        ],
    ),
    (
        "two_of_one",
        r#"{"type": "object", "properties": {"b": {"type": "string"}, "c": {"type": "string"}}, "oneOf": [{"required": ["b"]}, {"required": ["c"]}]}"#,
        r#"{"b": "", "c": ""}"#,
        &[
            r#"<nil>: Invalid value: "": "spec.a" must validate one and only one schema (oneOf). Found 2 valid alternatives"#,
        ],
    ),
    (
        "none_of_one",
        r#"{"type": "object", "properties": {"b": {"type": "string"}, "c": {"type": "integer"}}, "oneOf": [{"required": ["b"], "properties": {"b": {"enum": ["x"]}}}, {"required": ["c"], "properties": {"c": {"minimum": 5}}}]}"#,
        r#"{"c": 3}"#,
        &[
            r#"<nil>: Invalid value: "": "spec.a" must validate one and only one schema (oneOf). Found none valid"#,
            "spec.a.c: Invalid value: 3: spec.a.c in body should be greater than or equal to 5",
        ],
    ),
    (
        "not_all",
        r#"{"type": "integer", "allOf": [{"minimum": 1}, {"maximum": 5}]}"#,
        "6",
        &[
            r#"<nil>: Invalid value: "": "spec.a" must validate all the schemas (allOf)"#,
            "spec.a: Invalid value: 6: spec.a in body should be less than or equal to 5",
        ],
    ),
    (
        "none_of_all",
        r#"{"type": "integer", "allOf": [{"minimum": 7}, {"maximum": 5}]}"#,
        "6",
        &[
            r#"<nil>: Invalid value: "": "spec.a" must validate all the schemas (allOf). None validated"#,
            "spec.a: Invalid value: 6: spec.a in body should be greater than or equal to 7",
            "spec.a: Invalid value: 6: spec.a in body should be less than or equal to 5",
        ],
    ),
    (
        "what_must_not_be",
        r#"{"type": "string", "not": {"pattern": "^x"}}"#,
        r#""xy""#,
        &[r#"<nil>: Invalid value: "": "spec.a" must not validate the schema (not)"#],
    ),
    (
        "embedded_object_without_types",
        r#"{"type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true}"#,
        r#"{"metadata": {"name": "a"}}"#,
        &["spec.a.apiVersion: Required value", "spec.a.kind: Required value"],
    ),
    (
        "embedded_object_with_wrong_types",
        r#"{"type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true}"#,
        r#"{"apiVersion": "a/b/c", "kind": "A b"}"#,
        &[
            r#"spec.a.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c"#,
            r#"spec.a.kind: Invalid value: "A b": may have mixed case, but should otherwise match: a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"#,
        ],
    ),
];
