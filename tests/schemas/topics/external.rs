//! Enums as serde writes them if nothing is said: the variant is a text, or the one field of an object.

use super::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema)]
enum Plain {
    Always,
    IfNotPresent,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Renamed {
    TopLeft,
    #[serde(rename = "BR")]
    BottomRight,
}

/// Where to go.
#[derive(Serialize, Deserialize, JsonSchema)]
enum Documented {
    /// Up.
    Up,
    /// Down.
    Down,
}

#[derive(Serialize, Deserialize, JsonSchema)]
enum Single {
    Only,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
enum Structs {
    Http { port: u16, path: Option<String> },
    Tcp { port: u16 },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
enum Newtypes {
    Text(String),
    Numbers(Vec<i32>),
    Part(Part),
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Part {
    name: String,
}

#[derive(Serialize, Deserialize, JsonSchema)]
enum OneVariant {
    Part { name: String },
}

#[derive(Serialize, Deserialize, JsonSchema)]
enum Pairs {
    Range(i32, i32),
    Exact(i32),
}

#[derive(Serialize, Deserialize, JsonSchema)]
enum Mixed {
    Never,
    Always,
    After { seconds: u32 },
}

#[derive(Serialize, Deserialize, JsonSchema)]
enum EmptyVariant {
    Nothing {},
    Something { a: i32 },
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Holder {
    action: Structs,
    more: Vec<Newtypes>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
enum Nested {
    Inner(Structs),
    Plain(Plain),
}

#[derive(Serialize, Deserialize, JsonSchema)]
enum Skipped {
    A,
    #[serde(skip)]
    #[expect(dead_code, reason = "serde never makes it")]
    B,
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case::<Plain>("texts").takes(json!("Always")).refuses(json!("Never")).refuses(json!({})),
        case::<Renamed>("renamed").takes(json!("top-left")).takes(json!("BR")).refuses(json!("TopLeft")),
        case::<Documented>("documented").takes(json!("Up")).refuses(json!("Left")),
        case::<Single>("of one text").takes(json!("Only")).refuses(json!("Other")),
        case::<Structs>("structs")
            .takes(json!({ "http": { "port": 80, "path": "/" } }))
            .takes(json!({ "tcp": { "port": 80 } }))
            .refuses(json!({}))
            .refuses(json!({ "http": { "port": 80 }, "tcp": { "port": 80 } }))
            .refuses(json!({ "http": {} }))
            .refuses(json!({ "udp": { "port": 80 } })),
        case::<Newtypes>("around values")
            .takes(json!({ "text": "a" }))
            .takes(json!({ "numbers": [1] }))
            .takes(json!({ "part": { "name": "a" } }))
            .refuses(json!({ "text": 1 }))
            .refuses(json!({ "part": {} })),
        case::<OneVariant>("of one struct").takes(json!({ "Part": { "name": "a" } })).refuses(json!({ "name": "a" })),
        case::<Pairs>("around tuples")
            .takes(json!({ "Range": [1, 2] }))
            .takes(json!({ "Exact": 1 }))
            .refuses(json!({ "Range": [1] })),
        case::<Mixed>("texts and structs")
            .takes(json!("Never"))
            .takes(json!({ "After": { "seconds": 1 } }))
            .refuses(json!("Sometimes"))
            .refuses(json!({ "Before": {} }))
            .refuses(json!({ "After": {} }))
            .refuses(json!({ "After": { "seconds": -1 } }))
            .refuses(json!({}))
            .refuses(json!(1))
            .refuses(json!(true))
            .refuses(json!([])),
        case::<Option<Mixed>>("texts and structs, or nothing")
            .takes(Value::Null)
            .takes(json!("Always"))
            .refuses(json!("?")),
        case::<Vec<Mixed>>("list of texts and structs")
            .takes(json!(["Never", { "After": { "seconds": 1 } }]))
            .refuses(json!(["?"])),
        case::<EmptyVariant>("without fields")
            .takes(json!({ "Nothing": {} }))
            .takes(json!({ "Something": { "a": 1 } }))
            .refuses(json!({})),
        case::<Holder>("in fields")
            .takes(json!({ "action": { "tcp": { "port": 1 } }, "more": [{ "text": "a" }] }))
            .refuses(json!({ "action": { "tcp": { "port": 1 } }, "more": [{}] })),
        case::<Nested>("in enums")
            .takes(json!({ "Inner": { "tcp": { "port": 1 } } }))
            .takes(json!({ "Plain": "Always" }))
            .refuses(json!({ "Inner": {} })),
        case::<Skipped>("with a variant that is skipped").takes(json!("A")).refuses(json!("B")),
        case::<Option<Structs>>("or nothing")
            .takes(Value::Null)
            .takes(json!({ "tcp": { "port": 1 } }))
            .refuses(json!({})),
        case::<BTreeMap<String, Plain>>("in maps").takes(json!({ "a": "Always" })).refuses(json!({ "a": "b" })),
    ]
}
