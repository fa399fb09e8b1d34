use serde_json::{Value, json};

use super::*;

fn lamps(change: impl FnOnce(&mut Value)) -> Value {
    let mut definition = json!({
        "metadata": { "name": "lamps.example.com" },
        "spec": {
            "group": "example.com", "scope": "Cluster", "conversion": { "strategy": "None" },
            "names": { "plural": "lamps", "singular": "lamp", "kind": "Lamp", "listKind": "LampList" },
            "versions": [{ "name": "v1", "served": true, "storage": true, "schema": { "openAPIV3Schema": {
                "type": "object",
                "properties": { "spec": { "type": "object", "properties": { "watts": { "type": "integer", "minimum": 1 } } } },
            } } }],
        },
    });
    change(&mut definition);
    definition
}

fn watts(definition: &mut Value) -> &mut Value {
    &mut definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"]["properties"]["watts"]
}

fn lines(old: &Value, new: &Value) -> Vec<String> {
    diff(old, new).iter().map(ToString::to_string).collect()
}

#[test]
fn the_same_definition_has_no_changes() {
    assert_eq!(diff(&lamps(|_| {}), &lamps(|_| {})), []);
}

#[test]
fn a_change_names_version_field_class_and_both_values() {
    let new = lamps(|crd| watts(crd)["minimum"] = 5.into());
    assert_eq!(
        lines(&lamps(|_| {}), &new),
        ["v1: .spec.watts: breaking for clients: the minimum tightens from 1 to 5"]
    );
    assert_eq!(lines(&new, &lamps(|_| {})), ["v1: .spec.watts: safe: the minimum loosens from 5 to 1"]);
}

#[test]
fn each_change_of_a_field_is_told() {
    let new = lamps(|crd| {
        *watts(crd) =
            json!({ "type": "number", "minimum": 1, "maximum": 9, "enum": [1, 2.5], "default": 1, "nullable": true });
    });
    assert_eq!(
        lines(&lamps(|_| {}), &new),
        [
            "v1: .spec.watts: safe: the type grows from integer to number",
            "v1: .spec.watts: breaking for clients: the maximum 9 is added",
            "v1: .spec.watts: breaking for clients: only 1, 2.5 are allowed",
            "v1: .spec.watts: safe: the default 1 is filled in where there is no value",
            "v1: .spec.watts: safe: null is a value",
        ]
    );
}

#[test]
fn a_new_definition_that_the_server_refuses_says_why() {
    let new = lamps(|crd| crd["spec"]["scope"] = "Namespaced".into());
    assert_eq!(lines(&lamps(|_| {}), &new), ["spec.scope: refused: Invalid value: \"Namespaced\": field is immutable"]);
}

#[test]
fn versions_that_a_cluster_still_stores_count() {
    let two = |crd: &mut Value| {
        crd["spec"]["versions"][0]["storage"] = false.into();
        let mut second = crd["spec"]["versions"][0].clone();
        second["name"] = "v2".into();
        second["storage"] = true.into();
        crd["spec"]["versions"].as_array_mut().unwrap().push(second);
    };
    let only_second = lamps(|crd| {
        two(crd);
        crd["spec"]["versions"].as_array_mut().unwrap().remove(0);
    });
    let migrated = lamps(two);
    assert_eq!(diff(&migrated, &only_second).iter().map(|change| change.class).max(), Some(Class::Clients));
    let mut stored = migrated;
    stored["status"] = json!({ "storedVersions": ["v1", "v2"] });
    assert_eq!(diff(&stored, &only_second).iter().map(|change| change.class).max(), Some(Class::Refused));
}

#[test]
fn labels_that_only_the_old_one_has_are_no_change() {
    let labelled = lamps(|crd| crd["metadata"]["labels"] = json!({ "team": "light" }));
    assert_eq!(diff(&labelled, &lamps(|_| {})), []);
    assert_eq!(lines(&lamps(|_| {}), &labelled), ["metadata.labels: safe: `team` is added"]);
}

#[test]
fn what_is_no_definition_is_compared_without_a_panic() {
    for odd in
        [json!(null), json!("text"), json!([1]), json!({ "spec": { "versions": [5, { "name": 7 }], "names": [] } })]
    {
        for (old, new) in [(&odd, &lamps(|_| {})), (&lamps(|_| {}), &odd), (&odd, &odd)] {
            diff(old, new);
        }
    }
}
