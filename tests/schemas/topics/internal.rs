//! Enums with a tag: beside the fields (`tag`), or beside the content (`tag` and `content`).

use super::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum Structs {
    Circle { radius: u32 },
    Square { side: u32, color: Option<String> },
    Point,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Newtypes {
    FromFile(File),
    FromEnv(Variable),
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct File {
    path: String,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Variable {
    name: String,
    optional: Option<bool>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum Units {
    A,
    B,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum OneVariant {
    Only { a: i32 },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind")]
enum Shared {
    Min { value: u8 },
    Max { value: u8 },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum TypesDiffer {
    Number { value: i32 },
    List { value: Vec<i32> },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum NumberOrText {
    Number { value: i32 },
    Text { value: String },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum PartsDiffer {
    Near { at: Near },
    Far { at: Far },
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Near {
    meters: u32,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Far {
    miles: u32,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", content = "value")]
enum Adjacent {
    File(File),
    Variable(Variable),
    Nothing,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", content = "value")]
enum AdjacentScalars {
    Number(i32),
    Text(String),
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "t", content = "c")]
enum AdjacentStructs {
    A { x: i32 },
    B { y: String },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "t", content = "c")]
enum AdjacentDiffer {
    A(bool),
    B(Vec<bool>),
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum Outer {
    Inner { shape: Structs },
    Plain,
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case::<Structs>("structs")
            .takes(json!({ "type": "Circle", "radius": 1 }))
            .takes(json!({ "type": "Square", "side": 1, "color": "red" }))
            .takes(json!({ "type": "Point" }))
            .refuses(json!({ "type": "Circle" }))
            .refuses(json!({ "type": "Line" }))
            .refuses(json!({ "radius": 1 }))
            .refuses(json!({ "type": "Circle", "radius": -1 })),
        case::<Newtypes>("around structs")
            .takes(json!({ "type": "fromFile", "path": "/" }))
            .takes(json!({ "type": "fromEnv", "name": "A", "optional": true }))
            .refuses(json!({ "type": "fromEnv", "path": "/" })),
        case::<Units>("tags alone").takes(json!({ "type": "A" })).refuses(json!({ "type": "C" })).refuses(json!("A")),
        case::<OneVariant>("of one struct").takes(json!({ "type": "Only", "a": 1 })).refuses(json!({ "a": 1 })),
        case::<Shared>("with the same field")
            .takes(json!({ "kind": "Min", "value": 1 }))
            .refuses(json!({ "kind": "Min" }))
            .refuses(json!({ "kind": "Max", "value": 256 })),
        case::<TypesDiffer>("with a field of two types")
            .takes(json!({ "type": "Number", "value": 1 }))
            .takes(json!({ "type": "List", "value": [1] }))
            .refuses(json!({ "type": "List", "value": 1 }))
            .refuses(json!({ "type": "List" }))
            .problem(
                ".spec: the field `value` is an integer in `Number` and a list in `List`, and a field of Kubernetes is \
                 of one type; give them the same type, or two names",
            ),
        case::<NumberOrText>("with a field that is a number or a text")
            .takes(json!({ "type": "Number", "value": 1 }))
            .takes(json!({ "type": "Text", "value": "a" }))
            .refuses(json!({ "type": "Text", "value": 1 }))
            .refuses(json!({ "type": "Number", "value": "a" })),
        case::<PartsDiffer>("with a field of two structs")
            .takes(json!({ "type": "Near", "at": { "meters": 1 } }))
            .takes(json!({ "type": "Far", "at": { "miles": 1 } }))
            .refuses(json!({ "type": "Far", "at": { "meters": 1 } }))
            .refuses(json!({ "type": "Far" })),
        case::<Adjacent>("beside the content")
            .takes(json!({ "type": "File", "value": { "path": "/" } }))
            .takes(json!({ "type": "Variable", "value": { "name": "A" } }))
            .takes(json!({ "type": "Nothing" }))
            .refuses(json!({ "type": "File", "value": { "name": "A" } }))
            .refuses(json!({ "type": "File" })),
        case::<AdjacentScalars>("beside a number or a text")
            .takes(json!({ "type": "Number", "value": 1 }))
            .takes(json!({ "type": "Text", "value": "a" }))
            .refuses(json!({ "type": "Number", "value": "a" }))
            .refuses(json!({ "type": "Number" })),
        case::<AdjacentStructs>("beside structs")
            .takes(json!({ "t": "A", "c": { "x": 1 } }))
            .takes(json!({ "t": "B", "c": { "y": "a" } }))
            .refuses(json!({ "t": "B", "c": { "x": 1 } }))
            .refuses(json!({ "t": "C", "c": {} })),
        case::<AdjacentDiffer>("beside content of two types")
            .takes(json!({ "t": "A", "c": true }))
            .takes(json!({ "t": "B", "c": [true] }))
            .refuses(json!({ "t": "B", "c": true }))
            .problem(
                ".spec: the field `c` is a boolean in `A` and a list in `B`, and a field of Kubernetes is of one type; \
                 give them the same type, or two names",
            ),
        case::<Outer>("around enums")
            .takes(json!({ "type": "Inner", "shape": { "type": "Point" } }))
            .takes(json!({ "type": "Plain" }))
            .refuses(json!({ "type": "Inner", "shape": {} })),
    ]
}
