//! What the server fills in: what serde would.

use super::prelude::*;

fn three() -> i32 {
    3
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Scalars {
    #[serde(default)]
    number: i32,
    #[serde(default = "three")]
    three: i32,
    #[serde(default)]
    text: String,
    #[serde(default)]
    flag: bool,
    #[serde(default)]
    option: Option<i32>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(default)]
struct Whole {
    replicas: u32,
    name: String,
    ratio: f64,
}

impl Default for Whole {
    fn default() -> Self {
        Self { replicas: 2, name: "web".to_owned(), ratio: 0.5 }
    }
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Nested {
    #[serde(default)]
    whole: Whole,
    #[serde(default)]
    list: Vec<i32>,
    #[serde(default)]
    map: BTreeMap<String, i32>,
}

#[derive(Serialize, Deserialize, JsonSchema, Default)]
enum Policy {
    #[default]
    Always,
    Never,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct OfEnum {
    #[serde(default)]
    policy: Policy,
}

#[derive(Serialize, Deserialize, JsonSchema)]
enum Action {
    Wait { seconds: u32 },
    Stop,
}

fn wait() -> Action {
    Action::Wait { seconds: 5 }
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct OfVariant {
    #[serde(default = "wait")]
    action: Action,
}

#[derive(Serialize, Deserialize, JsonSchema, Default)]
struct Incomplete {
    needed: String,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct OfIncomplete {
    #[serde(default)]
    part: Incomplete,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Skipped {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    list: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    map: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct OfFunctions {
    #[serde(default = "nothing")]
    value: Value,
    #[serde(default)]
    pair: (i32, i32),
}

fn nothing() -> Value {
    json!({ "any": true })
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case::<Scalars>("scalars")
            .takes(json!({}))
            .takes(json!({ "number": 1, "three": 4 }))
            .refuses(json!({ "three": "" })),
        case::<Whole>("of a struct").takes(json!({})).takes(json!({ "name": "a" })).refuses(json!({ "replicas": -1 })),
        case::<Nested>("of structs and lists")
            .takes(json!({}))
            .takes(json!({ "whole": { "replicas": 3 } }))
            .refuses(json!({ "list": {} })),
        case::<OfEnum>("of an enum")
            .takes(json!({}))
            .takes(json!({ "policy": "Never" }))
            .refuses(json!({ "policy": "?" })),
        case::<OfVariant>("of a variant")
            .takes(json!({}))
            .takes(json!({ "action": "Stop" }))
            .refuses(json!({ "action": "?" })),
        case::<OfIncomplete>("that the schema refuses")
            .takes(json!({ "part": { "needed": "a" } }))
            .takes(json!({}))
            .refuses(json!({ "part": {} })),
        case::<Skipped>("that are not written")
            .takes(json!({}))
            .takes(json!({ "list": ["a"] }))
            .refuses(json!({ "list": [1] })),
        case::<OfFunctions>("of anything")
            .takes(json!({}))
            .takes(json!({ "value": 1, "pair": [1, 2] }))
            .refuses(json!({ "pair": [1] })),
    ]
}
