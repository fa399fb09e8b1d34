//! Versions, names, scope, conversion, and what a version offers beside its objects.

use kubist::crd::Class::{Clients, Refused, Safe, Stored};
use kubist::json;
use serde_json::Value;

use crate::pair::{Pair, root_of, spec_of, version_of};

pub(super) fn pairs() -> Vec<Pair> {
    let mut out = names();
    out.extend(versions());
    out.extend(subresources());
    out.extend(conversion());
    out
}

fn names() -> Vec<Pair> {
    let names = |field: &'static str, value: Value| move |crd: &mut Value| crd["spec"]["names"][field] = value.clone();
    vec![
        Pair::of("nothing but a label", Safe, |_| (), |new| new["metadata"]["labels"] = json!({ "a": "b" })),
        Pair::of("the scope changes", Refused, |_| (), |new| new["spec"]["scope"] = "Namespaced".into()),
        Pair::of("the kind changes", Refused, |_| (), names("kind", json!("Light"))),
        Pair::of("the singular name changes", Clients, |_| (), names("singular", json!("light"))),
        Pair::of("the list kind changes", Clients, |_| (), names("listKind", json!("Lamps"))),
        Pair::of("a short name is added", Safe, |_| (), names("shortNames", json!(["lp", "la"]))),
        Pair::of("a short name is removed", Clients, |_| (), names("shortNames", json!([]))),
        Pair::of("a category is added", Safe, |_| (), names("categories", json!(["lights", "all"]))),
        Pair::of("a category is removed", Clients, |_| (), names("categories", json!([]))),
    ]
}

/// Gives a definition a second version, the same as the first but not stored.
fn second(crd: &mut Value) -> &mut Value {
    let mut version = version_of(crd).clone();
    version["name"] = "v2".into();
    version["storage"] = false.into();
    let versions = crd["spec"]["versions"].as_array_mut().expect("a list");
    versions.push(version);
    &mut versions[1]
}

/// Stores in the second version.
fn store_in_second(crd: &mut Value) {
    crd["spec"]["versions"][0]["storage"] = false.into();
    crd["spec"]["versions"][1]["storage"] = true.into();
}

fn versions() -> Vec<Pair> {
    let both = |crd: &mut Value| _ = second(crd);
    vec![
        Pair::of("a version is added", Safe, |_| (), both),
        Pair::of("a version is removed", Clients, both, |_| ()),
        Pair::of(
            "a version that was never served is removed",
            Safe,
            |old| second(old)["served"] = false.into(),
            |_| (),
        ),
        Pair::of("a version is served", Safe, |old| second(old)["served"] = false.into(), both),
        Pair::of("a version is served no more", Clients, both, |new| second(new)["served"] = false.into()),
        Pair::of("no version is served", Stored, |_| (), |new| version_of(new)["served"] = false.into()),
        Pair::of("the version of stored objects is removed", Refused, both, |new| {
            second(new);
            store_in_second(new);
            new["spec"]["versions"].as_array_mut().expect("a list").remove(0);
        }),
        Pair::of("objects are stored in another version", Safe, both, |new| {
            second(new);
            store_in_second(new);
        }),
        Pair::of(
            "objects are stored in a version that drops a field",
            Stored,
            |old| _ = second_without_a(old),
            |new| {
                second_without_a(new);
                store_in_second(new);
            },
        ),
        Pair::of(
            "a version that nobody uses changes",
            Safe,
            |old| second(old)["served"] = false.into(),
            |new| {
                second_without_a(new)["served"] = false.into();
            },
        ),
        Pair::of(
            "a version is deprecated",
            Safe,
            |_| (),
            |new| {
                version_of(new)["deprecated"] = true.into();
                version_of(new)["deprecationWarning"] = "use another".into();
            },
        ),
        Pair::of("the only version is renamed", Refused, |_| (), |new| version_of(new)["name"] = "v2".into()),
        Pair::of("two versions are stored", Refused, both, |new| second(new)["storage"] = true.into()),
        Pair::of("the group has no domain", Refused, |_| (), |new| new["spec"]["group"] = "lamps".into()),
    ]
}

fn second_without_a(crd: &mut Value) -> &mut Value {
    let version = second(crd);
    let spec = &mut version["schema"]["openAPIV3Schema"]["properties"]["spec"];
    spec["properties"].as_object_mut().expect("an object").remove("a");
    version
}

fn subresources() -> Vec<Pair> {
    let status = |crd: &mut Value| {
        let schema = json!({ "type": "object", "properties": { "ready": { "type": "boolean" }, "replicas": { "type": "integer" } } });
        root_of(crd)["properties"]["status"] = schema;
    };
    let with = |subresources: Value| {
        move |crd: &mut Value| {
            status(crd);
            version_of(crd)["subresources"] = subresources.clone();
        }
    };
    let scale = |path: &str| json!({ "scale": { "specReplicasPath": path, "statusReplicasPath": ".status.replicas" } });
    let object = json!({ "spec": { "replicas": 2 }, "status": { "ready": true, "replicas": 2 } });
    let column = |crd: &mut Value| {
        version_of(crd)["additionalPrinterColumns"] = json!([{ "name": "A", "type": "string", "jsonPath": ".spec.a" }]);
    };
    let select = |crd: &mut Value| version_of(crd)["selectableFields"] = json!([{ "jsonPath": ".spec.a" }]);
    vec![
        Pair::of("the status becomes a subresource", Clients, status, with(json!({ "status": {} })))
            .stored(object.clone())
            .create(object.clone()),
        Pair::of("the status is a subresource no more", Clients, with(json!({ "status": {} })), status),
        Pair::of("objects can be scaled", Safe, status, with(scale(".spec.replicas"))).stored(object.clone()),
        Pair::of("objects can be scaled no more", Clients, with(scale(".spec.replicas")), status)
            .stored(object.clone()),
        Pair::of(
            "scale reads another field",
            Clients,
            |old| {
                spec_of(old)["properties"]["size"] = json!({ "type": "integer" });
                with(scale(".spec.replicas"))(old);
            },
            |new| {
                spec_of(new)["properties"]["size"] = json!({ "type": "integer" });
                with(scale(".spec.size"))(new);
            },
        )
        .stored(object),
        Pair::of("a column is added", Safe, |_| (), column),
        Pair::of("a column is removed", Safe, column, |_| ()),
        Pair::of("a field can be selected by", Safe, |_| (), select),
        Pair::of("a field can be selected by no more", Clients, select, |_| ()),
    ]
}

fn conversion() -> Vec<Pair> {
    // Nobody answers there, which is what a conversion depends on.
    let webhook = json!({
        "strategy": "Webhook",
        "webhook": { "clientConfig": { "url": "https://127.0.0.1:9/convert" }, "conversionReviewVersions": ["v1"] },
    });
    let converted = webhook.clone();
    let none = json!({ "strategy": "None" });
    vec![
        Pair::of(
            "a webhook converts between versions",
            Stored,
            |old| _ = second(old),
            move |new| {
                second(new);
                new["spec"]["conversion"] = webhook.clone();
            },
        ),
        Pair::of(
            "a webhook has nothing to convert",
            Safe,
            |_| (),
            move |new| new["spec"]["conversion"] = converted.clone(),
        ),
        Pair::of(
            "a conversion that is none is named",
            Safe,
            |old| version_of(old)["deprecated"] = true.into(),
            move |new| {
                new["spec"]["conversion"] = none.clone();
            },
        ),
    ]
}
