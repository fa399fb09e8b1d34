//! Tuples, and structs around one value.

use super::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema)]
struct Name(String);

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
struct Transparent {
    number: u16,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Bounded(#[schemars(range(min = 1, max = 9))] i32);

/// How many.
#[derive(Serialize, Deserialize, JsonSchema)]
struct Count(u32);

#[derive(Serialize, Deserialize, JsonSchema)]
struct Described {
    /// How many there should be.
    wanted: Count,
    there: Count,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Pair(i32, i32);

#[derive(Serialize, Deserialize, JsonSchema)]
struct Mixed(i32, String);

#[derive(Serialize, Deserialize, JsonSchema)]
struct Unit;

#[derive(Serialize, Deserialize, JsonSchema)]
struct Generic<T> {
    value: T,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Twice {
    a: Generic<i32>,
    b: Generic<String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct HasMixed {
    pair: Mixed,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct HasUnit {
    unit: Unit,
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case::<Name>("of a text").takes(json!("a")).refuses(json!({})),
        case::<Transparent>("transparent").takes(json!(1)).refuses(json!(-1)),
        case::<Bounded>("with bounds").takes(json!(9)).server_refuses(json!(10)),
        case::<Described>("whose field says more")
            .takes(json!({ "wanted": 1, "there": 0 }))
            .refuses(json!({ "wanted": 1 })),
        case::<Box<Name>>("in a box").takes(json!("a")).refuses(json!(1)),
        case::<Twice>("of any type")
            .takes(json!({ "a": { "value": 1 }, "b": { "value": "b" } }))
            .refuses(json!({ "a": { "value": "a" }, "b": { "value": "b" } })),
        case::<Pair>("tuple of one type").takes(json!([1, 2])).refuses(json!([1])).refuses(json!([1, 2, 3])),
        case::<[u8; 3]>("array").takes(json!([1, 2, 3])).refuses(json!([1, 2])).refuses(json!([1, 2, 256])),
        case::<HasMixed>("tuple of several types")
            .takes(json!({ "pair": [1, "a"] }))
            .server_takes(json!({ "pair": ["a", 1] }))
            .refuses(json!({ "pair": [1] }))
            .problem(".spec.pair: the items of a list are of one type in Kubernetes; use a struct instead of a tuple"),
        case::<HasUnit>("unit")
            .server_takes(json!({ "unit": 1 }))
            .problem(".spec.unit: the only value is `null`, which Kubernetes drops; use a struct without fields"),
    ]
}
