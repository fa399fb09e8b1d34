//! Rules of definitions that a server refuses: each with the same causes on both.

use serde_json::json;

use crate::Case;
use crate::definitions::{Mistake, cases_of};

pub(crate) fn cases() -> Vec<Case> {
    cases_of(module_path!(), MISTAKES)
}

/// The names of the mistakes.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    MISTAKES.iter().map(|(name, ..)| *name)
}

const MISTAKES: &[Mistake] = &[
    (
        "cannot_be_read",
        |definition| definition.schema()["x-kubernetes-validations"] = json!([{"rule": "self.a =="}]),
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self.a ==\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:10: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}\n | self.a ==\n | .........^",
        ],
    ),
    (
        "have_a_text_that_is_not_closed",
        |definition| definition.schema()["x-kubernetes-validations"] = json!([{"rule": "self.a == 'x"}]),
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self.a == 'x\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:11: Syntax error: token recognition error at: ''x'\n | self.a == 'x\n | ..........^\nERROR: <input>:1:13: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}\n | self.a == 'x\n | ............^",
        ],
    ),
    (
        "name_no_variable",
        |definition| definition.schema()["x-kubernetes-validations"] = json!([{"rule": "slef.a == 'x'"}]),
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"slef.a == 'x'\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:1: undeclared reference to 'slef' (in container '')\n | slef.a == 'x'\n | ^",
        ],
    ),
    (
        "name_no_field",
        |definition| definition.schema()["x-kubernetes-validations"] = json!([{"rule": "self.b == 'x'"}]),
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self.b == 'x'\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:5: undefined field 'b'\n | self.b == 'x'\n | ....^",
        ],
    ),
    (
        "name_no_function",
        |definition| {
            definition.schema()["x-kubernetes-validations"] =
                json!([{"rule": "self.a.startWith('x') && self.a.size() < foo(2)"}]);
        },
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self.a.startWith('x') \\u0026\\u0026 self.a.size() \\u003c foo(2)\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:17: undeclared reference to 'startWith' (in container '')\n | self.a.startWith('x') && self.a.size() < foo(2)\n | ................^\nERROR: <input>:1:45: undeclared reference to 'foo' (in container '')\n | self.a.startWith('x') && self.a.size() < foo(2)\n | ............................................^",
        ],
    ),
    (
        "mix_types",
        |definition| {
            definition.schema()["x-kubernetes-validations"] = json!([{"rule": "self.a + 1 == 'x'", "message": "m", "reason": "FieldValueInvalid", "fieldPath": ".a"}]);
        },
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self.a + 1 == 'x'\",\"Message\":\"m\",\"MessageExpression\":\"\",\"Reason\":\"FieldValueInvalid\",\"FieldPath\":\".a\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:8: found no matching overload for '_+_' applied to '(string, int)'\n | self.a + 1 == 'x'\n | .......^",
        ],
    ),
    (
        "are_no_truth",
        |definition| definition.schema()["x-kubernetes-validations"] = json!([{"rule": "self.a"}]),
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self.a\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: cel expression must evaluate to a bool",
        ],
    ),
    (
        "have_no_text_as_message",
        |definition| {
            definition.schema()["x-kubernetes-validations"] =
                json!([{"rule": "self.a == 'x'", "messageExpression": "self.a.size()"}]);
        },
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].messageExpression: Invalid value: {\"Rule\":\"self.a == 'x'\",\"Message\":\"\",\"MessageExpression\":\"self.a.size()\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: messageExpression must evaluate to a string",
        ],
    ),
    (
        "have_a_message_that_cannot_be_read",
        |definition| {
            definition.schema()["x-kubernetes-validations"] =
                json!([{"rule": "self.a == 'x'", "messageExpression": "'a' + "}]);
        },
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].messageExpression: Invalid value: {\"Rule\":\"self.a == 'x'\",\"Message\":\"\",\"MessageExpression\":\"'a' + \",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: messageExpression compilation failed: ERROR: <input>:1:7: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}\n | 'a' + \n | ......^",
        ],
    ),
    (
        "do_not_need_the_former_value",
        |definition| {
            definition.schema()["x-kubernetes-validations"] =
                json!([{"rule": "self.a == 'x'", "optionalOldSelf": true}]);
        },
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule",
        ],
    ),
    (
        "take_the_former_value_for_sure",
        |definition| {
            definition.schema()["x-kubernetes-validations"] =
                json!([{"rule": "oldSelf.a == self.a", "optionalOldSelf": true}]);
        },
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule",
            "SCHEMA.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"oldSelf.a == self.a\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":true}: compilation failed: ERROR: <input>:1:11: found no matching overload for '_==_' applied to '(optional_type(string), string)'\n | oldSelf.a == self.a\n | ..........^",
        ],
    ),
    (
        "have_a_field_path_to_an_item",
        |definition| definition.schema()["x-kubernetes-validations"] = json!([{"rule": "true", "fieldPath": ".a[0]"}]),
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].fieldPath: Invalid value: \".a[0]\": must be a valid path",
        ],
    ),
    (
        "have_a_duration_that_is_none",
        |definition| {
            definition.schema()["x-kubernetes-validations"] = json!([{"rule": "duration('1d') > duration('1h')"}]);
        },
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"duration('1d') \\u003e duration('1h')\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:10: invalid duration argument\n | duration('1d') > duration('1h')\n | .........^",
        ],
    ),
    (
        "have_a_list_of_two_types",
        |definition| definition.schema()["x-kubernetes-validations"] = json!([{"rule": "self.a in ['x', 1]"}]),
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self.a in ['x', 1]\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:17: expected type 'string' but found 'int'\n | self.a in ['x', 1]\n | ................^",
        ],
    ),
    (
        "use_a_reserved_word",
        |definition| definition.schema()["x-kubernetes-validations"] = json!([{"rule": "self.a == if"}]),
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self.a == if\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:11: reserved identifier: if\n | self.a == if\n | ..........^",
        ],
    ),
    (
        "look_back_at_items_of_a_plain_list",
        |definition| definition.schema()["properties"]["l"] = json!({"type": "array", "maxItems": 5, "items": {"type": "string", "maxLength": 9, "x-kubernetes-validations": [{"rule": "self == oldSelf"}]}}),
        &[
            "SCHEMA.properties[spec].properties[l].items.x-kubernetes-validations[0].rule: Invalid value: \"self == oldSelf\": oldSelf cannot be used on the uncorrelatable portion of the schema within SCHEMA.properties[spec].properties[l]",
        ],
    ),
    (
        "look_back_below_a_plain_list",
        |definition| definition.schema()["properties"]["l"] = json!({"type": "array", "maxItems": 5, "items": {"type": "object", "properties": {"m": {"type": "object", "maxProperties": 3, "additionalProperties": {"type": "string", "maxLength": 9, "x-kubernetes-validations": [{"rule": "self == oldSelf"}]}}}}}),
        &[
            "SCHEMA.properties[spec].properties[l].items.properties[m].additionalProperties.x-kubernetes-validations[0].rule: Invalid value: \"self == oldSelf\": oldSelf cannot be used on the uncorrelatable portion of the schema within SCHEMA.properties[spec].properties[l]",
        ],
    ),
    (
        "see_no_labels",
        |definition| {
            definition.root()["x-kubernetes-validations"] =
                json!([{"rule": "size(self.metadata.labels) > 0"}, {"rule": "self.metadata.name != self.kind"}]);
        },
        &[
            "SCHEMA.x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"size(self.metadata.labels) \\u003e 0\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:19: undefined field 'labels'\n | size(self.metadata.labels) > 0\n | ..................^",
        ],
    ),
    (
        "stand_where_anything_may_stand",
        |definition| {
            definition.schema()["properties"]["any"] = json!({"x-kubernetes-preserve-unknown-fields": true, "x-kubernetes-validations": [{"rule": "self == 1"}]});
        },
        &[
            "SCHEMA.properties[spec].properties[any].x-kubernetes-validations: Internal error: internal error: failed to construct type information for x-kubernetes-validations rules: unable to convert structural schema to CEL declarations",
        ],
    ),
    (
        "see_no_unknown_fields",
        |definition| definition.schema()["properties"]["o"] = json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true, "properties": {"k": {"type": "string"}}, "x-kubernetes-validations": [{"rule": "self.k == self.z"}]}),
        &[
            "SCHEMA.properties[spec].properties[o].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self.k == self.z\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:15: undefined field 'z'\n | self.k == self.z\n | ..............^",
        ],
    ),
    (
        "come_after_other_mistakes",
        |definition| definition.schema()["x-kubernetes-validations"] = json!([{"rule": "self.b"}, {"rule": ""}]),
        &["SCHEMA.properties[spec].x-kubernetes-validations[1].rule: Required value: rule is not specified"],
    ),
    (
        "know_times_and_durations",
        |definition| definition.schema()["properties"] = json!({"d": {"type": "string", "format": "duration"}, "t": {"type": "string", "format": "date-time", "x-kubernetes-validations": [{"rule": "self == 'x'"}]}}),
        &[
            "SCHEMA.properties[spec].properties[t].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self == 'x'\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:6: found no matching overload for '_==_' applied to '(timestamp, string)'\n | self == 'x'\n | .....^",
        ],
    ),
    (
        "of_several_nodes",
        |definition| {
            definition.root()["x-kubernetes-validations"] = json!([{"rule": "self.spec.x"}]);
            definition.a()["x-kubernetes-validations"] = json!([{"rule": "self > 1"}]);
        },
        &[
            "SCHEMA.properties[spec].properties[a].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self \\u003e 1\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:6: found no matching overload for '_>_' applied to '(string, int)'\n | self > 1\n | .....^",
            "SCHEMA.x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self.spec.x\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:10: undefined field 'x'\n | self.spec.x\n | .........^",
        ],
    ),
];
