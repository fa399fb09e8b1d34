//! Enums without a tag: the first variant that fits.

use super::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Structs {
    ByName { name: String },
    BySelector { selector: BTreeMap<String, String> },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum NumberOrText {
    Number(i32),
    Text(String),
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum TextOrPart {
    Text(String),
    Part { name: String, port: Option<u16> },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Scalars {
    Truth(bool),
    Number(f64),
    Text(String),
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Numbers {
    Whole(i32),
    Broken(f64),
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Optional {
    A { a: Option<i32> },
    B { b: Option<i32> },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Enums {
    Known(Known),
    Other(String),
}

#[derive(Serialize, Deserialize, JsonSchema)]
enum Known {
    A,
    B,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Field {
    target: NumberOrText,
    args: OneOrMany,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Same {
    Number { value: i32 },
    Text { value: String },
}

#[derive(Serialize, Deserialize, JsonSchema)]
enum PartlyUntagged {
    A {
        x: i32,
    },
    #[serde(untagged)]
    B {
        y: i32,
    },
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case::<Structs>("structs")
            .takes(json!({ "name": "a" }))
            .takes(json!({ "selector": { "a": "b" } }))
            .refuses(json!({}))
            .refuses(json!({ "name": 1 })),
        case::<NumberOrText>("a number or a text")
            .takes(json!(1))
            .takes(json!("a"))
            .refuses(json!(true))
            .refuses(json!({})),
        case::<OneOrMany>("one or many")
            .takes(json!("a"))
            .takes(json!(["a", "b"]))
            .refuses(json!(1))
            .refuses(json!([1]))
            .refuses(json!({})),
        case::<TextOrPart>("a text or a struct")
            .takes(json!("a"))
            .takes(json!({ "name": "a", "port": 1 }))
            .refuses(json!({ "port": 1 }))
            .refuses(json!({ "name": "a", "port": -1 }))
            .refuses(json!(1)),
        case::<Scalars>("any scalar")
            .takes(json!(true))
            .takes(json!(1.5))
            .takes(json!("a"))
            .refuses(json!([]))
            .refuses(json!({})),
        case::<Numbers>("numbers of two types").takes(json!(1)).takes(json!(1.5)).refuses(json!("1")),
        case::<Optional>("structs of which nothing is required").takes(json!({ "a": 1 })).refuses(json!(1)),
        case::<Enums>("an enum or any text").takes(json!("A")).takes(json!("other")).refuses(json!(1)),
        case::<Field>("in fields")
            .takes(json!({ "target": "http", "args": ["a"] }))
            .takes(json!({ "target": 80, "args": "a" }))
            .refuses(json!({ "target": 80, "args": 1 })),
        case::<Same>("with a field that is a number or a text")
            .takes(json!({ "value": 1 }))
            .takes(json!({ "value": "a" }))
            .refuses(json!({ "value": true }))
            .refuses(json!({})),
        case::<PartlyUntagged>("in part")
            .takes(json!({ "A": { "x": 1 } }))
            .takes(json!({ "y": 1 }))
            .refuses(json!({ "x": 1 })),
    ]
}
