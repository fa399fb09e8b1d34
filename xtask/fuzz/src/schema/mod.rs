//! Schemas of JSON Schema, of every shape and of none: what becomes of them is structural.

mod types;

use std::sync::LazyLock;

use kubist::crd::CustomResourceDefinition;
use kubist_model::definition::check;
use kubist_model::schema::structural;
use serde_json::{Map, Value, json};

use crate::corpus::Corpus;
use crate::random::Random;
use crate::{Outcome, tree};

/// The keywords of JSON Schema, and what stands beside them.
const KEYWORDS: &[&str] = &[
    "type",
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "propertyNames",
    "unevaluatedProperties",
    "dependentSchemas",
    "items",
    "prefixItems",
    "contains",
    "uniqueItems",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "enum",
    "const",
    "oneOf",
    "anyOf",
    "allOf",
    "not",
    "if",
    "then",
    "else",
    "$ref",
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "default",
    "description",
    "title",
    "examples",
    "nullable",
    "deprecated",
    "readOnly",
    "writeOnly",
    "$defs",
    "$schema",
    "$id",
    "$comment",
    "contentEncoding",
    "id",
    "definitions",
    "dependencies",
    "additionalItems",
];

/// Words of Kubernetes.
const OWN: &[&str] = &[
    "x-kubernetes-int-or-string",
    "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-embedded-resource",
    "x-kubernetes-list-type",
    "x-kubernetes-list-map-keys",
    "x-kubernetes-map-type",
    "x-kubernetes-validations",
    kubist_model::schema::SAID,
    "map",
    "set",
    "atomic",
];

const TYPES: &[&str] = &["object", "array", "string", "integer", "number", "boolean", "null"];

const FORMATS: &[&str] =
    &["int32", "int64", "uint32", "uint64", "uint8", "int128", "float", "double", "date-time", "uuid", "duration", "x"];

const NAMES: &[&str] = &["a", "b", "c", "metadata", "kind", "apiVersion", "type", "", "é", "a.b/c", "a~1b"];

/// Names of definitions, with what a reference escapes.
const DEFINITIONS: &[&str] = &["A", "B", "C", "D/E", "F~G", "H I", "J%", "é"];

/// What a server says of a schema that has no structure, whatever else is wrong with it.
const NOT_STRUCTURAL: &[&str] = &[
    "must be specified",
    "must not be used at the root",
    "must not be empty for specified",
    "must be empty to be structural",
    "must be false to be structural",
    "must be undefined to be structural",
    "because it is defined in",
    "must not be specified in a nested context",
    "must be false if x-kubernetes-int-or-string is true",
    "is not supported",
    "uniqueItems cannot be set to true",
    "mutual exclusive",
    "type cannot be set to null",
    "must be a schema object and not an array",
    "Unsupported value",
];

/// Rewrites a schema and has the definition checked that holds it.
pub(crate) fn structure(_: &Corpus, random: &mut Random) -> Result<Outcome, String> {
    static KNOWN: LazyLock<Vec<(Value, Map<String, Value>)>> = LazyLock::new(types::schemas);
    let (schema, definitions) = if random.once_in(2) { made_up(random) } else { changed(&KNOWN, random) };
    let (out, done) = structural(&schema, &definitions);
    let input = || format!("{schema} with {}", Value::Object(definitions.clone()));
    if let Err(error) = &done
        && (error.problems().is_empty() || error.to_string().is_empty())
    {
        return Err(format!("an error without a problem, of {}", input()));
    }
    // Words of Kubernetes are the user's own: they stand as they are, right or wrong.
    if input().contains("x-kubernetes-") {
        return Ok(Outcome::of(&done));
    }
    let definition = definition(&out);
    let causes = check(&definition, None, &|_, _| true);
    // A default is a value of the user's, and may be none of those that the schema takes.
    let structure = causes.iter().filter(|cause| !cause.field.contains(".default"));
    let wrong: Vec<_> =
        structure.filter(|cause| NOT_STRUCTURAL.iter().any(|text| cause.message.contains(text))).collect();
    if !wrong.is_empty() {
        return Err(format!("{wrong:?}\nin {out}\nof {}", input()));
    }
    if let Err(error) = serde_json::from_value::<CustomResourceDefinition>(definition) {
        return Err(format!("no definition: {error}\nit is {out}\nof {}", input()));
    }
    Ok(Outcome::of(&done))
}

fn definition(schema: &Value) -> Value {
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": { "name": "as.example.com" },
        "spec": {
            "group": "example.com",
            "scope": "Namespaced",
            "names": { "plural": "as", "singular": "a", "kind": "A", "listKind": "AList" },
            "conversion": { "strategy": "None" },
            "versions": [{
                "name": "v1",
                "served": true,
                "storage": true,
                "schema": { "openAPIV3Schema": { "type": "object", "properties": { "spec": schema } } },
            }],
        },
        "status": { "storedVersions": ["v1"] },
    })
}

/// What schemars says of a type, with something done to it.
fn changed(known: &[(Value, Map<String, Value>)], random: &mut Random) -> (Value, Map<String, Value>) {
    let words: Vec<&str> =
        [KEYWORDS, TYPES, FORMATS, NAMES, DEFINITIONS, &["#/$defs/Leaf", "#/$defs/Tagged", "#/$defs/Outside"]].concat();
    let (schema, definitions) = random.one(known).clone();
    let mut whole = json!({ "schema": schema, "definitions": definitions });
    tree::mutate(&mut whole, &words, 6, random);
    match (whole.pointer_mut("/schema").map(Value::take), whole.pointer_mut("/definitions").map(Value::take)) {
        (Some(schema), Some(Value::Object(definitions))) => (schema, definitions),
        (Some(schema), _) => (schema, Map::new()),
        (None, _) => (whole, Map::new()),
    }
}

fn made_up(random: &mut Random) -> (Value, Map<String, Value>) {
    let definitions =
        (0..random.below(6)).map(|_| ((*random.one(DEFINITIONS)).to_owned(), schema(random, 2))).collect();
    let mut whole = schema(random, 0);
    if random.once_in(50) {
        for _ in 0..random.below(100) {
            whole = match random.below(3) {
                0 => json!({ "type": "array", "items": whole }),
                1 => json!({ "type": "object", "properties": { "a": whole } }),
                _ => json!({ "anyOf": [whole, { "type": "null" }] }),
            };
        }
    }
    (whole, definitions)
}

/// Returns a schema whose keywords have the values that they should have, mostly.
fn schema(random: &mut Random, depth: usize) -> Value {
    match random.below(16) {
        0 => return json!(random.once_in(2)),
        1 if random.once_in(4) => return tree::value(KEYWORDS, random),
        _ => {}
    }
    let mut out = Map::new();
    if random.once_in(2) {
        out.insert("type".into(), (*random.one(TYPES)).into());
    }
    if random.once_in(60) {
        out.insert((*random.one(OWN)).into(), tree::value(OWN, random));
    }
    for _ in 0..random.below(5) {
        let keyword = *random.one(KEYWORDS);
        let value = if random.once_in(10) { tree::value(TYPES, random) } else { right(keyword, random, depth) };
        out.insert(keyword.into(), value);
    }
    out.into()
}

fn right(keyword: &str, random: &mut Random, depth: usize) -> Value {
    let below = |random: &mut Random| if depth < 5 { schema(random, depth + 1) } else { json!({ "type": "string" }) };
    match keyword {
        "type" if random.once_in(4) => (0..random.below(4)).map(|_| *random.one(TYPES)).collect(),
        "type" => (*random.one(TYPES)).into(),
        "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions" => {
            let fields: Map<_, _> =
                (0..random.below(4)).map(|_| ((*random.one(NAMES)).to_owned(), below(random))).collect();
            fields.into()
        }
        "required" => (0..random.below(3)).map(|_| *random.one(NAMES)).collect(),
        "prefixItems" | "oneOf" | "anyOf" | "allOf" => (0..random.below(4)).map(|_| below(random)).collect(),
        "enum" | "examples" => (0..random.below(4)).map(|_| tree::value(NAMES, random)).collect(),
        "const" | "default" => tree::value(NAMES, random),
        "$ref" => {
            let name = random.one(DEFINITIONS).replace('~', "~0").replace('/', "~1").replace(' ', "%20");
            format!("{}{name}", random.one(&["#/$defs/", "#/definitions/", "#", "http://example.com/"])).into()
        }
        "format" => (*random.one(FORMATS)).into(),
        "uniqueItems" | "nullable" | "deprecated" | "readOnly" | "writeOnly" => random.once_in(2).into(),
        "minItems" | "maxItems" | "minProperties" | "maxProperties" | "minLength" | "maxLength" => {
            random.below(5).into()
        }
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            random.one(&[json!(0), json!(-1), json!(1.5), json!(u64::MAX), json!(true), json!(1e300)]).clone()
        }
        "pattern" | "description" | "title" | "$schema" | "$id" | "$comment" | "contentEncoding" | "id" => {
            (*random.one(NAMES)).into()
        }
        _ => below(random),
    }
}
