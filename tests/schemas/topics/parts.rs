//! What `ResourcePart` says beyond the types.

use kubist::ResourcePart;

use super::prelude::*;

/// The bounds.
#[derive(Serialize, Deserialize, ResourcePart)]
#[serde(rename_all = "camelCase")]
struct Bounds {
    /// How many.
    #[resource(minimum = 1, maximum = 5)]
    replica_count: i32,
    #[resource(exclusive_minimum = 0.5)]
    ratio: f64,
    #[resource(multiple_of = 5, minimum = -10)]
    step: Option<i64>,
    #[resource(pattern = "^[a-z]+$", min_length = 2, max_length = 4)]
    name: String,
    #[resource(min_items = 1, max_items = 2)]
    list: Vec<String>,
    #[resource(min_properties = 1, max_properties = 2)]
    map: BTreeMap<String, String>,
    #[serde(rename = "contact")]
    #[resource(format = "email")]
    mail: Option<String>,
}

#[derive(Serialize, Deserialize, ResourcePart)]
#[resource(rule(
    "self.min <= self.max",
    message = "min must not exceed max",
    reason = "FieldValueForbidden",
    field_path = ".min"
))]
struct Ruled {
    min: i32,
    #[resource(rule("self % 2 == 0", message_expression = "self > 100 ? 'odd and large' : 'odd'"))]
    max: i32,
    #[resource(rule("self.min > 0", message = "above zero"))]
    inner: Option<Inner>,
}

#[derive(Serialize, Deserialize, ResourcePart)]
#[resource(rule("self.min < 10", message = "below ten"))]
struct Inner {
    min: i32,
}

#[derive(Serialize, Deserialize, ResourcePart)]
struct Lists {
    #[resource(map_keys("name", "protocol"))]
    ports: Vec<Port>,
    #[resource(list_type = "set")]
    names: Vec<String>,
    #[resource(list_type = "atomic")]
    order: Vec<String>,
    #[resource(map_type = "atomic")]
    selector: BTreeMap<String, String>,
    #[resource(struct_type = "atomic")]
    port: Option<Port>,
    atomic: Option<Atomic>,
}

#[derive(Serialize, Deserialize, ResourcePart)]
struct Port {
    name: String,
    #[serde(default = "tcp")]
    protocol: String,
}

fn tcp() -> String {
    "TCP".to_owned()
}

#[derive(Serialize, Deserialize, ResourcePart)]
#[resource(struct_type = "atomic")]
struct Atomic {
    a: i32,
}

#[derive(Serialize, Deserialize, ResourcePart)]
struct Immutable {
    #[resource(immutable)]
    host: String,
    #[resource(rule(
        "oldSelf.hasValue() ? self >= oldSelf.value() : self == 0",
        message = "starts at 0",
        optional_old_self
    ))]
    counter: i32,
}

#[derive(Serialize, Deserialize, ResourcePart)]
#[serde(default)]
struct Defaults {
    #[resource(minimum = 0)]
    replicas: i32,
    #[resource(max_length = 5)]
    name: String,
}

impl Default for Defaults {
    fn default() -> Self {
        Self { replicas: 2, name: "web".to_owned() }
    }
}

#[derive(Serialize, Deserialize, ResourcePart)]
struct OwnDefault {
    #[resource(default = 3)]
    #[serde(default = "three")]
    three: i32,
    #[resource(default = true)]
    flag: Option<bool>,
}

fn three() -> i32 {
    3
}

#[derive(Serialize, Deserialize, ResourcePart)]
struct Open {
    #[resource(nullable)]
    maybe: Option<i32>,
    #[resource(preserve_unknown_fields)]
    inner: OpenInner,
    #[resource(embedded_resource, preserve_unknown_fields)]
    object: serde_json::Map<String, Value>,
}

#[derive(Serialize, Deserialize, ResourcePart)]
struct OpenInner {
    named: bool,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

/// A share.
#[derive(Serialize, Deserialize, ResourcePart)]
struct Percent(#[resource(minimum = 0, maximum = 100)] i32);

#[derive(Serialize, Deserialize, ResourcePart)]
struct OfPercents {
    /// The share of the first.
    first: Percent,
    second: Option<Percent>,
}

#[derive(Serialize, Deserialize, ResourcePart)]
#[serde(rename_all = "camelCase")]
#[resource(rule("has(self.http) || self.tcp.port > 1024", message = "a port above 1024"))]
enum Check {
    Http { path: String },
    Tcp { port: u16 },
}

#[derive(Serialize, Deserialize, ResourcePart)]
enum Plain {
    A,
    B,
}

#[derive(Serialize, Deserialize, ResourcePart)]
struct Generic<T> {
    #[resource(max_items = 1)]
    items: Vec<T>,
}

#[derive(Serialize, Deserialize, ResourcePart)]
struct OfGenerics {
    numbers: Generic<i32>,
    checks: Generic<Plain>,
}

#[derive(Serialize, Deserialize, ResourcePart)]
struct Tree {
    #[resource(max_items = 3)]
    children: Vec<Tree>,
}

pub(super) fn cases() -> Vec<Case> {
    let bounds = |name: &str, value: Value| {
        let mut bounds =
            json!({ "replicaCount": 5, "ratio": 1.0, "step": -10, "name": "abc", "list": ["a"], "map": { "a": "b" } });
        bounds[name] = value;
        bounds
    };
    vec![
        case::<Bounds>("bounds")
            .takes(bounds("contact", json!("a@example.com")))
            .server_refuses(bounds("contact", json!("a")))
            .server_refuses(bounds("replicaCount", json!(6)))
            .server_refuses(bounds("ratio", json!(0.5)))
            .server_refuses(bounds("step", json!(-15)))
            .server_refuses(bounds("name", json!("Abc")))
            .server_refuses(bounds("name", json!("abcde")))
            .server_refuses(bounds("list", json!([])))
            .server_refuses(bounds("map", json!({})))
            .refuses(bounds("name", json!(1))),
        case::<Ruled>("rules")
            .takes(json!({ "min": 1, "max": 2, "inner": { "min": 9 } }))
            .server_refuses(json!({ "min": 3, "max": 2 }))
            .server_refuses(json!({ "min": 1, "max": 3 }))
            .server_refuses(json!({ "min": 1, "max": 2, "inner": { "min": 10 } }))
            .server_refuses(json!({ "min": 1, "max": 2, "inner": { "min": 0 } })),
        case::<Lists>("lists and maps")
            .takes(json!({
                "ports": [{ "name": "a", "protocol": "TCP" }, { "name": "a", "protocol": "UDP" }],
                "names": ["a"], "order": ["a", "a"], "selector": {}, "port": { "name": "a" }, "atomic": { "a": 1 },
            }))
            .server_refuses(json!({ "ports": [{ "name": "a" }, { "name": "a" }], "names": [], "order": [], "selector": {} }))
            .server_refuses(json!({ "ports": [], "names": ["a", "a"], "order": [], "selector": {} })),
        case::<Immutable>("immutable").takes(json!({ "host": "a", "counter": 0 })).server_refuses(json!({ "host": "a", "counter": 1 })),
        case::<Defaults>("defaults of a struct").takes(json!({})).server_refuses(json!({ "replicas": -1 })),
        case::<OwnDefault>("defaults").takes(json!({ "flag": false })).refuses(json!({ "three": "3" })),
        case::<Open>("open parts")
            .takes(json!({
                "maybe": null, "inner": { "named": true, "more": [1] }, "object": { "apiVersion": "v1", "kind": "Pod", "a": 1 },
            }))
            .server_refuses(json!({ "inner": { "named": true }, "object": {} })),
        case::<Percent>("newtype").takes(json!(100)).server_refuses(json!(101)),
        case::<OfPercents>("newtypes in fields").takes(json!({ "first": 1 })).server_refuses(json!({ "first": 1, "second": 101 })),
        case::<Check>("enum with a rule")
            .takes(json!({ "http": { "path": "/" } }))
            .takes(json!({ "tcp": { "port": 8080 } }))
            .server_refuses(json!({ "tcp": { "port": 80 } }))
            .refuses(json!({})),
        case::<Plain>("enum").takes(json!("A")).refuses(json!("C")),
        case::<OfGenerics>("generic struct")
            .takes(json!({ "numbers": { "items": [1] }, "checks": { "items": ["A"] } }))
            .server_refuses(json!({ "numbers": { "items": [1, 2] }, "checks": { "items": [] } }))
            .refuses(json!({ "numbers": { "items": ["A"] }, "checks": { "items": [] } })),
        case::<Tree>("a struct that contains itself").takes(json!({ "children": [] })).problem(
            ".spec.children[]: `Tree` contains itself (Tree → Tree), and a schema of Kubernetes ends somewhere; \
             hold it as `serde_json::Value`, or refer to another object by name",
        ),
    ]
}
