//! Types that contain themselves: no schema of Kubernetes does.

use super::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema)]
struct Tree {
    name: String,
    #[serde(default)]
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

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
enum Expression {
    Not(Box<Expression>),
    Equals { key: String, value: String },
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Twice {
    left: Leaf,
    right: Leaf,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Leaf {
    value: i32,
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case::<Tree>("a struct")
            .takes(json!({ "name": "a", "children": [{ "name": "b", "children": [] }] }))
            .server_takes(json!({ "name": "a", "children": [1] }))
            .problem(
                ".spec.children[]: `Tree` contains itself (Tree → Tree), and a schema of Kubernetes ends somewhere; \
                 hold it as `serde_json::Value`, or refer to another object by name",
            ),
        case::<Ping>("two structs").takes(json!({ "pong": { "pings": { "a": {} } } })).problem(
            ".spec.pong.pings[*]: `Ping` contains itself (Ping → Pong → Ping), and a schema of Kubernetes ends \
                 somewhere; hold it as `serde_json::Value`, or refer to another object by name",
        ),
        case::<Expression>("an enum")
            .takes(json!({ "not": { "equals": { "key": "a", "value": "b" } } }))
            .refuses(json!({ "equals": {} }))
            .problem(
                ".spec.not: `Expression` contains itself (Expression → Expression), and a schema of Kubernetes ends \
                 somewhere; hold it as `serde_json::Value`, or refer to another object by name",
            ),
        case::<Twice>("used twice is no cycle")
            .takes(json!({ "left": { "value": 1 }, "right": { "value": 2 } }))
            .refuses(json!({ "left": { "value": 1 } })),
    ]
}
