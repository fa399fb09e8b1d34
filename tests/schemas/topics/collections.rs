//! Lists, sets and maps.

use std::collections::{HashMap, HashSet, VecDeque};

use super::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
struct Port {
    port: u16,
}

#[derive(Serialize, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
enum Zone {
    East,
    West,
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case::<Vec<String>>("list of texts")
            .takes(json!([]))
            .takes(json!(["a", "a"]))
            .refuses(json!([1]))
            .refuses(json!({})),
        case::<Vec<Port>>("list of structs").takes(json!([{ "port": 1 }])).refuses(json!([{}])).refuses(json!([1])),
        case::<Vec<Vec<i32>>>("list of lists").takes(json!([[1], []])).refuses(json!([1])),
        case::<VecDeque<bool>>("queue").takes(json!([true])).refuses(json!([0])),
        case::<Box<[i64]>>("boxed slice").takes(json!([1])).refuses(json!([1.5])),
        case::<BTreeSet<String>>("set of texts")
            .takes(json!(["a", "b"]))
            .server_refuses(json!(["a", "a"]))
            .refuses(json!([1])),
        case::<HashSet<u16>>("set of numbers").takes(json!([1])).server_refuses(json!([1, 1])).refuses(json!([65536])),
        case::<BTreeSet<Zone>>("set of an enum").takes(json!(["East", "West"])).server_refuses(json!(["East", "East"])),
        case::<BTreeSet<Port>>("set of structs").takes(json!([{ "port": 1 }, { "port": 2 }])).refuses(json!([1])),
        case::<BTreeMap<String, String>>("map of texts")
            .takes(json!({}))
            .takes(json!({ "a": "b" }))
            .refuses(json!({ "a": 1 })),
        case::<HashMap<String, Port>>("map of structs")
            .takes(json!({ "a": { "port": 1 } }))
            .refuses(json!({ "a": {} })),
        case::<BTreeMap<String, Vec<String>>>("map of lists").takes(json!({ "a": ["b"] })).refuses(json!({ "a": "b" })),
        case::<BTreeMap<String, BTreeMap<String, i32>>>("map of maps")
            .takes(json!({ "a": { "b": 1 } }))
            .refuses(json!({ "a": 1 })),
        // Keys are texts; what they say of a number or an enum is not checked.
        case::<BTreeMap<u32, String>>("map with numbers for keys")
            .takes(json!({ "1": "a" }))
            .server_takes(json!({ "a": "a" })),
        case::<BTreeMap<Zone, i32>>("map with an enum for keys")
            .takes(json!({ "East": 1 }))
            .refuses(json!({ "North": 1 })),
        case::<BTreeMap<String, Value>>("map of anything").takes(json!({ "a": { "b": [1] } })).refuses(json!([])),
        case::<kubist::Map<kubist::Str>>("labels").takes(json!({ "a": "b" })).refuses(json!({ "a": [] })),
        case::<Value>("anything").takes(json!({ "a": [1, "b", { "c": true }] })).takes(json!([1])).takes(json!("a")),
        case::<Vec<Value>>("list of anything").takes(json!([1, "a", {}])).refuses(json!({})),
        case::<serde_json::Map<String, Value>>("object of anything").takes(json!({ "a": 1 })).refuses(json!([])),
    ]
}
