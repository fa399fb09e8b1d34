//! How the items of lists are told apart, and who owns the parts of maps.

use kubist::crd::Class::{Clients, Refused, Safe, Stored};
use kubist::json;
use serde_json::Value;

use crate::pair::Pair;

pub(super) fn pairs() -> Vec<Pair> {
    let texts = |list_type: &str| json!({ "type": "array", "items": { "type": "string" }, "x-kubernetes-list-type": list_type });
    let items = |required: &[&str]| {
        json!({
            "type": "object", "required": required,
            "properties": { "name": { "type": "string" }, "kind": { "type": "string" }, "port": { "type": "integer" } },
        })
    };
    let plain = || json!({ "type": "array", "items": items(&["name", "kind"]) });
    let keyed = |keys: &[&str]| {
        json!({
            "type": "array", "items": items(&["name", "kind"]), "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": keys,
        })
    };
    let bounded = |mut list: Value| {
        list["items"]["properties"]["port"]["maximum"] = 5.into();
        list
    };
    let needing = |mut list: Value| {
        list["items"]["required"] = json!(["name", "kind", "port"]);
        list
    };
    let map = |map_type: &str| {
        json!({
            "type": "object", "x-kubernetes-map-type": map_type,
            "properties": { "x": { "type": "string" }, "y": { "type": "string" } },
        })
    };
    let item = |name: &str, port: i64| json!({ "name": name, "kind": "tcp", "port": port });
    let ports = json!([item("a", 9), item("b", 1)]);
    let other_changes = json!({ "spec": { "a": [item("a", 9), item("b", 2)] } });
    let twins = json!([item("a", 1), item("a", 2)]);
    let one_more = json!({ "spec": { "a": ["z"] } });
    vec![
        Pair::of_field("a list becomes a set", Clients, &texts("atomic"), &texts("set"), &json!(["x", "x"]))
            .edit(json!({ "spec": { "other": "changed" } })),
        Pair::of_field("a set becomes a list", Clients, &texts("set"), &texts("atomic"), &json!(["x", "y"]))
            .apply(one_more),
        Pair::of_field("a list gets keys", Clients, &plain(), &keyed(&["name"]), &twins),
        Pair::of_field("a list loses its keys", Clients, &keyed(&["name"]), &plain(), &ports)
            .apply(json!({ "spec": { "a": [item("c", 1)] } })),
        Pair::of_field(
            "a list loses one of its keys",
            Clients,
            &keyed(&["name", "kind"]),
            &keyed(&["name"]),
            &json!([
                { "name": "a", "kind": "tcp" }, { "name": "a", "kind": "udp" },
            ]),
        ),
        Pair::of_field("items of a plain list are bounded", Stored, &plain(), &bounded(plain()), &ports)
            .edit(other_changes.clone()),
        Pair::of_field("items with keys are bounded", Clients, &keyed(&["name"]), &bounded(keyed(&["name"])), &ports)
            .edit(other_changes),
        Pair::of_field(
            "items with keys need a field",
            Stored,
            &keyed(&["name"]),
            &needing(keyed(&["name"])),
            &json!([{ "name": "a", "kind": "tcp" }]),
        )
        .edit(json!({ "spec": { "a": [{ "name": "a", "kind": "udp" }] } })),
        Pair::of_field(
            "a key need not be there",
            Refused,
            &keyed(&["name"]),
            &{
                let mut list = keyed(&["name"]);
                list["items"]["required"] = json!([]);
                list
            },
            &ports,
        ),
        Pair::of_field(
            "items may be there twice no more",
            Refused,
            &texts("atomic"),
            &{
                let mut list = texts("atomic");
                list["uniqueItems"] = true.into();
                list
            },
            &json!(["x"]),
        ),
        Pair::of_field(
            "an object is owned as a whole",
            Clients,
            &map("granular"),
            &map("atomic"),
            &json!({ "x": "1" }),
        )
        .apply(json!({ "spec": { "a": { "y": "2" } } })),
        Pair::of_field(
            "an object is owned by its fields",
            Safe,
            &map("atomic"),
            &map("granular"),
            &json!({ "x": "1" }),
        )
        .apply(json!({ "spec": { "a": { "y": "2" } } })),
    ]
}
