//! Structs, enums and maps in the place of their fields.

use super::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema)]
struct Common {
    name: String,
    note: Option<String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct OfStruct {
    own: bool,
    #[serde(flatten)]
    common: Common,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
enum Source {
    File(String),
    Inline { text: String },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum Kind {
    Fast { limit: u8 },
    Slow,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct OfEnum {
    own: bool,
    #[serde(flatten)]
    source: Source,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct OfTaggedEnum {
    own: bool,
    #[serde(flatten)]
    kind: Kind,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct OfTwoEnums {
    #[serde(flatten)]
    source: Source,
    #[serde(flatten)]
    kind: Kind,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct OfOption {
    own: bool,
    #[serde(flatten)]
    common: Option<Common>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct OfMap {
    own: bool,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct OfMapAlone {
    #[serde(flatten)]
    rest: BTreeMap<String, i32>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Deep {
    #[serde(flatten)]
    inner: OfStruct,
    #[serde(flatten)]
    source: Source,
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case::<OfStruct>("struct")
            .takes(json!({ "own": true, "name": "a" }))
            .refuses(json!({ "own": true }))
            .refuses(json!({ "own": true, "name": 1 })),
        case::<OfEnum>("enum")
            .takes(json!({ "own": true, "file": "a" }))
            .takes(json!({ "own": true, "inline": { "text": "a" } }))
            .refuses(json!({ "own": true }))
            .refuses(json!({ "own": true, "inline": {} })),
        case::<OfTaggedEnum>("tagged enum")
            .takes(json!({ "own": true, "type": "Fast", "limit": 1 }))
            .takes(json!({ "own": true, "type": "Slow" }))
            .refuses(json!({ "own": true, "type": "Fast" })),
        case::<OfTwoEnums>("two enums")
            .takes(json!({ "file": "a", "type": "Slow" }))
            .takes(json!({ "inline": { "text": "a" }, "type": "Fast", "limit": 1 }))
            .refuses(json!({ "file": "a" }))
            .refuses(json!({ "type": "Slow" }))
            .refuses(json!({ "file": "a", "type": "Fast" })),
        case::<OfOption>("struct that may be absent")
            .takes(json!({ "own": true }))
            .takes(json!({ "own": true, "name": "a" }))
            .refuses(json!({})),
        case::<OfMap>("map of anything").takes(json!({ "own": true, "a": [1] })).refuses(json!({ "a": 1 })),
        case::<OfMapAlone>("map alone").takes(json!({ "a": 1 })).refuses(json!({ "a": "b" })),
        case::<Deep>("in what is flattened itself")
            .takes(json!({ "own": true, "name": "a", "file": "b" }))
            .refuses(json!({ "own": true, "name": "a" })),
    ]
}
