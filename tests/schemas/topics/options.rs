//! What may be absent.

use super::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema)]
struct Optional {
    number: Option<i32>,
    text: Option<String>,
    list: Option<Vec<i32>>,
    part: Option<Box<Part>>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Part {
    name: String,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Skipped {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<i32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    list: Vec<i32>,
    #[serde(skip)]
    #[expect(dead_code, reason = "it is there to be left out")]
    local: u8,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Nullable {
    #[schemars(extend("nullable" = true))]
    number: Option<i32>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
enum Size {
    Small,
    Large,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct OptionalEnum {
    size: Option<Size>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Renamed {
    first_name: String,
    #[serde(rename = "$last")]
    last: String,
    #[serde(alias = "old")]
    fresh: Option<bool>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Closed {
    only: i32,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Empty {}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case::<Option<i32>>("number").takes(json!(1)).takes(Value::Null).refuses(json!("1")),
        case::<Optional>("fields")
            .takes(json!({}))
            .takes(json!({ "number": 1, "text": "a", "list": [1], "part": { "name": "a" } }))
            .refuses(json!({ "number": "1" }))
            .refuses(json!({ "part": {} })),
        case::<Skipped>("fields that are skipped")
            .takes(json!({}))
            .takes(json!({ "number": 1, "list": [2] }))
            .refuses(json!({ "list": 2 })),
        case::<Nullable>("nullable where it is asked for")
            .takes(json!({ "number": 1 }))
            .takes(json!({ "number": null }))
            .refuses(json!({ "number": "1" })),
        case::<OptionalEnum>("enum")
            .takes(json!({}))
            .takes(json!({ "size": "Small" }))
            .refuses(json!({ "size": "Huge" })),
        case::<Vec<Option<i32>>>("items").takes(json!([1, 2])).refuses(json!(["1"])),
        case::<BTreeMap<String, Option<i32>>>("values of a map").takes(json!({ "a": 1 })).refuses(json!({ "a": "1" })),
        case::<Renamed>("renamed fields")
            .takes(json!({ "firstName": "a", "$last": "b", "fresh": true }))
            .refuses(json!({ "first_name": "a", "$last": "b" })),
        case::<Closed>("no unknown fields").takes(json!({ "only": 1 })).refuses(json!({ "only": 1, "other": 2 })),
        case::<Empty>("a struct without fields").takes(json!({})).refuses(json!("")),
    ]
}
