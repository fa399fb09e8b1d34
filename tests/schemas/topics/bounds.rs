//! What `#[schemars(…)]` says beyond the type.

use super::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema)]
struct Ranges {
    #[schemars(range(min = 1, max = 5))]
    count: i32,
    #[schemars(range(min = 0.5))]
    ratio: f64,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Exclusive {
    #[schemars(extend("exclusiveMinimum" = 0, "exclusiveMaximum" = 10))]
    between: i64,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Exact {
    #[schemars(extend("multipleOf" = 5))]
    five: i32,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Lengths {
    #[schemars(length(min = 1, max = 3))]
    name: String,
    #[schemars(length(min = 1, max = 2))]
    list: Vec<i32>,
    #[schemars(extend("maxProperties" = 1))]
    map: BTreeMap<String, i32>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Pattern {
    #[schemars(regex(pattern = "^[a-z]+$"))]
    name: String,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Items {
    #[schemars(inner(length(min = 2), regex(pattern = "^a")))]
    words: Vec<String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Formats {
    #[schemars(email)]
    mail: String,
    #[schemars(url)]
    site: String,
    #[schemars(extend("format" = "ipv4"))]
    address: String,
    #[schemars(extend("format" = "no-such-format"))]
    own: String,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct OneOfThree {
    #[schemars(extend("enum" = ["a", "b", "c"]))]
    letter: String,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Ruled {
    #[schemars(extend("x-kubernetes-validations" = [{ "rule": "self % 2 == 0", "message": "must be even" }]))]
    even: i32,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Keyed {
    #[schemars(extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["name"]))]
    ports: Vec<Port>,
    #[schemars(extend("x-kubernetes-map-type" = "atomic"))]
    selector: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Port {
    name: String,
    port: u16,
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case::<Ranges>("range")
            .takes(json!({ "count": 5, "ratio": 0.5 }))
            .server_refuses(json!({ "count": 6, "ratio": 1.0 }))
            .server_refuses(json!({ "count": 1, "ratio": 0.25 })),
        case::<Exclusive>("exclusive bounds")
            .takes(json!({ "between": 9 }))
            .server_refuses(json!({ "between": 10 }))
            .server_refuses(json!({ "between": 0 })),
        case::<Exact>("multiple of").takes(json!({ "five": 15 })).server_refuses(json!({ "five": 16 })),
        case::<Lengths>("lengths")
            .takes(json!({ "name": "abc", "list": [1], "map": { "a": 1 } }))
            .server_refuses(json!({ "name": "abcd", "list": [1], "map": {} }))
            .server_refuses(json!({ "name": "a", "list": [], "map": {} }))
            .server_refuses(json!({ "name": "a", "list": [1], "map": { "a": 1, "b": 2 } })),
        case::<Pattern>("pattern").takes(json!({ "name": "abc" })).server_refuses(json!({ "name": "Abc" })),
        case::<Items>("bounds of items")
            .takes(json!({ "words": ["ab"] }))
            .server_refuses(json!({ "words": ["a"] }))
            .server_refuses(json!({ "words": ["ba"] })),
        case::<Formats>("formats, and one that Kubernetes does not know")
            .takes(json!({ "mail": "a@example.com", "site": "https://example.com", "address": "10.0.0.1", "own": "?" }))
            .server_refuses(json!({ "mail": "a", "site": "https://example.com", "address": "10.0.0.1", "own": "?" }))
            .server_refuses(json!({ "mail": "a@b.c", "site": "https://b.c", "address": "10.0.0.256", "own": "?" })),
        case::<OneOfThree>("values that are listed")
            .takes(json!({ "letter": "b" }))
            .server_refuses(json!({ "letter": "d" })),
        case::<Ruled>("a rule").takes(json!({ "even": 2 })).server_refuses(json!({ "even": 3 })),
        case::<Keyed>("a list with keys and an atomic map")
            .takes(json!({ "ports": [{ "name": "a", "port": 1 }], "selector": { "app": "web" } }))
            .server_refuses(
                json!({ "ports": [{ "name": "a", "port": 1 }, { "name": "a", "port": 2 }], "selector": {} }),
            ),
    ]
}
