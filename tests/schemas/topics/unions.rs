//! Enums in enums, in lists and in one another's place.

use super::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum Rule {
    Allow { from: Peer },
    Deny { from: Peer, log: bool },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
enum Peer {
    Cidr(String),
    Pods { selector: BTreeMap<String, String> },
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Policy {
    rules: Vec<Rule>,
    default: Option<Peer>,
    named: BTreeMap<String, Peer>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum OfEnums {
    Peer(Peer),
    Rule(Rule),
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct ResultLike {
    outcome: Result<i32, String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum Big {
    A { a: i32, shared: String },
    B { b: bool, shared: String },
    C { c: Vec<i32>, shared: Option<String> },
    D { d: BTreeMap<String, i32> },
    E,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum Closed {
    #[serde(rename = "a")]
    A(ClosedA),
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct ClosedA {
    inner: Option<Peer>,
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case::<Rule>("with an enum for a field")
            .takes(json!({ "type": "Allow", "from": { "cidr": "10.0.0.0/8" } }))
            .takes(json!({ "type": "Deny", "from": { "pods": { "selector": {} } }, "log": true }))
            .refuses(json!({ "type": "Deny", "from": { "cidr": "a" } }))
            .refuses(json!({ "type": "Allow", "from": {} })),
        case::<Policy>("in lists and maps")
            .takes(
                json!({ "rules": [{ "type": "Allow", "from": { "cidr": "a" } }], "named": { "a": { "cidr": "b" } } }),
            )
            .refuses(json!({ "rules": [{ "type": "Allow" }], "named": {} }))
            .refuses(json!({ "rules": [], "named": { "a": {} } })),
        case::<OfEnums>("untagged of enums")
            .takes(json!({ "cidr": "a" }))
            .takes(json!({ "type": "Allow", "from": { "cidr": "a" } }))
            .refuses(json!({ "type": "Allow" })),
        case::<ResultLike>("a result")
            .takes(json!({ "outcome": { "Ok": 1 } }))
            .takes(json!({ "outcome": { "Err": "a" } }))
            .refuses(json!({ "outcome": {} })),
        case::<Big>("of five variants")
            .takes(json!({ "type": "A", "a": 1, "shared": "a" }))
            .takes(json!({ "type": "C", "c": [1] }))
            .takes(json!({ "type": "D", "d": { "a": 1 } }))
            .takes(json!({ "type": "E" }))
            .refuses(json!({ "type": "B", "b": true }))
            .refuses(json!({ "type": "F" })),
        case::<Closed>("of one variant around a struct")
            .takes(json!({ "type": "a" }))
            .takes(json!({ "type": "a", "inner": { "cidr": "a" } }))
            .refuses(json!({ "type": "b" })),
    ]
}
