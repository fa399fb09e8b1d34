//! Whole objects inside, and fields that nobody named.

use super::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema)]
struct Template {
    #[schemars(extend("x-kubernetes-embedded-resource" = true, "x-kubernetes-preserve-unknown-fields" = true))]
    object: serde_json::Map<String, Value>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Preserved {
    known: i32,
    #[schemars(extend("x-kubernetes-preserve-unknown-fields" = true))]
    open: Open,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Open {
    named: bool,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Raw {
    values: Value,
    list: Vec<Value>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct HandWritten {
    #[schemars(schema_with = "hand_written")]
    value: String,
}

fn hand_written(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "minLength": 2 })
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct AsAnother {
    #[schemars(with = "String")]
    value: char,
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case::<Template>("a whole object")
            .takes(json!({ "object": { "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "a" }, "spec": { "a": 1 } } }))
            .server_refuses(json!({ "object": { "kind": "Pod" } })),
        case::<Preserved>("unknown fields are kept")
            .takes(json!({ "known": 1, "open": { "named": true, "other": { "a": [1] } } }))
            .refuses(json!({ "known": 1, "open": {} })),
        case::<Raw>("raw values").takes(json!({ "values": { "a": 1 }, "list": [1, {}] })).refuses(json!({ "values": 1, "list": 1 })),
        case::<HandWritten>("a schema of one's own").takes(json!({ "value": "ab" })).server_refuses(json!({ "value": "a" })),
        case::<AsAnother>("the schema of another type").takes(json!({ "value": "a" })).server_takes(json!({ "value": "ab" })),
    ]
}
