//! Patterns in Go's syntax: those that are none, in definitions and rules, and what the others match, on both servers alike.

use kubist::types::apiextensions::v1::CustomResourceDefinition;
use kubist::{Api, Unstructured, json};
use serde_json::Value;

use crate::crd::{object, served};
use crate::cx::{Cx, refused};
use crate::definitions::{Definition, Mistake, cases_of};
use crate::{Case, Done};

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = cases_of(module_path!(), MISTAKES);
    let matching = |(name, pattern, texts): &'static Matching| {
        Case::new(module_path!(), name, move |cx| async move { matched(&cx, pattern, texts).await })
    };
    cases.extend(MATCHING.iter().map(matching));
    cases.push(Case::new(module_path!(), "defaults_must_match", defaults_must_match));
    cases
}

/// The names of the mistakes.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    MISTAKES.iter().map(|(name, ..)| *name)
}

const MISTAKES: &[Mistake] = &[
    (
        "has_a_pattern_that_is_none",
        |definition| definition.a()["pattern"] = json!("^[a-z$"),
        &[
            "SCHEMA.properties[spec].properties[a].pattern: Invalid value: \"^[a-z$\": must be a valid regular expression, but isn't: error parsing regexp: missing closing ]: `[a-z$`",
        ],
    ),
    (
        "has_patterns_of_another_language",
        |definition| {
            definition.schema()["properties"] = json!({
                "a": {"type": "string", "pattern": "^(?=.{1,63}$)[a-z]+$"},
                "b": {"type": "string", "pattern": "(?<!-)$"},
                "c": {"type": "string", "pattern": r"^\h+$"},
                "d": {"type": "string", "pattern": r"(a)\1"},
                "e": {"type": "string", "pattern": r"\u0041"},
                "f": {"type": "string", "pattern": "a++"},
                "g": {"type": "string", "pattern": "(?x) a b"},
                "h": {"type": "string", "pattern": r"\p{Alphabetic}"},
                "i": {"type": "string", "pattern": "a{1,1001}"},
            });
        },
        &[
            "SCHEMA.properties[spec].properties[a].pattern: Invalid value: \"^(?=.{1,63}$)[a-z]+$\": must be a valid regular expression, but isn't: error parsing regexp: invalid or unsupported Perl syntax: `(?=`",
            "SCHEMA.properties[spec].properties[b].pattern: Invalid value: \"(?<!-)$\": must be a valid regular expression, but isn't: error parsing regexp: invalid named capture: `(?<!-)$`",
            "SCHEMA.properties[spec].properties[c].pattern: Invalid value: \"^\\\\h+$\": must be a valid regular expression, but isn't: error parsing regexp: invalid escape sequence: `\\h`",
            "SCHEMA.properties[spec].properties[d].pattern: Invalid value: \"(a)\\\\1\": must be a valid regular expression, but isn't: error parsing regexp: invalid escape sequence: `\\1`",
            "SCHEMA.properties[spec].properties[e].pattern: Invalid value: \"\\\\u0041\": must be a valid regular expression, but isn't: error parsing regexp: invalid escape sequence: `\\u`",
            "SCHEMA.properties[spec].properties[f].pattern: Invalid value: \"a++\": must be a valid regular expression, but isn't: error parsing regexp: invalid nested repetition operator: `++`",
            "SCHEMA.properties[spec].properties[g].pattern: Invalid value: \"(?x) a b\": must be a valid regular expression, but isn't: error parsing regexp: invalid or unsupported Perl syntax: `(?x`",
            "SCHEMA.properties[spec].properties[h].pattern: Invalid value: \"\\\\p{Alphabetic}\": must be a valid regular expression, but isn't: error parsing regexp: invalid character class range: `\\p{Alphabetic}`",
            "SCHEMA.properties[spec].properties[i].pattern: Invalid value: \"a{1,1001}\": must be a valid regular expression, but isn't: error parsing regexp: invalid repeat count: `{1,1001}`",
        ],
    ),
    (
        "has_patterns_that_are_none_below",
        |definition| {
            definition.schema()["properties"] = json!({
                "l": {"type": "array", "items": {"type": "string", "pattern": "("}},
                "m": {"type": "object", "additionalProperties": {"type": "string", "pattern": ")"}},
                "n": {"type": "integer", "pattern": "*"},
                "p": {"x-kubernetes-int-or-string": true, "pattern": "[", "anyOf": [{"type": "integer"}, {"type": "string"}]},
            });
        },
        &[
            "SCHEMA.properties[spec].properties[l].items.pattern: Invalid value: \"(\": must be a valid regular expression, but isn't: error parsing regexp: missing closing ): `(`",
            "SCHEMA.properties[spec].properties[m].additionalProperties.pattern: Invalid value: \")\": must be a valid regular expression, but isn't: error parsing regexp: unexpected ): `)`",
            "SCHEMA.properties[spec].properties[n].pattern: Invalid value: \"*\": must be a valid regular expression, but isn't: error parsing regexp: missing argument to repetition operator: `*`",
            "SCHEMA.properties[spec].properties[p].pattern: Invalid value: \"[\": must be a valid regular expression, but isn't: error parsing regexp: missing closing ]: `[`",
        ],
    ),
    (
        "has_patterns_that_are_none_in_conditions",
        |definition| {
            *definition.a() = json!({
                "type": "string",
                "allOf": [{"pattern": "("}, {"pattern": "^a"}, {"not": {"pattern": "a**"}}],
                "anyOf": [{"pattern": "[z-a]"}],
                "oneOf": [{"allOf": [{"pattern": "\\"}]}],
                "not": {"pattern": "(?P<a-b>c)"},
            });
        },
        &[
            "SCHEMA.properties[spec].properties[a].allOf[0].pattern: Invalid value: \"(\": must be a valid regular expression, but isn't: error parsing regexp: missing closing ): `(`",
            "SCHEMA.properties[spec].properties[a].allOf[2].not.pattern: Invalid value: \"a**\": must be a valid regular expression, but isn't: error parsing regexp: invalid nested repetition operator: `**`",
            "SCHEMA.properties[spec].properties[a].anyOf[0].pattern: Invalid value: \"[z-a]\": must be a valid regular expression, but isn't: error parsing regexp: invalid character class range: `z-a`",
            "SCHEMA.properties[spec].properties[a].not.pattern: Invalid value: \"(?P<a-b>c)\": must be a valid regular expression, but isn't: error parsing regexp: invalid named capture: `(?P<a-b>`",
            "SCHEMA.properties[spec].properties[a].oneOf[0].allOf[0].pattern: Invalid value: \"\\\\\": must be a valid regular expression, but isn't: error parsing regexp: trailing backslash at end of expression: ``",
        ],
    ),
    (
        "has_patterns_that_are_none_in_fields_of_conditions",
        |definition| {
            definition.schema()["allOf"] = json!([{"properties": {"a": {"pattern": "(?"}}, "required": ["a"]}]);
        },
        &[
            "SCHEMA.properties[spec].allOf[0].properties[a].pattern: Invalid value: \"(?\": must be a valid regular expression, but isn't: error parsing regexp: invalid or unsupported Perl syntax: `(?`",
        ],
    ),
    (
        "has_a_rule_with_a_pattern_that_is_none",
        |definition| {
            definition.schema()["x-kubernetes-validations"] = json!([{"rule": "self.a.matches('^[a-z$')"}]);
        },
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self.a.matches('^[a-z$')\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:16: invalid matches argument\n | self.a.matches('^[a-z$')\n | ...............^",
        ],
    ),
    (
        "has_a_rule_that_looks_for_a_pattern_that_is_none",
        |definition| {
            definition.a()["maxLength"] = json!(10);
            definition.schema()["x-kubernetes-validations"] =
                json!([{"rule": "self.a.find('(') == ''"}, {"rule": "self.a.findAll('a**').size() == 1"}]);
        },
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self.a.find('(') == ''\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: program instantiation failed: error parsing regexp: missing closing ): `(`",
            "SCHEMA.properties[spec].x-kubernetes-validations[1].rule: Invalid value: {\"Rule\":\"self.a.findAll('a**').size() == 1\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: program instantiation failed: error parsing regexp: invalid nested repetition operator: `**`",
        ],
    ),
    (
        "has_rules_with_constants_that_no_conversion_takes",
        |definition| {
            definition.schema()["x-kubernetes-validations"] =
                json!([{"rule": "self.a == '' || int('x') == 1"}, {"rule": "self.a == oldSelf.a || 1u == uint(-1)"}]);
        },
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self.a == '' || int('x') == 1\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: program instantiation failed: type conversion error from 'string' to 'int'",
            "SCHEMA.properties[spec].x-kubernetes-validations[1].rule: Invalid value: {\"Rule\":\"self.a == oldSelf.a || 1u == uint(-1)\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: program instantiation failed: unsigned integer overflow",
        ],
    ),
    (
        "has_a_message_with_a_constant_that_no_conversion_takes",
        |definition| {
            definition.a()["maxLength"] = json!(10);
            definition.schema()["x-kubernetes-validations"] =
                json!([{"rule": "self.a == ''", "messageExpression": "'no ' + string(bool('maybe'))"}]);
        },
        &[
            "SCHEMA.properties[spec].x-kubernetes-validations[0].messageExpression: Invalid value: {\"Rule\":\"self.a == ''\",\"Message\":\"\",\"MessageExpression\":\"'no ' + string(bool('maybe'))\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: messageExpression instantiation failed: type conversion error from 'string' to 'bool'",
        ],
    ),
];

async fn defaults_must_match(cx: Cx) -> Done {
    let mut definition = Definition::of(&cx);
    *definition.a() = json!({"type": "string", "pattern": r"^\w+$", "default": "lämp"});
    let definition = Unstructured::from_value(definition.into_value())?;
    let crds = Api::<Unstructured>::dynamic(&cx.client, <CustomResourceDefinition as kubist::Resource>::info());
    let status = refused(crds.cluster()?.create(&definition).dry_run().await);
    let found: Vec<String> =
        status.causes().iter().map(|cause| format!("{}: {}", cause.field, cause.message)).collect();
    assert_eq!(
        found,
        [
            "spec.validation.openAPIV3Schema.properties[spec].properties[a].default: Invalid value: \"lämp\":  in body should match '^\\w+$'"
        ]
    );
    Ok(())
}

/// What a pattern does not have, the pattern, and texts with whether it matches them.
type Matching = (&'static str, &'static str, &'static [(&'static str, bool)]);

const MATCHING: &[Matching] = &[
    ("digits_are_ascii", r"^\d+$", &[("12", true), ("\u{661}", false)]),
    ("words_are_ascii", r"^\w+$", &[("a_1", true), ("\u{e9}", false)]),
    ("spaces_are_ascii", r"^\s$", &[(" ", true), ("\u{a0}", false), ("\u{b}", false)]),
    ("words_end_at_other_letters", r"a\b", &[("a\u{e9}", true), ("ab", false)]),
    ("case_is_folded_in_unicode", "^(?i)poste?$", &[("PO\u{17f}T", true), ("Poste", true), ("poet", false)]),
    ("brackets_do_not_nest", "^[a[b]+$", &[("[ab", true), ("a]", false)]),
    ("ampersands_are_characters", "^[a&&b]+$", &[("a&b", true), ("c", false)]),
    ("ranges_may_begin_with_a_dash", "^[--0]+$", &[("-.0", true), ("1", false)]),
    ("dashes_and_tildes_are_characters", r"^[\w-.~~]+$", &[("a-.~", true), ("a b", false)]),
    ("texts_may_be_quoted", r"^\Qa.b\E*$", &[("a.b", true), ("a.bbb", true), ("axb", false)]),
    ("groups_may_share_a_name", "^(?P<n>a)(?P<n>b)$", &[("ab", true), ("a", false)]),
    ("dollar_is_the_end_of_the_text", "^a$", &[("a", true), ("a\n", false)]),
    ("dollar_may_be_the_end_of_a_line", "(?m)^a$", &[("b\na\n", true), ("b", false)]),
    ("dots_are_no_newlines", "^.+$", &[("a\u{e9}", true), ("a\nb", false)]),
    ("characters_are_not_bytes", "^.{2}$", &[("\u{e9}\u{65e5}", true), ("\u{e9}", false)]),
    ("octal_and_hexadecimal", r"^\101\x42\x{43}$", &[("ABC", true), ("101", false)]),
];

async fn matched(cx: &Cx, pattern: &str, texts: &[(&str, bool)]) -> Done {
    let a = json!({"type": "string", "pattern": pattern, "maxLength": 20});
    let rule = format!("self.b.matches({})", Value::from(pattern));
    let schema = json!({
        "type": "object",
        "properties": {"a": a, "b": {"type": "string", "maxLength": 20}},
        "x-kubernetes-validations": [{"rule": format!("!has(self.b) || {rule}")}],
    });
    let (crd, lamps) = served(cx, schema).await?;
    for (index, (text, matches)) in texts.iter().enumerate() {
        for field in ["a", "b"] {
            let lamp = object(&crd, &format!("lamp-{index}-{field}"), json!({field: text}));
            let answer = lamps.create(&lamp).await;
            assert_eq!(answer.is_ok(), *matches, "{field}: {pattern} on {text:?}: {answer:?}");
        }
    }
    Ok(())
}
