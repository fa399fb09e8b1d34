//! Rules that may cost too much before there is an object: both servers refuse their definitions with the same causes, and take those just within the budget.

use kubist::types::apiextensions::v1::CustomResourceDefinition;
use kubist::{Api, Unstructured, json};
use serde_json::Value;

use crate::cx::Cx;
use crate::definitions::{Definition, Mistake, cases_of};
use crate::{Case, Done};

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = cases_of(module_path!(), MISTAKES);
    cases.extend(
        WITHIN
            .iter()
            .map(|(name, change)| Case::new(module_path!(), name, move |cx| async move { taken(&cx, *change).await })),
    );
    cases
}

/// A definition that is taken: what is good about it, and how a definition gets it.
type Good = (&'static str, fn(&mut Definition));

async fn taken(cx: &Cx, change: fn(&mut Definition)) -> Done {
    let mut definition = Definition::of(cx);
    change(&mut definition);
    let definition = definition.into_value();
    assert_eq!(kubist::crd::check(&serde_json::from_value(definition.clone())?), []);
    let crds = Api::<Unstructured>::dynamic(&cx.client, <CustomResourceDefinition as kubist::Resource>::info());
    crds.cluster()?.create(&Unstructured::from_value(definition)?).dry_run().await?;
    Ok(())
}

/// A list of numbers whose rule costs two for each of them.
fn numbers(count: u64) -> Value {
    let item = json!({"type": "integer", "x-kubernetes-validations": [{"rule": "self > 0"}]});
    json!({"type": "array", "maxItems": count, "items": item})
}

fn texts(max_items: u64, max_length: u64) -> Value {
    json!({"type": "array", "maxItems": max_items, "items": {"type": "string", "maxLength": max_length}})
}

fn ruled(mut schema: Value, rules: &[&str]) -> Value {
    schema["x-kubernetes-validations"] = rules.iter().map(|rule| json!({"rule": rule})).collect();
    schema
}

/// What is said of one expression, of one of several that are too expensive together, and of all.
macro_rules! over {
    ($place:literal, $what:literal, $factor:literal) => {
        concat!("SCHEMA.properties[spec]", $place, ": Forbidden: estimated ", $what, " cost exceeds budget by factor of ", $factor, "x (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)")
    };
}
macro_rules! part {
    ($place:literal) => {
        concat!(
            "SCHEMA.properties[spec]",
            $place,
            ": Forbidden: contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"
        )
    };
}
macro_rules! all {
    ($factor:literal) => {
        concat!("SCHEMA: Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema exceeds budget by factor of ", $factor, "x (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)")
    };
}

const WITHIN: &[Good] = &[
    ("that_take_all_of_the_budget_are_taken", |definition| {
        definition.schema()["properties"]["l"] = numbers(5_000_000);
    }),
    ("that_take_all_of_the_budget_together_are_taken", |definition| {
        for index in 0..10 {
            definition.schema()["properties"][format!("l{index}")] = numbers(5_000_000);
        }
    }),
    ("in_nested_lists_with_bounds_are_taken", |definition| {
        let item = ruled(json!({"type": "string", "maxLength": 63}), &["self.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')"]);
        let inner = json!({"type": "array", "maxItems": 100, "items": item});
        definition.schema()["properties"]["l"] = json!({"type": "array", "maxItems": 50, "items": inner});
    }),
    ("that_compare_each_with_each_in_a_short_list_are_taken", |definition| {
        definition.schema()["properties"]["l"] = ruled(texts(200, 63), &["self.all(x, self.exists_one(y, x == y))"]);
    }),
    ("that_look_at_a_text_without_a_bound_once_are_taken", |definition| {
        *definition.a() = ruled(json!({"type": "string"}), &["self.startsWith('a') && self.size() > 3"]);
    }),
];

const MISTAKES: &[Mistake] = &[
    (
        "go_through_a_list_without_a_bound",
        |definition| {
            definition.schema()["properties"]["l"] =
                ruled(json!({"type": "array", "items": {"type": "string"}}), &["self.all(x, x.matches('^[a-z]+$'))"]);
        },
        &[
            part!(".properties[l].x-kubernetes-validations[0].rule"),
            over!(".properties[l].x-kubernetes-validations[0].rule", "rule", "more than 100"),
            all!("more than 100"),
        ],
    ),
    (
        "go_one_beyond_the_budget",
        |definition| definition.schema()["properties"]["l"] = numbers(5_000_001),
        &[over!(".properties[l].items.x-kubernetes-validations[0].rule", "rule", "1.000000")],
    ),
    (
        "compare_each_with_each",
        |definition| {
            definition.schema()["properties"]["l"] =
                ruled(texts(1_000, 100), &["self.all(x, self.exists_one(y, x == y))"]);
        },
        &[over!(".properties[l].x-kubernetes-validations[0].rule", "rule", "4.4")],
    ),
    (
        "stand_in_a_list_without_a_bound",
        |definition| {
            let item = ruled(
                json!({"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "maxLength": 63}}}),
                &["self.name.matches('^[a-z]+$')"],
            );
            definition.schema()["properties"]["l"] = json!({"type": "array", "items": item});
        },
        &[over!(".properties[l].items.x-kubernetes-validations[0].rule", "rule", "1.306687")],
    ),
    (
        "stand_in_nested_lists",
        |definition| {
            let item =
                ruled(json!({"type": "string", "maxLength": 200}), &["self.contains('abc') && self.contains('def')"]);
            let inner = json!({"type": "array", "maxItems": 300, "items": item});
            definition.schema()["properties"]["l"] = json!({"type": "array", "maxItems": 300, "items": inner});
        },
        &[over!(".properties[l].items.items.x-kubernetes-validations[0].rule", "rule", "1.458000")],
    ),
    (
        "stand_in_a_list_with_a_bound_in_one_without",
        |definition| {
            let item = ruled(json!({"type": "string", "maxLength": 200}), &["self.contains('abc')"]);
            let inner = json!({"type": "array", "maxItems": 3, "items": item});
            definition.schema()["properties"]["l"] = json!({"type": "array", "items": inner});
        },
        &[over!(".properties[l].items.items.x-kubernetes-validations[0].rule", "rule", "8.5")],
    ),
    (
        "stand_in_a_map_without_a_bound",
        |definition| {
            let value = ruled(
                json!({"type": "object", "properties": {"x": {"type": "string"}, "y": {"type": "string", "maxLength": 20}}}),
                &["self.x == self.y || self.y.contains(self.x)"],
            );
            definition.schema()["properties"]["m"] = json!({"type": "object", "additionalProperties": value});
        },
        &[
            part!(".properties[m].additionalProperties.x-kubernetes-validations[0].rule"),
            over!(".properties[m].additionalProperties.x-kubernetes-validations[0].rule", "rule", "more than 100"),
            all!("more than 100"),
        ],
    ),
    (
        "go_through_a_map_without_a_bound",
        |definition| {
            let map = json!({"type": "object", "additionalProperties": {"type": "array", "maxItems": 9, "items": {"type": "string", "maxLength": 9}}});
            definition.schema()["properties"]["m"] =
                ruled(map, &["self.all(k, self[k].all(v, v.contains('a')))", "self.all(k, v, k in v)"]);
        },
        &[over!(".properties[m].x-kubernetes-validations[0].rule", "rule", "3.1")],
    ),
    (
        "match_a_text_without_a_bound",
        |definition| {
            *definition.a() = ruled(json!({"type": "string"}), &["self.matches(self)", "self.size() < 10"]);
        },
        &[
            over!(".properties[a].x-kubernetes-validations[0].rule", "rule", "more than 100"),
            part!(".properties[a].x-kubernetes-validations[0].rule"),
            all!("more than 100"),
        ],
    ),
    (
        "match_what_may_be_a_number_or_a_text",
        |definition| {
            *definition.a() =
                ruled(json!({"x-kubernetes-int-or-string": true}), &["type(self) == int || self.contains(self)"]);
        },
        &[
            over!(".properties[a].x-kubernetes-validations[0].rule", "rule", "more than 100"),
            part!(".properties[a].x-kubernetes-validations[0].rule"),
            all!("more than 100"),
        ],
    ),
    (
        "make_an_expensive_message",
        |definition| {
            let mut list = ruled(texts(3_000, 63), &["self.size() > 3"]);
            list["x-kubernetes-validations"][0]["messageExpression"] =
                json!("self.map(x, self.map(y, x + y).join(',')).join(' ')");
            definition.schema()["properties"]["l"] = list;
        },
        &[
            part!(".properties[l].x-kubernetes-validations[0].messageExpression"),
            over!(".properties[l].x-kubernetes-validations[0].messageExpression", "messageExpression", "more than 100"),
            all!("more than 100"),
        ],
    ),
    (
        "make_a_message_of_what_has_no_bound",
        |definition| {
            let mut list = ruled(json!({"type": "array", "items": {"type": "string"}}), &["self.size() > 3"]);
            list["x-kubernetes-validations"][0]["messageExpression"] = json!("'of ' + self.map(x, x + '!').join(', ')");
            definition.schema()["properties"]["l"] = list;
        },
        &[
            part!(".properties[l].x-kubernetes-validations[0].messageExpression"),
            over!(".properties[l].x-kubernetes-validations[0].messageExpression", "messageExpression", "more than 100"),
            all!("more than 100"),
        ],
    ),
    (
        "cost_too_much_together",
        |definition| {
            for index in 0..11 {
                definition.schema()["properties"][format!("l{index}")] = numbers(5_000_000 - index * 1_000);
            }
        },
        &[
            part!(".properties[l0].items.x-kubernetes-validations[0].rule"),
            part!(".properties[l1].items.x-kubernetes-validations[0].rule"),
            part!(".properties[l2].items.x-kubernetes-validations[0].rule"),
            part!(".properties[l3].items.x-kubernetes-validations[0].rule"),
            all!("1.098900"),
        ],
    ),
    (
        "cost_too_much_together_by_their_messages",
        |definition| {
            for index in 0..11_u64 {
                let list =
                    json!({"type": "array", "maxItems": 1_990_000 - index * 1_000, "items": {"type": "integer"}});
                let mut list = ruled(list, &["self.size() > 3"]);
                list["x-kubernetes-validations"][0]["messageExpression"] = json!("self.all(x, x > 0) ? 'few' : 'bad'");
                definition.schema()["properties"][format!("l{index}")] = list;
            }
        },
        &[
            part!(".properties[l0].x-kubernetes-validations[0].messageExpression"),
            part!(".properties[l1].x-kubernetes-validations[0].messageExpression"),
            part!(".properties[l2].x-kubernetes-validations[0].messageExpression"),
            part!(".properties[l3].x-kubernetes-validations[0].messageExpression"),
            all!("1.091751"),
        ],
    ),
    (
        "stand_beside_one_that_cannot_be_read",
        |definition| {
            let list = json!({"type": "array", "items": {"type": "string"}});
            definition.schema()["properties"]["l"] =
                ruled(list, &["self.all(x, self.all(y, x == y))", "self.size() > '3'"]);
        },
        &[
            part!(".properties[l].x-kubernetes-validations[0].rule"),
            over!(".properties[l].x-kubernetes-validations[0].rule", "rule", "more than 100"),
            "SCHEMA.properties[spec].properties[l].x-kubernetes-validations[1].rule: Invalid value: {\"Rule\":\"self.size() \\u003e '3'\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:13: found no matching overload for '_>_' applied to '(int, string)'\n | self.size() > '3'\n | ............^",
            all!("more than 100"),
        ],
    ),
    (
        "look_back_through_a_list_without_a_bound",
        |definition| {
            let item = json!({"type": "object", "properties": {"k": {"type": "string", "maxLength": 9}}});
            definition.schema()["properties"]["l"] =
                ruled(json!({"type": "array", "items": item}), &["oldSelf.all(x, x in self)"]);
        },
        &[
            part!(".properties[l].x-kubernetes-validations[0].rule"),
            over!(".properties[l].x-kubernetes-validations[0].rule", "rule", "more than 100"),
            all!("more than 100"),
        ],
    ),
    (
        "of_a_list_with_bounds_see_a_text_without",
        |definition| {
            let item = json!({"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}, "deep": {"type": "object", "properties": {"v": texts(4, 8)}}}});
            let list = json!({"type": "array", "maxItems": 16, "items": item});
            definition.schema()["properties"]["l"] = ruled(
                list,
                &["self.all(x, x.k.contains('ab') && x.deep.v.all(y, y.contains('b') || x.k.contains(y)))"],
            );
        },
        &[over!(".properties[l].x-kubernetes-validations[0].rule", "rule", "8.6")],
    ),
];
