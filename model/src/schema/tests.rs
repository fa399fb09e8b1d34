use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::*;

fn schema<T: JsonSchema>() -> (Value, Vec<String>) {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let root = T::json_schema(&mut generator);
    let definitions = generator.take_definitions(true).into_iter().collect();
    let (schema, checked) = structural(root.as_value(), &definitions);
    let problems = checked.err().map(|error| error.problems().iter().map(ToString::to_string).collect());
    (schema, problems.unwrap_or_default())
}

/// The schema of a field `field: T` of a struct.
fn of<T: JsonSchema>() -> Value {
    let (schema, problems) = schema::<Holder<T>>();
    assert_eq!(problems, Vec::<String>::new());
    schema["properties"]["field"].clone()
}

/// What is wrong with a field `field: T` of a struct, and the schema that it gets in spite of it.
fn problem<T: JsonSchema>() -> (Value, Vec<String>) {
    let (schema, problems) = schema::<Holder<T>>();
    (schema["properties"]["field"].clone(), problems)
}

#[derive(JsonSchema)]
struct Holder<T> {
    #[expect(dead_code, reason = "only its schema is read")]
    field: T,
}

#[derive(Serialize, Deserialize, JsonSchema)]
enum Plain {
    A,
    B,
}

#[derive(Serialize, Deserialize, JsonSchema)]
enum Documented {
    /// The first.
    A,
    /// The second.
    B,
}

#[derive(Serialize, Deserialize, JsonSchema, Default)]
struct Inner {
    n: i64,
    note: Option<String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
enum External {
    Http { port: u16 },
    Exec(String),
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum Internal {
    A { x: i32 },
    B { x: i32, y: Option<String> },
    C,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Untagged {
    A { a: i32 },
    B { b: String },
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Tree {
    children: Vec<Tree>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Ping {
    pong: Option<Box<Pong>>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Pong {
    pings: BTreeMap<String, Ping>,
}

#[test]
fn integers_keep_the_formats_that_kubernetes_has() {
    assert_eq!(of::<i32>(), json!({ "type": "integer", "format": "int32" }));
    assert_eq!(of::<i64>(), json!({ "type": "integer", "format": "int64" }));
    assert_eq!(of::<u32>(), json!({ "type": "integer", "format": "int64", "minimum": 0, "maximum": u32::MAX }));
    assert_eq!(of::<u64>(), json!({ "type": "integer", "format": "int64", "minimum": 0 }));
    assert_eq!(of::<u8>(), json!({ "type": "integer", "minimum": 0, "maximum": 255 }));
    assert_eq!(of::<i8>(), json!({ "type": "integer", "minimum": -128, "maximum": 127 }));
    assert_eq!(of::<f64>(), json!({ "type": "number", "format": "double" }));
}

#[test]
fn an_option_is_a_field_that_is_not_required() {
    let (schema, problems) = schema::<Holder<Option<i32>>>();
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(
        schema,
        json!({ "type": "object", "properties": { "field": { "type": "integer", "format": "int32" } } })
    );
    assert_eq!(of::<Option<Plain>>(), json!({ "type": "string", "enum": ["A", "B"] }));
    assert_eq!(of::<Option<Inner>>(), of::<Inner>());
    assert_eq!(of::<Vec<Option<String>>>(), json!({ "type": "array", "items": { "type": "string" } }));
}

#[test]
fn collections_have_the_list_and_map_types_of_kubernetes() {
    let set = json!({ "type": "array", "items": { "type": "string" }, "x-kubernetes-list-type": "set" });
    assert_eq!(of::<BTreeSet<String>>(), set);
    assert_eq!(
        of::<BTreeMap<u32, String>>(),
        json!({ "type": "object", "additionalProperties": { "type": "string" } })
    );
    assert_eq!(
        of::<BTreeMap<String, Value>>(),
        json!({ "type": "object", "x-kubernetes-preserve-unknown-fields": true })
    );
    assert_eq!(
        of::<(bool, bool)>(),
        json!({ "type": "array", "items": { "type": "boolean" }, "minItems": 2, "maxItems": 2 })
    );
}

#[test]
fn any_value_keeps_its_fields() {
    assert_eq!(of::<Value>(), json!({ "x-kubernetes-preserve-unknown-fields": true }));
}

#[test]
fn integers_or_strings_are_marked() {
    #[derive(Serialize, Deserialize, JsonSchema)]
    #[serde(untagged)]
    enum Own {
        Number(i32),
        Text(String),
    }
    let expected =
        json!({ "x-kubernetes-int-or-string": true, "anyOf": [{ "type": "integer" }, { "type": "string" }] });
    assert_eq!(of::<crate::IntOrString>(), expected);
    assert_eq!(of::<Option<crate::IntOrString>>(), expected);
    assert_eq!(of::<Own>(), expected);
}

#[test]
fn enums_without_fields_are_lists_of_values() {
    assert_eq!(of::<Plain>(), json!({ "type": "string", "enum": ["A", "B"] }));
    assert_eq!(of::<Documented>(), json!({ "type": "string", "enum": ["A", "B"] }));
}

#[test]
fn enums_with_fields_have_them_all_and_a_condition_for_each_variant() {
    assert_eq!(
        of::<External>(),
        json!({
            "type": "object",
            "properties": {
                "http": {
                    "type": "object",
                    "properties": { "port": { "type": "integer", "minimum": 0, "maximum": 65535 } },
                    "required": ["port"],
                },
                "exec": { "type": "string" },
            },
            "oneOf": [{ "required": ["http"] }, { "required": ["exec"] }],
        })
    );
    assert_eq!(
        of::<Internal>(),
        json!({
            "type": "object",
            "properties": {
                "type": { "type": "string", "enum": ["A", "B", "C"] },
                "x": { "type": "integer", "format": "int32" },
                "y": { "type": "string" },
            },
            "oneOf": [
                { "properties": { "type": { "enum": ["A"] } }, "required": ["type", "x"] },
                { "properties": { "type": { "enum": ["B"] } }, "required": ["type", "x"] },
                { "properties": { "type": { "enum": ["C"] } }, "required": ["type"] },
            ],
        })
    );
    assert_eq!(of::<Untagged>()["anyOf"], json!([{ "required": ["a"] }, { "required": ["b"] }]));
}

#[test]
fn flattened_parts_are_fields_of_the_whole() {
    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Flat {
        own: bool,
        #[serde(flatten)]
        inner: Inner,
        #[serde(flatten)]
        variant: External,
    }
    let schema = of::<Flat>();
    let names: Vec<_> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["exec", "http", "n", "note", "own"]);
    assert_eq!(schema["required"], json!(["own", "n"]));
    assert_eq!(schema["oneOf"], json!([{ "required": ["http"] }, { "required": ["exec"] }]));
}

#[test]
fn defaults_are_written_without_null_and_only_where_they_are_complete() {
    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Defaults {
        #[serde(default)]
        inner: Inner,
        #[serde(default)]
        none: Option<i32>,
        #[schemars(extend("default" = {}))]
        incomplete: Inner,
        #[schemars(extend("default" = { "n": 1, "other": 2 }))]
        pruned: Inner,
    }
    let schema = of::<Defaults>();
    assert_eq!(schema["properties"]["inner"]["default"], json!({ "n": 0 }));
    for field in ["none", "incomplete", "pruned"] {
        assert_eq!(schema["properties"][field].get("default"), None, "{field}");
    }
}

#[test]
fn descriptions_and_conditions_stay_and_a_field_says_more_than_its_type() {
    /// The type.
    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Described {
        /// How many.
        #[schemars(range(min = 1, max = 5))]
        count: i32,
        #[schemars(length(min = 1), regex(pattern = "^a"))]
        name: String,
        #[schemars(extend("exclusiveMinimum" = 0))]
        above: i32,
        #[schemars(extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["n"]))]
        list: Vec<Inner>,
    }
    let schema = of::<Described>();
    assert_eq!(schema["description"], "The type.");
    let fields = &schema["properties"];
    assert_eq!(
        fields["count"],
        json!({ "description": "How many.", "type": "integer", "format": "int32", "minimum": 1, "maximum": 5 })
    );
    assert_eq!(fields["name"], json!({ "type": "string", "minLength": 1, "pattern": "^a" }));
    assert_eq!(
        fields["above"],
        json!({ "type": "integer", "format": "int32", "minimum": 0, "exclusiveMinimum": true })
    );
    assert_eq!(fields["list"]["x-kubernetes-list-map-keys"], json!(["n"]));
}

#[test]
fn a_type_that_contains_itself_is_told_with_its_cycle() {
    let any = json!({ "x-kubernetes-preserve-unknown-fields": true });
    let (schema, problems) = problem::<Tree>();
    assert_eq!(schema["properties"]["children"]["items"], any);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with(".field.children[]: `Tree` contains itself (Tree → Tree)"), "{}", problems[0]);
    let (_, problems) = problem::<Ping>();
    assert!(
        problems[0].starts_with(".field.pong.pings[*]: `Ping` contains itself (Ping → Pong → Ping)"),
        "{}",
        problems[0]
    );
}

#[test]
fn a_type_that_is_used_twice_is_no_cycle() {
    assert_eq!(of::<(Inner, Inner)>()["items"], of::<Inner>());
}

#[test]
fn what_kubernetes_has_no_words_for_is_told_by_its_place() {
    #[derive(Serialize, Deserialize, JsonSchema)]
    #[serde(tag = "t", content = "c")]
    enum Adjacent {
        A(i32),
        B(bool),
    }
    let any = json!({ "x-kubernetes-preserve-unknown-fields": true });
    let (schema, problems) = problem::<Adjacent>();
    assert_eq!(schema["properties"]["c"], any);
    assert!(
        problems[0].starts_with(".field: the field `c` is an integer in `A` and a boolean in `B`"),
        "{}",
        problems[0]
    );
    let (schema, problems) = problem::<(i32, String)>();
    assert_eq!(schema["items"], any);
    assert!(problems[0].starts_with(".field: the items of a list are of one type"), "{}", problems[0]);
    let (schema, problems) = problem::<()>();
    assert_eq!(schema, any);
    assert!(problems[0].starts_with(".field: the only value is `null`"), "{}", problems[0]);
}

#[test]
fn variants_of_several_types_exclude_the_other_types_by_bounds_that_no_value_meets() {
    #[derive(Serialize, Deserialize, JsonSchema)]
    #[serde(untagged)]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }
    assert_eq!(
        of::<OneOrMany>(),
        json!({
            "x-kubernetes-preserve-unknown-fields": true,
            "items": { "type": "string" },
            "anyOf": [
                {
                    "minimum": 1, "maximum": 0, "minItems": 1, "maxItems": 0, "minProperties": 1, "maxProperties": 0,
                    "not": { "enum": [true, false] },
                },
                {
                    "minLength": 1, "maxLength": 0, "minimum": 1, "maximum": 0, "minProperties": 1, "maxProperties": 0,
                    "not": { "enum": [true, false] },
                },
            ],
        })
    );
}

#[test]
fn two_enums_in_one_struct_keep_the_conditions_of_both() {
    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Both {
        #[serde(flatten)]
        external: External,
        #[serde(flatten)]
        untagged: Untagged,
    }
    assert_eq!(
        of::<Both>()["allOf"],
        json!([
            { "oneOf": [{ "required": ["http"] }, { "required": ["exec"] }] },
            { "anyOf": [{ "required": ["a"] }, { "required": ["b"] }] },
        ])
    );
}

/// Schemas of any shape, most of which no Rust type has.
/// Found by the fuzz target `schema`.
#[test]
fn a_keyword_that_holds_what_no_definition_can_is_told_and_left_out() {
    let schema = json!({
        "type": "object",
        "required": ["a", 1],
        "properties": {
            "a": { "type": "integer", "minimum": true, "maximum": 5 },
            "b": { "type": "string", "maxLength": -1, "pattern": 1 },
            "c": { "type": "date" },
            "d": { "type": "array", "items": [{ "type": "string" }] },
        },
    });
    let (schema, checked) = structural(&schema, &Map::new());
    let any = json!({ "x-kubernetes-preserve-unknown-fields": true });
    let properties = json!({
        "a": { "type": "integer", "maximum": 5 }, "b": { "type": "string" }, "c": any, "d": { "type": "array", "items": any },
    });
    assert_eq!(schema, json!({ "type": "object", "properties": properties }));
    let told: Vec<String> = checked.unwrap_err().problems().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            ".: `required` must be a list of texts, and is [\"a\",1]",
            ".a: `minimum` must be a number, and is true",
            ".b: `maxLength` must be a count, and is -1",
            ".b: `pattern` must be a text, and is 1",
            ".c: `date` is no type of JSON Schema",
            ".d: `items` must be a schema, and is [{\"type\":\"string\"}]",
        ]
    );
}

#[test]
fn types_that_hold_one_another_too_often_do_not_fill_the_memory() {
    let twice =
        |name: String| json!({ "type": "object", "properties": { "a": { "$ref": name }, "b": { "$ref": name } } });
    let definitions: Map<String, Value> =
        (0..40).map(|level| (format!("T{level}"), twice(format!("#/$defs/T{}", level + 1)))).collect();
    let all: Map<String, Value> = (0..40)
        .map(|level| json!({ "$ref": format!("#/$defs/T{}", level + 1) }))
        .map(|next| json!({ "allOf": [next, next] }))
        .enumerate()
        .map(|(level, schema)| (format!("T{level}"), schema))
        .collect();
    for mut definitions in [definitions, all] {
        definitions.insert("T40".into(), json!({ "type": "string" }));
        let (_, checked) = structural(&json!({ "$ref": "#/$defs/T0" }), &definitions);
        let told = checked.unwrap_err().to_string();
        assert!(told.contains("too large from here on"), "{told}");
    }
}

#[test]
fn two_parts_may_hold_the_same_type_and_none_itself() {
    let part = json!({ "type": "object", "properties": { "b": { "type": "string" } } });
    let mut definitions = Map::from_iter([("Part".to_owned(), part.clone())]);
    let twice = json!({ "allOf": [{ "$ref": "#/$defs/Part" }, { "$ref": "#/$defs/Part" }] });
    let (schema, checked) = structural(&twice, &definitions);
    assert_eq!((schema, checked), (part, Ok(())));
    let next = json!({ "allOf": [{ "$ref": "#/$defs/Node" }, { "$ref": "#/$defs/Part" }] });
    definitions.insert("Node".into(), json!({ "type": "object", "properties": { "next": next } }));
    let (_, checked) = structural(&json!({ "allOf": [{ "$ref": "#/$defs/Node" }] }), &definitions);
    let told = checked.unwrap_err().to_string();
    assert!(told.contains("`Node` contains itself (Node → Node)"), "{told}");
}

#[test]
fn no_condition_names_metadata() {
    let variant = |value: &str| {
        json!({ "type": "object", "required": ["t"], "properties": {
        "t": { "const": value }, "metadata": { "type": "object", "required": [value] },
    } })
    };
    let (schema, _) = structural(&json!({ "oneOf": [variant("a"), variant("b")] }), &Map::new());
    let conditions = schema["oneOf"].as_array().unwrap();
    assert!(conditions.iter().all(|condition| condition["properties"].get("metadata").is_none()), "{schema}");
    assert!(schema["properties"]["metadata"].is_object(), "{schema}");
}

fn arbitrary() -> impl Strategy<Value = Value> {
    let words = || {
        proptest::sample::select(vec![
            "type",
            "properties",
            "items",
            "oneOf",
            "anyOf",
            "allOf",
            "$ref",
            "enum",
            "const",
            "not",
            "required",
            "default",
            "format",
            "additionalProperties",
            "prefixItems",
            "patternProperties",
            "nullable",
            "minimum",
            "uniqueItems",
            "a",
            "x-kubernetes-int-or-string",
            "x-kubernetes-preserve-unknown-fields",
        ])
    };
    let texts =
        ["object", "array", "string", "integer", "number", "boolean", "null", "int32", "#/$defs/A", "#/$defs/B", "a"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i8>().prop_map(Value::from),
        proptest::sample::select(texts.to_vec()).prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        prop_oneof![
            2 => proptest::collection::btree_map(words(), inner.clone(), 0..5)
                .prop_map(|fields| fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>().into()),
            1 => proptest::collection::vec(inner, 0..4).prop_map(Value::from),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_schema_makes_the_walk_panic(schema in arbitrary(), a in arbitrary(), b in arbitrary()) {
        let definitions = Map::from_iter([("A".to_owned(), a), ("B".to_owned(), b)]);
        let (structural, _) = structural(&schema, &definitions);
        prop_assert!(structural.is_object());
    }
}

#[test]
fn the_error_is_one_line_with_all_problems() {
    let schema = json!({ "type": "object", "properties": { "a": false, "b": { "$ref": "#/$defs/Gone" } } });
    let (_, checked) = structural(&schema, &Map::new());
    assert_eq!(
        checked.unwrap_err().to_string(),
        ".a: no value is allowed here; leave the field out; .b: the schema refers to `#/$defs/Gone`, which is not defined"
    );
}

#[test]
fn no_reference_or_keyword_outside_of_the_structural_form_is_left() {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let root = Holder::<(External, Internal, Option<Box<Pong>>)>::json_schema(&mut generator);
    let definitions = generator.take_definitions(true).into_iter().collect();
    let text = structural(root.as_value(), &definitions).0.to_string();
    for keyword in
        ["$ref", "$defs", "$schema", "title", "const", "prefixItems", "uniqueItems", "\"null\"", "patternProperties"]
    {
        assert!(!text.contains(keyword), "{keyword} in {text}");
    }
}
